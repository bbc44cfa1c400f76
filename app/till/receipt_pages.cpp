#include "till/receipt_pages.h"

#include "core/local_time.h"
#include "shopper/sale.h"
#include "till/limits.h"
#include "till/page_frame.h"
#include "web/page_look.h"
#include "web/page_text.h"

#include <fmt/format.h>

namespace silta::till {

namespace {

constexpr int kDayMinutes = 24 * 60;

std::string soldText(const ReceiptFace& sale, Lang lang) {
    const auto at = localTimeOf(sale.atMs);
    return priceText(sale.total, lang) + " · " + dayText(at.date, lang) + ", " +
           clockText(at.minute % kDayMinutes, lang);
}

/// What became of it, or stands in the way; HTML.
std::string outcomeOf(const ReceiptPage& page, Lang lang) {
    const auto& sale = page.receipt.sale;
    if (page.outcome == ReceiptOutcome::Given) {
        const auto text = sale ? filled(word(Word::ReceiptGiven, lang),
                                        std::to_string(pointsFor(sale->total.minor, sale->total.currency)))
                               : std::string(word(Word::ReceiptGivenLater, lang));
        return fmt::format("<p class=\"verdict good\" role=status>{}</p>", text);
    }
    if (page.outcome == ReceiptOutcome::Taken || page.receipt.isTaken)
        return fmt::format("<p class=\"verdict few\" role=status>{}</p>", word(Word::ReceiptTaken, lang));
    return {};
}

std::string giveForm(const ReceiptPage& page, Lang lang) {
    return fmt::format(
        "<form class=use method=post action=\"{}\" autocomplete=off novalidate>{}<input type=hidden "
        "name=receipt value=\"{}\"><input type=hidden name=request value=\"{}\"><div class=field><label "
        "for=member>{}</label><input id=member name=member type=text autocomplete=off autocapitalize=off "
        "spellcheck=false maxlength={} autofocus></div><button class=go>{}</button></form>",
        kReceiptPath, tokenField(page.formToken, lang), escaped(page.receipt.text, kShortBytesMax),
        escaped(page.request, kShortBytesMax), word(Word::ReceiptGive, lang), kShownBytesMax,
        word(Word::ReceiptGiveButton, lang));
}

} // namespace

std::string renderReceipt(const Frame& frame, const ReceiptPage& page) {
    const auto lang = frame.lang;
    const auto title = filled(word(Word::ReceiptTitle, lang), escaped(page.receipt.text, kShortBytesMax));
    const auto outcome = outcomeOf(page, lang);
    const bool asks = outcome.empty();
    std::string content;
    if (page.outcome == ReceiptOutcome::NoCard)
        content += problemsOf({{"member", std::string(word(Word::ReceiptNoCard, lang))}}, lang);
    content += fmt::format("<h1>{}</h1>", title);
    if (page.receipt.sale)
        content += fmt::format("<p class=lead>{}</p>", soldText(*page.receipt.sale, lang));
    else
        content += fmt::format("<p class=lead>{}</p>", word(Word::ReceiptUntold, lang));
    content += asks ? giveForm(page, lang) : outcome;
    return pageOf(frame, title, content, !asks);
}

} // namespace silta::till
