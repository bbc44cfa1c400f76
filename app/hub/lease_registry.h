// Leases at the hub: who may spend which rights of a pool with no uplink.
//
// Of a pool's budget, open leases hold what they were granted, closed ones what was spent. A lease is closed
// by its own device or written off by a person, never by time. After a restore the hub may have forgotten
// leases: it gives none out before every device has said what it holds. What was spent beyond a budget all
// the same (an old card put back, a copied one, a device written off that lives) is taken and flagged: the
// customer has had it.
#pragma once

#include "hub/device_registry.h"
#include "sync/lease_book.h"

#include <silta/crypto.h>

#include <string>
#include <vector>

namespace silta::hub {

struct PoolRow {
    std::string id;
    std::int64_t budget = 0;
    std::int64_t held = 0;     ///< granted to open leases
    std::int64_t redeemed = 0; ///< all rights that were
    std::int64_t flagged = 0;  ///< of those, the ones to look at
};

/// Thread: the connection's owner. Every call but the readers belongs into the caller's transaction.
class LeaseRegistry {
public:
    LeaseRegistry(Database& database, const KeyPair& signKeys, UtcMs nowMs)
        : database_(database), signKeys_(signKeys), nowMs_(nowMs) {}

    struct Asking {
        std::string id, pool;
        std::int64_t rights = 0;
    };
    struct Grant {
        std::string id, proof;
        std::int64_t rights = 0; ///< 0 = none is left, or there is no such pool
        std::string why = {};    ///< of none: see LeaseRefusal
    };
    /// Grants what is left, up to what is wanted; the same again for the same id. Nothing while devices have
    /// yet to say what they hold: then it is asked again.
    Result<std::vector<Grant>> grant(const DeviceRow& device, const std::string& incarnation,
                                     const std::vector<Asking>& wanted, const std::string& epoch);
    /// What a device says that it holds, under this epoch. Errors: Invalid (a proof).
    Result<void> hold(const DeviceRow& device, const std::string& incarnation,
                      const std::vector<Lease>& leases, const std::string& epoch);

    /// False when the redemption goes beyond what its lease was granted or its pool has, or comes after its
    /// lease's end.
    /// Errors: Invalid (a proof).
    Result<bool> redeem(const DeviceRow& device, const std::string& incarnation,
                        const std::string& operationId, const Lease& lease, std::int64_t rights = 1);
    /// Rights that were spent without a lease of their pool. False when it did not have so many.
    Result<bool> spendUnleased(const DeviceRow& device, const std::string& incarnation,
                               const std::string& operationId, const std::string& pool, std::int64_t rights);
    /// Rights of a redemption that was taken back. `wasCovered`: what redeem() or spendUnleased() said of it.
    Result<void> giveBack(const std::string& pool, std::int64_t rights, bool wasCovered);
    /// False when the device counts otherwise than the hub, or the lease had ended. Errors: Invalid (a
    /// proof).
    Result<bool> close(const DeviceRow& device, const std::string& incarnation, const Lease& lease);

    /// What could be granted now; below 0 where more was spent than there was.
    Result<std::int64_t> leftOf(const std::string& pool) const;
    /// Makes a pool or changes its budget.
    Result<void> setPool(const std::string& id, std::int64_t budget);
    /// Makes a pool, or adds to its budget.
    Result<void> addToPool(const std::string& id, std::int64_t rights);
    /// Those of single tokens and of stores' shelves are left out: there may be millions.
    Result<std::vector<PoolRow>> pools() const;
    /// Open leases of the pool, or of all pools for "".
    struct Holder {
        std::string lease, device;
    };
    Result<std::vector<Holder>> holders(const std::string& pool) const;
    /// A device that will not come back: its unspent rights return, and what it still sends must be sent
    /// under a new incarnation. Gives how many rights returned.
    Result<std::int64_t> writeOff(const std::string& deviceId, const std::string& epoch);

private:
    Result<bool> mayGrant(const std::string& epoch) const;
    Result<std::string> whyNone(const std::string& pool) const;
    /// False when the pool has not so many rights left that nobody has spent.
    Result<bool> cover(const std::string& pool, std::int64_t rights);
    /// Notes a lease that this hub does not know; as ended, where it was granted before its device was
    /// written off. `incarnation`: who tells. Errors: Invalid (a proof).
    Result<void> learn(const DeviceRow& device, const std::string& incarnation, const Lease& lease);

    Database& database_;
    const KeyPair& signKeys_;
    UtcMs nowMs_;
};

} // namespace silta::hub
