#include "core/local_time.h"

#include "core/digits.h"

#include <fmt/format.h>

#include <charconv>
#include <ctime>

namespace silta {

LocalTime localTimeOf(UtcMs ms) {
    const auto seconds = static_cast<std::time_t>(ms / 1'000);
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return {fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1'900, local.tm_mon + 1, local.tm_mday),
            local.tm_hour * 60 + local.tm_min, local.tm_wday == 0 ? 7 : local.tm_wday};
}

std::optional<std::chrono::sys_days> parseDay(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto numberOf = [&text](std::size_t from, std::size_t count) {
        int number = -1;
        const auto digits = text.substr(from, count);
        if (allDigits(digits)) std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return number;
    };
    const auto year = numberOf(0, 4);
    const auto month = numberOf(5, 2);
    const auto day = numberOf(8, 2);
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::string dayText(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

} // namespace silta
