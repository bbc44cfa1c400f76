#include "edge/rate.h"

namespace silta {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

} // namespace

void RatePerMinute::refresh() {
    const auto now = clock_.steadyMs();
    if (now - fromMs_ < kMinuteMs) return;
    fromMs_ = now;
    taken_ = 0;
}

bool RatePerMinute::take() {
    const std::lock_guard lock(mutex_);
    refresh();
    if (taken_ >= limit_) return false;
    ++taken_;
    return true;
}

bool RatePerMinute::hasRoom() {
    const std::lock_guard lock(mutex_);
    refresh();
    return taken_ < limit_;
}

} // namespace silta
