// silta-edge's configuration: one TOML file, checked whole; an unknown key is an error. Where it names
// join.toml of the guest network, what is wrong in that is a warning, and no network is known.
#pragma once

#include "sync/pusher.h"

#include <silta/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace silta {

/// Local time of every day, in minutes; one that ends earlier than it begins ends on the next day.
struct UpdateWindow {
    int fromMinute = 2 * 60;
    int toMinute = 5 * 60;
};

/// Defaults are those of a device in a store; see `deploy/` for examples.
struct EdgeConfig {
    std::string stateFolder = "/var/lib/silta/edge";      ///< journal and device key; nobody else's to read
    std::string catalogFolder = "/var/lib/silta/catalog"; ///< catalogue and pictures; readable by the kiosk
    std::string socketFolder = "/run/silta";
    std::string hubUrl; ///< where to enrol when a code does not say; empty = the code says
    std::string hubCaFile;
    std::vector<std::string> kioskUsers;  ///< who may use kiosk.sock besides our own user
    std::vector<std::string> portalUsers; ///< who may use portal.sock besides our own user
    std::vector<std::string> tillUsers;   ///< who may use till.sock besides our own user
    std::string codesFile;       ///< how the chain's codes look, see chain_config.h; empty = as built in
    std::string portalUrl;       ///< of the guest network: what the QR code of a voucher opens; empty = none
    std::string wifiName;        ///< of the guest network; empty = its access points are not ours
    std::string wifiPassword;    ///< what guests join it with; empty = none
    bool guestsWhenOpen = false; ///< guests are let in while the store is open, as the portal is told too
    int voucherMinutes = 120;    ///< 1..1440: of a voucher that the kiosk shows
    std::string chainName;       ///< on the guest Wi-Fi's pages; empty = the store's name
    std::string companyName;     ///< who answers for terms and privacy there
    std::string contactEmail;
    std::string language = "en";         ///< of a guest whose own language there is no page for
    std::vector<std::string> adminUsers; ///< who may use admin.sock besides our own user and root
    int pullSeconds = 15;                ///< 1..3600
    int updateKilobytes = 512;           ///< 16..100000 a second: of an update that is fetched
    UpdateWindow updateWindow;           ///< of an hour or more: see isQuietHour()
    PushLimits pushLimits;               ///< not in the file: for tests
};

/// Errors: NotFound, Invalid (names line and key), Limit.
Result<EdgeConfig> loadEdgeConfig(const std::string& path);

} // namespace silta
