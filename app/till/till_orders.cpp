// What the till's pages and forms of orders do.
#include "core/log.h"
#include "till/limits.h"
#include "till/till.h"

#include <silta/uuid.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace silta::till {

namespace {

/// 0 for what is no number of 0 to kOrderQuantityMax.
int readCount(const std::string& typed) {
    int count = 0;
    const auto* const end = typed.data() + typed.size();
    const auto read = std::from_chars(typed.data(), end, count);
    const bool isCount =
        read.ec == std::errc() && read.ptr == end && count >= 0 && count <= kOrderQuantityMax;
    return isCount ? count : 0;
}

std::optional<OrderAction> orderActionNamed(std::string_view name) {
    constexpr std::array kStaffs = {OrderAction::Pick,   OrderAction::Ready,  OrderAction::Missing,
                                    OrderAction::Move,   OrderAction::Pay,    OrderAction::HandOver,
                                    OrderAction::Cancel, OrderAction::Return, OrderAction::Refund};
    const auto* const action =
        std::ranges::find_if(kStaffs, [name](OrderAction each) { return name == toString(each); });
    return action == kStaffs.end() ? std::nullopt : std::optional(*action);
}

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

/// What a form asks for, but the parts of a return. Nothing: it is none of ours.
std::optional<OrderWish> readOrderWish(const FormFields& form) {
    const auto action = orderActionNamed(fieldOf(form, "act"));
    if (!action) return std::nullopt;
    OrderWish wish;
    wish.action = *action;
    wish.orderId = fieldOf(form, "order");
    wish.request = fieldOf(form, "request");
    wish.word = trimmed(fieldOf(form, "word"));
    const auto reason = fieldOf(form, "reason");
    if (wish.action == OrderAction::Move) wish.store = fieldOf(form, "store");
    if (wish.action == OrderAction::Cancel || wish.action == OrderAction::HandOver) wish.reason = reason;
    if (wish.action == OrderAction::Missing)
        wish.parts = {{fieldOf(form, "sku"), readCount(fieldOf(form, "quantity")), {}, {}}};
    const bool isMissingLine =
        wish.action != OrderAction::Missing || (!wish.parts[0].sku.empty() && wish.parts[0].quantity > 0);
    const bool isReturn = wish.action != OrderAction::Return ||
                          ((isOneOf(kReturnReasons, reason) || reason == kReasonAsAsked) &&
                           isOneOf(kReturnConditions, fieldOf(form, "condition")));
    const bool isHandOver =
        wish.action != OrderAction::HandOver || reason.empty() || reason == kWordForgotten;
    const bool isSound = isUuid(wish.orderId) && isUuid(wish.request) && isMissingLine && isReturn &&
                         isHandOver && wish.word.size() <= kOrderWordBytesMax &&
                         wish.store.size() <= kOrderStoreBytesMax &&
                         (wish.action != OrderAction::Move || !wish.store.empty()) &&
                         (wish.action != OrderAction::Cancel || isOneOf(kCancelReasons, reason));
    return isSound ? std::optional(std::move(wish)) : std::nullopt;
}

/// Its lines by what the form counts of them. One that was not asked for has no reason where each has its
/// own.
std::vector<OrderPart> returnedParts(const OrderFace& order, const FormFields& form) {
    std::vector<OrderPart> parts;
    const auto reason = fieldOf(form, "reason");
    for (std::size_t i = 0; i < order.lines.size(); ++i)
        if (const auto count = readCount(fieldOf(form, returnField(i))); count > 0)
            parts.push_back({order.lines[i].sku, count,
                             reason == kReasonAsAsked ? order.lines[i].askedReason : reason,
                             fieldOf(form, "condition")});
    return parts;
}

/// What keeps a return from being sent, or Nothing.
OrderOutcome faultOf(const std::vector<OrderPart>& parts) {
    if (parts.empty()) return OrderOutcome::NothingChosen;
    const bool hasReasons = std::ranges::none_of(parts, &std::string::empty, &OrderPart::reason);
    return hasReasons ? OrderOutcome::Nothing : OrderOutcome::ReasonMissing;
}

std::int64_t worthOf(const std::vector<OrderPart>& parts, const OrderFace& order) {
    std::int64_t minor = 0;
    for (const auto& part : parts) {
        const auto line = std::ranges::find(order.lines, part.sku, &OrderLineFace::sku);
        if (line != order.lines.end()) minor += part.quantity * line->unitPriceMinor;
    }
    return minor;
}

} // namespace

HttpResponse Till::orderCard(const Context& context, OrderPage shown, int status) {
    shown.formToken = tokenOf(context, kOrderPath);
    shown.request = makeUuid(clock_, random_);
    shown.storeCode = context.desk.code;
    shown.nowMs = clock_.nowMs();
    shown.isSupervisor = context.session->isSupervisor;
    return page(status, renderOrder(frameOf(context), shown));
}

HttpResponse Till::orderFailure(const Context& context, const Error& error) {
    if (error.code == Errc::NotFound)
        return messagePage(context, Word::OrderUnknown, Word::OrderUnknownText, 404);
    if (error.code == Errc::Denied) return messagePage(context, Word::Failed, Word::OrderNotAllowed, 403);
    if (error.code == Errc::Full) return messagePage(context, Word::Failed, Word::FailedText, 507);
    return failurePage(context, error);
}

HttpResponse Till::orders(Context& context) {
    const auto name = context.request.query.find("list");
    const auto* const list = std::ranges::find_if(kOrderLists, [&](OrderList each) {
        return name != context.request.query.end() && name->second == nameOf(each);
    });
    OrdersPage shown;
    if (list != kOrderLists.end()) shown.list = *list;
    auto listing = edge_.orders(shown.list, context.lang);
    if (!listing) return orderFailure(context, listing.error());
    shown.listing = std::move(*listing);
    shown.nowMs = clock_.nowMs();
    return page(200, renderOrders(frameOf(context), shown));
}

HttpResponse Till::order(Context& context) {
    const auto id = context.request.query.find("id");
    if (id == context.request.query.end()) return page(200, renderHome(frameOf(context)));
    if (!isUuid(id->second)) return orderFailure(context, {Errc::NotFound, "show order: no name of one"});
    auto order = edge_.order(id->second, context.lang);
    if (!order) return orderFailure(context, order.error());
    OrderPage shown;
    shown.order = std::move(*order);
    return orderCard(context, std::move(shown));
}

HttpResponse Till::findOrder(Context& context, const std::string& text) {
    auto order = edge_.findOrder(text, context.lang);
    if (!order) return orderFailure(context, order.error());
    OrderPage shown;
    shown.order = std::move(*order);
    return orderCard(context, std::move(shown));
}

HttpResponse Till::changeOrder(Context& context) {
    auto wish = readOrderWish(context.form);
    if (!wish) return messagePage(context, Word::Failed, Word::FailedText, 400);
    wish->staffId = context.session->staffId;
    OrderPage shown;
    if (wish->action == OrderAction::Return) {
        auto order = edge_.order(wish->orderId, context.lang);
        if (!order) return orderFailure(context, order.error());
        wish->parts = returnedParts(*order, context.form);
        shown.outcome = faultOf(wish->parts);
        if (shown.outcome != OrderOutcome::Nothing) {
            shown.order = std::move(*order);
            return orderCard(context, std::move(shown), 422);
        }
    }
    auto answer = edge_.changeOrder(*wish, context.lang);
    if (!answer && answer.error().code == Errc::Unavailable) {
        log::warning("till", "{}", answer.error().what);
        return page(503, renderUnanswered(frameOf(context), tokenOf(context, kOrderPath), context.form));
    }
    const bool isWordForgotten = wish->action == OrderAction::HandOver && !wish->reason.empty();
    if (!answer && answer.error().code == Errc::Denied && isWordForgotten)
        return refusedHandOver(context, *wish, OrderOutcome::WordNeeded);
    if (!answer) return orderFailure(context, answer.error());
    return answeredOrder(context, *wish, std::move(*answer));
}

HttpResponse Till::refusedHandOver(const Context& context, const OrderWish& wish, OrderOutcome why) {
    auto order = edge_.order(wish.orderId, context.lang);
    if (!order) return orderFailure(context, order.error());
    OrderPage shown;
    shown.order = std::move(*order);
    shown.outcome = why;
    return orderCard(context, std::move(shown), 403);
}

HttpResponse Till::answeredOrder(const Context& context, const OrderWish& wish, OrderAnswer answer) {
    using Outcome = OrderAnswer::Outcome;
    constexpr int kChanged = 409;
    if (answer.outcome == Outcome::WrongWord) return refusedHandOver(context, wish, OrderOutcome::WrongWord);
    OrderPage shown;
    const bool isDone = answer.outcome == Outcome::Done;
    shown.order = std::move(answer.order);
    shown.outcome = isDone ? OrderOutcome::Done : OrderOutcome::NotNow;
    if (isDone && wish.action == OrderAction::Return) shown.returnedMinor = worthOf(wish.parts, shown.order);
    return orderCard(context, std::move(shown), isDone ? 200 : kChanged);
}

} // namespace silta::till
