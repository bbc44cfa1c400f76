// The files that the programs of the guest network read: made from one configuration, replaced together.
#pragma once

#include "network/config.h"

#include <string>
#include <vector>

namespace silta::network {

struct RenderedFile {
    std::string name; ///< in the folder
    std::string text;
    unsigned mode = 0644;
};

/// All files; units name the others by `folder`, which is absolute. Errors: Invalid, Limit.
///
/// guest.nft                 for nft -f: the gate's table, and the isolation of a bridge's ports
/// dnsmasq.conf              DHCP, router advertisements, DNS
/// hostapd.conf              with [wifi] only; may hold a password
/// shaping.tc                for tc -batch; with [[rate]] only
/// forwarding.sysctl         for the whole device; after guest.nft
/// capacity.sysctl           for the whole device: connections and neighbours that the kernel remembers
/// link.sysctl               of the guest interface; before it comes up
/// portal.toml               for silta-portal: where it listens and what it is called
/// join.toml                 for silta-edge: what the kiosk shows to get online; all may read it
/// silta-guest-net.service   loads guest.nft before any network is up
/// silta-guest-link.service  brings the guest interface up, after that
/// silta-guest-dns.service   dnsmasq
/// silta-guest-wifi.service  hostapd; with [wifi] only
Result<std::vector<RenderedFile>> renderNetwork(const NetworkConfig& config, const std::string& folder);

// One a group of files.
std::string renderDnsmasq(const NetworkConfig& config);            // dnsmasq_conf.cpp
std::string renderHostapd(const NetworkConfig& config);            // hostapd_conf.cpp
std::string renderForwarding(const NetworkConfig& config);         // sysctl_conf.cpp
std::string renderCapacity(const NetworkConfig& config);           // sysctl_conf.cpp
std::string renderLinkSettings(const NetworkConfig& config);       // sysctl_conf.cpp
std::string renderPortal(const NetworkConfig& config);             // guest_facing.cpp
std::string renderJoin(const NetworkConfig& config);               // guest_facing.cpp
std::vector<RenderedFile> renderUnits(const NetworkConfig& config, // units.cpp
                                      const std::string& folder);

/// Where guests find the portal: by its name where devices believe its certificate, else by its address.
std::string portalUrl(const NetworkConfig& config);

/// Puts the files into `folder` in place of what renderNetwork() wrote there before: whoever looks sees all
/// of the old set or all of the new one, after a power cut too. A folder that holds anything else is left
/// alone. Errors: Conflict (something else is there), Unsupported (a file system that cannot exchange
/// folders), Io, Full.
Result<void> replaceFileSet(const std::string& folder, const std::vector<RenderedFile>& files);

} // namespace silta::network
