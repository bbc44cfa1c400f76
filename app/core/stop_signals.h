// How a daemon is asked to end: SIGINT or SIGTERM, waited for by its main thread.
#pragma once

#include <chrono>
#include <optional>

namespace silta {

/// Call before any thread starts: all of them inherit the mask. SIGPIPE is ignored from here on.
void holdStopSignals();
/// Waits for one of the signals held and returns it; nothing after `timeout`. Zero: as long as it takes.
std::optional<int> waitForStopSignal(std::chrono::milliseconds timeout);

} // namespace silta
