// Sales at the hub: receipts, whose they are, and the points that they are worth.
#pragma once

#include "hub/device_registry.h"
#include "hub/hub_keys.h"
#include "shopper/sale.h"
#include "sync/operation.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <string>
#include <vector>

namespace silta::hub {

struct SaleRow {
    std::string id, device, storeCode;
    UtcMs receivedMs = 0;
    std::int64_t points = 0;
    std::string member; ///< number by which it counts, by sale or link; empty: nobody's
    Sale sale;
};

/// What somebody has by now.
struct Standing {
    std::int64_t points = 0;
    Tier tier = Tier::Member;
};

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class SaleRegistry {
public:
    SaleRegistry(Database& database, const HubKeys& keys, Random& random, UtcMs nowMs)
        : database_(database), keys_(keys), random_(random), nowMs_(nowMs) {}

    /// `sale.record` and `sale.link`. False: that receipt, or whose it is, has been told before, and this
    /// changes nothing. Errors: Invalid (cannot be unsealed, malformed), Busy, Full, Io.
    Result<bool> apply(const DeviceRow& device, const Operation& operation);
    /// The receipts and points that are there by a member's numbers are nobody's from now on.
    Result<void> forget(const std::string& memberId);
    /// Of all numbers of a member, by the one that is printed on a card.
    Result<Standing> standingOf(const std::string& memberId) const;
    /// Newest first. `receipt` may be empty.
    Result<std::vector<SaleRow>> list(const std::string& receipt, int limit) const;

private:
    Result<bool> record(const DeviceRow& device, const std::string& id, Sale sale);
    Result<bool> link(const DeviceRow& device, const std::string& id, SaleLink link);
    /// Empty where that card is of somebody who is erased.
    Result<std::string> livingMember(const std::string& number) const;

    Database& database_;
    const HubKeys& keys_;
    Random& random_;
    const UtcMs nowMs_;
};

} // namespace silta::hub
