#include "web/attempts.h"

#include <algorithm>

namespace silta {

std::int64_t Attempts::tryOnce(const std::string& who) {
    const auto now = clock_.steadyMs();
    if (fullAtMs_.size() >= ration_.whoMax)
        std::erase_if(fullAtMs_, [now](const auto& entry) { return entry.second <= now; });
    if (fullAtMs_.size() >= ration_.whoMax && !fullAtMs_.contains(who)) return ration_.everyMs / 1'000;
    auto& fullAt = fullAtMs_[who];
    const auto from = std::max(fullAt, now);
    const auto over = from + ration_.everyMs - now - ration_.atOnce * ration_.everyMs;
    if (over > 0) return (over + 999) / 1'000;
    fullAt = from + ration_.everyMs;
    return 0;
}

} // namespace silta
