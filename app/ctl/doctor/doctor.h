// The doctor: looks at a device as a technician would, and says in plain words what is wrong and what to do.
//
// Each check has a code of one word that can be said over the phone ("DISK", "HUB"); the table in
// deploy/troubleshooting.md goes by the same codes.
#pragma once

#include "core/json.h"

#include <silta/result.h>
#include <silta/time.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace silta::ctl {

enum class Severity {
    Well,
    Note,    ///< could not be looked at, or is not there and need not be
    Warning, ///< works, but not for long or not as it should
    Fault,   ///< something that people need does not work
};
const char* toString(Severity severity); ///< "well", "note", "warning", "FAULT"

struct Finding {
    std::string code; ///< upper-case letters
    Severity severity = Severity::Well;
    std::string words;  ///< what was seen, one line; no customer data, no secret
    std::string advice; ///< what to do; empty when there is nothing to do
};

struct DiskSpace {
    std::uint64_t bytes = 0, freeBytes = 0;
};

/// The device as the doctor sees it. The defaults of siltactl look at this machine; a test gives its own.
struct Surroundings {
    std::filesystem::path root = "/"; ///< above proc, sys, dev, etc and usr
    UtcMs nowMs = 0;
    std::function<Result<Json>()> edgeStatus;
    std::function<Result<DiskSpace>(const std::string& path)> space;
    std::function<bool()> isClockSynced;
    std::function<Result<std::string>(const std::string& host)> resolve; ///< an address, as text
    /// GET with TLS verified; gives the HTTP status. Errors: Unavailable, Denied (somebody answers, whose
    /// certificate is not believed).
    std::function<Result<int>(const std::string& url)> get;
    std::function<bool(const std::string& address, int port)> accepts; ///< a connection over TCP
    /// When a PEM certificate file ends. Errors: NotFound, Invalid.
    std::function<Result<UtcMs>(const std::string& path)> certificateEnd;
};

/// Everything, in the order in which to read it: what comes first is often the cause of what comes later.
std::vector<Finding> examine(const Surroundings& surroundings);

// The groups. Each appends.
void examineMachine(const Surroundings& surroundings, std::vector<Finding>& findings);
void examineNetwork(const Surroundings& surroundings, const std::optional<Json>& status,
                    std::vector<Finding>& findings);
void examineDevice(const Surroundings& surroundings, const Result<Json>& status,
                   std::vector<Finding>& findings);

/// The worst of all.
Severity worstOf(const std::vector<Finding>& findings);
/// "SILTA-DOCTOR 1 <device> <time> DISK=warning HUB=fault": what is not well, short enough for a QR code that
/// somebody photographs.
std::string summaryOf(const std::vector<Finding>& findings, const std::string& deviceId, UtcMs nowMs);
/// Prometheus text exposition format: 0 well or note, 1 warning, 2 fault, a line each.
std::string metricsOf(const std::vector<Finding>& findings);

/// The surroundings of this machine; `sockets`: where silta-edge's are.
Surroundings thisMachine(const std::string& sockets);

} // namespace silta::ctl
