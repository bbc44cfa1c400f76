// Clock and UtcMs: time as the engine sees it. Passed in, never read from the system behind a caller's back.
#pragma once

#include <cstdint>

namespace silta {

/// Milliseconds since 1970-01-01T00:00:00Z.
using UtcMs = std::int64_t;

/// When this version was made: no device of it has seen an earlier moment. Moved with each release.
inline constexpr UtcMs kReleasedMs = 1'767'225'600'000; // 2026-01-01

/// Thread: implementations may be called from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall-clock time; may jump in either direction.
    virtual UtcMs nowMs() const = 0;
    /// Monotonic milliseconds since an arbitrary start; never goes back.
    virtual std::int64_t steadyMs() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock {
public:
    UtcMs nowMs() const override;
    std::int64_t steadyMs() const override;
};

} // namespace silta
