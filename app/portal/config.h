// silta-portal's configuration: one TOML file, checked whole; an unknown key is an error.
#pragma once

#include "portal/pages.h"

#include <silta/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace silta::portal {

/// Defaults are those of a device in a store; see `deploy/portal.toml`.
struct PortalConfig {
    std::vector<std::string> listen = {"10.77.0.1:8080"}; ///< plain HTTP, where the gate leads port 80
    std::vector<std::string> listenTls;                   ///< HTTPS: needs certificate and key
    std::string certificateFile, keyFile;                 ///< PEM
    std::string url = "http://10.77.0.1";                 ///< of the portal as guests see it, without a path
    std::vector<std::string> hosts;                       ///< further names and addresses of the portal
    std::string venueUrl;                                 ///< the store's page on the web; empty = none
    std::string guestInterface = "wlan0";
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
Result<PortalConfig> loadPortalConfig(const std::string& path);
/// Parses and checks a text. Errors: Invalid.
Result<PortalConfig> parsePortalConfig(std::string_view toml);

} // namespace silta::portal
