// Orders and reservations as they travel from the kiosk to the hub to the till. See app/docs/orders.md.
#pragma once

#include "core/json.h"

#include <silta/result.h>
#include <silta/time.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kOrderLinesMax = 20; ///< a slip that a till reads at one look
inline constexpr int kOrderQuantityMax = 99;
inline constexpr std::int64_t kOrderUnitPriceMinorMax = 100'000'000;
inline constexpr std::int64_t kOrderTotalMinorMax = 1'000'000'000;
inline constexpr std::size_t kOrderSealedBytesMax = 4'096; ///< base64url of name, contact and address
inline constexpr std::size_t kOrderInitialsMax = 3;        ///< letters
inline constexpr std::size_t kOrderWordLettersMin = 2;
inline constexpr std::size_t kOrderWordLettersMax = 20;
inline constexpr std::size_t kOrderAlternativesMax = 5;
inline constexpr std::size_t kOrderStoreBytesMax = 64;
inline constexpr std::size_t kOrderReasonBytesMax = 32;
inline constexpr std::size_t kOrderPageKeyLetters = 22;           ///< base64url of 16 random bytes
inline constexpr UtcMs kOrderKeptMs = UtcMs{30} * 24 * 3'600'000; ///< on devices, after its end
inline constexpr UtcMs kOrderPickMs = UtcMs{2} * 3'600'000;       ///< until it is promised to lie ready
inline constexpr UtcMs kOrderShipMs = UtcMs{24} * 3'600'000;
inline constexpr UtcMs kOrderReservedMs = UtcMs{24} * 3'600'000; ///< also until an order to home is paid
inline constexpr UtcMs kOrderCollectMs = UtcMs{7} * 24 * 3'600'000;

enum class OrderKind { Home, Collect, Reserve };
const char* toString(OrderKind kind); ///< "home", "collect", "reserve"
/// From its placing until it shall lie ready or be sent; until it expires.
UtcMs promisedAfter(OrderKind kind);
UtcMs expiresAfter(OrderKind kind);

enum class OrderState {
    Placed,
    Accepted,
    AcceptedUnallocated,
    Picking,
    Ready,
    HandedOver,
    Returned,
    Cancelled,
    NotCollected,
};
/// "placed", "accepted", "accepted_unallocated", "picking", "ready", "handed_over", "returned", "cancelled",
/// "not_collected".
const char* toString(OrderState state);

struct OrderLine {
    std::string sku;
    int quantity = 0;
    std::int64_t unitPriceMinor = 0;           ///< as the shopper saw it, tax included
    std::optional<std::int64_t> priceNowMinor; ///< the catalogue's when the order reached the hub, if another
    int missing = 0;                           ///< not found on the shelf
    int returned = 0;
    int asked = 0;                ///< of them the shopper wants to bring back
    std::string askedReason = {}; ///< as the shopper put it: one of kReturnReasons
    bool operator==(const OrderLine&) const = default;
};

/// Another store that has all of it.
struct OrderAlternative {
    std::string store;
    double km = 0; ///< great circle, from the store where the order was made
    bool operator==(const OrderAlternative&) const = default;
};

/// Thread: a value. Holds no person's data but their initials.
struct Order {
    std::string id; ///< UUIDv7, made where the order was: the idempotency key for good
    std::string number;
    OrderKind kind = OrderKind::Collect;
    OrderState state = OrderState::Placed;
    bool isKept = false; ///< promised; else asked for
    std::string madeIn;  ///< code of the store
    std::string store;   ///< which serves it; empty until the hub says
    std::string lang, word, initials;
    std::vector<OrderLine> lines;
    std::string currency; ///< ISO 4217
    UtcMs placedMs = 0, promisedMs = 0, expiresMs = 0;
    UtcMs arrivedMs = 0; ///< when the shopper said "I am here"; 0 = not yet
    bool isPaid = false;
    bool isRefunded = false; ///< what was paid for nothing has been given back
    bool isReturnAsked = false;
    bool isOverPromised = false; ///< a device promised what the hub had given to others
    std::vector<OrderAlternative> alternatives;
    std::string pickUp; ///< token of the pick-up, signed by the hub; empty before
    bool operator==(const Order&) const = default;

    [[nodiscard]] std::int64_t totalMinor() const;
    /// Nothing more comes but returns.
    [[nodiscard]] bool isEnded() const;
    /// It was paid, came to nothing, and the money has not been given back.
    [[nodiscard]] bool owesRefund() const;
    /// Its goods are on a shelf or a desk of `store`, promised to this shopper.
    [[nodiscard]] bool holdsStock() const;
    /// Something of it was not found, and the shopper may still take what was.
    [[nodiscard]] bool keepsFound() const;
};

Json toJson(const Order& order);
/// What toJson() gave, by whoever did. Errors: Invalid (a member is missing, malformed or beyond its limit).
Result<Order> parseOrder(const Json& json);

/// What a kiosk asks for. `sealed` is for the hub alone.
struct OrderDraft {
    std::string id;
    OrderKind kind = OrderKind::Collect;
    std::string store; ///< of Collect: another store than this one; empty: this one
    std::string lang, word, initials, currency, sealed;
    std::vector<OrderLine> lines;
};
/// Errors: Invalid (says which member), Limit.
Result<OrderDraft> parseOrderDraft(const Json& json);
/// The member `lines` of a draft. Errors: Invalid, Limit.
Result<std::vector<OrderLine>> parseOrderLines(const Json& json);
/// The member `kind`. Errors: Invalid.
Result<OrderKind> parseOrderKind(const Json& json);

/// The data of an `order.place` operation.
struct OrderPlacing {
    Order order;
    std::string sealed;
    std::string pageKey; ///< of the shopper's page at the hub: whoever has it sees the order
};
Json toJson(const OrderPlacing& placing);
/// Errors: Invalid.
Result<OrderPlacing> parseOrderPlacing(const Json& json);

/// 2 to 20 letters of any script, without blanks around; empty for what is no word.
std::string normalizeOrderWord(std::string_view text);
/// Words to choose from, in one of en, fi, sv, pl (English for any other).
std::vector<std::string_view> orderWords(std::string_view lang);

} // namespace silta
