// What silta-edge says to staff: who signed in, and how the device is.
#pragma once

#include <silta/result.h>
#include <silta/time.h>

#include <cstdint>
#include <string>

namespace silta::kiosk {

/// The answer of POST /v1/staff/sign-in.
struct StaffAnswer {
    enum class Outcome { Welcome, Wrong, Locked };
    Outcome outcome = Outcome::Wrong;
    std::string id, name;       ///< with Welcome
    std::int64_t triesLeft = 0; ///< with Wrong
    std::int64_t seconds = 0;   ///< with Locked
};
/// Errors: Corrupt; Limit (429), Invalid (400), Unavailable (any other status).
Result<StaffAnswer> parseStaffAnswer(int status, const std::string& body);

/// What of GET /v1/status a technician asks for.
struct DeviceHealth {
    std::string deviceId, storeName, storeCode, hubUrl, hubError;
    bool isEnrolled = false, isHubReachable = false, isClockSynced = false, isJournalDamaged = false;
    UtcMs lastSyncMs = 0; ///< 0 = never
    std::int64_t pending = 0, quarantined = 0;
    UtcMs oldestMs = 0; ///< of what is pending; 0 = nothing
    std::int64_t catalogSeq = 0;
    std::string enrolmentState; ///< "none", "working", "failed", "done"
};
/// Errors: Corrupt.
Result<DeviceHealth> parseDeviceHealth(const std::string& body);
/// "SILTA-STATUS 1 <device> <time> HUB=off SYNC=7200s SENT=12 CLOCK=estimated": what is to be told on the
/// telephone or photographed. No name of a person, no secret.
std::string summaryOf(const DeviceHealth& health, const std::string& version, UtcMs now);

} // namespace silta::kiosk
