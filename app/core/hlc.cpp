#include <silta/hlc.h>

#include <algorithm>

namespace silta {

namespace {

constexpr UtcMs kMsMax = (UtcMs{1} << 48) - 1;

} // namespace

Hlc Hlc::make(UtcMs ms, std::uint16_t counter) {
    const auto clamped = std::clamp<UtcMs>(ms, 0, kMsMax);
    return Hlc{(static_cast<std::uint64_t>(clamped) << 16) | counter};
}

Hlc Hlc::next(Hlc last, UtcMs nowMs) {
    const auto now = make(nowMs, 0);
    // A full counter carries into the milliseconds, which keeps the order.
    return now > last ? now : Hlc{last.value + 1};
}

} // namespace silta
