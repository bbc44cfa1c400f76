#include "gate/guest_table.h"

#include "gate/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace silta::gate {

namespace {

constexpr std::size_t kInterfaceBytesMax = 15; // IFNAMSIZ without its NUL
constexpr std::size_t kBlockedMax = 256;       // an interval set is one transaction
constexpr unsigned kGardenAddressesMax = 4'096;
constexpr unsigned kMetersMax = kGuestsMax; // of devices, let in or not; one that finds no room gets no DNS
constexpr unsigned kDnsBurstBytes = 4'096;  // a phone's first second: some forty questions
constexpr unsigned kKbitMin = 64;
constexpr unsigned kKbitMax = 10'000'000;

// RFC 6890 and its registry (2024-10): nothing of it is "the internet".
constexpr std::array<std::string_view, 13> kNotInternet4 = {
    "0.0.0.0/8",     "10.0.0.0/8",     "100.64.0.0/10",     "127.0.0.0/8",   "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24",   "192.168.0.0/16",    "198.18.0.0/15", "224.0.0.0/4",
    "240.0.0.0/4",   "192.88.99.0/24", "255.255.255.255/32"};
// Those that carry an IPv4 address inside (mapped, translated, 6to4) would lead around the list above.
constexpr std::array<std::string_view, 9> kNotInternet6 = {"::/96",          "::ffff:0:0/96", "64:ff9b::/96",
                                                           "64:ff9b:1::/48", "2002::/16",     "2001::/32",
                                                           "fc00::/7",       "fe80::/10",     "ff00::/8"};

// What is not one of these would have to be quoted by somebody, some day.
bool isInterfaceName(std::string_view name) {
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    };
    return !name.empty() && name.size() <= kInterfaceBytesMax && name.front() != '-' && name.front() != '.' &&
           std::ranges::all_of(name, isPlain);
}

struct Range {
    const char* name;
    unsigned value, least, most;
};

Result<void> checkRateClasses(const GuestNetwork& network) {
    if (network.rateClasses.size() > kRateClassesMax)
        return Error{Errc::Limit, "check guest network: too many rate classes"};
    for (const auto& rate : network.rateClasses) {
        const bool isDownRight = rate.downKbit >= kKbitMin && rate.downKbit <= kKbitMax;
        const bool isUpRight = rate.upKbit == 0 || (rate.upKbit >= kKbitMin && rate.upKbit <= kKbitMax);
        if (!isDownRight || !isUpRight)
            return Error{Errc::Invalid, fmt::format("check guest network: a rate is not {} to {} kbit/s",
                                                    kKbitMin, kKbitMax)};
    }
    return {};
}

Result<void> checkAddresses(const GuestNetwork& network) {
    if (!isHost(network.gateway4.address) || network.gateway4.bits < 8 || network.gateway4.bits > 30)
        return Error{Errc::Invalid,
                     "check guest network: gateway4 is not a host's address with 8 to 30 bits"};
    if (network.gateway6) {
        const auto first = network.gateway6->address.bytes[0];
        const bool isUnicast = first >= 0x20 && first <= 0xfd; // global or unique local, not link-local
        if (!isUnicast || network.gateway6->bits < 32 || network.gateway6->bits > 64)
            return Error{Errc::Invalid,
                         "check guest network: gateway6 is not a host's address with 32 to 64 bits"};
    }
    if (network.blocked4.size() > kBlockedMax || network.blocked6.size() > kBlockedMax)
        return Error{Errc::Limit, "check guest network: too many blocked networks"};
    const auto hasLength = [](const auto& prefix) { return prefix.bits > 0; };
    if (!std::ranges::all_of(network.blocked4, hasLength) ||
        !std::ranges::all_of(network.blocked6, hasLength))
        return Error{Errc::Invalid, "check guest network: everything is blocked"};
    return {};
}

template <class Constants, class Prefixes>
std::string elements(const Constants& constants, const Prefixes& prefixes) {
    auto text = fmt::format("{}", fmt::join(constants, ", "));
    for (const auto& prefix : prefixes)
        text += ", " + networkOf(prefix);
    return text;
}

// `quota` stands first: a packet over the quota is not counted.
constexpr std::string_view kSets = R"(table inet silta_guest {{
    map guest4 {{
        type ether_addr . ipv4_addr : mark; flags timeout; size {guests};
    }}
    map guest6 {{
        type ether_addr : mark; flags timeout; size {guests};
    }}
    set session {{
        type mark; flags timeout; size {guests}; quota 1 bytes; counter;
    }}
    map rate {{
        type mark : classid; flags timeout; size {guests};
    }}
    set garden4 {{
        type ipv4_addr; flags timeout; timeout {garden}s; size {gardens};
    }}
    set garden6 {{
        type ipv6_addr; flags timeout; timeout {garden}s; size {gardens};
    }}
    set dns_up {{
        type mark; flags dynamic, timeout; timeout 1m; size {meters};
    }}
    set dns_down {{
        type mark; flags dynamic, timeout; timeout 1m; size {meters};
    }}
    set portal_flows {{
        type ether_addr; flags dynamic; size {meters};
    }}
    set guest_flows {{
        type ether_addr; flags dynamic; size {meters};
    }}
    set blocked4 {{
        type ipv4_addr; flags interval; auto-merge;
    }}
    set blocked6 {{
        type ipv6_addr; flags interval; auto-merge;
    }}
    chain forward {{
        type filter hook forward priority filter; policy drop;
    }}
    chain input {{
        type filter hook input priority filter; policy accept;
    }}
    chain output {{
        type filter hook output priority filter; policy accept;
    }}
    chain shape {{
        type filter hook postrouting priority filter; policy accept;
    }}
    chain arrive {{
        type nat hook prerouting priority dstnat; policy accept;
    }}
    chain leave {{
        type nat hook postrouting priority srcnat; policy accept;
    }}
    chain admit {{
    }}
    chain refuse {{
    }}
    chain from_guest {{
    }}
    chain to_guest {{
    }}
    chain to_us {{
    }}
    chain dns_up_limit {{
    }}
    chain dns_down_limit {{
    }}
    chain to_portal {{
    }}
}}
flush set inet silta_guest blocked4
flush set inet silta_guest blocked6
add element inet silta_guest blocked4 {{ {blocked4} }}
add element inet silta_guest blocked6 {{ {blocked6} }}
flush table inet silta_guest
)";

// Marks without the top bit are no session's: they only share out the DNS rate before login, by device and
// not by address, since a device can have any number of IPv6 addresses.
constexpr std::string_view kRules = R"(table inet silta_guest {{
    chain admit {{
        ct mark set ether saddr . ip saddr map @guest4 ct mark @session accept
        meta nfproto ipv6 ct mark set ether saddr map @guest6 ct mark @session accept
    }}
    chain refuse {{
        meta l4proto tcp reject with tcp reset
        reject
    }}
    chain forward {{
        iifname "{guest}" oifname "{uplink}" jump from_guest
        iifname "{uplink}" oifname "{guest}" jump to_guest
    }}
    chain from_guest {{
        {sources6}
        ip daddr @blocked4 goto refuse
        ip6 daddr @blocked6 goto refuse
        meta l4proto {{ tcp, udp }} th dport 853 goto refuse
        ct state new add @guest_flows {{ ether saddr ct count over {guestFlows} }} goto refuse
        jump admit
        ip daddr @garden4 meta l4proto {{ tcp, udp }} th dport {{ 80, 443 }} accept
        ip6 daddr @garden6 meta l4proto {{ tcp, udp }} th dport {{ 80, 443 }} accept
        goto refuse
    }}
    chain to_guest {{
        ct mark @session accept
        ct direction reply ip saddr @garden4 accept
        ct direction reply ip6 saddr @garden6 accept
        drop
    }}
    chain input {{
        iifname "{guest}" jump to_us
    }}
    chain to_us {{
        fib daddr . iif type != {{ local, broadcast, multicast }} drop
        udp sport 68 udp dport 67 accept
        udp sport 546 udp dport 547 accept
        icmpv6 type {{ nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert }} accept
        icmpv6 type {{ mld-listener-report, mld-listener-done, mld2-listener-report }} accept
        icmp type echo-request limit rate 100/second accept
        icmpv6 type echo-request limit rate 100/second accept
        meta l4proto {{ icmp, icmpv6 }} ct state related accept
        tcp dport {{ 53, {http}, {https} }} ct state new add @portal_flows {{ ether saddr ct count over {portalFlows} }} goto refuse
        tcp dport {{ {http}, {https} }} accept
        meta l4proto {{ tcp, udp }} th dport 53 goto dns_up_limit
        meta pkttype {{ broadcast, multicast }} drop
        goto refuse
    }}
    chain dns_up_limit {{
        jump admit
        ct mark set jhash ether saddr mod 0x7fffffff seed 0x51174 offset 1
        update @dns_up {{ ct mark limit rate {dnsBytes} bytes/second burst {dnsBurst} bytes }} accept
        drop
    }}
    chain output {{
        oifname "{guest}" meta l4proto {{ tcp, udp }} th sport 53 goto dns_down_limit
    }}
    chain dns_down_limit {{
        ct mark @session accept
        update @dns_down {{ ct mark limit rate {dnsBytes} bytes/second burst {dnsBurst} bytes }} accept
        drop
    }}
    chain shape {{
        oifname {{ "{guest}", "{uplink}" }} meta priority set ct mark map @rate
    }}
    chain arrive {{
        iifname != "{guest}" accept
        meta l4proto {{ tcp, udp }} th dport 53 dnat ip to {gateway4}:53
        {dns6}
        fib daddr . iif type local tcp dport 443 dnat ip to {gateway4}:{https}
        {https6}
        tcp dport 80 goto to_portal
    }}
    chain to_portal {{
        fib daddr . iif type != local ip daddr @garden4 accept
        fib daddr . iif type != local ip6 daddr @garden6 accept
        fib daddr . iif type != local jump admit
        tcp dport 80 dnat ip to {gateway4}:{http}
        {http6}
    }}
    chain leave {{
        {log}
        oifname "{uplink}" ip saddr {network4} masquerade
        {translate6}
    }}
}}
)";

} // namespace

Result<void> check(const GuestNetwork& network) {
    if (!isInterfaceName(network.guestInterface) || !isInterfaceName(network.uplinkInterface))
        return Error{Errc::Invalid, "check guest network: not the name of an interface"};
    if (network.guestInterface == network.uplinkInterface)
        return Error{Errc::Invalid, "check guest network: guests and uplink share an interface"};
    const std::array<Range, 7> ranges = {{{"portalHttpPort", network.portalHttpPort, 1, 65'535},
                                          {"portalHttpsPort", network.portalHttpsPort, 1, 65'535},
                                          {"guestsMax", network.guestsMax, 1, kGuestsMax},
                                          {"portalFlowsMax", network.portalFlowsMax, 4, 1'024},
                                          {"guestFlowsMax", network.guestFlowsMax, 16, 65'535},
                                          {"dnsBitsPerSecond", network.dnsBitsPerSecond, 1'000, 1'000'000},
                                          {"gardenSeconds", network.gardenSeconds, 60, 86'400}}};
    for (const auto& range : ranges)
        if (range.value < range.least || range.value > range.most)
            return Error{Errc::Invalid, fmt::format("check guest network: {} is not {} to {}", range.name,
                                                    range.least, range.most)};
    const auto isTaken = [](unsigned port) { return port == 53 || port == 853; };
    if (network.portalHttpPort == network.portalHttpsPort || isTaken(network.portalHttpPort) ||
        isTaken(network.portalHttpsPort))
        return Error{Errc::Invalid, "check guest network: the portal's ports are taken"};
    if (auto done = checkAddresses(network); !done) return done;
    return checkRateClasses(network);
}

Result<std::string> renderGuestTable(const GuestNetwork& network) {
    if (auto done = check(network); !done) return done.error();
    using namespace fmt::literals;
    const auto gateway6 = network.gateway6 ? toString(network.gateway6->address) : std::string();
    const auto only6 = [&network](std::string line) {
        return network.gateway6 ? std::move(line) : std::string();
    };
    const auto sources6 = network.gateway6 ? fmt::format("ip6 saddr != {} drop", networkOf(*network.gateway6))
                                           : std::string("meta nfproto ipv6 drop");
    const auto dns6 =
        only6(fmt::format("meta l4proto {{ tcp, udp }} th dport 53 dnat ip6 to [{}]:53", gateway6));
    const auto https6 = only6(fmt::format("fib daddr . iif type local tcp dport 443 dnat ip6 to [{}]:{}",
                                          gateway6, network.portalHttpsPort));
    const auto http6 =
        only6(fmt::format("tcp dport 80 dnat ip6 to [{}]:{}", gateway6, network.portalHttpPort));
    const auto translate6 = network.gateway6 && network.translatesV6
                                ? fmt::format("oifname \"{}\" ip6 saddr {} masquerade",
                                              network.uplinkInterface, networkOf(*network.gateway6))
                                : std::string();
    // Chains of address translation see the first packet of a connection, and only what was let through.
    const auto log = network.logsConnections
                         ? fmt::format("iifname \"{}\" oifname \"{}\" log prefix \"silta-guest \"",
                                       network.guestInterface, network.uplinkInterface)
                         : std::string();
    auto text = fmt::format(kSets, "guests"_a = network.guestsMax, "meters"_a = kMetersMax,
                            "garden"_a = network.gardenSeconds, "gardens"_a = kGardenAddressesMax,
                            "blocked4"_a = elements(kNotInternet4, network.blocked4),
                            "blocked6"_a = elements(kNotInternet6, network.blocked6));
    // Half of the rate for each direction.
    text += fmt::format(kRules, "guest"_a = network.guestInterface, "uplink"_a = network.uplinkInterface,
                        "sources6"_a = sources6, "guestFlows"_a = network.guestFlowsMax,
                        "portalFlows"_a = network.portalFlowsMax, "http"_a = network.portalHttpPort,
                        "https"_a = network.portalHttpsPort, "dnsBytes"_a = network.dnsBitsPerSecond / 16,
                        "dnsBurst"_a = kDnsBurstBytes, "gateway4"_a = toString(network.gateway4.address),
                        "network4"_a = networkOf(network.gateway4), "dns6"_a = dns6, "https6"_a = https6,
                        "http6"_a = http6, "translate6"_a = translate6, "log"_a = log);
    return text;
}

} // namespace silta::gate
