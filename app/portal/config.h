// silta-portal's configuration, of two TOML files, each checked whole: what the store decides, and what the
// guest network decides, which `siltactl network render` writes. No setting stands in both; an unknown one is
// an error.
#pragma once

#include "portal/pages.h"

#include <silta/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace silta::portal {

struct PortalConfig {
    // The network's.
    std::string guestInterface;
    std::vector<std::string> listen;             ///< plain HTTP, where the gate leads port 80
    std::vector<std::string> listenTls;          ///< HTTPS; empty without a certificate
    std::string url;                             ///< of the portal as guests see it, without a path
    std::vector<std::string> hosts;              ///< further names of the portal
    unsigned rateClasses = 0;                    ///< how many the gate has
    std::string apiPath = "/captive-portal/api"; ///< RFC 8908's

    // The store's; defaults are those of a device in a store. See `deploy/portal.toml`.
    std::string certificateFile, keyFile; ///< PEM
    std::string venueUrl;                 ///< the store's page on the web; empty = none
    std::string gateSocket = "/run/silta/gate.sock";
    std::string edgeSocket = "/run/silta/portal.sock";
    std::string database = "/var/lib/silta/portal/portal.db";
    std::vector<Way> ways = {{WayKind::Email, 240}, {WayKind::Terms, 30}}; ///< 1 to 1,440 minutes each
    std::uint64_t quotaBytes = 0; ///< a day and device, in both directions; 0 = none
    unsigned rateClass = 0;       ///< of the gate; 0 = not limited
    int idleMinutes = 60;         ///< without a byte, until a session ends; 1 to 1,440
    int devicesPerPerson = 4;     ///< 1 to 100
    int extendMinutes = 5;        ///< "five more minutes"; 0 = no extension
    int extensionsMax = 1;        ///< of one session
    int cookieDays = 30;          ///< how long a returning guest is known by a cookie; 0 = none
    bool onlyWhenOpen = false;    ///< no new sessions outside opening hours
    bool logsConnections = false; ///< what the privacy page says
};

/// Errors: NotFound, Invalid (names line and key), Limit.
Result<PortalConfig> loadPortalConfig(const std::string& storePath, const std::string& networkPath);
/// Parses and checks the texts. Errors: Invalid, Limit.
Result<PortalConfig> parsePortalConfig(std::string_view store, std::string_view network);

} // namespace silta::portal
