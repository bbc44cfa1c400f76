// The time on the store's wall.
#pragma once

#include <silta/time.h>

#include <string>

namespace silta {

struct LocalTime {
    std::string date; ///< YYYY-MM-DD
    int minute = 0;   ///< of the day
    int weekday = 1;  ///< 1 = Monday to 7
};

/// The device stands in the store: its zone is the store's. Thread: any.
LocalTime localTimeOf(UtcMs ms);

} // namespace silta
