#include "sync/back_off.h"

#include <algorithm>

namespace silta {

namespace {

constexpr std::int64_t kBackOffFirstMs = 2'000;
constexpr std::int64_t kBackOffMaxMs = 300'000;
constexpr int kBackOffDoublingsMax = 8; // 2 s doubled eight times is past the maximum
constexpr std::uint64_t kScatterMs = 1'000;

} // namespace

std::int64_t backOffMs(int failures, int retryAfterSeconds, Random& random) {
    const auto ceiling =
        std::min(kBackOffMaxMs, kBackOffFirstMs << std::clamp(failures - 1, 0, kBackOffDoublingsMax));
    const auto jittered = static_cast<std::int64_t>(random.next64() % static_cast<std::uint64_t>(ceiling));
    if (retryAfterSeconds == 0) return jittered;
    // The hub counts in seconds; all that are told the same one shall not come at the same moment of it.
    const auto scatter = static_cast<std::int64_t>(random.next64() % kScatterMs);
    return std::max(jittered, std::int64_t{retryAfterSeconds} * 1000 + scatter);
}

} // namespace silta
