// The time on the store's wall.
#pragma once

#include <silta/time.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace silta {

struct LocalTime {
    std::string date; ///< YYYY-MM-DD
    int minute = 0;   ///< of the day
    int weekday = 1;  ///< 1 = Monday to 7
};

/// The device stands in the store: its zone is the store's. Thread: any.
LocalTime localTimeOf(UtcMs ms);

/// A day of the calendar as people agree on it: YYYY-MM-DD. Nothing for any other text.
std::optional<std::chrono::sys_days> parseDay(std::string_view text);
/// `day`: of the years 0 to 9999.
std::string dayText(std::chrono::sys_days day);

} // namespace silta
