// What the till asks of silta-edge for coupons and gift cards: see app/docs/till-api.md.
#include "till/edge_link.h"
#include "till/limits.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace silta::till {

namespace {

constexpr int kAsking = 202, kConflict = 409, kFull = 507;

constexpr std::array<std::string_view, static_cast<std::size_t>(TokenWord::Count_)> kNames = {
    "valid",        "done",           "asking",    "unknown",        "wrong-kind",
    "revoked",      "not-yet",        "expired",   "not-here",       "members-only",
    "min-purchase", "other-products", "used-here", "used-elsewhere", "held-elsewhere",
    "needs-uplink", "too-much",       "empty",     "no-such-use",
};

const char* targetOf(const TokenWish& wish) {
    const bool isCard = wish.kind == TokenKind::GiftCard;
    switch (wish.act) {
    case TokenAct::Check:
        return isCard ? "/v1/gift-cards/balance" : "/v1/coupons/check";
    case TokenAct::Redeem:
        return isCard ? "/v1/gift-cards/spend" : "/v1/coupons/redeem";
    case TokenAct::Load:
        return "/v1/gift-cards/load";
    case TokenAct::Reverse:
        break;
    }
    return isCard ? "/v1/gift-cards/reverse" : "/v1/coupons/reverse";
}

Json bodyOf(const TokenWish& wish) {
    Json body = {{"token", wish.letters}, {"staff", wish.staffId}, {"member", wish.hasMember}};
    if (wish.act != TokenAct::Check) body["request"] = wish.request;
    if (wish.act == TokenAct::Reverse) body["of"] = wish.of;
    const bool isMoney = wish.kind == TokenKind::GiftCard;
    if (isMoney && (wish.act == TokenAct::Redeem || wish.act == TokenAct::Load)) body["minor"] = wish.minor;
    return body;
}

CampaignFace campaignOf(const Json& json) {
    CampaignFace campaign{.titles = {},
                          .firstDay = textMember(json, "firstDay").value_or(""),
                          .lastDay = textMember(json, "lastDay").value_or(""),
                          .currency = {},
                          .amountMinor = integerMember(json, "amountMinor").value_or(0),
                          .percent = integerMember(json, "percent").value_or(0),
                          .minPurchaseMinor = integerMember(json, "minPurchaseMinor").value_or(0),
                          .skus = {},
                          .uses = integerMember(json, "uses").value_or(0),
                          .isForMembers = boolMember(json, "membersOnly").value_or(false)};
    for (const auto lang : kLangs)
        if (auto title = textMember(objectMember(json, "titles"), std::string(codeOf(lang)).c_str()))
            campaign.titles[std::string(codeOf(lang))] = *title;
    if (auto currency = Currency::parse(textMember(json, "currency").value_or("")))
        campaign.currency = *currency;
    for (const auto& sku : arrayMember(json, "skus"))
        if (sku.is_string()) campaign.skus.push_back(sku.get<std::string>());
    return campaign;
}

Result<TokenAnswer> tokenAnswerOf(const HttpReply& reply) {
    auto json = parseJson(reply.body, kEdgeAnswerBytesMax);
    if (!json) return json.error();
    const auto name = std::ranges::find(kNames, textMember(*json, "word").value_or(""));
    if (name == kNames.end()) return Error{Errc::Invalid, "ask edge: an unknown word of a code"};
    TokenAnswer answer{.word = static_cast<TokenWord>(name - kNames.begin()),
                       .campaign = {},
                       .left = integerMember(*json, "left"),
                       .offlineLeft = integerMember(*json, "offlineLeft"),
                       .isOffline = boolMember(*json, "offline").value_or(false)};
    if (const auto& campaign = objectMember(*json, "campaign"); !campaign.is_null())
        answer.campaign = campaignOf(campaign);
    return answer;
}

} // namespace

Result<TokenAnswer> UnixEdgeLink::useToken(const TokenWish& wish) {
    const bool mayWait = ++waiting_ <= kHubWaitersMax;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kTokenWaitMs);
    auto reply = edge_.send("POST", targetOf(wish), bodyOf(wish));
    while (mayWait && reply && reply->status == kAsking && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(kTokenPollMs));
        reply = edge_.send("POST", targetOf(wish), bodyOf(wish));
    }
    --waiting_;
    if (!reply) return reply.error();
    if (reply->status == kConflict) return Error{Errc::Conflict, "use code: the page was used already"};
    if (reply->status == kFull) return Error{Errc::Full, "use code: the device is full"};
    if (reply->status != 200 && reply->status != kAsking) return unixStatusError(reply->status);
    return tokenAnswerOf(*reply);
}

} // namespace silta::till
