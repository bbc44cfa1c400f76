#include "sync/trusted_clock.h"

#include <algorithm>

namespace silta {

UtcMs TrustedClock::nowMs() const {
    const auto offset = offsetMs_.load();
    const auto now = offset == kUnknown ? machine_.nowMs() : machine_.steadyMs() + offset;
    return std::max(now, floorMs_.load());
}

void TrustedClock::raiseFloor(UtcMs ms) {
    auto floor = floorMs_.load();
    while (ms > floor && !floorMs_.compare_exchange_weak(floor, ms)) {
    }
}

void TrustedClock::learn(UtcMs hubNowMs) {
    if (hubNowMs < kReleasedMs) return; // a hub whose own clock is wrong
    offsetMs_ = hubNowMs - machine_.steadyMs();
    // A floor from a time when the machine's clock ran ahead must not hold for years.
    floorMs_ = kReleasedMs;
}

} // namespace silta
