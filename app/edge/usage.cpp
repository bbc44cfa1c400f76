#include "edge/usage.h"

#include <fstream>
#include <string>

namespace silta {

namespace {

constexpr UtcMs kDayMs = 86'400'000;

} // namespace

void UsageMeter::restore(const Json& saved) {
    day_ = integerMember(saved, "day").value_or(0);
    const auto read = [](const Json& day) {
        return Day{integerMember(day, "pushed").value_or(0), integerMember(day, "pulled").value_or(0),
                   integerMember(day, "written").value_or(0)};
    };
    today_ = read(objectMember(saved, "today"));
    yesterday_ = read(objectMember(saved, "yesterday"));
}

void UsageMeter::add(UtcMs nowMs, std::int64_t pushedBytes, std::int64_t pulledBytes,
                     std::int64_t writtenBytes) {
    const auto day = nowMs / kDayMs;
    if (day != day_) {
        yesterday_ = day == day_ + 1 ? today_ : Day{};
        today_ = {};
        day_ = day;
    }
    today_.pushed += pushedBytes;
    today_.pulled += pulledBytes;
    today_.written += writtenBytes;
}

Json UsageMeter::toJson() const {
    const auto write = [](const Day& day) {
        return Json{{"pushed", day.pushed}, {"pulled", day.pulled}, {"written", day.written}};
    };
    return {{"day", day_}, {"today", write(today_)}, {"yesterday", write(yesterday_)}};
}

std::int64_t bytesWrittenByProcess() {
    std::ifstream file("/proc/self/io");
    std::string name;
    std::int64_t bytes = 0;
    while (file >> name >> bytes)
        if (name == "write_bytes:") return bytes;
    return 0;
}

} // namespace silta
