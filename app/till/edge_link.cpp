#include "till/edge_link.h"

#include "core/money_json.h"
#include "till/limits.h"
#include "web/form_body.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace silta::till {

namespace {

constexpr int kLocked = 423;
constexpr std::size_t kHitsMax = 8;
constexpr std::size_t kNearMax = 3;

struct KindName {
    std::string_view name;
    CardKind kind;
};
constexpr std::array<KindName, 13> kKinds = {{{"product", CardKind::Product},
                                              {"products", CardKind::Products},
                                              {"unknown-product", CardKind::UnknownProduct},
                                              {"member", CardKind::Member},
                                              {"receipt", CardKind::Receipt},
                                              {"welcome-coupon", CardKind::WelcomeCoupon},
                                              {"printed-coupon", CardKind::PrintedCoupon},
                                              {"token", CardKind::Token},
                                              {"order", CardKind::Order},
                                              {"foreign", CardKind::Foreign},
                                              {"wishlist", CardKind::Wishlist},
                                              {"enrolment", CardKind::Enrolment},
                                              {"unknown", CardKind::Unknown}}};

std::string textOf(const Json& json, const char* key) {
    return textMember(json, key).value_or("");
}

StaffFace staffOf(const Json& json) {
    return {textOf(json, "id"), textOf(json, "name"), textOf(json, "role") == "supervisor"};
}

CouponFace couponOf(const Json& json) {
    return {textOf(json, "title"), textOf(json, "code"), textOf(json, "validDate")};
}

ProductFace productOf(const Json& json) {
    ProductFace product{.sku = textOf(json, "sku"),
                        .name = textOf(json, "name"),
                        .brand = textOf(json, "brand"),
                        .variant = textOf(json, "variant"),
                        .gtin = textOf(json, "gtin"),
                        .price = moneyMember(json, "price"),
                        .regular = moneyMember(json, "regularPrice"),
                        .here = {},
                        .aisle = {},
                        .near = {}};
    const auto& here = objectMember(json, "here");
    product.here = integerMember(here, "quantity");
    product.aisle = textOf(here, "aisle");
    for (const auto& store : arrayMember(json, "near")) {
        if (product.near.size() == kNearMax) break;
        product.near.push_back({textOf(store, "store"), numberMember(store, "km").value_or(0),
                                integerMember(store, "quantity").value_or(0)});
    }
    return product;
}

std::optional<NextThing> nextOf(const Json& json) {
    const auto& next = objectMember(json, "next");
    const auto kind = textOf(next, "kind");
    if (kind == "wishlist")
        return NextThing{NextThing::Kind::Wish, textOf(next, "name"), textOf(next, "aisle"), {}};
    if (kind == "coupon")
        return NextThing{NextThing::Kind::Coupon, textOf(next, "title"), {}, textOf(next, "lastDay")};
    return std::nullopt;
}

MemberWord memberOf(const Json& json) {
    return {boolMember(json, "known").value_or(false),
            integerMember(json, "sinceMs").value_or(0),
            textOf(json, "lastDigits"),
            integerMember(json, "points"),
            textOf(json, "tier"),
            nextOf(json)};
}

Result<Card> cardOf(const Json& json) {
    const auto kind = std::ranges::find(kKinds, textOf(json, "kind"), &KindName::name);
    if (kind == kKinds.end()) return Error{Errc::Invalid, "ask edge: a card of an unknown kind"};
    Card card;
    card.kind = kind->kind;
    card.product = productOf(objectMember(json, "product"));
    for (const auto& hit : arrayMember(json, "products"))
        if (card.products.size() < kHitsMax)
            card.products.push_back({textOf(hit, "sku"), textOf(hit, "name"), textOf(hit, "brand"),
                                     moneyMember(hit, "price"), moneyMember(hit, "regularPrice"),
                                     textOf(hit, "here")});
    card.text = textOf(json, card.kind == CardKind::UnknownProduct ? "gtin"
                             : card.kind == CardKind::Foreign      ? "name"
                             : card.kind == CardKind::Token        ? "token"
                                                                   : "number");
    card.isIssuedHere = boolMember(json, "issuedHere").value_or(false);
    card.coupon = couponOf(json);
    if (const auto& kept = objectMember(json, "kept"); !kept.is_null())
        card.kept = {integerMember(kept, "points").value_or(0), textOf(kept, "tier"),
                     integerMember(kept, "asOfMs").value_or(0)};
    card.next = nextOf(json);
    card.isTaken = boolMember(json, "taken").value_or(false);
    const auto& sale = objectMember(json, "sale");
    if (auto currency = Currency::parse(textOf(sale, "currency")))
        card.sale = {{integerMember(sale, "totalMinor").value_or(0), *currency},
                     integerMember(sale, "atMs").value_or(0)};
    return card;
}

Result<JoinedCard> joinedOf(const Json& json) {
    JoinedCard joined{textOf(json, "number"), {}};
    if (joined.number.empty()) return Error{Errc::Invalid, "ask edge: no member number"};
    if (const auto& coupon = objectMember(json, "coupon"); !coupon.is_null())
        joined.coupon = couponOf(coupon);
    return joined;
}

Result<Invitation> invitationOf(const Json& json, const std::string& memberId) {
    using State = Invitation::State;
    const auto state = textOf(json, "state");
    Invitation invitation;
    invitation.state = state == "done" ? State::Done : state == "over" ? State::Over : State::Open;
    invitation.memberId = memberId;
    invitation.url = textOf(json, "url");
    invitation.untilMs = integerMember(json, "untilMs").value_or(0);
    if (invitation.state != State::Done) return invitation;
    auto joined = joinedOf(json);
    if (!joined) return joined.error();
    invitation.joined = std::move(*joined);
    return invitation;
}

} // namespace

UnixEdgeLink::UnixEdgeLink(std::string socketPath, UnixCaller::MakeTransport makeTransport)
    : edge_(socketPath, makeTransport, {.timeoutMs = kEdgeTimeoutMs, .answerBytesMax = kEdgeAnswerBytesMax}),
      orderLists_(std::move(socketPath), std::move(makeTransport),
                  {.timeoutMs = kEdgeTimeoutMs, .answerBytesMax = kOrderListBytesMax}) {}

Result<Desk> UnixEdgeLink::desk() {
    auto json = edge_.ask("GET", "/v1/desk");
    if (!json) return json.error();
    auto key = fromBase64(textOf(*json, "hubSealKey"));
    Desk desk{textOf(*json, "code"),
              textOf(*json, "name"),
              textOf(*json, "chain"),
              textOf(*json, "country"),
              textOf(*json, "language"),
              key.value_or(""),
              boolMember(*json, "online").value_or(false),
              boolMember(*json, "invites").value_or(false)};
    if (desk.hubSealKey.empty() || desk.name.empty())
        return Error{Errc::Invalid, "ask edge: a member of the desk is missing"};
    return desk;
}

Result<SignInAnswer> UnixEdgeLink::signIn(const std::string& badge, const std::string& pin) {
    using Outcome = SignInAnswer::Outcome;
    auto reply = edge_.send("POST", "/v1/staff/sign-in", {{"badge", badge}, {"pin", pin}});
    if (!reply) return reply.error();
    if (reply->status == 429) return SignInAnswer{Outcome::TooMany, {}, 0, 0};
    const bool isAnswer = reply->status == 200 || reply->status == 403 || reply->status == kLocked;
    if (!isAnswer) return unixStatusError(reply->status);
    auto json = parseJson(reply->body, kEdgeAnswerBytesMax);
    if (!json) return json.error();
    if (reply->status == 200) return SignInAnswer{Outcome::Welcome, staffOf(*json), 0, 0};
    if (reply->status == kLocked)
        return SignInAnswer{Outcome::Locked, {}, 0, integerMember(*json, "seconds").value_or(0)};
    const auto left = integerMember(*json, "triesLeft");
    if (!left) return Error{Errc::Denied, "ask edge: we are not one of its till's users"};
    return SignInAnswer{Outcome::Wrong, {}, *left, 0};
}

Result<StaffFace> UnixEdgeLink::staff(const std::string& id) {
    auto json = edge_.ask("GET", "/v1/staff/" + percentEncode(id));
    return json ? Result<StaffFace>(staffOf(*json)) : json.error();
}

Result<void> UnixEdgeLink::note(const std::string& staffId, const char* action) {
    auto json = edge_.ask("POST", "/v1/staff/events", {{"staffId", staffId}, {"action", action}});
    return json ? Result<void>{} : json.error();
}

Result<MemberWord> UnixEdgeLink::answerOf(const std::string& question, Lang lang) {
    const bool mayWait = ++waiting_ <= kHubWaitersMax;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kHubWaitMs);
    Result<MemberWord> word = Error{Errc::Unavailable, "ask for member: the hub has not answered"};
    while (mayWait && std::chrono::steady_clock::now() < until) {
        auto reply = edge_.send(
            "GET", fmt::format("/v1/members/ask/{}?lang={}", percentEncode(question), codeOf(lang)));
        if (reply && reply->status == 202) {
            std::this_thread::sleep_for(std::chrono::milliseconds(kHubPollMs));
            continue;
        }
        if (!reply)
            word = reply.error();
        else if (reply->status != 200)
            word = unixStatusError(reply->status);
        else if (auto json = parseJson(reply->body, kEdgeAnswerBytesMax))
            word = memberOf(*json);
        break;
    }
    --waiting_;
    return word;
}

Result<Card> UnixEdgeLink::resolve(const std::string& text, Lang lang) {
    auto json = edge_.ask("POST", "/v1/resolve", {{"text", text}, {"lang", codeOf(lang)}});
    if (!json) return json.error();
    auto card = cardOf(*json);
    if (!card) return card;
    if (const auto question = textOf(*json, "question"); !question.empty())
        if (auto word = answerOf(question, lang)) card->member = *word;
    return card;
}

Result<Card> UnixEdgeLink::product(const std::string& sku, Lang lang) {
    auto json =
        edge_.ask("GET", "/v1/products?sku=" + percentEncode(sku) + "&lang=" + std::string(codeOf(lang)));
    return json ? cardOf(*json) : json.error();
}

Result<MemberWord> UnixEdgeLink::member(const std::string& sealed) {
    auto asked = edge_.ask("POST", "/v1/members/ask", {{"sealed", sealed}});
    return asked ? answerOf(textOf(*asked, "question"), Lang::En) : asked.error();
}

Result<JoinedCard> UnixEdgeLink::join(const SignUp& signUp) {
    auto reply = edge_.send("POST", "/v1/members", toJson(signUp));
    if (!reply) return reply.error();
    if (reply->status == 507) return Error{Errc::Full, "join: the device is full"};
    if (reply->status != 200) return unixStatusError(reply->status);
    auto json = parseJson(reply->body, kEdgeAnswerBytesMax);
    if (!json) return json.error();
    return joinedOf(*json);
}

Result<Invitation> UnixEdgeLink::invite(const std::string& memberId, const std::string& staffId, Lang lang) {
    auto reply = edge_.send("POST", "/v1/members/invitations",
                            {{"memberId", memberId}, {"staffId", staffId}, {"lang", codeOf(lang)}});
    if (!reply) return reply.error();
    if (reply->status == 507) return Error{Errc::Full, "invite: the device is full"};
    if (reply->status != 200) return unixStatusError(reply->status);
    auto json = parseJson(reply->body, kEdgeAnswerBytesMax);
    return json ? invitationOf(*json, memberId) : json.error();
}

Result<Invitation> UnixEdgeLink::invitation(const std::string& memberId, Lang lang) {
    auto json = edge_.ask("GET", "/v1/members/invitations/" + percentEncode(memberId) +
                                     "?lang=" + std::string(codeOf(lang)));
    return json ? invitationOf(*json, memberId) : json.error();
}

} // namespace silta::till
