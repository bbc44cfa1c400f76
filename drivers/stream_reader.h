// Reads a device that delivers bytes, opens it again after it was unplugged, and tells both once.
#pragma once

#include "drivers/reader_thread.h"

#include <silta/fd.h>
#include <silta/scanner.h>

#include <cstddef>
#include <functional>
#include <span>

namespace silta::drivers {

/// A scanner that was plugged in again works within this time, ...
inline constexpr int kReopenFirstMs = 500;
/// ... and one that stays away is looked for this often.
inline constexpr int kReopenMostMs = 2'000;

struct StreamHooks {
    std::function<Result<Fd>()> open;
    std::function<void(std::span<const std::byte>)> onBytes;
    std::function<void()> onGap;  ///< `gapMs` have passed since the last bytes
    std::function<bool()> isLost; ///< asked after onBytes where set: the bytes said that the device is gone
    std::function<void()> onLost; ///< the device is gone: what was half read is worth nothing
    Scanner::FaultHandler onFault;
    int gapMs;
    int reopenFirstMs = kReopenFirstMs;
};

/// Returns when it is time to stop. `device` is open already and non-blocking.
void readStream(Fd device, const StopSignal& stop, const StreamHooks& hooks);

} // namespace silta::drivers
