// An order as silta-edge tells of it. Source: app/docs/orders.md.
#pragma once

#include <silta/money.h>
#include <silta/time.h>

#include <optional>
#include <string>
#include <vector>

namespace silta::kiosk {

enum class OrderKind { Home, Collect, Reserve };
const char* toString(OrderKind kind); ///< "home", "collect", "reserve"

enum class OrderState {
    Placed,
    Accepted,
    Unallocated,
    Picking,
    Ready,
    HandedOver,
    Returned,
    Cancelled,
    NotCollected
};

struct OrderedLine {
    std::string sku, name; ///< name: empty where the catalogue does not know the item any more
    int quantity = 1;
    int returned = 0; ///< of the quantity
    std::int64_t unitPriceMinor = 0;
};

/// A store that has all of an order which its own store has not.
struct OrderAlternative {
    std::string store, name;
    double km = 0;
};

struct Order {
    std::string id, number, code;
    OrderKind kind = OrderKind::Collect;
    OrderState state = OrderState::Placed;
    bool isKept = false;          ///< promised; else asked for
    std::string word;             ///< for whoever placed it here; empty for others
    std::string store, storeName; ///< which hands it over; empty until the hub says
    std::vector<OrderedLine> lines;
    std::optional<Money> total; ///< as the shopper saw it
    UtcMs promisedMs = 0, expiresMs = 0;
    bool hasArrived = false, isPaid = false, isReturnAsked = false;
    bool isAtHub = false;
    bool isRefused = false; ///< the hub could not take it: nothing is put aside or sent
    std::string pageUrl;    ///< the shopper's page; may be empty
    std::vector<OrderAlternative> alternatives;
};

/// What would be promised if it were placed now.
struct OrderPromise {
    bool isKept = false;
    bool isOnline = false; ///< the hub would say in a moment
};

/// Reads the answers of the routes below /v1/orders. Errors: Corrupt.
Result<Order> parseOrder(const std::string& body);
Result<OrderPromise> parseOrderPromise(const std::string& body);
Result<std::vector<std::string>> parseOrderWords(const std::string& body);

} // namespace silta::kiosk
