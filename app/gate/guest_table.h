// The nftables ruleset between guests and the internet, as text for `nft -f`.
//
// One table, `inet silta_guest`. Whoever is not let in gets nothing through: the forward chain drops by
// default. A guest's packet passes through two look-ups:
//
//     map guest4   ether_addr . ipv4_addr : mark    who sends over IPv4
//     map guest6   ether_addr : mark                who sends over IPv6
//     set session  mark, quota, counter             may pass; one element for both directions and families
//     map rate     mark : classid                   HTB class
//
// The mark is a random number of the session with the top bit set. A packet of the guest's writes it to its
// connection (`ct mark`), and what comes back is looked up in `session` by that mark. So both directions,
// IPv4 and IPv6, share one timeout, one quota and one counter; when the element goes, live connections end
// both ways. Nothing passes because its connection is established, except through `session`.
//
// Sets and maps belong to silta-gate (session, guest4, guest6, rate), to dnsmasq (garden4, garden6) and to
// the kernel (the rest). Loading the text again replaces the rules in one transaction and leaves the sets
// alone.
#pragma once

#include "gate/address.h"

#include <silta/result.h>

#include <optional>
#include <string>
#include <vector>

namespace silta::gate {

inline constexpr const char* kTableName = "silta_guest";

/// One of the speeds that guests can have. Each guest of the class gets this much for itself.
struct RateClass {
    unsigned downKbit = 0; ///< to the guest, kbit/s: 64 to 10,000,000
    unsigned upKbit = 0;   ///< from the guest; 0 = not limited
};

/// What the ruleset is made from. Thread: a value.
struct GuestNetwork {
    std::string guestInterface;         ///< e.g. "wlan0"; may be absent when the text is loaded
    std::string uplinkInterface;        ///< e.g. "eth0"
    Ipv4Prefix gateway4;                ///< our address in the guest network: 10.77.0.1/16
    std::optional<Ipv6Prefix> gateway6; ///< the same for IPv6; nothing: guests have no IPv6
    bool translatesV6 = false; ///< guests' IPv6 addresses are ours alone: put the uplink's in their place
    std::uint16_t portalHttpPort = 8080; ///< where silta-portal listens on gateway4 and gateway6
    std::uint16_t portalHttpsPort = 8443;
    std::vector<Ipv4Prefix> blocked4; ///< never reached, on top of private and special networks
    std::vector<Ipv6Prefix> blocked6;
    unsigned guestsMax = 1'024;     ///< 1 to kGuestsMax
    unsigned portalFlowsMax = 32;   ///< connections of one guest to portal and DNS: 4 to 1,024
    unsigned guestFlowsMax = 1'000; ///< connections of one guest to the internet: 16 to 65,535
    unsigned dnsBitsPerSecond =
        8'000; ///< of one guest before login, both directions together: 1,000 to 1,000,000
    unsigned gardenSeconds = 3'600; ///< after a name was looked up; longer than dnsmasq's cache: 60 to 86,400
    bool logsConnections = false;   ///< a line of the kernel's log for each connection to the internet
    std::vector<RateClass> rateClasses; ///< class 1 is the first; at most kRateClassesMax
};

/// Errors: Invalid (a value is out of range, or not an interface's name), Limit (too many networks or
/// classes).
Result<void> check(const GuestNetwork& network);

/// The text for `nft -f -`. It can be loaded before the interfaces exist. Errors: as check().
Result<std::string> renderGuestTable(const GuestNetwork& network);

/// The class numbers of one guest: `slot` is 0 to kGuestsMax - 2. HTB's handle is 1: on both interfaces.
/// Shape: minor number, 1 to 65,535.
std::uint16_t classMinor(unsigned rateClass, unsigned slot);

/// Arguments of `tc`, one list a call, that make the HTB classes; nothing when no class limits anything. The
/// first call for an interface fails when they are there already. Errors: as check().
Result<std::vector<std::vector<std::string>>> renderShaping(const GuestNetwork& network);

} // namespace silta::gate
