// What may be done with an order, and what becomes of it: device and hub go by this one table.
#pragma once

#include "shopper/order.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::string_view kByShopper = "shopper";
inline constexpr std::string_view kByHub = "hub";
inline constexpr int kOrderChangesMax = 64; ///< of one order by one device: beyond it somebody plays with it

enum class OrderAction {
    Pick,
    Ready,
    Missing,
    Move,
    Pay,
    HandOver,
    Cancel,
    Expire,
    Return,
    Arrive,
    AskReturn,
    Refund,
};
inline constexpr std::array<OrderAction, 12> kOrderActions = {
    OrderAction::Pick,   OrderAction::Ready,    OrderAction::Missing,   OrderAction::Move,
    OrderAction::Pay,    OrderAction::HandOver, OrderAction::Cancel,    OrderAction::Expire,
    OrderAction::Return, OrderAction::Arrive,   OrderAction::AskReturn, OrderAction::Refund};
/// "pick", "ready", "missing", "move", "pay", "hand_over", "cancel", "expire", "return", "arrive",
/// "ask_return", "refund".
const char* toString(OrderAction action);

inline constexpr std::array<std::string_view, 5> kReturnReasons = {
    "wrong_size", "damaged", "not_as_described", "changed_mind", "other"};
inline constexpr std::array<std::string_view, 3> kReturnConditions = {"as_new", "opened", "damaged"};
inline constexpr std::array<std::string_view, 4> kCancelReasons = {"shopper", "not_found", "damaged",
                                                                   "other"};

/// Of a hand-over by a supervisor who let the shopper prove it otherwise.
inline constexpr std::string_view kWordForgotten = "word_forgotten";

/// Of Missing, Return and AskReturn.
struct OrderPart {
    std::string sku;
    int quantity = 0;
    std::string reason;    ///< of Return and AskReturn: one of kReturnReasons
    std::string condition; ///< of Return: one of kReturnConditions
    bool operator==(const OrderPart&) const = default;
};

/// The data of an `order.change` operation.
struct OrderChange {
    std::string orderId;
    OrderAction action = OrderAction::Pick;
    std::string by; ///< a staff id, kByShopper or kByHub
    UtcMs atMs = 0;
    std::vector<OrderPart> parts;
    std::string store;  ///< of Move
    std::string reason; ///< of Cancel: one of kCancelReasons; of HandOver: empty or kWordForgotten
};
Json toJson(const OrderChange& change);
/// Whether both want the same of the same order, whoever asks and when.
bool isSameWish(const OrderChange& a, const OrderChange& b);
/// Errors: Invalid (a member is missing or malformed, or belongs to another action), Limit.
Result<OrderChange> parseOrderChange(const Json& json);

/// Whether the action is one for the order as it is now.
bool isPossible(const Order& order, OrderAction action);
/// Those of staff that are.
std::vector<OrderAction> staffActions(const Order& order);
/// Does it. Errors: Conflict (not for the order as it is now, or more than there is of a line).
Result<void> applyOrderChange(Order& order, const OrderChange& change);

} // namespace silta
