// The machine: is it cool, fed, sound, and does it have room?
#include "ctl/doctor/doctor.h"
#include "ctl/doctor/look.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace silta::ctl {

namespace {

constexpr std::int64_t kWarmMilliDegrees = 80'000; // a Raspberry Pi slows down here
constexpr std::int64_t kHotMilliDegrees = 90'000;
constexpr std::uint64_t kMegabyte = 1'000'000;
constexpr std::uint64_t kSpaceLowBytes = 1'000 * kMegabyte; // a new catalogue beside the old one
constexpr std::uint64_t kSpaceGoneBytes = 100 * kMegabyte;  // the journal still has room for weeks
constexpr std::int64_t kLifeTimeSpent = 9;                  // of 10, JEDEC eMMC: 80 to 90 % of the writes
constexpr std::int64_t kMemoryLowPercent = 10;

void examineTemperature(const Surroundings& device, std::vector<Finding>& findings) {
    const auto zones = device.root / "sys/class/thermal";
    std::optional<std::int64_t> hottest;
    for (const auto& name : namesIn(zones)) {
        if (!name.starts_with("thermal_zone")) continue;
        if (const auto degrees = numberOf(zones / name / "temp"))
            hottest = std::max(hottest.value_or(*degrees), *degrees);
    }
    if (!hottest) {
        findings.push_back({"HEAT", Severity::Note, "this machine does not tell its temperature", ""});
        return;
    }
    const auto severity = *hottest >= kHotMilliDegrees    ? Severity::Fault
                          : *hottest >= kWarmMilliDegrees ? Severity::Warning
                                                          : Severity::Well;
    findings.push_back(
        {"HEAT", severity, fmt::format("{} °C", *hottest / 1'000),
         severity == Severity::Well
             ? ""
             : "give the box air: nothing on it, no heater or sun beside it, fan and slots free of dust"});
}

void examinePower(const Surroundings& device, std::vector<Finding>& findings) {
    const auto sensors = device.root / "sys/class/hwmon";
    for (const auto& name : namesIn(sensors)) {
        if (textOf(sensors / name / "name") != "rpi_volt") continue;
        const bool isLow = numberOf(sensors / name / "in0_lcrit_alarm").value_or(0) != 0;
        findings.push_back(
            {"POWER", isLow ? Severity::Fault : Severity::Well,
             isLow ? "the supply gives too little voltage" : "the supply is strong enough",
             isLow ? "use the power supply and cable that belong to the device, plugged straight into it"
                   : ""});
        return;
    }
    findings.push_back({"POWER", Severity::Note, "this machine does not tell its voltage", ""});
}

/// Of flash: what the kernel met in its file systems, and how much of its life is spent.
void examineCard(const Surroundings& device, std::vector<Finding>& findings) {
    std::int64_t errors = 0;
    const auto systems = device.root / "sys/fs/ext4";
    for (const auto& name : namesIn(systems))
        errors += numberOf(systems / name / "errors_count").value_or(0);
    std::int64_t spent = 0;
    const auto disks = device.root / "sys/block";
    for (const auto& name : namesIn(disks)) {
        if (!name.starts_with("mmcblk")) continue;
        std::istringstream words(
            textOf(disks / name / "device/life_time")); // "0x01 0x02": two kinds of cells
        for (std::string word; words >> word;)
            spent = std::max<std::int64_t>(spent, std::strtoll(word.c_str(), nullptr, 16));
    }
    constexpr const char* kReplace =
        "plan to replace the card or disk; what is saved reaches the hub meanwhile";
    if (errors > 0)
        findings.push_back({"CARD", Severity::Fault,
                            fmt::format("the file system met {} errors on the card or disk", errors),
                            kReplace});
    else if (spent >= kLifeTimeSpent)
        findings.push_back({"CARD", Severity::Warning,
                            fmt::format("{} % of the card's life is spent", spent * 10), kReplace});
    else
        findings.push_back(
            {"CARD", Severity::Well,
             spent > 0 ? fmt::format("no errors, at most {} % of its life spent", spent * 10) : "no errors",
             ""});
}

bool isReadOnly(const Surroundings& device, const std::string& path) {
    std::istringstream lines(textOf(device.root / "proc/self/mounts"));
    std::string best;
    bool isBestReadOnly = false;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string source, target, kind, options;
        words >> source >> target >> kind >> options;
        const bool isAbove = target == "/" || path == target || path.starts_with(target + "/");
        if (!isAbove || target.size() < best.size()) continue;
        best = target;
        isBestReadOnly = options == "ro" || options.starts_with("ro,");
    }
    return isBestReadOnly;
}

void examineSpace(const Surroundings& device, std::vector<Finding>& findings) {
    constexpr const char* kState = "/var/lib/silta";
    const auto space = device.space(kState);
    if (!space) {
        findings.push_back({"DISK", Severity::Note, fmt::format("{} cannot be looked at", kState), ""});
        return;
    }
    const auto words =
        fmt::format("{} MB of {} MB free", space->freeBytes / kMegabyte, space->bytes / kMegabyte);
    if (isReadOnly(device, kState))
        findings.push_back({"DISK", Severity::Fault, "the disk has become read-only: " + words,
                            "restart the device once; when it comes back, replace the card or disk"});
    else if (space->freeBytes < kSpaceGoneBytes)
        findings.push_back(
            {"DISK", Severity::Fault, words, "no new sign-ups are taken: call the service desk"});
    else if (space->freeBytes < kSpaceLowBytes)
        findings.push_back({"DISK", Severity::Warning, words, "call the service desk before it is full"});
    else
        findings.push_back({"DISK", Severity::Well, words, ""});
}

void examineMemory(const Surroundings& device, std::vector<Finding>& findings) {
    std::int64_t total = 0, available = 0;
    std::istringstream lines(textOf(device.root / "proc/meminfo"));
    for (std::string name, rest; lines >> name;) {
        if (name == "MemTotal:") lines >> total;
        if (name == "MemAvailable:") lines >> available;
        std::getline(lines, rest);
    }
    std::int64_t killed = 0;
    std::istringstream counters(textOf(device.root / "proc/vmstat"));
    std::string name;
    for (std::int64_t value = 0; counters >> name >> value;)
        if (name == "oom_kill") killed = value;
    if (total == 0) {
        findings.push_back({"MEMORY", Severity::Note, "this machine does not tell its memory", ""});
        return;
    }
    const auto words = fmt::format("{} MB of {} MB available", available / 1'000, total / 1'000);
    if (killed > 0)
        findings.push_back({"MEMORY", Severity::Warning,
                            fmt::format("{}; programs were ended {} times for lack of it", words, killed),
                            "restart the device; when it comes again, send a diagnosis to the service desk"});
    else
        findings.push_back({"MEMORY",
                            available * 100 < total * kMemoryLowPercent ? Severity::Warning : Severity::Well,
                            words, available * 100 < total * kMemoryLowPercent ? "restart the device" : ""});
}

void examineClock(const Surroundings& device, std::vector<Finding>& findings) {
    if (device.nowMs < kReleasedMs)
        findings.push_back(
            {"CLOCK", Severity::Fault, "the clock is before the day this program was made",
             "connect the device to the internet: it sets its clock by itself within a minute"});
    else if (!device.isClockSynced())
        findings.push_back({"CLOCK", Severity::Warning,
                            "the clock was not set by the network since the start",
                            "the network must let time through (NTP, port 123 by UDP)"});
    else
        findings.push_back({"CLOCK", Severity::Well, "set by the network", ""});
}

void examineScreen(const Surroundings& device, std::vector<Finding>& findings) {
    const auto outputs = device.root / "sys/class/drm";
    bool hasOutput = false;
    for (const auto& name : namesIn(outputs)) {
        const auto status = textOf(outputs / name / "status");
        if (status.empty()) continue;
        hasOutput = true;
        if (status != "connected") continue;
        const auto modes = textOf(outputs / name / "modes");
        findings.push_back({"SCREEN", Severity::Well,
                            fmt::format("{} is connected, {}", name, modes.substr(0, modes.find('\n'))), ""});
        return;
    }
    if (hasOutput)
        findings.push_back({"SCREEN", Severity::Fault, "no screen is connected",
                            "check the screen's cable at both ends, its power, and the input that it shows"});
    else
        findings.push_back({"SCREEN", Severity::Note, "this machine has no screen output", ""});
}

void examineScanner(const Surroundings& device, std::vector<Finding>& findings) {
    std::vector<std::string> seen;
    for (const auto& name : namesIn(device.root / "dev/input/by-id"))
        if (name.ends_with("-event-kbd")) seen.push_back(name.substr(0, name.size() - 10));
    for (const auto& name : namesIn(device.root / "dev/serial/by-id"))
        seen.push_back(name);
    const auto cameras = namesIn(device.root / "dev");
    if (std::ranges::any_of(cameras, [](const auto& name) { return name.starts_with("video"); }))
        seen.emplace_back("a camera");
    if (seen.empty()) {
        findings.push_back({"SCANNER", Severity::Warning, "no scanner, keyboard or camera is plugged in",
                            "plug the scanner into another USB socket and listen for its beep"});
        return;
    }
    std::string words = "plugged in: ";
    for (std::size_t i = 0; i < seen.size(); ++i)
        words += (i > 0 ? ", " : "") + seen[i];
    findings.push_back({"SCANNER", Severity::Well, words, ""});
}

} // namespace

void examineMachine(const Surroundings& surroundings, std::vector<Finding>& findings) {
    examinePower(surroundings, findings);
    examineTemperature(surroundings, findings);
    examineCard(surroundings, findings);
    examineSpace(surroundings, findings);
    examineMemory(surroundings, findings);
    examineClock(surroundings, findings);
    examineScreen(surroundings, findings);
    examineScanner(surroundings, findings);
}

} // namespace silta::ctl
