// TrustedClock: the best-known time of a device that may have no clock of its own.
//
// Many devices wake up in 1970, or years ahead. The time is never before this program was made, nor before
// what the journal remembers; and once the hub has said what time it is, that and the steady clock decide
// until the next start, whatever the machine's clock does.
#pragma once

#include <silta/time.h>

#include <atomic>

namespace silta {

/// Thread: any. The machine's clock must outlive it.
class TrustedClock final : public Clock {
public:
    explicit TrustedClock(const Clock& machine) : machine_(machine) {}

    UtcMs nowMs() const override;
    std::int64_t steadyMs() const override { return machine_.steadyMs(); }

    /// What the journal remembers: it is later than that.
    void raiseFloor(UtcMs ms);
    /// The hub, over a verified connection or signed, said that it is now this late.
    void learn(UtcMs hubNowMs);
    /// False: nobody has confirmed the time since the start.
    [[nodiscard]] bool isSynced() const { return offsetMs_.load() != kUnknown; }

private:
    static constexpr std::int64_t kUnknown = INT64_MIN;
    const Clock& machine_;
    std::atomic<UtcMs> floorMs_ = kReleasedMs;
    std::atomic<std::int64_t> offsetMs_ = kUnknown; ///< to the steady clock
};

} // namespace silta
