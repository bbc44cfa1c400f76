#include "till/order_forms.h"

#include "till/limits.h"
#include "till/page_frame.h"
#include "web/limits.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace silta::till {

namespace {

constexpr std::size_t kUuidLetters = 36;

struct Choice {
    std::string_view value;
    Word label;
};
// In the order of kReturnReasons, kReturnConditions and kCancelReasons.
constexpr std::array<Choice, kReturnReasons.size()> kReturnChoices = {
    {{kReturnReasons[0], Word::WhyWrongSize},
     {kReturnReasons[1], Word::WhyDamaged},
     {kReturnReasons[2], Word::WhyNotAsDescribed},
     {kReturnReasons[3], Word::WhyChangedMind},
     {kReturnReasons[4], Word::WhyOther}}};
constexpr std::array<Choice, kReturnConditions.size()> kConditionChoices = {
    {{kReturnConditions[0], Word::AsNew},
     {kReturnConditions[1], Word::Opened},
     {kReturnConditions[2], Word::WhyDamaged}}};
constexpr std::array<Choice, kCancelReasons.size()> kCancelChoices = {{{kCancelReasons[0], Word::WhyShopper},
                                                                       {kCancelReasons[1], Word::WhyNotFound},
                                                                       {kCancelReasons[2], Word::WhyDamaged},
                                                                       {kCancelReasons[3], Word::WhyOther}}};

std::string hiddenField(std::string_view name, std::string_view value) {
    return fmt::format("<input type=hidden name={} value=\"{}\">", name, escaped(value, kFormValueBytesMax));
}

/// `inner` is HTML: the button, and what goes with it.
std::string changeForm(const OrderPage& page, OrderAction action, const std::string& inner, Lang lang) {
    return fmt::format("<form class=use method=post action=\"{}\" autocomplete=off>{}{}{}{}{}</form>",
                       kOrderPath, tokenField(page.formToken, lang), hiddenField("order", page.order.id),
                       hiddenField("request", escapedCode(page.request, kUuidLetters)),
                       hiddenField("act", toString(action)), inner);
}

std::string changeButton(std::string_view label, bool isFirst, bool hasCursor = false) {
    return fmt::format("<button class={}{}>{}</button>", isFirst ? "go" : "quiet",
                       hasCursor ? " autofocus" : "", label);
}

/// With nothing chosen that the shopper has not said: what was not said must not be written down.
std::string selectOf(std::string_view name, Word label, std::span<const Choice> choices, Lang lang,
                     std::string_view chosen = {}) {
    std::string options = "<option value=\"\"></option>";
    for (const auto& choice : choices)
        options += fmt::format("<option value={}{}>{}</option>", choice.value,
                               choice.value == chosen ? " selected" : "", word(choice.label, lang));
    return fmt::format(
        "<div class=field><label for={0}>{1}</label><select id={0} name={0} required>{2}</select>"
        "</div>",
        name, word(label, lang), options);
}

std::string countOptions(int first, int last, int chosen) {
    std::string options;
    for (int count = first; count <= last; ++count)
        options += fmt::format("<option{}>{}</option>", count == chosen ? " selected" : "", count);
    return options;
}

/// What the shopper said at the kiosk: one reason, kReasonAsAsked for several, or nothing.
std::string_view askedReasonOf(const OrderFace& order) {
    std::string_view reason;
    for (const auto& line : order.lines) {
        if (line.asked < 1) continue;
        if (!reason.empty() && reason != line.askedReason) return kReasonAsAsked;
        reason = line.askedReason;
    }
    return reason;
}

bool isServedHere(const OrderPage& page) {
    return page.order.store.empty() || page.order.store == page.storeCode;
}

/// Whoever serves it may hand it over once it lies ready, or when the shopper stands at the desk.
bool isToHandOver(const OrderPage& page) {
    const auto& order = page.order;
    return isServedHere(page) && order.may(OrderAction::HandOver) &&
           (order.state == OrderState::Ready || order.state == OrderState::AcceptedUnallocated ||
            order.arrivedMs > 0);
}

/// What comes next, the first on top: that is what Enter does.
std::vector<OrderAction> nextOf(const OrderPage& page) {
    const auto& order = page.order;
    std::vector<OrderAction> next;
    if (isServedHere(page))
        for (const auto action : {OrderAction::Pick, OrderAction::Ready})
            if (order.may(action)) next.push_back(action);
    if (isToHandOver(page)) next.push_back(OrderAction::HandOver);
    if (order.may(OrderAction::Pay)) {
        // Paid before it is given away: there the money comes first.
        const bool isFirst = next.empty() || next.front() == OrderAction::HandOver;
        next.insert(isFirst ? next.begin() : next.end(), OrderAction::Pay);
    }
    return next;
}

std::string_view labelOf(const OrderFace& order, OrderAction action, Lang lang) {
    switch (action) {
    case OrderAction::Pick:
        return word(Word::DoPick, lang);
    case OrderAction::Ready:
        return word(Word::DoReady, lang);
    case OrderAction::Pay:
        return word(Word::DoPay, lang);
    default:
        return word(order.state == OrderState::AcceptedUnallocated ? Word::DoHandOverRest : Word::DoHandOver,
                    lang);
    }
}

std::string wordField(const OrderPage& page, bool hasCursor, Lang lang) {
    return fmt::format(
        "<div class=\"field word\"><label for=word>{}</label><p class=hint id=word-hint>{}</p><input id=word "
        "name=word type=text autocomplete=off autocapitalize=off spellcheck=false maxlength={} "
        "aria-describedby=word-hint{}{}></div>",
        word(Word::AskWord, lang), word(Word::AskWordHint, lang), kOrderWordBytesMax,
        page.outcome == OrderOutcome::WrongWord ? " aria-invalid=true" : "", hasCursor ? " autofocus" : "");
}

} // namespace

std::string returnField(std::size_t index) {
    return fmt::format("q{}", index);
}

bool takesCursor(const OrderPage& page) {
    return !nextOf(page).empty();
}

std::string actionForms(const OrderPage& page, Lang lang) {
    std::string forms;
    bool isFirst = true;
    for (const auto action : nextOf(page)) {
        const bool asksWord = action == OrderAction::HandOver;
        // After a wrong word the next try is what Enter is for.
        const bool hasCursor = page.outcome == OrderOutcome::WrongWord ? asksWord : isFirst;
        forms +=
            changeForm(page, action,
                       (asksWord ? wordField(page, hasCursor, lang) : std::string()) +
                           changeButton(labelOf(page.order, action, lang), isFirst, hasCursor && !asksWord),
                       lang);
        isFirst = false;
    }
    return forms.empty() ? std::string() : fmt::format("<div class=deeds>{}</div>", forms);
}

std::string missingForm(const OrderPage& page, const OrderLineFace& line, Lang lang) {
    const auto rest = line.rest();
    if (!isServedHere(page) || !page.order.may(OrderAction::Missing) || rest < 1) return {};
    auto inner = hiddenField("sku", line.sku);
    inner += rest == 1 ? hiddenField("quantity", "1")
                       : fmt::format("<select name=quantity aria-label=\"{}\">{}</select>",
                                     word(Word::Quantity, lang), countOptions(1, rest, 1));
    return changeForm(page, OrderAction::Missing, inner + changeButton(word(Word::DoMissing, lang), false),
                      lang);
}

std::string elsewhereOf(const OrderPage& page, Lang lang) {
    const auto& order = page.order;
    if (order.state != OrderState::AcceptedUnallocated || !order.may(OrderAction::Move)) return {};
    if (order.alternatives.empty())
        return fmt::format("<p class=lead>{}</p>", word(Word::ElsewhereNone, lang));
    std::string rows;
    for (const auto& other : order.alternatives)
        rows += fmt::format(
            "<li><span class=what><b>{}</b><small>{:.0f}\u00a0km</small></span>{}</li>",
            isolated(other.name.empty() ? other.code : other.name, kShownBytesMax), std::max(other.km, 1.0),
            changeForm(page, OrderAction::Move,
                       hiddenField("store", other.code) + changeButton(word(Word::DoMove, lang), false),
                       lang));
    return fmt::format("<h2 class=group>{}</h2><ul class=lines>{}</ul>", word(Word::ElsewhereTitle, lang),
                       rows);
}

std::string returnForm(const OrderPage& page, Lang lang) {
    const auto& order = page.order;
    if (!order.may(OrderAction::Return)) return {};
    std::string fields;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const auto& line = order.lines[i];
        if (line.rest() < 1) continue;
        fields +=
            fmt::format("<div class=field><label for={0}>{1}: {2}</label><select id={0} name={0}>{3}</select>"
                        "</div>",
                        returnField(i), word(Word::Quantity, lang),
                        isolated(line.name.empty() ? line.sku : line.name, kShownBytesMax),
                        countOptions(0, line.rest(), std::min(line.asked, line.rest())));
    }
    const auto asked = askedReasonOf(order);
    std::vector<Choice> reasons(kReturnChoices.begin(), kReturnChoices.end());
    if (asked == kReasonAsAsked) reasons.push_back({kReasonAsAsked, Word::WhyAsAsked});
    fields += selectOf("reason", Word::Reason, reasons, lang, asked) +
              selectOf("condition", Word::Condition, kConditionChoices, lang);
    return fmt::format(
        "<h2 class=group>{}</h2>{}", word(Word::ReturnTitle, lang),
        changeForm(page, OrderAction::Return, fields + changeButton(word(Word::DoReturn, lang), true), lang));
}

std::string cancelForm(const OrderPage& page, Lang lang) {
    if (!page.order.may(OrderAction::Cancel)) return {};
    return fmt::format("<details class=more><summary>{}</summary>{}</details>", word(Word::DoCancel, lang),
                       changeForm(page, OrderAction::Cancel,
                                  selectOf("reason", Word::Reason, kCancelChoices, lang) +
                                      changeButton(word(Word::DoCancel, lang), false),
                                  lang));
}

std::string refundForm(const OrderPage& page, Lang lang) {
    if (!page.order.may(OrderAction::Refund)) return {};
    return fmt::format(
        "<div class=deeds>{}</div>",
        changeForm(page, OrderAction::Refund, changeButton(word(Word::DoRefund, lang), true), lang));
}

std::string forgottenForm(const OrderPage& page, Lang lang) {
    if (!isToHandOver(page)) return {};
    const auto text = page.isSupervisor ? Word::ForgotProof : Word::ForgotCallSupervisor;
    const auto form = page.isSupervisor
                          ? changeForm(page, OrderAction::HandOver,
                                       hiddenField("reason", kWordForgotten) +
                                           changeButton(word(Word::DoHandOverNoWord, lang), false),
                                       lang)
                          : std::string();
    return fmt::format("<details class=more><summary>{}</summary><p>{}</p>{}</details>",
                       word(Word::ForgotWord, lang), word(text, lang), form);
}

std::string_view returnReasonText(std::string_view reason, Lang lang) {
    const auto* const choice = std::ranges::find(kReturnChoices, reason, &Choice::value);
    return choice == kReturnChoices.end() ? std::string_view() : word(choice->label, lang);
}

std::string againForm(const std::string& formToken, const FormFields& sent, Lang lang) {
    std::string fields;
    for (const auto& [name, value] : sent)
        if (name != "token" && name != "lang") fields += hiddenField(name, value);
    return fmt::format("<form class=use method=post action=\"{}\" autocomplete=off>{}{}{}</form>", kOrderPath,
                       tokenField(formToken, lang), fields,
                       changeButton(word(Word::DoAgain, lang), true, true));
}

} // namespace silta::till
