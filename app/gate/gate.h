// The gate between guests and the internet: who may pass, for how long and how much.
#pragma once

#include "gate/address.h"
#include "gate/limits.h"

#include <silta/result.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace silta::gate {

/// What a guest is allowed. One device is one grant: its IPv4 address passes only together with its hardware
/// address, its IPv6 addresses pass by the hardware address alone, so that later privacy addresses are
/// covered.
struct Grant {
    Mac mac;
    std::optional<Ipv4> address;  ///< nothing: IPv6 only
    std::uint32_t seconds = 0;    ///< from now on, 1 to kSecondsMax
    std::uint64_t quotaBytes = 0; ///< in both directions together, as IP counts them; 0 = no quota
    std::uint64_t usedBytes = 0; ///< what earlier sessions have used of the quota; counting goes on from here
    unsigned rateClass = 0;      ///< 0 = not limited, else 1 to kRateClassesMax
    bool operator==(const Grant&) const = default;
};

struct Extension {
    Mac mac;
    std::uint32_t seconds = 0;               ///< from now on, not on top: 1 to kSecondsMax
    std::optional<std::uint64_t> quotaBytes; ///< a new quota, what was used included; nothing: as before
    bool operator==(const Extension&) const = default;
};

/// A guest whose time is not over. One that used up its quota is still told, but does not pass.
struct Guest {
    Mac mac;
    std::optional<Ipv4> address;
    std::uint32_t secondsLeft = 0; ///< rounded up
    std::uint64_t quotaBytes = 0;  ///< 0 = no quota
    std::uint64_t usedBytes = 0;   ///< what passed, in both directions, and what was carried over
    unsigned rateClass = 0;
    bool operator==(const Guest&) const = default;
};

struct GuestPage {
    std::vector<Guest> guests; ///< at most kBatchMax, by hardware address
    bool hasMore = false;      ///< ask again, after the last one
};

/// Each call changes all that it names, or nothing. Errors of all: Invalid (an argument breaks a rule), Limit
/// (no guest, or more than kBatchMax), Unavailable (the guest table is not loaded, the gate does not answer),
/// Io. Thread: one at a time.
class Gate {
public:
    virtual ~Gate() = default;
    /// Opens for each; a guest that is there already gets the new grant in place of its old one, without a
    /// gap. Errors: Full.
    virtual Result<void> allow(std::span<const Grant> grants) = 0;
    /// Sets the remaining time anew, keeping what was used. Errors: NotFound (one of them has no open gate).
    virtual Result<void> extend(std::span<const Extension> extensions) = 0;
    /// Closes for each, live connections included. One that is not there is closed already.
    virtual Result<void> revoke(std::span<const Mac> macs) = 0;
    /// Guests with a hardware address above `after`, or from the first.
    virtual Result<GuestPage> list(std::optional<Mac> after) = 0;
    /// Those of `macs` that have an open gate.
    virtual Result<std::vector<Guest>> counters(std::span<const Mac> macs) = 0;
};

/// The rules for arguments, the same for every gate and for the grammar. Errors: Invalid, Limit.
Result<void> check(std::span<const Grant> grants);
Result<void> check(std::span<const Extension> extensions);
Result<void> check(std::span<const Mac> macs);

} // namespace silta::gate
