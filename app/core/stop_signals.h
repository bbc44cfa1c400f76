// How a daemon is asked to end: SIGINT or SIGTERM, waited for by its main thread.
#pragma once

namespace silta {

/// Call before any thread starts: all of them inherit the mask. SIGPIPE is ignored from here on.
void holdStopSignals();
/// Waits for one of the signals held and returns it.
int waitForStopSignal();

} // namespace silta
