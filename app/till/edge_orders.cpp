// What the till asks of silta-edge for orders: see app/docs/orders.md.
#include "till/edge_link.h"
#include "till/limits.h"
#include "web/form_body.h"

#include <algorithm>
#include <array>

namespace silta::till {

namespace {

constexpr int kNotAllowed = 403, kNotNow = 409, kNoRoom = 507;

constexpr std::array kStates = {OrderState::Placed,   OrderState::Accepted,  OrderState::AcceptedUnallocated,
                                OrderState::Picking,  OrderState::Ready,     OrderState::HandedOver,
                                OrderState::Returned, OrderState::Cancelled, OrderState::NotCollected};

std::string textIn(const Json& json, const char* key) {
    return textMember(json, key).value_or("");
}

int countOf(const Json& json, const char* key) {
    return static_cast<int>(
        std::clamp<std::int64_t>(integerMember(json, key).value_or(0), 0, kOrderQuantityMax));
}

bool flagOf(const Json& json, const char* key) {
    return boolMember(json, key).value_or(false);
}

OrderLineFace lineOf(const Json& json) {
    const auto reason = textIn(json, "askedReason");
    const bool isReason = std::ranges::find(kReturnReasons, reason) != kReturnReasons.end();
    return {.sku = textIn(json, "sku"),
            .name = textIn(json, "name"),
            .quantity = countOf(json, "quantity"),
            .missing = countOf(json, "missing"),
            .returned = countOf(json, "returned"),
            .asked = isReason ? countOf(json, "asked") : 0,
            .askedReason = isReason ? reason : std::string(),
            .unitPriceMinor = std::clamp<std::int64_t>(integerMember(json, "unitPriceMinor").value_or(0), 0,
                                                       kOrderUnitPriceMinorMax),
            .priceNowMinor = integerMember(json, "priceNowMinor"),
            .here = integerMember(json, "here"),
            .aisle = textIn(json, "aisle")};
}

void readLists(OrderFace& order, const Json& json) {
    for (const auto& line : arrayMember(json, "lines"))
        if (order.lines.size() < kOrderLinesMax) order.lines.push_back(lineOf(line));
    for (const auto& other : arrayMember(json, "alternatives"))
        if (order.alternatives.size() < kOrderAlternativesMax)
            order.alternatives.push_back(
                {textIn(other, "store"), textIn(other, "name"), numberMember(other, "km").value_or(0)});
    for (const auto& name : arrayMember(json, "actions"))
        for (const auto action : kOrderActions)
            if (name == toString(action)) order.actions.push_back(action);
}

Result<OrderFace> orderOf(const Json& json) {
    const auto name = textIn(json, "state");
    const auto* const state =
        std::ranges::find_if(kStates, [&name](OrderState each) { return name == toString(each); });
    const auto kind = parseOrderKind(json);
    OrderFace order{.id = textIn(json, "orderId"),
                    .number = textIn(json, "number"),
                    .kind = kind.value_or(OrderKind::Collect),
                    .state = state == kStates.end() ? OrderState::Placed : *state,
                    .isKept = textIn(json, "promise") == "kept",
                    .store = textIn(json, "store"),
                    .storeName = textIn(json, "storeName"),
                    .initials = textIn(json, "initials"),
                    .lines = {},
                    .currency = {},
                    .promisedMs = integerMember(json, "promisedMs").value_or(0),
                    .expiresMs = integerMember(json, "expiresMs").value_or(0),
                    .arrivedMs = integerMember(json, "arrivedMs").value_or(0),
                    .isPaid = flagOf(json, "paid"),
                    .isReturnAsked = flagOf(json, "returnAsked"),
                    .isOverPromised = flagOf(json, "overPromised"),
                    .isAtHub = flagOf(json, "atHub"),
                    .isRefunded = flagOf(json, "refunded"),
                    .alternatives = {},
                    .actions = {}};
    if (!kind || state == kStates.end() || order.id.empty() || order.number.empty())
        return Error{Errc::Invalid, "ask edge: an order that is not understood"};
    if (auto currency = Currency::parse(textIn(json, "currency"))) order.currency = *currency;
    readLists(order, json);
    return order;
}

Json bodyOf(const OrderWish& wish, Lang lang) {
    Json body = {{"request", wish.request},
                 {"staff", wish.staffId},
                 {"action", toString(wish.action)},
                 {"lang", codeOf(lang)}};
    if (wish.action == OrderAction::HandOver && wish.reason.empty()) body["word"] = wish.word;
    if (!wish.store.empty()) body["store"] = wish.store;
    if (!wish.reason.empty()) body["reason"] = wish.reason;
    for (const auto& part : wish.parts) {
        Json line = {{"sku", part.sku}, {"quantity", part.quantity}};
        if (!part.reason.empty()) line["reason"] = part.reason;
        if (!part.condition.empty()) line["condition"] = part.condition;
        body["lines"].push_back(std::move(line));
    }
    return body;
}

std::string langQuery(Lang lang) {
    return "lang=" + std::string(codeOf(lang));
}

} // namespace

std::string_view nameOf(OrderList list) {
    return list == OrderList::HandOver ? "hand-over" : list == OrderList::Pick ? "pick" : "look";
}

bool OrderFace::may(OrderAction action) const {
    return std::ranges::find(actions, action) != actions.end();
}

bool OrderFace::isEnded() const {
    using enum OrderState;
    return state == HandedOver || state == Returned || state == Cancelled || state == NotCollected;
}

bool OrderFace::owesRefund() const {
    using enum OrderState;
    return isPaid && !isRefunded && (state == Cancelled || state == NotCollected);
}

int OrderFace::units() const {
    int units = 0;
    for (const auto& line : lines)
        units += line.quantity - line.missing;
    return units;
}

bool OrderFace::hasMissing() const {
    return std::ranges::any_of(lines, [](const auto& line) { return line.missing > 0; });
}

std::int64_t OrderFace::toPayMinor() const {
    std::int64_t minor = 0;
    for (const auto& line : lines)
        minor += (line.quantity - line.missing) * line.unitPriceMinor;
    return minor;
}

Result<OrderListing> UnixEdgeLink::orders(OrderList list, Lang lang) {
    auto json =
        orderLists_.ask("GET", "/v1/orders?list=" + std::string(nameOf(list)) + "&" + langQuery(lang));
    if (!json) return json.error();
    OrderListing listing;
    listing.hasMore = flagOf(*json, "more");
    for (const auto& entry : arrayMember(*json, "orders")) {
        if (listing.orders.size() == kOrdersListedMax) break;
        auto order = orderOf(entry);
        if (!order) return order.error();
        listing.orders.push_back(std::move(*order));
    }
    return listing;
}

Result<OrderFace> UnixEdgeLink::findOrder(const std::string& text, Lang lang) {
    auto json = edge_.ask("POST", "/v1/orders/find", {{"text", text}, {"lang", codeOf(lang)}});
    return json ? orderOf(*json) : json.error();
}

Result<OrderFace> UnixEdgeLink::order(const std::string& id, Lang lang) {
    auto json = edge_.ask("GET", "/v1/orders/" + percentEncode(id) + "?" + langQuery(lang));
    return json ? orderOf(*json) : json.error();
}

Result<OrderAnswer> UnixEdgeLink::changeOrder(const OrderWish& wish, Lang lang) {
    using Outcome = OrderAnswer::Outcome;
    auto reply =
        edge_.send("POST", "/v1/orders/" + percentEncode(wish.orderId) + "/changes", bodyOf(wish, lang));
    if (!reply) return reply.error();
    if (reply->status == kNoRoom) return Error{Errc::Full, "change order: the device is full"};
    const bool isAnswer = reply->status == 200 || reply->status == kNotAllowed || reply->status == kNotNow;
    if (!isAnswer) return unixStatusError(reply->status);
    auto json = parseJson(reply->body, kEdgeAnswerBytesMax);
    if (!json) return json.error();
    if (reply->status == kNotAllowed) {
        if (textIn(*json, "word") != "wrong-word") return unixStatusError(kNotAllowed);
        OrderAnswer wrong{Outcome::WrongWord, {}};
        wrong.order.id = wish.orderId;
        return wrong;
    }
    auto order = orderOf(reply->status == kNotNow ? objectMember(*json, "order") : *json);
    if (!order) return order.error();
    return OrderAnswer{reply->status == kNotNow ? Outcome::NotNow : Outcome::Done, std::move(*order)};
}

} // namespace silta::till
