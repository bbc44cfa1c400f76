// Hlc: hybrid logical clock; orders events of many devices although their clocks disagree.
#pragma once

#include <silta/result.h>
#include <silta/time.h>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

/// 48 bits of UTC milliseconds and a 16-bit counter in one number, so that numbers sort as events do.
struct Hlc {
    std::uint64_t value = 0;

    static Hlc make(UtcMs ms, std::uint16_t counter);
    [[nodiscard]] UtcMs ms() const { return static_cast<UtcMs>(value >> 16); }
    [[nodiscard]] std::uint16_t counter() const { return static_cast<std::uint16_t>(value & 0xffff); }
    auto operator<=>(const Hlc&) const = default;

    /// The stamp after `last` at wall-clock time `nowMs`: never equal to or before `last`, however the clock
    /// jumps.
    static Hlc next(Hlc last, UtcMs nowMs);
};

} // namespace silta
