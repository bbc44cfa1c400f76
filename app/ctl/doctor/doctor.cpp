#include "ctl/doctor/doctor.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <chrono>

namespace silta::ctl {

const char* toString(Severity severity) {
    switch (severity) {
    case Severity::Well:
        return "well";
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Fault:
        break;
    }
    return "FAULT";
}

std::vector<Finding> examine(const Surroundings& surroundings) {
    std::vector<Finding> findings;
    const auto status = surroundings.edgeStatus();
    examineMachine(surroundings, findings);
    examineNetwork(surroundings, status ? std::optional(*status) : std::nullopt, findings);
    examineDevice(surroundings, status, findings);
    return findings;
}

Severity worstOf(const std::vector<Finding>& findings) {
    auto worst = Severity::Well;
    for (const auto& finding : findings)
        worst = std::max(worst, finding.severity);
    return worst;
}

std::string summaryOf(const std::vector<Finding>& findings, const std::string& deviceId, UtcMs nowMs) {
    const std::chrono::sys_seconds now{std::chrono::seconds(nowMs / 1'000)};
    auto text = fmt::format("SILTA-DOCTOR 1 {} {:%Y-%m-%dT%H:%M:%SZ}", deviceId.empty() ? "-" : deviceId,
                            fmt::gmtime(now));
    bool isWell = true;
    for (const auto& finding : findings) {
        if (finding.severity < Severity::Warning) continue;
        text +=
            fmt::format(" {}={}", finding.code, finding.severity == Severity::Fault ? "fault" : "warning");
        isWell = false;
    }
    return isWell ? text + " WELL" : text;
}

std::string metricsOf(const std::vector<Finding>& findings) {
    std::string text = "# HELP silta_doctor What siltactl doctor found: 0 well, 1 warning, 2 fault.\n"
                       "# TYPE silta_doctor gauge\n";
    for (const auto& finding : findings) {
        const auto value = std::max(static_cast<int>(finding.severity) - static_cast<int>(Severity::Note), 0);
        text += fmt::format("silta_doctor{{check=\"{}\"}} {}\n", finding.code, value);
    }
    return text;
}

} // namespace silta::ctl
