#include "shopper/order_rules.h"

#include <silta/uuid.h>

#include <algorithm>
#include <initializer_list>

namespace silta {

namespace {

Error wrongChange(const char* what) {
    return {Errc::Invalid, std::string("read order.change: ") + what};
}

template <std::size_t N>
bool isIn(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool isOneOf(OrderState state, std::initializer_list<OrderState> states) {
    return std::ranges::find(states, state) != states.end();
}

/// The hub has allocated it, or the device that made it promised it from its own share.
bool isServed(const Order& order) {
    return order.state == OrderState::Accepted || (order.state == OrderState::Placed && order.isKept);
}

bool isOpen(const Order& order) {
    return isOneOf(order.state, {OrderState::Placed, OrderState::Accepted, OrderState::AcceptedUnallocated,
                                 OrderState::Picking, OrderState::Ready});
}

Result<std::vector<OrderPart>> parseParts(const Json& json, OrderAction action) {
    std::vector<OrderPart> parts;
    const auto& list = arrayMember(json, "lines");
    if (list.size() > kOrderLinesMax) return Error{Errc::Limit, "read order.change: too many lines"};
    for (const auto& entry : list) {
        OrderPart part{textMember(entry, "sku").value_or(""), 0,
                       textMember(entry, "reason", kOrderReasonBytesMax).value_or(""),
                       textMember(entry, "condition", kOrderReasonBytesMax).value_or("")};
        const auto quantity = integerMember(entry, "quantity").value_or(0);
        const bool isReturn = action == OrderAction::Return;
        const bool isAsked = action == OrderAction::AskReturn;
        if (part.sku.empty() || quantity < 1 || quantity > kOrderQuantityMax)
            return wrongChange("a line's sku or quantity");
        if ((isReturn || isAsked) != isIn(kReturnReasons, part.reason)) return wrongChange("a line's reason");
        if (isReturn != isIn(kReturnConditions, part.condition)) return wrongChange("a line's condition");
        part.quantity = static_cast<int>(quantity);
        parts.push_back(std::move(part));
    }
    const bool wantsParts =
        action == OrderAction::Missing || action == OrderAction::Return || action == OrderAction::AskReturn;
    if (wantsParts == parts.empty()) return wrongChange("lines");
    return parts;
}

/// Adds each part's quantity to `counter` of its line: all of them or none.
Result<void> count(Order& order, const std::vector<OrderPart>& parts, int OrderLine::*counter) {
    auto lines = order.lines;
    for (const auto& part : parts) {
        const auto line = std::ranges::find(lines, part.sku, &OrderLine::sku);
        if (line == lines.end() || line->missing + line->returned + part.quantity > line->quantity)
            return Error{Errc::Conflict, "change order: more than there is of a line"};
        (*line).*counter += part.quantity;
    }
    order.lines = std::move(lines);
    return {};
}

/// Something was not found, and the shopper may take what was.
bool hasRest(const Order& order) {
    return order.keepsFound() && std::ranges::any_of(order.lines, [](const OrderLine& line) {
               return line.missing < line.quantity;
           });
}

/// Nothing of a line that was not found can come back, so a line without the rest is back.
bool isAllBack(const Order& order) {
    return std::ranges::all_of(
        order.lines, [](const OrderLine& line) { return line.returned + line.missing == line.quantity; });
}

Result<void> takeBack(Order& order, const OrderChange& change) {
    if (auto done = count(order, change.parts, &OrderLine::returned); !done) return done;
    for (const auto& part : change.parts) { // what was asked besides may come another day
        const auto line = std::ranges::find(order.lines, part.sku, &OrderLine::sku);
        line->asked = std::max(0, line->asked - part.quantity);
        if (line->asked == 0) line->askedReason.clear();
    }
    order.isReturnAsked =
        std::ranges::any_of(order.lines, [](const OrderLine& line) { return line.asked > 0; });
    if (isAllBack(order)) order.state = OrderState::Returned;
    return {};
}

Result<void> askReturn(Order& order, const OrderChange& change) {
    auto lines = order.lines;
    for (auto& line : lines)
        line.asked = 0, line.askedReason.clear(); // who asks again means this instead
    for (const auto& part : change.parts) {
        const auto line = std::ranges::find(lines, part.sku, &OrderLine::sku);
        if (line == lines.end() ||
            line->missing + line->returned + line->asked + part.quantity > line->quantity)
            return Error{Errc::Conflict, "change order: more than there is of a line"};
        line->asked += part.quantity;
        line->askedReason = part.reason;
    }
    order.lines = std::move(lines);
    order.isReturnAsked = true;
    return {};
}

Result<void> miss(Order& order, const OrderChange& change) {
    if (auto done = count(order, change.parts, &OrderLine::missing); !done) return done;
    order.state = OrderState::AcceptedUnallocated;
    order.isKept = false;
    return {};
}

void move(Order& order, const OrderChange& change) {
    for (auto& line : order.lines)
        line.missing = 0;
    order.store = change.store;
    order.state = OrderState::Placed;
    order.isKept = false;
    order.alternatives.clear();
}

} // namespace

const char* toString(OrderAction action) {
    switch (action) {
    case OrderAction::Pick:
        return "pick";
    case OrderAction::Ready:
        return "ready";
    case OrderAction::Missing:
        return "missing";
    case OrderAction::Move:
        return "move";
    case OrderAction::Pay:
        return "pay";
    case OrderAction::HandOver:
        return "hand_over";
    case OrderAction::Cancel:
        return "cancel";
    case OrderAction::Expire:
        return "expire";
    case OrderAction::Return:
        return "return";
    case OrderAction::Arrive:
        return "arrive";
    case OrderAction::AskReturn:
        return "ask_return";
    case OrderAction::Refund:
        break;
    }
    return "refund";
}

Json toJson(const OrderChange& change) {
    Json json = {{"orderId", change.orderId},
                 {"action", toString(change.action)},
                 {"by", change.by},
                 {"atMs", change.atMs}};
    if (!change.store.empty()) json["store"] = change.store;
    if (!change.reason.empty()) json["reason"] = change.reason;
    if (change.parts.empty()) return json;
    auto lines = Json::array();
    for (const auto& part : change.parts) {
        Json line = {{"sku", part.sku}, {"quantity", part.quantity}};
        if (!part.reason.empty()) line["reason"] = part.reason;
        if (!part.condition.empty()) line["condition"] = part.condition;
        lines.push_back(std::move(line));
    }
    json["lines"] = std::move(lines);
    return json;
}

bool isSameWish(const OrderChange& a, const OrderChange& b) {
    return a.orderId == b.orderId && a.action == b.action && a.parts == b.parts && a.store == b.store &&
           a.reason == b.reason;
}

Result<OrderChange> parseOrderChange(const Json& json) {
    OrderChange change;
    change.orderId = textMember(json, "orderId").value_or("");
    if (!isUuid(change.orderId)) return wrongChange("orderId is no UUID");
    const auto name = textMember(json, "action").value_or("");
    const auto action =
        std::ranges::find_if(kOrderActions, [&name](OrderAction each) { return name == toString(each); });
    if (action == kOrderActions.end()) return wrongChange("action");
    change.action = *action;
    change.by = textMember(json, "by").value_or("");
    if (!isUuid(change.by) && change.by != kByShopper && change.by != kByHub) return wrongChange("by");
    change.atMs = integerMember(json, "atMs").value_or(-1);
    if (change.atMs < 0) return wrongChange("atMs");
    auto parts = parseParts(json, change.action);
    if (!parts) return parts.error();
    change.parts = std::move(*parts);
    change.store = textMember(json, "store", kOrderStoreBytesMax).value_or("");
    if ((change.action == OrderAction::Move) == change.store.empty()) return wrongChange("store");
    change.reason = textMember(json, "reason", kOrderReasonBytesMax).value_or("");
    const bool isWordForgotten = change.action == OrderAction::HandOver && change.reason == kWordForgotten;
    if ((change.action == OrderAction::Cancel) != isIn(kCancelReasons, change.reason) ||
        (change.action != OrderAction::Cancel && !change.reason.empty() && !isWordForgotten))
        return wrongChange("reason");
    return change;
}

bool isPossible(const Order& order, OrderAction action) {
    const bool isServable = isServed(order) || order.state == OrderState::Picking;
    switch (action) {
    case OrderAction::Pick:
        return isServed(order);
    case OrderAction::Ready:
        return isServable;
    case OrderAction::Missing:
        return isServable || order.state == OrderState::Ready;
    case OrderAction::Move:
        return isOpen(order) && order.kind != OrderKind::Reserve;
    case OrderAction::Pay:
        return isOpen(order) && !order.isPaid;
    case OrderAction::HandOver:
        return (isServable || order.state == OrderState::Ready || hasRest(order)) &&
               (order.kind != OrderKind::Home || order.isPaid);
    case OrderAction::Cancel:
        return isOpen(order);
    case OrderAction::Expire:
        return isOpen(order) && !order.isPaid;
    case OrderAction::Return:
        return order.state == OrderState::HandedOver;
    case OrderAction::Arrive:
        return isOpen(order);
    case OrderAction::AskReturn:
        return order.state == OrderState::HandedOver;
    case OrderAction::Refund:
        return order.owesRefund();
    }
    return false;
}

std::vector<OrderAction> staffActions(const Order& order) {
    std::vector<OrderAction> actions;
    for (const auto action : kOrderActions) {
        const bool isStaffs = action != OrderAction::Expire && action != OrderAction::Arrive &&
                              action != OrderAction::AskReturn;
        if (isStaffs && isPossible(order, action)) actions.push_back(action);
    }
    return actions;
}

Result<void> applyOrderChange(Order& order, const OrderChange& change) {
    if (!isPossible(order, change.action))
        return Error{Errc::Conflict, "change order: not for the order as it is now"};
    switch (change.action) {
    case OrderAction::Pick:
        order.state = OrderState::Picking;
        break;
    case OrderAction::Ready:
        order.state = OrderState::Ready;
        break;
    case OrderAction::Missing:
        return miss(order, change);
    case OrderAction::Move:
        move(order, change);
        break;
    case OrderAction::Pay:
        order.isPaid = true;
        break;
    case OrderAction::HandOver:
        order.state = OrderState::HandedOver;
        break;
    case OrderAction::Cancel:
        order.state = OrderState::Cancelled;
        break;
    case OrderAction::Expire:
        order.state = OrderState::NotCollected;
        break;
    case OrderAction::Return:
        return takeBack(order, change);
    case OrderAction::Arrive:
        if (order.arrivedMs == 0) order.arrivedMs = change.atMs;
        break;
    case OrderAction::AskReturn:
        return askReturn(order, change);
    case OrderAction::Refund:
        order.isRefunded = true;
        break;
    }
    return {};
}

} // namespace silta
