#include "network/limits.h"
#include "network/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta::network {

namespace {

// Apple's relay and the browsers' own resolvers keep out of a network that denies these names; else a device
// would not ask us, and the portal and the garden would not work. Source: Apple, "Prepare your network or web
// server for iCloud Private Relay"; Mozilla, "Canary domain".
constexpr std::array<std::string_view, 3> kDenied = {"mask.icloud.com", "mask-h2.icloud.com",
                                                     "use-application-dns.net"};

std::string dhcpPart(const NetworkConfig& config) {
    const auto& guest = config.guest;
    const auto first = *config.firstLease;
    const auto last = *config.lastLease;
    const auto mask = gate::Ipv4{~std::uint32_t{0} << (32 - guest.gateway4.bits)};
    const auto leases = std::min(last.value - first.value + 1, kLeasesPerGuest * guest.guestsMax);
    auto text = fmt::format("\n# Addresses. A device is not kept waiting for an echo of its address.\n"
                            "dhcp-authoritative\ndhcp-rapid-commit\nno-ping\n"
                            "# Devices are not named in logs.\nquiet-dhcp\nquiet-dhcp6\nquiet-ra\n"
                            "dhcp-leasefile={}/dnsmasq.leases\ndhcp-lease-max={}\n"
                            "dhcp-range={},{},{},{}m\n",
                            config.stateFolder, leases, toString(first), toString(last), toString(mask),
                            config.leaseMinutes);
    if (guest.gateway6) {
        const auto network = networkOf(*guest.gateway6);
        text += fmt::format("enable-ra\ndhcp-range={},ra-stateless,{},{}m\n",
                            network.substr(0, network.find('/')), guest.gateway6->bits, config.leaseMinutes);
        text += fmt::format("dhcp-option=option6:dns-server,[{}]\n", toString(guest.gateway6->address));
    }
    if (const auto url = apiUrl(config); !url.empty()) {
        text += fmt::format("\n# RFC 8910\ndhcp-option=114,{}\n", url);
        if (guest.gateway6) text += fmt::format("dhcp-option=option6:103,{}\n", url);
    }
    return text;
}

std::string namesPart(const NetworkConfig& config) {
    std::string text = "\n# Names that do not exist here\n";
    for (const auto& name : kDenied)
        text += fmt::format("local=/{}/\n", name);
    if (!config.portalHost.empty()) {
        text += fmt::format("\n# The portal; other kinds of record are not asked for elsewhere\n"
                            "local=/{}/\nhost-record={},{}",
                            config.portalHost, config.portalHost, toString(config.guest.gateway4.address));
        if (config.guest.gateway6) text += "," + toString(config.guest.gateway6->address);
        text += "\n";
    }
    if (config.gardenHosts.empty()) return text;
    const auto table = [](std::string_view set) { return fmt::format("#inet#{}#{}", gate::kTableName, set); };
    text += "\n# Reachable before login\n";
    for (const auto& host : config.gardenHosts)
        text += fmt::format("nftset=/{}/4{},6{}\n", host, table("garden4"), table("garden6"));
    return text;
}

} // namespace

std::string renderDnsmasq(const NetworkConfig& config) {
    auto text = fmt::format(
        "# Written by siltactl network render.\n"
        "user=dnsmasq\npid-file={}/dnsmasq.pid\ninterface={}\nexcept-interface=lo\nbind-dynamic\n",
        config.stateFolder, config.guest.guestInterface);
    text += fmt::format("\n# Questions: nothing of this device's own names, no private answers from outside\n"
                        "no-hosts\nno-resolv\nno-poll\ndomain-needed\nbogus-priv\nstop-dns-rebind\n"
                        "dns-loop-detect\nedns-packet-max=1232\ncache-size={}\n"
                        "max-cache-ttl={}\nmax-ttl={}\nlocal-ttl={}\n",
                        kCacheEntries, kCacheTtlSeconds, kGuestTtlSeconds, kGuestTtlSeconds);
    for (const auto& server : config.nameServers)
        text += fmt::format("server={}\n", server);
    return text + namesPart(config) + dhcpPart(config);
}

} // namespace silta::network
