#include "till/slips.h"

#include "core/order_number.h"
#include "till/limits.h"
#include "till/page_frame.h"
#include "web/page_look.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::till {

namespace {

using Kind = SlipPart::Kind;

std::string plain(Word id, Lang lang) {
    return std::string(word(id, lang));
}

/// A text of ours may be as long as a feed likes.
std::string cut(std::string text) {
    if (text.size() > kSlipTextBytesMax) text.resize(kSlipTextBytesMax); // half a character becomes '?'
    return text;
}

void addHead(Slip& slip, const Frame& frame, std::string title) {
    slip.push_back({Kind::Title, cut(std::move(title))});
    slip.push_back({Kind::Text, cut(frame.store)});
    slip.push_back({Kind::Rule});
}

std::string hiddenPart(std::string_view name, const std::string& value) {
    return value.empty() ? std::string()
                         : fmt::format("<input type=hidden name={} value=\"{}\">", name,
                                       escaped(value, kFieldBytesMax));
}

Word sayingOf(PrintOutcome outcome) {
    switch (outcome) {
    case PrintOutcome::Printed:
        return Word::SayPrinted;
    case PrintOutcome::Sent:
        return Word::SaySent;
    case PrintOutcome::NoPaper:
        return Word::SayNoPaper;
    case PrintOutcome::CoverOpen:
        return Word::SayCoverOpen;
    case PrintOutcome::Trouble:
        return Word::SayTrouble;
    case PrintOutcome::Refused:
        return Word::SayRefused;
    case PrintOutcome::Offline:
        break;
    }
    return Word::SayPrinterOffline;
}

} // namespace

Slip couponSlip(const Frame& frame, const CouponFace& coupon, const std::string& memberNumber) {
    const auto lang = frame.lang;
    Slip slip;
    addHead(slip, frame, coupon.title);
    slip.push_back({Kind::Qr, coupon.code});
    if (coupon.code.size() <= kShortBytesMax) slip.push_back({Kind::Bold, coupon.code});
    slip.push_back({Kind::Text, filled(word(Word::ValidUntil, lang), dayText(coupon.validDate, lang))});
    if (memberNumber.empty()) return slip;
    slip.push_back({Kind::Rule});
    slip.push_back({Kind::Text, plain(Word::MemberNumber, lang)});
    slip.push_back({Kind::Code128, memberNumber});
    return slip;
}

Slip orderSlip(const Frame& frame, const OrderFace& order) {
    const auto lang = frame.lang;
    Slip slip;
    addHead(slip, frame, shownOrderNumber(order.number));
    slip.push_back({Kind::Qr, orderCode(order.number)});
    if (!order.initials.empty()) slip.push_back({Kind::Bold, cut(order.initials)});
    for (const auto& line : order.lines) {
        const auto count = line.quantity - line.missing;
        if (count < 1) continue;
        const auto name = fmt::format("{} × {}", count, line.name.empty() ? line.sku : line.name);
        const auto cost =
            order.currency ? priceText({line.unitPriceMinor * count, *order.currency}, lang) : std::string();
        slip.push_back({Kind::Pair, cut(name), cost});
        if (!line.aisle.empty())
            slip.push_back({Kind::Text, "   " + cut(filled(word(Word::Aisle, lang), line.aisle))});
    }
    slip.push_back({Kind::Rule});
    if (order.isPaid)
        slip.push_back({Kind::Bold, plain(Word::Paid, lang)});
    else if (order.currency)
        slip.push_back({Kind::Bold, filled(word(Word::ToPay, lang),
                                           priceText({order.toPayMinor(), *order.currency}, lang))});
    return slip;
}

std::string printForm(const Frame& frame, const PrintWish& wish, bool isAgain) {
    const auto lang = frame.lang;
    if (!frame.hasPrinter) return fmt::format("<p class=aside>{}</p>", word(Word::PrinterNone, lang));
    return fmt::format("<form class=use method=post action=\"{}\" autocomplete=off>{}{}{}{}{}<button "
                       "class=quiet{}>{}</button></form>",
                       kPrintPath, tokenField(frame.printToken, lang), hiddenPart("what", wish.what),
                       hiddenPart("id", wish.id), hiddenPart("code", wish.code),
                       hiddenPart("number", wish.number), isAgain ? " autofocus" : "",
                       word(isAgain ? Word::PrintAgain : Word::Print, lang));
}

std::string renderPrinted(const Frame& frame, PrintOutcome outcome, const PrintWish& wish) {
    const auto lang = frame.lang;
    const bool isDone = outcome == PrintOutcome::Printed || outcome == PrintOutcome::Sent;
    const bool mayAgain = outcome != PrintOutcome::Printed && outcome != PrintOutcome::Refused;
    const auto title = plain(Word::PrintTitle, lang);
    auto content =
        fmt::format("<h1>{}</h1><p class=\"verdict {}\" role=status>{}</p>", title,
                    outcome == PrintOutcome::Printed ? "good" : "few", word(sayingOf(outcome), lang));
    if (mayAgain) content += printForm(frame, wish, !isDone);
    return pageOf(frame, title, content, isDone || !mayAgain);
}

} // namespace silta::till
