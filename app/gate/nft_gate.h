// The gate in the kernel: what guest_table.h declares, filled.
#pragma once

#include "gate/gate.h"
#include "gate/nft_sets.h"

#include <silta/random.h>
#include <silta/time.h>

#include <map>
#include <memory>
#include <unordered_set>

namespace silta::gate {

/// Remembers which session belongs to whom, and learns it from the kernel when it starts: guests that were
/// let in by an earlier process stay in. One process owns the sets at a time. Thread: one at a time.
class NftGate final : public Gate {
public:
    /// `clock` and `random` outlive it. Errors: Unavailable (the guest table is not loaded), Denied, Io.
    static Result<std::unique_ptr<NftGate>> open(const Clock& clock, Random& random);

    /// Errors besides: Unavailable when the table has gone since.
    Result<void> allow(std::span<const Grant> grants) override;
    /// What passes within the microseconds between reading the counter and the transaction is not counted.
    Result<void> extend(std::span<const Extension> extensions) override;
    Result<void> revoke(std::span<const Mac> macs) override;
    Result<GuestPage> list(std::optional<Mac> after) override;
    Result<std::vector<Guest>> counters(std::span<const Mac> macs) override;

private:
    struct Session {
        std::uint32_t mark = 0;
        std::optional<Ipv4> address;
        unsigned rateClass = 0;
        unsigned slot = 0; ///< of the rate class
        std::int64_t endsMs = 0;
    };
    struct Transaction;

    NftGate(const Clock& clock, Random& random, std::unique_ptr<NftSets> sets)
        : clock_(clock), random_(random), sets_(std::move(sets)) {}

    Result<void> learn();
    Result<void> tryAllow(std::span<const Grant> grants);
    Result<void> tryExtend(std::span<const Extension> extensions);
    Result<void> tryRevoke(std::span<const Mac> macs);
    template <class Orders>
    Result<void> withSecondTry(Result<void> (NftGate::*attempt)(Orders), Orders orders);
    Result<std::vector<Guest>> read(std::span<const Mac> macs);
    void forgetExpired();
    void forget(const Mac& mac);
    void remember(const Mac& mac, const Session& session);
    std::uint32_t newMark(const std::unordered_set<std::uint32_t>& taken);

    const Clock& clock_;
    Random& random_;
    std::unique_ptr<NftSets> sets_;
    std::map<Mac, Session> sessions_;
    std::unordered_set<std::uint32_t> marks_;              ///< of sessions_
    std::array<std::vector<bool>, kRateClassesMax> slots_; ///< taken ones of each class, as far as used
    std::int64_t sweptMs_ = 0;
};

} // namespace silta::gate
