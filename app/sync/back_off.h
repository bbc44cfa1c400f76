// When a device that could not talk to the hub tries again.
#pragma once

#include <silta/random.h>

#include <cstdint>

namespace silta {

/// Milliseconds to wait after `failures` conversations in a row that failed with no word of the hub on when
/// to come again: full jitter up to 2, 4, 8 … 300 seconds, and not before what the hub asked for now.
std::int64_t backOffMs(int failures, int retryAfterSeconds, Random& random);

} // namespace silta
