// What programs that face guests must know of the network, so that nobody writes it down twice.
#include "network/render.h"

#include <fmt/format.h>

#include <string_view>

namespace silta::network {

namespace {

constexpr std::string_view kHead = "# Written by siltactl network render.\n";

/// A basic string of TOML. What the configuration takes holds no control character.
std::string tomlText(std::string_view text) {
    std::string toml = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') toml += '\\';
        toml += c;
    }
    return toml + '"';
}

std::string listeners(const gate::GuestNetwork& guest, std::uint16_t port) {
    auto list = tomlText(fmt::format("{}:{}", toString(guest.gateway4.address), port));
    if (guest.gateway6)
        list += ", " + tomlText(fmt::format("[{}]:{}", toString(guest.gateway6->address), port));
    return fmt::format("[{}]", list);
}

} // namespace

std::string portalUrl(const NetworkConfig& config) {
    return config.hasPublicCertificate ? "https://" + config.portalHost
                                       : "http://" + toString(config.guest.gateway4.address);
}

std::string renderPortal(const NetworkConfig& config) {
    const auto& guest = config.guest;
    auto text = fmt::format(
        "{}guest_interface = {}\nlisten = {}\nlisten_tls = {}\nurl = {}\napi_path = {}\nrate_classes = {}\n",
        kHead, tomlText(guest.guestInterface), listeners(guest, guest.portalHttpPort),
        listeners(guest, guest.portalHttpsPort), tomlText(portalUrl(config)), tomlText(config.apiPath),
        guest.rateClasses.size());
    if (guest.logsConnections) text += "logs_connections = true\n"; // guests read so on the page
    if (!config.portalHost.empty()) text += fmt::format("hosts = [{}]\n", tomlText(config.portalHost));
    return text;
}

std::string renderJoin(const NetworkConfig& config) {
    auto text = fmt::format("{}url = {}\n", kHead, tomlText(portalUrl(config)));
    if (!config.wifi) return text;
    text += fmt::format("wifi_name = {}\n", tomlText(config.wifi->name));
    if (!config.wifi->password.empty())
        text += fmt::format("wifi_password = {}\n", tomlText(config.wifi->password));
    return text;
}

} // namespace silta::network
