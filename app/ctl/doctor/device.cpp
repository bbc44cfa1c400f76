// Silta itself: its programs, its enrolment, what waits, and how old what it shows is.
#include "ctl/doctor/doctor.h"
#include "ctl/doctor/look.h"

#include <fmt/format.h>

#include <array>

namespace silta::ctl {

namespace {

constexpr std::int64_t kHourMs = 60 * 60 * 1'000;
constexpr std::int64_t kOutboxOldMs = 24 * kHourMs;
constexpr std::int64_t kStockOldMs = 24 * kHourMs;

void examinePrograms(const Surroundings& device, std::vector<Finding>& findings) {
    struct Program {
        const char *code, *name, *meaning;
    };
    constexpr std::array<Program, 3> kPrograms = {
        {{"KIOSK", "silta-kiosk", "the screen shows nothing of ours"},
         {"GATE", "silta-gate", "no guest can be let in"},
         {"PAGES", "silta-portal", "guests see no sign-in page"}}};
    for (const auto& program : kPrograms) {
        const std::string name = program.name;
        if (!hasUnit(device.root, name + ".service")) continue;
        if (isRunning(device.root, name))
            findings.push_back({program.code, Severity::Well, name + " runs", ""});
        else
            findings.push_back(
                {program.code, Severity::Fault, fmt::format("{} does not run: {}", name, program.meaning),
                 fmt::format("systemctl restart {0}; its journal tells why: journalctl -u {0} -n 20", name)});
    }
}

void examineOutbox(const Json& outbox, UtcMs nowMs, std::vector<Finding>& findings) {
    const auto pending = integerMember(outbox, "pending").value_or(0);
    const auto refused = integerMember(outbox, "quarantined").value_or(0);
    const auto oldest = integerMember(outbox, "oldestMs").value_or(nowMs);
    const auto words = pending == 0 ? std::string("nothing waits for the hub")
                                    : fmt::format("{} actions wait for the hub, the oldest for {}", pending,
                                                  spanInWords(nowMs - oldest));
    if (refused > 0)
        findings.push_back(
            {"OUTBOX", Severity::Warning, fmt::format("{}; the hub refused {}", words, refused),
             "headquarters can look at them and take them in: silta-hub ops, silta-hub replay"});
    else if (pending > 0 && nowMs - oldest > kOutboxOldMs)
        findings.push_back(
            {"OUTBOX", Severity::Warning, words,
             "nothing is lost, but headquarters knows nothing of it: see LINK, ROUTE, NAMES and HUB"});
    else
        findings.push_back({"OUTBOX", Severity::Well, words, ""});
}

void examineCatalogue(const Json& status, UtcMs nowMs, std::vector<Finding>& findings) {
    const auto& catalog = objectMember(status, "catalog");
    if (catalog.is_null()) {
        findings.push_back({"CATALOGUE", Severity::Fault, "none has arrived yet",
                            "wait a few minutes after enrolling; then see HUB"});
        return;
    }
    const auto products = integerMember(catalog, "products").value_or(0);
    const auto stockMs = integerMember(catalog, "stockAsOf").value_or(0);
    const auto words = stockMs > 0
                           ? fmt::format("{} products, stock {} old", products, spanInWords(nowMs - stockMs))
                           : fmt::format("{} products, no stock has arrived yet", products);
    if (textMember(objectMember(status, "catalogCheck"), "state") == "differs")
        findings.push_back({"CATALOGUE", Severity::Warning, words + "; it differs from the hub's",
                            "it is being fetched anew by itself; when this comes again, replace the card"});
    else if (nowMs - stockMs > kStockOldMs)
        findings.push_back({"CATALOGUE", Severity::Warning, words, "see LINK, ROUTE, NAMES and HUB"});
    else
        findings.push_back({"CATALOGUE", Severity::Well, words, ""});
}

} // namespace

void examineDevice(const Surroundings& surroundings, const Result<Json>& status,
                   std::vector<Finding>& findings) {
    examinePrograms(surroundings, findings);
    if (!status && status.error().code == Errc::Denied) {
        findings.push_back({"EDGE", Severity::Note, "this user may not ask silta-edge", "run this as root"});
        return;
    }
    if (!status) {
        findings.push_back(
            {"EDGE", Severity::Fault, "silta-edge does not answer: nothing can be saved",
             "systemctl restart silta-edge; its journal tells why: journalctl -u silta-edge -n 20"});
        return;
    }
    findings.push_back({"EDGE", Severity::Well, "silta-edge answers", ""});
    if (boolMember(*status, "journalDamaged").value_or(false))
        findings.push_back(
            {"JOURNAL", Severity::Fault, "it was damaged; what could be read was kept",
             "replace the card or disk soon, and tell the service desk: the old file is kept"});
    else
        findings.push_back({"JOURNAL", Severity::Well, "sound", ""});
    if (!boolMember(*status, "enrolled").value_or(false)) {
        findings.push_back({"ENROLMENT", Severity::Fault, "the device belongs to no store yet",
                            "hold the enrolment code to the scanner, or: siltactl enrol CODE"});
        return;
    }
    findings.push_back({"ENROLMENT", Severity::Well,
                        fmt::format("{} ({})", textMember(*status, "storeName").value_or("?"),
                                    textMember(*status, "storeCode").value_or("?")),
                        ""});
    examineOutbox(objectMember(*status, "outbox"), surroundings.nowMs, findings);
    examineCatalogue(*status, surroundings.nowMs, findings);
}

} // namespace silta::ctl
