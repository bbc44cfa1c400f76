// LeaseBook: the rights that this device may spend with no uplink.
//
// A pool ("coupon/summer-10") has so many rights for the whole chain. The hub moves some of them to a lease
// of this device and incarnation; the device spends them alone. They return only by the device's own close,
// which it sends after everything that it spent: a time-out at the hub would give away what is being spent
// here.
#pragma once

#include "core/json.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr int kLeaseRightsMax = 1'000'000; // of one asking; minor units of a gift card are rights too
inline constexpr int kLeasesMax = 200;            // asked or open at once
inline constexpr std::size_t kPoolBytesMax = 100;

enum class LeaseState : std::int64_t {
    Asked = 0,   ///< the hub has not answered yet
    Open = 1,    ///< may be spent
    Recalled = 2 ///< the hub wants the rights back: not spent any more, closed next
};

struct Lease {
    std::string id, pool;
    std::string incarnation; ///< of the device, when it asked
    LeaseState state = LeaseState::Asked;
    std::int64_t granted = 0; ///< while asked: wanted
    std::int64_t used = 0;
    std::string proof; ///< the hub's signature, see leaseText()
};

/// What the hub signs: a device can show it to a hub that was restored and has forgotten.
std::string leaseText(std::string_view device, const Lease& lease);
/// The members that an operation on a lease carries.
Json leaseData(const Lease& lease);
/// Errors: Invalid.
Result<Lease> parseLeaseData(const Json& data);
/// 1 to 100 of a-z, 0-9, '-', '.', '/'.
bool isPoolName(std::string_view name);

/// The pool of a store's shelf, of which its devices hold parts: see app/docs/orders.md.
std::string shelfPool(std::string_view storeCode);
inline constexpr std::string_view kShelfPools = "shelf/";

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class LeaseBook {
public:
    explicit LeaseBook(Database& database) : database_(database) {}

    /// Notes that rights are wanted. Errors: Limit (too many leases).
    Result<void> ask(const std::string& id, const std::string& pool, const std::string& incarnation,
                     std::int64_t rights);
    /// The hub's answer to an asking: granted and proven, or 0 for none. Nothing happens to one that is not
    /// asked for any more.
    Result<void> grant(const std::string& id, std::int64_t granted, const std::string& proof);
    /// Spends rights of one lease of the pool. Errors: NotFound (none here has so many left).
    Result<Lease> spend(std::string_view pool, std::int64_t rights = 1);
    /// The open lease of the pool with the most rights left. Errors: NotFound.
    Result<Lease> largest(std::string_view pool) const;
    /// Nothing happens to one that is not open.
    Result<void> recall(std::string_view id);
    /// Forgets an open or recalled lease and gives what it was. Errors: NotFound.
    Result<Lease> close(const std::string& id);
    /// Forgets all: with a new incarnation somebody else may be spending them.
    Result<void> forgetAll();
    Result<std::vector<Lease>> inState(LeaseState state) const;
    /// What may be spent here, by pool.
    Result<Json> left() const;

private:
    Result<Lease> readOne(const char* sql, std::string_view key) const;
    Database& database_;
};

} // namespace silta
