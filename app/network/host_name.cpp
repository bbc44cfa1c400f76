#include "network/host_name.h"

#include "network/limits.h"

#include <algorithm>
#include <array>

namespace silta::network {

namespace {

constexpr std::array<std::string_view, 32> kProbeHosts = {
    "captive.apple.com",
    "www.apple.com",
    "gsp1.apple.com",
    "www.appleiphonecell.com",
    "www.airport.us",
    "www.ibook.info",
    "www.itools.info",
    "www.thinkdifferent.us",
    "connectivitycheck.gstatic.com",
    "connectivitycheck.android.com",
    "clients1.google.com",
    "clients3.google.com",
    "www.google.com",
    "www.gstatic.com",
    "play.googleapis.com",
    "www.google.cn",
    "connectivitycheck.platform.hicloud.com",
    "connect.rom.miui.com",
    "www.msftconnecttest.com",
    "ipv6.msftconnecttest.com",
    "www.msftncsi.com",
    "ipv6.msftncsi.com",
    "dns.msftncsi.com",
    "detectportal.firefox.com",
    "nmcheck.gnome.org",
    "network-test.debian.org",
    "connectivity-check.ubuntu.com",
    "fedoraproject.org",
    "ping.archlinux.org",
    "networkcheck.kde.org",
    "spectrum.s3.amazonaws.com",
    "conncheck.opensuse.org",
};

constexpr std::array<std::string_view, 12> kPrivateNames = {
    "local", "localhost", "lan",  "home", "corp",    "internal",
    "test",  "example",   "mail", "arpa", "invalid", "onion",
};

bool isLabel(std::string_view label) {
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !label.empty() && label.size() <= kLabelBytesMax && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, isPlain);
}

std::string_view topOf(std::string_view host) {
    return host.substr(host.rfind('.') + 1); // npos + 1 is 0
}

} // namespace

bool isHostName(std::string_view text) {
    if (text.size() > kHostBytesMax || text.find('.') == std::string_view::npos) return false;
    for (auto rest = text;;) {
        const auto dot = rest.find('.');
        if (!isLabel(rest.substr(0, dot))) return false;
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
    }
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return !std::ranges::all_of(topOf(text), isDigit); // an address
}

bool isPublicName(std::string_view host) {
    return isHostName(host) && std::ranges::find(kPrivateNames, topOf(host)) == kPrivateNames.end();
}

std::span<const std::string_view> probeHosts() {
    return kProbeHosts;
}

std::string_view coveredProbe(std::string_view host) {
    const auto isCovered = [host](std::string_view probe) {
        return probe == host || (probe.size() > host.size() && probe.ends_with(host) &&
                                 probe[probe.size() - host.size() - 1] == '.');
    };
    const auto* found = std::ranges::find_if(kProbeHosts, isCovered);
    return found == kProbeHosts.end() ? std::string_view() : *found;
}

} // namespace silta::network
