// OrderBook: the orders that this store made or serves, as this device knows them.
//
// Of each order it keeps what the hub said last, and the changes made here that the hub has not answered yet;
// people see the one with the others on top. So what the hub says of an older state never takes back what
// somebody has just done here, and once the hub has heard it, its word is the only one.
#pragma once

#include "shopper/order_rules.h"

#include <silta/store.h>
#include <silta/time.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr int kOrdersOfStoreMax = 2'000; ///< open at once; a store that has more has another trouble

struct KnownOrder {
    Order order;
    std::int64_t rev = 0; ///< of the hub's word; 0: it has said nothing yet
    std::string pageKey;  ///< where this device made it, else empty
    UtcMs endedMs = 0;    ///< 0 = open
    /// The hub took it for no order. Whoever knows the outbox says so: see OrderDesk.
    bool isRefused = false;
};

/// Thread: the connection's owner. Every call that writes belongs into the caller's transaction.
class OrderBook {
public:
    explicit OrderBook(Database& database) : database_(database) {}

    /// One that is made here. Errors: Limit (kOrdersOfStoreMax), Conflict (the id is another order's).
    Result<void> add(const OrderPlacing& placing);
    /// A change made here; `request` may be empty. Errors: NotFound (the order), Conflict (see
    /// applyOrderChange), Limit (kOrderChangesMax).
    Result<void> change(const std::string& operationId, const std::string& request,
                        const OrderChange& change);
    /// A change that the hub never hears of: its word counts without it. Nothing for any other operation.
    Result<void> drop(const std::string& operationId);
    /// Errors: NotFound.
    Result<KnownOrder> find(const std::string& id) const;
    Result<KnownOrder> findByNumber(const std::string& number) const;
    /// Of all orders that are known.
    Result<std::vector<std::string>> numbers() const;
    /// The change of this name that was made here. Errors: NotFound.
    Result<OrderChange> changeOfRequest(const std::string& request) const;
    /// Those with any of the lines' products that are open, or ended after `endedAfterMs`.
    Result<std::vector<KnownOrder>> holding(const std::vector<OrderLine>& lines, UtcMs endedAfterMs) const;
    /// Those that are open, and behind them those that came to an end and whose return is asked for, or for
    /// which money is owed.
    Result<std::vector<KnownOrder>> toSeeTo() const;

    /// What the hub says of an order: the change `order.put` of the feed. Errors: Invalid.
    Result<void> put(const Json& change, UtcMs nowMs);
    /// Another store serves it now, and this one did not make it: the change `order.gone`. Errors: Invalid.
    Result<void> remove(const Json& change);
    /// All that is open, and what ended lately, follows: the hub's next word counts whatever its number.
    Result<void> begin();
    /// Forgets what ended before, and what the hub has never heard of for as long.
    Result<void> forgetBefore(UtcMs ms);

private:
    Result<KnownOrder> readOne(const char* sql, std::string_view key) const;
    /// Of every row of a query for kOrderRows.
    Result<std::vector<KnownOrder>> readAll(Statement& query) const;
    Result<void> putChangesOn(KnownOrder& known) const;
    /// Writes down whether the order has ended, as seen here; `endedMs`: when, where that is not known yet.
    Result<void> refresh(const std::string& id, UtcMs endedMs);
    Result<void> forgetHeard(const std::string& id);

    Database& database_;
};

/// Units of a product that an order has taken from the figure of the store that serves it. `asOf`: of the
/// figure, which knows of what was handed over before.
int unitsTaken(const KnownOrder& known, std::string_view sku, UtcMs asOf);

} // namespace silta
