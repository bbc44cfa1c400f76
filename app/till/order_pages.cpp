#include "till/order_pages.h"

#include "core/local_time.h"
#include "core/order_number.h"
#include "till/limits.h"
#include "till/order_forms.h"
#include "till/page_frame.h"
#include "till/slips.h"
#include "web/form_body.h"
#include "web/page_look.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::till {

namespace {

constexpr int kMinutesPerDay = 24 * 60;

std::string shownNumber(const OrderFace& order) {
    return escaped(shownOrderNumber(order.number), kShortBytesMax);
}

/// "14:30", or with its day where it is another one than `nowMs`.
std::string momentText(std::int64_t ms, std::int64_t nowMs, Lang lang) {
    const auto at = localTimeOf(ms);
    const auto clock = clockText(at.minute % kMinutesPerDay, lang);
    return at.date == localTimeOf(nowMs).date ? clock : dayText(at.date, lang) + ", " + clock;
}

Word kindOf(OrderKind kind) {
    return kind == OrderKind::Home      ? Word::KindHome
           : kind == OrderKind::Collect ? Word::KindCollect
                                        : Word::KindReserve;
}

Word shortStateOf(const OrderFace& order) {
    switch (order.state) {
    case OrderState::Placed:
        return order.isKept ? Word::ShortAccepted : Word::ShortPlaced;
    case OrderState::Accepted:
        return Word::ShortAccepted;
    case OrderState::AcceptedUnallocated:
        return Word::ShortUnallocated;
    case OrderState::Picking:
        return Word::ShortPicking;
    case OrderState::Ready:
        return Word::ShortReady;
    case OrderState::HandedOver:
        return order.isReturnAsked ? Word::ShortReturnAsked : Word::ShortHandedOver;
    case OrderState::Returned:
        return Word::ShortReturned;
    case OrderState::Cancelled:
        return Word::ShortCancelled;
    case OrderState::NotCollected:
        break;
    }
    return Word::ShortNotCollected;
}

Word stateSentenceOf(const OrderFace& order) {
    switch (order.state) {
    case OrderState::Placed:
        return order.isKept ? Word::SayAccepted : Word::SayRequested;
    case OrderState::Accepted:
        return Word::SayAccepted;
    case OrderState::AcceptedUnallocated:
        return order.hasMissing() ? Word::SayMissing : Word::SayUnallocated;
    case OrderState::Picking:
        return Word::SayPicking;
    case OrderState::Ready:
        return Word::SayReady;
    case OrderState::HandedOver:
        return Word::SayHandedOver;
    case OrderState::Returned:
        return Word::SayReturned;
    case OrderState::Cancelled:
        return Word::SayCancelled;
    case OrderState::NotCollected:
        break;
    }
    return Word::SayNotCollected;
}

bool isGood(const OrderFace& order) {
    return order.state == OrderState::Ready || order.state == OrderState::HandedOver;
}

// ---- the lists

std::string listPath(OrderList list, Lang lang) {
    return fmt::format("{}?list={}&amp;lang={}", kOrdersPath, nameOf(list), codeOf(lang));
}

std::string tabsOf(OrderList current, Lang lang) {
    std::string tabs;
    for (const auto list : kOrderLists) {
        const auto label = list == OrderList::HandOver ? Word::ListHandOver
                           : list == OrderList::Pick   ? Word::ListPick
                                                       : Word::ListLook;
        tabs += fmt::format("<a href=\"{}\"{}>{}</a>", listPath(list, lang),
                            list == current ? " aria-current=page" : "", word(label, lang));
    }
    return fmt::format("<nav class=tabs aria-label=\"{}\">{}</nav>", word(Word::Orders, lang), tabs);
}

enum class Group { Here, Late, Later };

Group groupOf(const OrderFace& order, std::int64_t nowMs) {
    if (order.arrivedMs > 0) return Group::Here;
    return order.promisedMs < nowMs ? Group::Late : Group::Later;
}

std::string unitsText(int units, Lang lang) {
    return units == 1 ? std::string(word(Word::UnitsOne, lang))
                      : filled(word(Word::Units, lang), std::to_string(units));
}

/// What there is of it: "2 pieces: Stoneware mug 0.3 l, …".
std::string contentsOf(const OrderFace& order, Lang lang) {
    auto text = unitsText(order.units(), lang);
    if (order.lines.empty()) return text;
    const auto& first = order.lines.front();
    text += ": " + isolated(first.name.empty() ? first.sku : first.name, kShownBytesMax);
    return order.lines.size() > 1 ? text + " …" : text;
}

/// What was paid is known only where all of it is there still: a line may have been missed before or after.
std::string refundText(const OrderFace& order, Lang lang) {
    if (order.hasMissing() || !order.currency) return std::string(word(Word::ToRefundAsPaid, lang));
    return filled(word(Word::ToRefund, lang), priceText({order.toPayMinor(), *order.currency}, lang));
}

std::string payText(const OrderFace& order, Lang lang) {
    if (order.isRefunded) return std::string(word(Word::Refunded, lang));
    if (order.owesRefund()) return refundText(order, lang);
    if (order.isPaid) return std::string(word(Word::Paid, lang));
    if (order.isEnded() || !order.currency) return {};
    return filled(word(Word::ToPay, lang), priceText({order.toPayMinor(), *order.currency}, lang));
}

std::string rowOf(const OrderFace& order, std::int64_t nowMs, Lang lang) {
    const auto path = fmt::format("{}?id={}&lang={}", kOrderPath, percentEncode(order.id), codeOf(lang));
    auto when = order.arrivedMs > 0
                    ? filled(word(Word::ArrivedAt, lang), momentText(order.arrivedMs, nowMs, lang))
                    : filled(word(Word::PromisedFor, lang), momentText(order.promisedMs, nowMs, lang));
    if (order.isEnded()) when.clear();
    const auto state =
        order.isOverPromised && !order.isEnded() ? Word::ShortOverPromised : shortStateOf(order);
    auto who = std::string(word(kindOf(order.kind), lang));
    if (!order.initials.empty()) who += " · " + isolated(order.initials, kShortBytesMax);
    return fmt::format(
        "<li><a href=\"{}\"><span class=code>{}</span><span><b>{}</b><small>{}</small></span>"
        "<span class=\"state{}\">{}<small>{}</small></span><span class=when>{}</span></a></li>",
        escaped(path, kFieldBytesMax), shownNumber(order), who, contentsOf(order, lang),
        isGood(order) ? " good" : "", word(state, lang), payText(order, lang), when);
}

std::string groupOfRows(Word heading, bool isUrgent, const std::string& rows, Lang lang) {
    if (rows.empty()) return {};
    return fmt::format("<h2 class=\"group{}\">{}</h2><ul class=\"hits orders\">{}</ul>",
                       isUrgent ? " few" : "", word(heading, lang), rows);
}

/// Each has a reason of its own, and many are over: only money that is owed stands apart.
std::string lookGroupsOf(const OrdersPage& page, Lang lang) {
    std::string owed, others;
    for (const auto& order : page.listing.orders)
        (order.owesRefund() ? owed : others) += rowOf(order, page.nowMs, lang);
    if (owed.empty()) return fmt::format("<ul class=\"hits orders\">{}</ul>", others);
    return groupOfRows(Word::GroupRefund, true, owed, lang) +
           groupOfRows(Word::GroupOther, false, others, lang);
}

std::string groupsOf(const OrdersPage& page, Lang lang) {
    if (page.list == OrderList::Look) return lookGroupsOf(page, lang);
    constexpr std::array kGroups = {std::pair{Group::Here, Word::GroupHere},
                                    std::pair{Group::Late, Word::GroupLate},
                                    std::pair{Group::Later, Word::GroupLater}};
    std::string html;
    for (const auto& [group, heading] : kGroups) {
        std::string rows;
        for (const auto& order : page.listing.orders)
            if (groupOf(order, page.nowMs) == group) rows += rowOf(order, page.nowMs, lang);
        html += groupOfRows(heading, group != Group::Later, rows, lang);
    }
    return html;
}

Word emptyOf(OrderList list) {
    return list == OrderList::HandOver ? Word::EmptyHandOver
           : list == OrderList::Pick   ? Word::EmptyPick
                                       : Word::EmptyLook;
}

// ---- one order

/// What else is to be known before anything is done; HTML.
std::string notesOf(const OrderPage& page, Lang lang) {
    const auto& order = page.order;
    std::string notes;
    const auto add = [&notes](const std::string& text) { notes += fmt::format("<li>{}</li>", text); };
    if (!order.isEnded() && order.promisedMs > 0)
        add(filled(word(Word::PromisedFor, lang), momentText(order.promisedMs, page.nowMs, lang)));
    if (!order.isEnded() && !order.isPaid && order.expiresMs > 0 && order.expiresMs < page.nowMs)
        add(filled(word(Word::NoteExpired, lang), momentText(order.expiresMs, page.nowMs, lang)));
    if (!order.store.empty() && order.store != page.storeCode)
        add(filled(word(Word::NoteElsewhere, lang),
                   isolated(order.storeName.empty() ? order.store : order.storeName, kShownBytesMax)));
    if (!order.isAtHub) add(std::string(word(Word::NoteNotAtHub, lang)));
    return notes.empty() ? std::string() : fmt::format("<ul class=terms>{}</ul>", notes);
}

/// What staff must see first; HTML.
std::string warningsOf(const OrderPage& page, Lang lang) {
    const auto& order = page.order;
    std::string html;
    if (page.outcome == OrderOutcome::NotNow) html += noticeOf(std::string(word(Word::OrderChanged, lang)));
    if (order.isOverPromised && !order.isEnded())
        html += noticeOf(std::string(word(Word::NoteOverPromised, lang)));
    if (order.isReturnAsked) html += noticeOf(std::string(word(Word::NoteReturnAsked, lang)));
    if (order.owesRefund()) html += noticeOf(std::string(word(Word::NoteRefund, lang)));
    if (page.outcome == OrderOutcome::WordNeeded)
        html += noticeOf(std::string(word(Word::ForgotNotAllowed, lang)));
    if (page.outcome == OrderOutcome::WrongWord)
        html += problemsOf({{"word", std::string(word(Word::WrongWord, lang))}}, lang);
    if (page.outcome == OrderOutcome::NothingChosen)
        html += problemsOf({{returnField(0), std::string(word(Word::ReturnNone, lang))}}, lang);
    if (page.outcome == OrderOutcome::ReasonMissing)
        html += problemsOf({{"reason", std::string(word(Word::ReturnNoReason, lang))}}, lang);
    return html;
}

std::string shelfText(const OrderLineFace& line, Lang lang) {
    if (!line.here) return {};
    const auto count = std::to_string(std::max<std::int64_t>(*line.here, 0));
    return line.aisle.empty()
               ? filled(word(Word::ShelfCount, lang), count)
               : filled(word(Word::ShelfHere, lang), isolated(line.aisle, kShortBytesMax), count);
}

std::string lineOf(const OrderPage& page, const OrderLineFace& line, Lang lang) {
    const auto& order = page.order;
    std::string facts;
    const auto add = [&facts](const std::string& text, const char* look = "") {
        if (!text.empty()) facts += fmt::format("<small{}>{}</small>", look, text);
    };
    if (!order.isEnded()) add(shelfText(line, lang));
    if (line.missing > 0)
        add(filled(word(Word::LineMissing, lang), std::to_string(line.missing)), " class=few");
    if (line.returned > 0) add(filled(word(Word::LineReturned, lang), std::to_string(line.returned)));
    if (line.asked > 0)
        add(filled(word(Word::LineAsked, lang), std::to_string(line.asked),
                   returnReasonText(line.askedReason, lang)),
            " class=few");
    if (line.priceNowMinor && order.currency)
        add(filled(word(Word::LinePriceNow, lang), priceText({*line.priceNowMinor, *order.currency}, lang)));
    const auto price = order.currency
                           ? priceText({line.unitPriceMinor * line.quantity, *order.currency}, lang)
                           : std::string();
    return fmt::format("<li><span class=count>{}\u00a0×</span><span class=what><b>{}</b><small>{}</small>{}"
                       "</span><span class=cost>{}</span>{}</li>",
                       line.quantity, isolated(line.name.empty() ? line.sku : line.name, kShownBytesMax),
                       escaped(line.sku, kShortBytesMax), facts, price, missingForm(page, line, lang));
}

std::string linesOf(const OrderPage& page, Lang lang) {
    std::string rows;
    for (const auto& line : page.order.lines)
        rows += lineOf(page, line, lang);
    return fmt::format("<h2 class=group>{}</h2><ul class=lines>{}</ul>", word(Word::OrderLines, lang), rows);
}

std::string verdictOf(const OrderPage& page, Lang lang) {
    const auto& order = page.order;
    auto sentence = std::string(word(stateSentenceOf(order), lang));
    if (page.returnedMinor > 0 && order.currency)
        sentence += ' ' + filled(word(Word::ReturnWorth, lang),
                                 priceText({page.returnedMinor, *order.currency}, lang));
    const bool isDone = page.outcome == OrderOutcome::Done;
    return fmt::format("<p class=\"verdict {}\" role=status>{}{}</p>", isGood(order) ? "good" : "few",
                       isDone ? fmt::format("<b>{}.</b> ", word(Word::SayDone, lang)) : std::string(),
                       sentence);
}

} // namespace

std::string renderOrders(const Frame& frame, const OrdersPage& page) {
    const auto lang = frame.lang;
    auto content = fmt::format("<h1>{}</h1>{}", word(Word::Orders, lang), tabsOf(page.list, lang));
    content += fmt::format("<p class=lead data-while-down{}>{}</p>", frame.isOnline ? " hidden" : "",
                           word(Word::OrdersOffline, lang));
    content += page.listing.orders.empty()
                   ? fmt::format("<p class=\"verdict out\">{}</p>", word(emptyOf(page.list), lang))
                   : groupsOf(page, lang);
    if (page.listing.hasMore) content += fmt::format("<p class=lead>{}</p>", word(Word::OrdersMore, lang));
    return pageOf(frame, std::string(word(Word::Orders, lang)), content);
}

std::string renderOrder(const Frame& frame, const OrderPage& page) {
    const auto lang = frame.lang;
    const auto& order = page.order;
    const auto title = filled(word(Word::OrderTitle, lang), shownNumber(order));
    auto kicker = std::string(word(kindOf(order.kind), lang));
    if (!order.initials.empty()) kicker += " · " + isolated(order.initials, kShortBytesMax);
    if (order.arrivedMs > 0 && !order.isEnded())
        kicker +=
            fmt::format(" · <b class=few>{}</b>",
                        filled(word(Word::ArrivedAt, lang), momentText(order.arrivedMs, page.nowMs, lang)));
    auto content =
        fmt::format("{}<p class=kicker>{}</p><h1 class=number aria-label=\"{}\">{}</h1>{}",
                    warningsOf(page, lang), kicker, title, shownNumber(order), verdictOf(page, lang));
    if (const auto pay = payText(order, lang); !pay.empty())
        content += fmt::format("<p class=\"price{}\"><b>{}</b></p>",
                               order.isPaid && !order.owesRefund() ? " good" : "", pay);
    content += actionForms(page, lang) + forgottenForm(page, lang) + refundForm(page, lang) +
               notesOf(page, lang) + elsewhereOf(page, lang) + linesOf(page, lang) +
               printForm(frame, {"order", order.id, {}, {}}) + returnForm(page, lang) +
               cancelForm(page, lang);
    return pageOf(frame, title, content, !takesCursor(page));
}

std::string renderUnanswered(const Frame& frame, const std::string& formToken, const FormFields& sent) {
    const auto lang = frame.lang;
    const auto title = std::string(word(Word::NotReady, lang));
    return pageOf(frame, title,
                  fmt::format("<h1>{}</h1><p class=\"verdict few\" role=status>{}</p>{}", title,
                              word(Word::OrderUnanswered, lang), againForm(formToken, sent, lang)),
                  false);
}

} // namespace silta::till
