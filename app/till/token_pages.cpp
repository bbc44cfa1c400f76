#include "till/token_pages.h"

#include "core/local_time.h"
#include "shopper/campaign.h"
#include "till/limits.h"
#include "till/page_frame.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::till {

namespace {

constexpr std::size_t kAmountBytesMax = 16;

bool isCard(const TokenPage& page) {
    return page.wish.kind == TokenKind::GiftCard;
}

std::string moneyOf(std::int64_t minor, const CampaignFace& campaign, Lang lang) {
    return campaign.currency ? priceText({minor, *campaign.currency}, lang) : std::string();
}

/// HTML; without a campaign what the code claims to be.
std::string titleOf(const TokenPage& page, Lang lang) {
    const auto kind = word(isCard(page) ? Word::GiftCard : Word::Coupon, lang);
    if (!page.answer || !page.answer->campaign || page.answer->campaign->titles.empty())
        return std::string(kind);
    return isolated(titleIn(page.answer->campaign->titles, std::string(codeOf(lang)), page.homeLanguage),
                    kShownBytesMax);
}

/// "€5.00", "20 %"; empty where the title says it.
std::string worthOf(const CampaignFace& campaign, Lang lang) {
    if (campaign.amountMinor > 0) return moneyOf(campaign.amountMinor, campaign, lang);
    return campaign.percent > 0 ? fmt::format("{}\u00a0%", campaign.percent) : std::string();
}

/// The last day on which it is good: its own, which may be earlier, or the campaign's. YYYY-MM-DD.
std::string lastDayOf(const TokenPage& page) {
    auto last = page.answer->campaign->lastDay;
    const auto read = readToken(page.wish.letters);
    if (!read || !read->token.lastDay) return last;
    return std::min(last, dayText(*read->token.lastDay));
}

// ---- what a cashier may say

std::string doneText(const TokenPage& page, Lang lang) {
    const auto& wish = page.wish;
    const auto& campaign = page.answer->campaign;
    if (wish.act == TokenAct::Reverse) return std::string(word(Word::TakenBack, lang));
    if (!campaign) return {};
    if (isCard(page))
        return filled(word(wish.act == TokenAct::Load ? Word::CardLoaded : Word::CardSpent, lang),
                      moneyOf(wish.minor, *campaign, lang));
    const auto worth = worthOf(*campaign, lang);
    return worth.empty() ? std::string() : filled(word(Word::TakeOff, lang), worth);
}

Word sayingOf(const TokenPage& page) {
    const auto& answer = *page.answer;
    switch (answer.word) {
    case TokenWord::Valid:
        return Word::SayValid;
    case TokenWord::Done:
        return Word::SayDone;
    case TokenWord::Asking:
        return Word::SayAsking;
    case TokenWord::WrongKind:
        return isCard(page) ? Word::SayIsCoupon : Word::SayIsGiftCard;
    case TokenWord::Revoked:
        return Word::SayRevoked;
    case TokenWord::NotYet:
        return Word::SayNotYet;
    case TokenWord::Expired:
        return Word::SayExpired;
    case TokenWord::NotHere:
        return Word::SayNotHere;
    case TokenWord::MembersOnly:
        return Word::SayMembersOnly;
    case TokenWord::MinPurchase:
        return Word::SayMinPurchase;
    case TokenWord::OtherProducts:
        return Word::SayOtherProducts;
    case TokenWord::UsedHere:
        return Word::SayUsedHere;
    case TokenWord::UsedElsewhere:
        return Word::SayUsedElsewhere;
    case TokenWord::HeldElsewhere:
        return Word::SayHeldElsewhere;
    case TokenWord::NeedsUplink:
        return isCard(page) && answer.offlineLeft ? Word::SayBalanceUnknown : Word::SayNeedsUplink;
    case TokenWord::TooMuch:
        return Word::SayTooMuch;
    case TokenWord::Empty:
        return Word::SayEmpty;
    case TokenWord::NoSuchUse:
        return Word::SayNoSuchUse;
    case TokenWord::Unknown:
    case TokenWord::Count_:
        break;
    }
    return Word::SayUnknown;
}

std::string sentenceOf(const TokenPage& page, Lang lang) {
    if (!page.answer) return std::string(word(Word::SayNoAnswer, lang));
    const auto& answer = *page.answer;
    const auto pattern = word(sayingOf(page), lang);
    if (!answer.campaign) return filled(pattern, {});
    const auto& campaign = *answer.campaign;
    switch (answer.word) {
    case TokenWord::NotYet:
        return filled(pattern, dayText(campaign.firstDay, lang));
    case TokenWord::Expired:
        return filled(pattern, dayText(lastDayOf(page), lang));
    case TokenWord::MinPurchase:
        return filled(pattern, moneyOf(campaign.minPurchaseMinor, campaign, lang));
    case TokenWord::TooMuch:
        return filled(pattern, moneyOf(answer.left.value_or(0), campaign, lang));
    case TokenWord::NeedsUplink:
        return filled(pattern, moneyOf(answer.offlineLeft.value_or(0), campaign, lang));
    default:
        return std::string(pattern);
    }
}

/// What else is to be known of the outcome; HTML.
std::string noteOf(const TokenPage& page, Lang lang) {
    if (!page.answer) return {};
    const auto& answer = *page.answer;
    if (answer.word == TokenWord::MembersOnly) return std::string(word(Word::ShowCardFirst, lang));
    const bool isDone = answer.word == TokenWord::Done;
    if (!answer.isOffline || !answer.campaign || (!isDone && answer.word != TokenWord::Valid)) return {};
    std::string note(isDone ? word(Word::TakenOffline, lang) : std::string_view());
    if (!answer.offlineLeft) return note;
    const auto taken = !isDone ? 0 : isCard(page) ? page.wish.minor : 1;
    const auto left = std::max<std::int64_t>(*answer.offlineLeft - taken, 0);
    const auto most = isCard(page) ? moneyOf(left, *answer.campaign, lang) : std::to_string(left);
    if (!note.empty()) note += ' ';
    return note + filled(word(Word::OfflineAtMost, lang), most);
}

std::string termsOf(const TokenPage& page, Lang lang) {
    const auto& answer = *page.answer;
    const auto& campaign = *answer.campaign;
    std::string rows;
    const auto add = [&rows](const std::string& text) { rows += fmt::format("<li>{}</li>", text); };
    add(filled(word(Word::ValidUntil, lang), dayText(lastDayOf(page), lang)));
    if (campaign.isForMembers) add(std::string(word(Word::ForMembers, lang)));
    if (campaign.minPurchaseMinor > 0)
        add(filled(word(Word::ForPurchasesFrom, lang), moneyOf(campaign.minPurchaseMinor, campaign, lang)));
    if (!campaign.skus.empty()) {
        std::string skus;
        for (std::size_t i = 0; i < std::min(campaign.skus.size(), kTokenSkusShownMax); ++i)
            skus += (i == 0 ? "" : ", ") + isolated(campaign.skus[i], kShortBytesMax);
        if (campaign.skus.size() > kTokenSkusShownMax)
            skus += fmt::format(" +{}", campaign.skus.size() - kTokenSkusShownMax);
        add(filled(word(Word::ForProducts, lang), skus));
    }
    if (!isCard(page)) {
        if (campaign.uses == 0) add(std::string(word(Word::UsesAny, lang)));
        if (campaign.uses == 1) add(std::string(word(Word::UsesOnce, lang)));
        if (campaign.uses > 1) add(filled(word(Word::UsesOf, lang), std::to_string(campaign.uses)));
        if (campaign.uses > 1 && answer.left)
            add(filled(word(Word::UsesConfirmed, lang), std::to_string(*answer.left)));
    }
    return fmt::format("<ul class=terms>{}</ul>", rows);
}

// ---- what may be done next

std::string hidden(std::string_view name, const std::string& value) {
    return fmt::format("<input type=hidden name={} value=\"{}\">", name, escapedCode(value, kTokenLetters));
}

/// `inner` is HTML: the buttons, and what goes with them.
std::string formOf(const TokenPage& page, const std::string& request, const std::string& inner, Lang lang) {
    return fmt::format(
        "<form class=use method=post action=\"{}\" autocomplete=off novalidate>{}{}{}{}</form>", kCodePath,
        tokenField(page.formToken, lang), hidden("code", page.wish.letters), hidden("request", request),
        inner);
}

/// What Enter presses.
std::string firstButton(TokenAct act, Word label, Lang lang) {
    return fmt::format("<button class=go name=act value={} autofocus>{}</button>", nameOf(act),
                       word(label, lang));
}

/// The same wish once more: it counts once.
std::string againForm(const TokenPage& page, Lang lang) {
    std::string inner;
    if (!page.wish.of.empty()) inner += hidden("of", page.wish.of);
    if (!page.typed.empty())
        inner +=
            hidden("currency", page.currency) +
            fmt::format("<input type=hidden name=amount value=\"{}\">", escaped(page.typed, kAmountBytesMax));
    return formOf(page, page.wish.request, inner + firstButton(page.wish.act, Word::AskAgain, lang), lang);
}

bool maySpend(const TokenPage& page) {
    if (!page.answer || !page.answer->campaign || !page.answer->campaign->currency) return false;
    const auto& answer = *page.answer;
    return answer.word == TokenWord::Valid || answer.word == TokenWord::TooMuch ||
           (answer.word == TokenWord::NeedsUplink && answer.offlineLeft.has_value());
}

std::string amountForm(const TokenPage& page, Lang lang) {
    const auto& currency = page.answer->campaign->currency;
    if (!currency) return {};
    // Where nothing can be spent, an amount and Enter must not load the card by mistake: no cursor there.
    const bool isToSpend = maySpend(page);
    auto inner =
        hidden("currency", std::string(currency->code())) +
        fmt::format("<div class=field><label for=amount>{} ({})</label><input id=amount name=amount "
                    "type=text inputmode=decimal autocomplete=off maxlength={}{} value=\"{}\"{}></div>",
                    word(Word::Amount, lang), currency->code(), kAmountBytesMax,
                    page.problem.empty() ? "" : " aria-invalid=true", escaped(page.typed, kAmountBytesMax),
                    isToSpend ? " autofocus" : "");
    const auto buttonFor = [lang](TokenAct act, Word label, const char* look) {
        return fmt::format("<button class={} name=act value={}>{}</button>", look, nameOf(act),
                           word(label, lang));
    };
    if (isToSpend) inner += buttonFor(TokenAct::Redeem, Word::SpendCard, "go"); // Enter presses the first
    inner += buttonFor(TokenAct::Load, Word::LoadCard, isToSpend ? "quiet" : "go");
    return formOf(page, page.nextRequest, inner, lang);
}

bool isToAskAgain(const TokenPage& page) {
    return !page.answer || page.answer->word == TokenWord::Asking;
}

bool mayRedeem(const TokenPage& page) {
    return !isCard(page) && page.answer && page.answer->campaign && page.answer->word == TokenWord::Valid;
}

std::string formsOf(const TokenPage& page, Lang lang) {
    if (isToAskAgain(page)) return againForm(page, lang);
    if (mayRedeem(page))
        return formOf(page, page.nextRequest, firstButton(TokenAct::Redeem, Word::Redeem, lang), lang);
    const auto& answer = *page.answer;
    if (!isCard(page) || !answer.campaign) return {};
    const bool mayLoad = answer.word == TokenWord::Empty || answer.word == TokenWord::NeedsUplink;
    return maySpend(page) || mayLoad ? amountForm(page, lang) : std::string();
}

std::string takeBackForm(const TokenPage& page, Lang lang) {
    if (page.takeBackOf.empty() || !page.answer) return {};
    std::string label(word(Word::TakeBack, lang));
    if (isCard(page) && page.answer->campaign)
        label += ": " + moneyOf(page.takeBackMinor, *page.answer->campaign, lang);
    return formOf(page, page.nextRequest,
                  hidden("of", page.takeBackOf) +
                      fmt::format("<button class=quiet name=act value={}>{}</button>",
                                  nameOf(TokenAct::Reverse), label),
                  lang);
}

} // namespace

std::string_view nameOf(TokenAct act) {
    switch (act) {
    case TokenAct::Check:
        return "check";
    case TokenAct::Redeem:
        return "redeem";
    case TokenAct::Load:
        return "load";
    case TokenAct::Reverse:
        break;
    }
    return "reverse";
}

std::string renderToken(const Frame& frame, const TokenPage& page) {
    const auto lang = frame.lang;
    const bool isDone = page.answer && page.answer->word == TokenWord::Done;
    const bool isGood = isDone || (page.answer && page.answer->word == TokenWord::Valid);
    const bool isKnown = page.answer && page.answer->campaign;
    const auto kind = word(isCard(page) ? Word::GiftCard : Word::Coupon, lang);
    const auto title = titleOf(page, lang);
    auto heading = title;
    if (isKnown)
        if (const auto worth = worthOf(*page.answer->campaign, lang); !worth.empty())
            heading += " – " + filled(word(Word::WorthOff, lang), worth);
    const auto sentence = sentenceOf(page, lang);
    const auto verdict = isDone ? doneText(page, lang) : sentence;
    auto content = fmt::format("<p class=kicker>{}</p><h1>{}</h1>", isDone ? title : std::string(kind),
                               isDone ? sentence : heading);
    if (!verdict.empty())
        content +=
            fmt::format("<p class=\"verdict {}\" role=status>{}</p>", isGood ? "good" : "few", verdict);
    if (const auto note = noteOf(page, lang); !note.empty())
        content += fmt::format("<p class=lead>{}</p>", note);
    if (isKnown && isCard(page) && page.answer->left)
        content += fmt::format("<p class=kicker>{}</p><p class=number>{}</p>", word(Word::OnTheCard, lang),
                               moneyOf(*page.answer->left, *page.answer->campaign, lang));
    if (!page.problem.empty()) content += problemsOf({{"amount", page.problem}}, lang);
    content += formsOf(page, lang) + takeBackForm(page, lang);
    if (isKnown && !isDone) content += termsOf(page, lang);
    // Where a button or an amount waits, Enter is theirs; what is scanned still goes to the field.
    const bool takesEnter = isToAskAgain(page) || mayRedeem(page) || (isCard(page) && maySpend(page));
    return pageOf(frame, isDone ? sentence : std::string(kind), content, !takesEnter);
}

} // namespace silta::till
