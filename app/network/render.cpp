#include "network/render.h"

#include "network/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::network {

namespace {

// Ports of a bridge would hear each other before a rule of the other table sees a packet. By their names:
// not every kernel has nft_meta_bridge, which knows a bridge's.
std::string renderPortIsolation(const NetworkConfig& config) {
    if (!config.isBridge) return {};
    auto ports = config.bridgePorts;
    if (config.wifi) {
        ports.push_back(config.wifi->interface);
        if (config.wifi->security == Security::OweTransition)
            ports.push_back(config.wifi->interface + kOweSuffix);
    }
    const auto set = fmt::format("\"{}\"", fmt::join(ports, "\", \""));
    return fmt::format(R"(table bridge silta_guest {{
    chain forward {{
        type filter hook forward priority filter; policy accept;
    }}
}}
flush table bridge silta_guest
table bridge silta_guest {{
    chain forward {{
        iifname {{ {0} }} drop
        oifname {{ {0} }} drop
    }}
}}
)",
                       set);
}

Result<std::string> renderBatch(const gate::GuestNetwork& guest) {
    const auto calls = gate::renderShaping(guest);
    if (!calls) return calls.error();
    std::string text;
    for (const auto& call : *calls)
        text += fmt::format("{}\n", fmt::join(call, " "));
    return text;
}

// Units take what begins with % or holds a blank for something else.
bool isFolder(const std::string& folder) {
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.' || c == '/';
    };
    return folder.size() > 1 && folder.front() == '/' && folder.back() != '/' &&
           std::ranges::all_of(folder, isPlain);
}

} // namespace

Result<std::vector<RenderedFile>> renderNetwork(const NetworkConfig& config, const std::string& folder) {
    constexpr unsigned kSecretMode = 0600;
    if (!isFolder(folder))
        return Error{Errc::Invalid, "render network: expected an absolute folder of plain letters"};
    auto table = gate::renderGuestTable(config.guest);
    if (!table) return table.error();
    std::vector<RenderedFile> files = {{"guest.nft", *table + renderPortIsolation(config)},
                                       {"dnsmasq.conf", renderDnsmasq(config)},
                                       {"forwarding.sysctl", renderForwarding(config)},
                                       {"capacity.sysctl", renderCapacity(config)},
                                       {"link.sysctl", renderLinkSettings(config)},
                                       {"portal.toml", renderPortal(config)},
                                       {"join.toml", renderJoin(config)}};
    if (config.wifi) files.push_back({"hostapd.conf", renderHostapd(config), kSecretMode});
    if (!config.guest.rateClasses.empty()) {
        auto batch = renderBatch(config.guest);
        if (!batch) return batch.error();
        files.push_back({"shaping.tc", std::move(*batch)});
    }
    std::ranges::move(renderUnits(config, folder), std::back_inserter(files));
    return files;
}

} // namespace silta::network
