// OrderRegistry: orders at the hub. What of them gets which store's stock, who did what with them when, and
// which devices hear of it. See app/docs/orders.md.
#pragma once

#include "hub/change_feed.h"
#include "hub/hub_keys.h"
#include "hub/order_reader.h"
#include "hub/shelf_figures.h"
#include "shopper/order_rules.h"
#include "sync/operation.h"
#include "sync/order_book.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

inline constexpr int kOrdersTendedMax = 100;                     ///< that expire in one transaction
inline constexpr int kOpenOrdersOfDeviceMax = kOrdersOfStoreMax; ///< more than a sound device takes
inline constexpr UtcMs kOrderPersonKeptMs =
    UtcMs{90} * 24 * 3'600'000; ///< name and address, after an order's end
/// What a device said to end before the hub heard of it is kept as long, so that staff see it.
inline constexpr UtcMs kOrderNoticeMs = UtcMs{2} * 3'600'000;
/// Parts of a store's shelf that its devices share, divisible by as many devices as stores have.
inline constexpr std::int64_t kShelfParts = 60;

/// Besides its entity, the names that an operation on orders locks: no two give away one product's stock.
/// One that gives an order away anew does not say its products: they are looked up.
Result<std::vector<std::string>> orderLocks(const OrderReader& orders, const Operation& operation);

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class OrderRegistry {
public:
    struct Desk {
        Database& database;
        const HubKeys& keys;
        Random& random;
        ShelfFigures figures;
        UtcMs nowMs = 0;
    };
    OrderRegistry(Desk desk, ChangeFeed feed) : desk_(desk), feed_(feed), reader_(desk.database) {}

    /// An `order.place` or `order.change`. False where somebody should look at it: promised beyond the shelf,
    /// or done to an order that was not so any more. Errors: Invalid.
    Result<bool> apply(const DeviceRow& device, const Operation& operation);
    struct Tended {
        std::int64_t ended = 0;
        bool hasMore = false; ///< to be done in another transaction
    };
    /// Ends what nobody fetched, and forgets what has been kept long enough. An order that cannot be read is
    /// set aside: it expires no more.
    Result<Tended> tend();

private:
    struct Event {
        const DeviceRow* device; ///< null: the hub
        std::string operationId;
        OrderChange change;
        std::string action; ///< as it is written down
    };
    Result<bool> place(const DeviceRow& device, const Operation& operation);
    /// False where the box of one that needs no person cannot be opened.
    Result<bool> keepPerson(const OrderPlacing& placing);
    /// Errors: Limit (kOpenOrdersOfDeviceMax).
    Result<void> checkRoom(const DeviceRow& device) const;
    /// Whether a store has or had to do with it: made it, serves it, or served it before it was moved.
    enum class Concern { None, Before, Now };
    Result<Concern> concernOf(const std::string& storeCode, const Order& order) const;
    /// The shopper, or somebody of the store's staff who has the role for it.
    Result<bool> isDoneByWhoMay(const DeviceRow& device, const OrderChange& change) const;
    Result<bool> change(const DeviceRow& device, const Operation& operation);
    /// False where it does not fit the order as it is.
    Result<bool> applyTo(OrderRow& row, const OrderChange& change);
    Result<bool> applyWaiting(OrderRow& row);
    /// Which store serves it, and whether it has all of it.
    Result<void> allocate(Order& order);
    Result<void> findAlternatives(Order& order) const;
    Result<bool> hasAll(const Order& order, const std::string& store) const;
    Result<std::vector<OrderAlternative>> storesWithAll(const Order& order) const;
    /// Units on the shelves that nobody holds, by store.
    Result<std::map<std::string, std::int64_t>> freeOf(const std::string& sku) const;
    Result<void> hold(const Order& order, const std::string& sku, std::int64_t quantity, UtcMs goneMs);
    /// What has left the shelf, by a device's clock.
    Result<void> take(const Order& order, const std::string& sku, std::int64_t quantity, UtcMs atMs);
    Result<void> release(const std::string& orderId);
    Result<void> moveHolds(const Order& before, const OrderChange& change);
    /// False where the catalogue has another currency.
    Result<bool> notePrices(Order& order) const;
    Result<void> write(const Event& event, const Json& detail, std::string_view outcome);
    Result<void> update(OrderRow& row);
    /// Tells the devices of these stores what the order is now, or that it is no more theirs.
    Result<void> tell(const OrderRow& row, std::vector<std::string> stores);
    Result<std::vector<std::string>> dueOrders() const;
    Result<bool> expire(const std::string& orderId);
    Result<bool> expireOrSetAside(const std::string& orderId);
    Result<void> stopExpiring(const std::string& orderId);

    Desk desk_;
    ChangeFeed feed_;
    OrderReader reader_;
};

} // namespace silta::hub
