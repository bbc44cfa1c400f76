// RatePerMinute: how often something may happen.
#pragma once

#include <silta/time.h>

#include <cstdint>
#include <mutex>

namespace silta {

/// At most `limit` in each minute, counted from the first. Thread: any. The clock must outlive it.
class RatePerMinute {
public:
    RatePerMinute(int limit, const Clock& clock) : limit_(limit), clock_(clock) {}
    /// Counts one more where there is room.
    bool take();
    /// There is room for one more; counts nothing.
    bool hasRoom();

private:
    void refresh(); ///< call with mutex_ held
    const int limit_;
    const Clock& clock_;
    std::mutex mutex_;
    std::int64_t fromMs_ = 0; ///< steady
    int taken_ = 0;
};

} // namespace silta
