// The guest network of one store, as a technician writes it down: one TOML file, checked whole; an unknown
// key is an error. `deploy/network/` has examples with every key.
#pragma once

#include "gate/guest_table.h"

#include <silta/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::network {

enum class Security {
    Open,          ///< no encryption: what every device can join
    OweTransition, ///< open, and beside it a hidden encrypted network that new devices change to by
                   ///< themselves
    Wpa3,          ///< with a password
};

struct Wifi {
    std::string interface; ///< the radio
    std::string name;      ///< SSID: 1 to 32 bytes of UTF-8
    std::string country;   ///< ISO 3166-1, two capital letters
    bool is5GHz = false;
    unsigned channel = 1;
    Security security = Security::Open;
    std::string passwordFile; ///< Wpa3 only
    std::string password;     ///< of that file; loadNetworkConfig() reads it
    std::string driver = "nl80211";
};

/// Thread: a value.
struct NetworkConfig {
    gate::GuestNetwork guest;
    bool isBridge = false;                           ///< the guest interface is a bridge that we make
    std::vector<std::string> bridgePorts;            ///< wired ports of the bridge
    std::optional<gate::Ipv4> firstLease, lastLease; ///< parsed configurations have both
    unsigned leaseMinutes = 60;                      ///< 2 to 1,440
    std::vector<std::string> nameServers;            ///< addresses, 1 to kServersMax
    std::vector<std::string> gardenHosts;            ///< reachable before login, with the names below them
    std::string portalHost;                          ///< a name that leads to the gateway; empty: none
    bool hasPublicCertificate = false; ///< the portal's certificate is one that every device believes
    std::string apiPath = "/captive-portal/api"; ///< RFC 8908's, at the portal
    /// Leases, which name devices: of a file system in memory, so that nobody learns them from a stolen card.
    std::string stateFolder = "/run/silta-guest";
    std::optional<Wifi> wifi; ///< nothing: access points of somebody else's are on the guest interface
};

/// Errors: Invalid (names line and key), Limit.
Result<NetworkConfig> parseNetworkConfig(std::string_view text);

/// The same from a file, with the password that it names. Errors besides: NotFound.
Result<NetworkConfig> loadNetworkConfig(const std::string& path);

/// Where devices ask whether they are captive (RFC 8910); empty without a publicly valid certificate.
std::string apiUrl(const NetworkConfig& config);

} // namespace silta::network
