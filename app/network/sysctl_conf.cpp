#include "network/limits.h"
#include "network/render.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::network {

std::string renderForwarding(const NetworkConfig& config) {
    return fmt::format("# Written by siltactl network render. Only after guest.nft: from here on the\n"
                       "# kernel forwards what the rules let through.\n"
                       "net/ipv4/conf/all/accept_redirects = 0\n"
                       "net/ipv4/conf/all/accept_source_route = 0\n"
                       "net/ipv4/ip_forward = 1\n"
                       "net/ipv6/conf/all/forwarding = {}\n",
                       config.guest.gateway6 ? 1 : 0);
}

// Size only: where the kernel does not take it, the network is smaller, not open.
std::string renderCapacity(const NetworkConfig& config) {
    const auto flows = std::clamp(config.guest.guestsMax * kFlowsPerGuest, kFlowsMin, kFlowsMax);
    const auto neighbours = std::max(config.guest.guestsMax * kNeighboursPerGuest, 1'024U);
    auto text =
        fmt::format("# Written by siltactl network render.\nnet/netfilter/nf_conntrack_max = {}\n", flows);
    for (const auto* family : {"ipv4", "ipv6"})
        text += fmt::format("net/{0}/neigh/default/gc_thresh1 = {1}\n"
                            "net/{0}/neigh/default/gc_thresh2 = {2}\n"
                            "net/{0}/neigh/default/gc_thresh3 = {3}\n",
                            family, neighbours / 2, neighbours, neighbours * 2);
    return text;
}

std::string renderLinkSettings(const NetworkConfig& config) {
    const auto& guest = config.guest.guestInterface;
    // arp_ignore, arp_announce: our other addresses do not exist for guests. drop_gratuitous_arp,
    // drop_unsolicited_na: nobody tells us unasked whose an address is now. locktime: when a device asks from
    // an address that was another's a second ago, it is that device's at once.
    auto text = fmt::format("# Written by siltactl network render.\n"
                            "net/ipv4/conf/{0}/rp_filter = 1\n"
                            "net/ipv4/conf/{0}/arp_ignore = 1\n"
                            "net/ipv4/conf/{0}/arp_announce = 2\n"
                            "net/ipv4/conf/{0}/arp_accept = 0\n"
                            "net/ipv4/conf/{0}/drop_gratuitous_arp = 1\n"
                            "net/ipv4/neigh/{0}/locktime = 0\n"
                            "net/ipv4/conf/{0}/proxy_arp = 0\n"
                            "net/ipv4/conf/{0}/send_redirects = 0\n"
                            "net/ipv4/conf/{0}/accept_redirects = 0\n"
                            "net/ipv4/conf/{0}/accept_source_route = 0\n",
                            guest);
    if (!config.guest.gateway6) return text + fmt::format("net/ipv6/conf/{}/disable_ipv6 = 1\n", guest);
    text += fmt::format("net/ipv6/conf/{0}/disable_ipv6 = 0\n"
                        "net/ipv6/conf/{0}/accept_ra = 0\n"
                        "net/ipv6/conf/{0}/accept_redirects = 0\n"
                        "net/ipv6/conf/{0}/drop_unsolicited_na = 1\n",
                        guest);
    return text;
}

} // namespace silta::network
