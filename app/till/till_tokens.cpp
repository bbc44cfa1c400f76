// What the till's forms do with coupons and gift cards.
#include "core/log.h"
#include "shopper/campaign.h"
#include "till/limits.h"
#include "till/till.h"

#include <silta/uuid.h>

#include <algorithm>
#include <array>

namespace silta::till {

namespace {

std::optional<TokenAct> actNamed(std::string_view name) {
    constexpr std::array kActs = {TokenAct::Check, TokenAct::Redeem, TokenAct::Load, TokenAct::Reverse};
    const auto* const act = std::ranges::find_if(kActs, [name](TokenAct a) { return nameOf(a) == name; });
    return act == kActs.end() ? std::nullopt : std::optional(*act);
}

} // namespace

std::optional<TokenWish> wishFor(const std::string& letters) {
    const auto read = readToken(letters);
    if (!read) return std::nullopt;
    const auto kind = read->token.kind;
    if (kind != TokenKind::Coupon && kind != TokenKind::GiftCard) return std::nullopt;
    TokenWish wish;
    wish.kind = kind;
    wish.letters = letters;
    return wish;
}

Result<std::int64_t> readAmount(std::string_view typed, const Currency& currency) {
    std::string number(typed);
    std::ranges::replace(number, ',', '.');
    // "1,000" may be a thousand or one: what has more decimals than the currency is nobody's to guess.
    const auto point = number.find('.');
    if (point != std::string::npos &&
        number.size() - point - 1 > static_cast<std::size_t>(currency.exponent()))
        return Error{Errc::Invalid, "read amount: too many decimals"};
    auto money = Money::parse(number + ' ' + std::string(currency.code()));
    if (!money) return money.error();
    if (money->minor < 1 || money->minor > kMoneyMinorMax)
        return Error{Errc::Limit, "read amount: outside its limits"};
    return money->minor;
}

HttpResponse Till::tokenPage(const Context& context, TokenPage shown, int status) {
    shown.formToken = tokenOf(context, kCodePath);
    shown.nextRequest = makeUuid(clock_, random_);
    shown.homeLanguage = context.desk.language;
    if (context.session->isSupervisor && shown.wish.act != TokenAct::Reverse) {
        const std::lock_guard lock(mutex_);
        const auto use =
            std::ranges::find(uses_.rbegin(), uses_.rend(), shown.wish.letters, &TokenWish::letters);
        if (use != uses_.rend()) {
            shown.takeBackOf = use->request;
            shown.takeBackMinor = use->minor;
        }
    }
    return page(status, renderToken(frameOf(context), shown));
}

void Till::remember(const TokenWish& wish) {
    if (wish.act != TokenAct::Redeem && wish.act != TokenAct::Reverse) return;
    const auto& request = wish.act == TokenAct::Redeem ? wish.request : wish.of;
    const std::lock_guard lock(mutex_);
    std::erase_if(uses_, [&request](const TokenWish& use) { return use.request == request; });
    if (wish.act == TokenAct::Reverse) return;
    uses_.push_back(wish);
    if (uses_.size() > kUsesKeptMax) uses_.pop_front();
}

HttpResponse Till::useToken(Context& context, TokenPage shown, int status) {
    auto& wish = shown.wish;
    wish.staffId = context.session->staffId;
    wish.hasMember = sessions_.hasMember(context.cookie, wish.letters);
    auto answer = edge_.useToken(wish);
    if (answer) {
        shown.answer = std::move(*answer);
        if (shown.answer->word == TokenWord::Done) remember(wish);
        return tokenPage(context, std::move(shown), status);
    }
    const auto code = answer.error().code;
    if (code == Errc::Unavailable && wish.act != TokenAct::Check) {
        log::warning("till", "{}", answer.error().what);
        return tokenPage(context, std::move(shown), 503); // it may be done
    }
    if (code == Errc::Denied && wish.act == TokenAct::Reverse)
        return messagePage(context, Word::Failed, Word::NotAllowed, 403);
    if (code == Errc::Conflict) return messagePage(context, Word::Failed, Word::PageUsed, 409);
    if (code == Errc::Full) return messagePage(context, Word::Failed, Word::FailedText, 507);
    return failurePage(context, answer.error());
}

HttpResponse Till::code(Context& context) {
    const auto& form = context.form;
    const auto refuse = [&] { return messagePage(context, Word::Failed, Word::FailedText, 400); };
    auto wish = wishFor(fieldOf(form, "code"));
    const auto act = actNamed(fieldOf(form, "act"));
    if (!wish || !act) return refuse();
    TokenPage shown;
    shown.wish = std::move(*wish);
    if (*act == TokenAct::Check) return useToken(context, std::move(shown));
    const bool isCard = shown.wish.kind == TokenKind::GiftCard;
    shown.wish.request = fieldOf(form, "request");
    if (!isUuid(shown.wish.request) || (*act == TokenAct::Load && !isCard)) return refuse();
    if (*act == TokenAct::Reverse) {
        if (!context.session->isSupervisor) return messagePage(context, Word::Failed, Word::NotAllowed, 403);
        shown.wish.of = fieldOf(form, "of");
        if (!isUuid(shown.wish.of)) return refuse();
    } else if (isCard) {
        const auto currency = Currency::parse(fieldOf(form, "currency"));
        if (!currency) return refuse();
        shown.typed = trimmed(fieldOf(form, "amount"));
        shown.currency = currency->code();
        const auto minor = readAmount(shown.typed, *currency);
        if (!minor) {
            const auto lang = context.lang;
            constexpr std::int64_t kExample = 1'250;
            shown.problem =
                minor.error().code == Errc::Limit
                    ? filled(word(Word::AmountRange, lang), priceText({1, *currency}, lang),
                             priceText({kMoneyMinorMax, *currency}, lang))
                    : filled(word(Word::AmountMalformed, lang), priceText({kExample, *currency}, lang));
            shown.wish.request.clear();
            return useToken(context, std::move(shown), 422); // looks at the card again
        }
        shown.wish.minor = *minor;
    }
    shown.wish.act = *act;
    return useToken(context, std::move(shown));
}

} // namespace silta::till
