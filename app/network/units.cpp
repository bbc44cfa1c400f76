#include "network/render.h"

#include <fmt/format.h>

namespace silta::network {

namespace {

// systemd.unit(5), "string escaping for inclusion in unit names".
std::string escaped(std::string_view name) {
    std::string text;
    for (const char c : name) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                             c == '_' || c == '.';
        text += isPlain ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
    return text;
}

// nftables.service empties everything when it stops or reads its file again: it stops us, and with us the
// guest interface, before it does; what it has read again we load again.
std::string netUnit(const std::string& folder) {
    return fmt::format(R"(# Written by siltactl network render.
[Unit]
Description=Silta guest network: the rules, before any interface is up
DefaultDependencies=no
After=local-fs.target systemd-modules-load.service systemd-sysctl.service nftables.service
Before=network-pre.target silta-guest-link.service silta-gate.service shutdown.target
Wants=network-pre.target
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f {0}/guest.nft
ExecStart=/usr/sbin/sysctl -q -p {0}/forwarding.sysctl
ExecStart=-/usr/sbin/sysctl -q -p {0}/capacity.sysctl
ExecReload=/usr/sbin/nft -f {0}/guest.nft

[Install]
WantedBy=sysinit.target
)",
                       folder);
}

std::string linkUnit(const NetworkConfig& config, const std::string& folder) {
    const auto& guest = config.guest;
    const auto& name = guest.guestInterface;
    auto text = std::string("# Written by siltactl network render.\n[Unit]\n"
                            "Description=Silta guest network: the interface, once the rules are loaded\n"
                            "Requires=silta-guest-net.service\nAfter=silta-guest-net.service\n");
    const auto device = fmt::format("sys-subsystem-net-devices-{}.device", escaped(name));
    if (!config.isBridge) text += fmt::format("BindsTo={0}\nAfter={0}\n", device);
    text += "\n[Service]\nType=oneshot\nRemainAfterExit=yes\n";
    const auto start = [&text](const std::string& command) { text += "ExecStart=" + command + "\n"; };
    if (config.isBridge) {
        start(fmt::format("-/usr/sbin/ip link add {} type bridge", name));
        // Where the kernel has br_netfilter, it would run guest.nft inside the bridge: what is refused there
        // is refused from the port that it was led to, and no guest knows that port.
        for (const auto* family : {"iptables", "ip6tables"})
            start(fmt::format("-/usr/sbin/sysctl -q -w net/bridge/bridge-nf-call-{}=0", family));
    }
    start(fmt::format("/usr/sbin/sysctl -q -p {}/link.sysctl", folder));
    // A router listens to no router, unless told to; the uplink has to where it takes its address from one.
    if (guest.gateway6)
        start(fmt::format("-/usr/sbin/sysctl -q -w net/ipv6/conf/{}/accept_ra=2", guest.uplinkInterface));
    start(fmt::format("/usr/sbin/ip address replace {}/{} dev {}", toString(guest.gateway4.address),
                      guest.gateway4.bits, name));
    if (guest.gateway6)
        start(fmt::format("/usr/sbin/ip address replace {}/{} dev {} nodad",
                          toString(guest.gateway6->address), guest.gateway6->bits, name));
    for (const auto& port : config.bridgePorts) {
        start(fmt::format("/usr/sbin/ip link set dev {} master {}", port, name));
        start(fmt::format("/usr/sbin/ip link set dev {} up", port));
    }
    if (!guest.rateClasses.empty()) {
        start(fmt::format("-/usr/sbin/tc qdisc delete dev {} root", name));
        start(fmt::format("-/usr/sbin/tc qdisc delete dev {} root", guest.uplinkInterface));
        start(fmt::format("/usr/sbin/tc -batch {}/shaping.tc", folder));
    }
    start(fmt::format("/usr/sbin/ip link set dev {} up", name));
    text += fmt::format("ExecStop=/usr/sbin/ip link set dev {} down\n", name);
    return text + "\n[Install]\nWantedBy=multi-user.target\n";
}

// A reload empties the cache: what was opened by an answer must not be forgotten while the answer is kept.
std::string dnsUnit(const NetworkConfig& config, const std::string& folder) {
    return fmt::format(R"(# Written by siltactl network render.
[Unit]
Description=Silta guest network: addresses and names
Requires=silta-guest-link.service
After=silta-guest-link.service
PartOf=silta-guest-net.service
ReloadPropagatedFrom=silta-guest-net.service

[Service]
ExecStartPre=/usr/bin/mkdir -p {1}
ExecStartPre=/usr/sbin/dnsmasq --test --conf-file={0}/dnsmasq.conf
ExecStart=/usr/sbin/dnsmasq --keep-in-foreground --conf-file={0}/dnsmasq.conf
ExecReload=/usr/bin/kill -HUP $MAINPID
Restart=always
RestartSec=1
NoNewPrivileges=yes
ProtectHome=yes
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
)",
                       folder, config.stateFolder);
}

std::string wifiUnit(const std::string& folder) {
    return fmt::format(R"(# Written by siltactl network render.
[Unit]
Description=Silta guest network: the access point
Requires=silta-guest-link.service
After=silta-guest-link.service
PartOf=silta-guest-net.service

[Service]
ExecStart=/usr/sbin/hostapd {}/hostapd.conf
Restart=always
RestartSec=1
NoNewPrivileges=yes
ProtectHome=yes
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
)",
                       folder);
}

} // namespace

std::vector<RenderedFile> renderUnits(const NetworkConfig& config, const std::string& folder) {
    std::vector<RenderedFile> files = {{"silta-guest-net.service", netUnit(folder)},
                                       {"silta-guest-link.service", linkUnit(config, folder)},
                                       {"silta-guest-dns.service", dnsUnit(config, folder)}};
    if (config.wifi) files.push_back({"silta-guest-wifi.service", wifiUnit(folder)});
    return files;
}

} // namespace silta::network
