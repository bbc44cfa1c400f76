// A gate in memory: for `silta-portal --demo` and for tests. It closes by the clock and by the quota, as the
// real one does.
#pragma once

#include "gate/gate.h"

#include <silta/time.h>

#include <map>

namespace silta::gate {

/// Thread: one at a time. `clock` outlives it.
class PretendGate final : public Gate {
public:
    explicit PretendGate(const Clock& clock) : clock_(clock) {}

    Result<void> allow(std::span<const Grant> grants) override;
    Result<void> extend(std::span<const Extension> extensions) override;
    Result<void> revoke(std::span<const Mac> macs) override;
    Result<GuestPage> list(std::optional<Mac> after) override;
    Result<std::vector<Guest>> counters(std::span<const Mac> macs) override;

    /// Would a packet of `bytes` from this device and address pass? Counts it when it does.
    /// `address`: nothing for a packet of IPv6.
    bool pass(const Mac& mac, std::optional<Ipv4> address, std::uint64_t bytes);

    bool isDown = false; ///< lets nobody in

private:
    struct Entry {
        Grant grant; ///< usedBytes goes on
        std::int64_t endsMs = 0;
    };

    void forgetExpired();
    [[nodiscard]] Guest guestOf(const Entry& entry) const;

    const Clock& clock_;
    std::map<Mac, Entry> entries_;
};

} // namespace silta::gate
