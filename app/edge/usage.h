// Usage: what synchronising costs the line and the card, a day at a time. Both are budgets.
#pragma once

#include "core/json.h"

#include <silta/time.h>

namespace silta {

/// Thread: its owner's.
class UsageMeter {
public:
    /// Goes on with what toJson() gave before; anything else begins anew.
    void restore(const Json& saved);
    /// Adds to the day of `nowMs`; a new day puts the one before aside.
    void add(UtcMs nowMs, std::int64_t pushedBytes, std::int64_t pulledBytes, std::int64_t writtenBytes);
    /// {"day", "today": {"pushed", "pulled", "written"}, "yesterday": …}: bytes.
    [[nodiscard]] Json toJson() const;

private:
    struct Day {
        std::int64_t pushed = 0, pulled = 0, written = 0;
    };
    std::int64_t day_ = 0; ///< since 1970, UTC
    Day today_, yesterday_;
};

/// Bytes that this process has made the disk write, as the kernel counts them; 0 where it does not tell.
std::int64_t bytesWrittenByProcess();

} // namespace silta
