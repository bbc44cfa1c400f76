// What the till knows of an order, and what staff want with it: see app/docs/orders.md. Values only.
#pragma once

#include "shopper/order_rules.h"

#include <silta/money.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::till {

enum class OrderList { HandOver, Pick, Look };
inline constexpr std::array<OrderList, 3> kOrderLists = {OrderList::HandOver, OrderList::Pick,
                                                         OrderList::Look};
/// "hand-over", "pick", "look".
std::string_view nameOf(OrderList list);

struct OrderLineFace {
    std::string sku, name;
    int quantity = 0, missing = 0, returned = 0;
    int asked = 0;           ///< of them the shopper wants to bring back
    std::string askedReason; ///< one of kReturnReasons, where they are
    std::int64_t unitPriceMinor = 0;
    std::optional<std::int64_t> priceNowMinor; ///< the catalogue's, where it is another
    std::optional<std::int64_t> here;          ///< on the shelf of this store; nothing: not known
    std::string aisle;

    /// Neither missing nor back.
    [[nodiscard]] int rest() const { return quantity - missing - returned; }
};

struct OtherStore {
    std::string code, name;
    double km = 0;
};

/// The word is not among it: what is said at the desk is compared by edge, and stands on no screen.
struct OrderFace {
    std::string id, number;
    OrderKind kind = OrderKind::Collect;
    OrderState state = OrderState::Placed;
    bool isKept = false;
    std::string store, storeName; ///< which serves it; empty: nobody has decided
    std::string initials;
    std::vector<OrderLineFace> lines;
    std::optional<Currency> currency;
    std::int64_t promisedMs = 0, expiresMs = 0;
    std::int64_t arrivedMs = 0; ///< 0: the shopper has not said "I am here"
    bool isPaid = false, isReturnAsked = false, isOverPromised = false, isAtHub = true;
    bool isRefunded = false;              ///< what was paid for nothing has been given back
    std::vector<OtherStore> alternatives; ///< that have all of it, the nearest first
    std::vector<OrderAction> actions;     ///< that are possible now

    [[nodiscard]] bool may(OrderAction action) const;
    [[nodiscard]] bool isEnded() const;
    /// Units and price of what the shopper gets: without what was not found.
    [[nodiscard]] int units() const;
    [[nodiscard]] bool hasMissing() const;
    /// It was paid, came to nothing, and the money has not been given back.
    [[nodiscard]] bool owesRefund() const;
    [[nodiscard]] std::int64_t toPayMinor() const;
};

struct OrderListing {
    std::vector<OrderFace> orders;
    bool hasMore = false;
};

/// A change that staff want.
struct OrderWish {
    std::string orderId, staffId;
    std::string request; ///< UUID: the same again does nothing twice
    OrderAction action = OrderAction::Pick;
    std::string word;             ///< of HandOver: as it was said
    std::vector<OrderPart> parts; ///< of Missing and Return
    std::string store;            ///< of Move
    std::string reason;           ///< of Cancel; of HandOver: empty or kWordForgotten
};

struct OrderAnswer {
    enum class Outcome {
        Done,
        WrongWord,
        NotNow, ///< the order is not as it was on the page
    };
    Outcome outcome = Outcome::Done;
    OrderFace order; ///< as it is now; of WrongWord only its id
};

} // namespace silta::till
