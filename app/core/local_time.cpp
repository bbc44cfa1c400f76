#include "core/local_time.h"

#include <fmt/format.h>

#include <ctime>

namespace silta {

LocalTime localTimeOf(UtcMs ms) {
    const auto seconds = static_cast<std::time_t>(ms / 1'000);
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return {fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1'900, local.tm_mon + 1, local.tm_mday),
            local.tm_hour * 60 + local.tm_min, local.tm_wday == 0 ? 7 : local.tm_wday};
}

} // namespace silta
