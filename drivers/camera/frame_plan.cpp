#include "drivers/camera/frame_plan.h"

#include <algorithm>

namespace silta::drivers {

namespace {

constexpr double kCreditMaxMs = 200;  // a pause does not buy a long busy time
constexpr double kAverageShare = 0.2; // of the newest value in an average
constexpr int kWholeEvery = 2;        // frames
constexpr int kSlowWholeEvery =
    4; // … where something stands before the shop, or a whole frame takes too long
constexpr std::int64_t kRememberMs = 1'500; // a product does not stay where it was
constexpr int kMiddlePercent = 60;

} // namespace

FramePart partAround(const SeenCode& seen, int width, int height) {
    const int x = (seen.right - seen.left) / 2 + width / 16;
    const int y = (seen.bottom - seen.top) / 2 + height / 16;
    return {std::max(seen.left - x, 0), std::max(seen.top - y, 0), std::min(seen.right + x, width),
            std::min(seen.bottom + y, height)};
}

int FramePlan::wholeEvery() const {
    return wholeMs_ > kSearchShare * 1'000 / kFramesPerSecond ? kSlowWholeEvery : kWholeEvery;
}

bool FramePlan::isSeen(std::int64_t steadyMs) const {
    return seen_ && steadyMs - seenMs_ < kRememberMs;
}

std::optional<FramePart> FramePlan::next(int width, int height, std::int64_t steadyMs,
                                         const std::optional<FramePart>& foreground) {
    const double passed = hasAsked_ ? static_cast<double>(steadyMs - askedMs_) : kCreditMaxMs;
    askedMs_ = steadyMs;
    hasAsked_ = true;
    credit_ = std::min(credit_ + kSearchShare * passed, kCreditMaxMs);
    if (credit_ <= 0) return std::nullopt;
    isWhole_ = turn_++ % (foreground ? kSlowWholeEvery : wholeEvery()) == 0;
    ++(isWhole_ ? wholes_ : regions_);
    if (isWhole_) return FramePart{0, 0, width, height};
    if (isSeen(steadyMs)) return partAround(*seen_, width, height);
    if (foreground) return foreground;
    const int x = width * (100 - kMiddlePercent) / 200;
    const int y = height * (100 - kMiddlePercent) / 200;
    return FramePart{x, y, width - x, height - y};
}

void FramePlan::searched(std::int64_t startMs, std::int64_t endMs, const SeenCode* seen) {
    const auto took = static_cast<double>(endMs - startMs);
    credit_ -= took;
    if (isWhole_) wholeMs_ += kAverageShare * (took - wholeMs_);
    if (seen == nullptr) return;
    seen_ = *seen;
    seenMs_ = endMs;
}

} // namespace silta::drivers
