// What the till's forms do: sign in and out, find, register a member.
#include "core/order_number.h"
#include "shopper/consent_field.h"
#include "till/limits.h"
#include "till/till.h"

#include <silta/catalog.h>
#include <silta/crypto.h>
#include <silta/gtin.h>
#include <silta/uuid.h>

#include <strings.h>

#include <algorithm>

namespace silta::till {

namespace {

constexpr std::size_t kPhoneDigitsMin = 7;  // fewer are typed for products
constexpr std::size_t kPhoneDigitsMax = 15; // E.164
constexpr std::size_t kBadgeBytesMin = 4, kBadgeBytesMax = 64;
constexpr std::size_t kPinDigitsMin = 6, kPinDigitsMax = 12;

std::size_t digitsIn(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
}

bool isPhoneCharacter(char c) {
    return (c >= '0' && c <= '9') || c == '+' || c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
}

bool isPhoneNumber(std::string_view text) {
    const auto digits = digitsIn(text);
    return text.size() <= kPhoneBytesMax && digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax &&
           std::ranges::all_of(text, isPhoneCharacter) && text.find('+', 1) == std::string_view::npos;
}

bool isBadge(std::string_view text) {
    return text.size() >= kBadgeBytesMin && text.size() <= kBadgeBytesMax &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

bool isPin(std::string_view text) {
    return text.size() >= kPinDigitsMin && text.size() <= kPinDigitsMax && digitsIn(text) == text.size();
}

/// A number without its hyphen is no code: it may be words to search for, and is an order's where nothing is
/// found.
bool isTypedOrderNumber(const Card& card, const std::string& text) {
    const bool isNothing =
        card.kind == CardKind::Unknown || (card.kind == CardKind::Products && card.products.empty());
    return isNothing && readOrderNumber(text).has_value();
}

Lang langNamed(std::string_view code, Lang fallback) {
    const auto found = std::ranges::find_if(kLangs, [code](Lang lang) { return codeOf(lang) == code; });
    return found == kLangs.end() ? fallback : *found;
}

void wipe(std::string& text) {
    explicit_bzero(text.data(), text.size());
    text.clear();
}

} // namespace

bool looksLikePhone(std::string_view text) {
    if (!isPhoneNumber(text)) return false;
    if (text.front() == '+') return true;
    const auto digits = digitsIn(text);
    const bool isGtin = digits == text.size() && Gtin::parse(std::string(text)).has_value();
    constexpr std::size_t kGtinDigits = 13;
    return !isGtin && (digits < kGtinDigits || text.starts_with("00")); // 00: abroad
}

Result<std::string> Till::sealed(const Desk& desk, Json person) {
    auto plain = dumpJson(person);
    auto box = seal(plain, desk.hubSealKey);
    wipe(plain);
    for (auto& field : person)
        if (field.is_string()) wipe(field.get_ref<std::string&>());
    return box ? Result<std::string>(toBase64(*box)) : box.error();
}

Result<SignInAnswer> Till::tryPin(const Context& context, const std::string& badge, const std::string& pin) {
    const Error tooMany{Errc::Limit, "sign in: too many tries"};
    {
        const std::lock_guard lock(mutex_);
        if (signIns_.tryOnce(context.request.peer) > 0) return tooMany;
    }
    const auto waiting = ++signInsWaiting_;
    auto answer = waiting <= kSignInsWaitingMax ? edge_.signIn(badge, pin) : Result<SignInAnswer>(tooMany);
    --signInsWaiting_;
    return answer;
}

HttpResponse Till::signIn(Context& context) {
    const auto lang = context.lang;
    DoorPage door;
    door.badge = trimmed(fieldOf(context.form, "badge"));
    std::string pin(trimmed(fieldOf(context.form, "pin")));
    if (!isBadge(door.badge)) {
        door.badge.clear();
        door.problem = word(Word::BadgeMalformed, lang);
        return doorPage(context, std::move(door), 422);
    }
    if (pin.empty()) return doorPage(context, std::move(door)); // a scanner presses Enter after the badge
    if (!isPin(pin)) {
        door.problem = word(Word::PinMalformed, lang);
        return doorPage(context, std::move(door), 422);
    }
    auto answer = tryPin(context, door.badge, pin);
    wipe(pin);
    if (!answer) return failurePage(context, answer.error());
    using Outcome = SignInAnswer::Outcome;
    switch (answer->outcome) {
    case Outcome::Wrong:
        door.problem = answer->triesLeft == 1
                           ? std::string(word(Word::WrongPinLast, lang))
                           : filled(word(Word::WrongPin, lang), std::to_string(answer->triesLeft));
        return doorPage(context, std::move(door), 403);
    case Outcome::Locked:
        door.badge.clear();
        door.problem = filled(word(Word::Locked, lang), durationText(answer->lockedSeconds, lang));
        return doorPage(context, std::move(door), 423);
    case Outcome::TooMany:
        door.problem = word(Word::TooMany, lang);
        return doorPage(context, std::move(door), 429);
    case Outcome::Welcome:
        break;
    }
    sessions_.end(context.cookie); // what somebody else planted or left behind
    const auto cookie =
        sessions_.begin({answer->staff.id, answer->staff.name, answer->staff.isSupervisor, /*formKey=*/{}});
    HttpResponse response;
    response.status = 303;
    response.contentType = "text/html; charset=utf-8";
    response.headers = {{"Location", std::string(kHomePath) + "?lang=" + std::string(codeOf(lang))},
                        {"Cache-Control", "no-store"},
                        {"Set-Cookie", cookieOf(kSessionCookie, cookie)}};
    return response;
}

HttpResponse Till::signOut(Context& context) {
    sessions_.end(context.cookie);
    const auto noted = edge_.note(context.session->staffId, "sign-out");
    if (!noted && noted.error().code != Errc::NotFound) return failurePage(context, noted.error());
    auto response = doorPage(context, {});
    response.headers.push_back({"Set-Cookie", cookieOf(kSessionCookie, "")});
    return response;
}

HttpResponse Till::find(Context& context) {
    const std::string text(trimmed(fieldOf(context.form, "q")));
    if (text.empty())
        return page(422, renderHome(frameOf(context), std::string(word(Word::FieldEmpty, context.lang))));
    // What is somebody's never leaves this process unsealed, so it is told apart before edge is asked.
    if (isEmailAddress(text)) return findContact(context, text, {});
    if (looksLikePhone(text)) return findContact(context, {}, text);
    auto card = edge_.resolve(text, context.lang);
    if (!card) return failurePage(context, card.error());
    if (card->kind == CardKind::Member && (!card->member || card->member->isKnown || card->isIssuedHere))
        sessions_.noteMember(context.cookie);
    if (card->kind == CardKind::Token) {
        TokenPage shown;
        if (auto wish = wishFor(card->text)) {
            shown.wish = std::move(*wish);
            return useToken(context, std::move(shown));
        }
    }
    if (card->kind == CardKind::Receipt) {
        ReceiptPage shown;
        shown.receipt = std::move(*card);
        return receiptPage(context, std::move(shown));
    }
    if (card->kind == CardKind::Order || isTypedOrderNumber(*card, text)) return findOrder(context, text);
    return page(200, renderCard(frameOf(context), *card));
}

HttpResponse Till::findContact(Context& context, const std::string& email, const std::string& phone) {
    auto box = sealed(context.desk, email.empty() ? Json{{"phone", phone}} : Json{{"email", email}});
    if (!box) return failurePage(context, box.error());
    auto known = edge_.member(*box);
    if (known && known->isKnown) return page(200, renderKnownContact(frameOf(context), *known));
    JoinPage join;
    join.memberId = makeUuid(clock_, random_);
    join.email = email;
    join.phone = phone;
    join.customerLang = context.lang;
    join.wasAsked = known.has_value();
    return joinPage(context, std::move(join));
}

HttpResponse Till::product(Context& context) {
    const auto entry = context.request.query.find("sku");
    const auto sku = entry == context.request.query.end() ? std::string() : entry->second;
    auto card = edge_.product(sku, context.lang);
    if (!card && card.error().code == Errc::NotFound)
        return messagePage(context, Word::NotFound, Word::NotFoundText, 404);
    if (!card) return failurePage(context, card.error());
    return page(200, renderCard(frameOf(context), *card));
}

HttpResponse Till::joinPage(const Context& context, JoinPage join, int status) {
    join.token = tokenOf(context, kJoinPath);
    join.age = ageOfConsent(context.desk.country);
    return page(status, renderJoin(frameOf(context), join));
}

HttpResponse Till::join(Context& context) {
    const auto& form = context.form;
    JoinPage join;
    join.memberId = fieldOf(form, "member");
    join.email = trimmed(fieldOf(form, "email"));
    join.phone = trimmed(fieldOf(form, "phone"));
    join.name = trimmed(fieldOf(form, "name"));
    join.wasAsked = fieldOf(form, "asked") == "yes";
    join.customerLang = langNamed(fieldOf(form, "said"), context.lang);
    if (!isUuid(join.memberId)) return messagePage(context, Word::Failed, Word::FailedText, 400);
    if (const auto say = fieldOf(form, "say"); !say.empty()) {
        // A consent given to one language's words is not one to another's.
        join.customerLang = langNamed(say, join.customerLang);
        return joinPage(context, std::move(join));
    }
    for (const auto consent : kMembershipConsents)
        if (fieldOf(form, std::string(checkboxOf(consent))) == "yes") join.ticked.push_back(consent);
    const auto hasTicked = [&join](MembershipConsent consent) {
        return std::ranges::find(join.ticked, consent) != join.ticked.end();
    };
    auto& problems = join.problems;
    if (join.email.empty() && join.phone.empty()) problems.push_back(Word::ContactMissing);
    if (!join.email.empty() && !isEmailAddress(join.email)) problems.push_back(Word::EmailMalformed);
    if (!join.phone.empty() && !isPhoneNumber(join.phone)) problems.push_back(Word::PhoneMalformed);
    if (join.name.size() > kPersonNameBytesMax) problems.push_back(Word::NameTooLong);
    if (!hasTicked(MembershipConsent::Terms)) problems.push_back(Word::TermsMissing);
    if (!hasTicked(MembershipConsent::Age)) problems.push_back(Word::AgeMissing);
    if (!problems.empty()) return joinPage(context, std::move(join), 422);

    auto box = sealed(context.desk, {{"name", join.name}, {"email", join.email}, {"phone", join.phone}});
    if (!box) return failurePage(context, box.error());
    SignUp signUp{.memberId = join.memberId,
                  .number = {},
                  .sealed = std::move(*box),
                  .lang = std::string(codeOf(join.customerLang)),
                  .wishlistId = {},
                  .consents = {},
                  .staffId = context.session->staffId};
    for (const auto consent : kMembershipConsents)
        signUp.consents.push_back(membershipConsent(consent, codeOf(join.customerLang),
                                                    ageOfConsent(context.desk.country), hasTicked(consent)));
    auto joined = edge_.join(signUp);
    if (!joined) return failurePage(context, joined.error());
    return page(200, renderJoined(frameOf(context), *joined));
}

} // namespace silta::till
