// GuestMeter: what guests of the Wi-Fi did, counted by day in memory until it is written down.
#pragma once

#include "shopper/guest.h"

#include <silta/store.h>

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace silta {

/// Thread: one at a time.
class GuestMeter {
public:
    /// Errors: Invalid (no such kind or way).
    Result<void> count(const std::string& day, const std::string& kind, const std::string& way,
                       std::int64_t times);
    /// Adds what was counted to the table `guest_count`, in the caller's transaction.
    Result<void> write(Database& database) const;
    /// Takes off what another one, a copy of this of before, has written.
    void subtract(const GuestMeter& written);
    [[nodiscard]] bool isEmpty() const { return counts_.empty(); }

private:
    using Key = std::tuple<std::string, std::string, std::string>; ///< day, kind, way
    std::map<Key, std::int64_t> counts_; ///< at most kGuestCountsMax a day, of a minute
};

/// The days before `today` in `guest_count`, oldest first.
Result<std::vector<std::string>> countedDays(const Database& database, const std::string& today);
/// Takes a day out of `guest_count`.
Result<std::vector<GuestCount>> takeCounts(Database& database, const std::string& day);

} // namespace silta
