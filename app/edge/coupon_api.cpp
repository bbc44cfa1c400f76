#include "edge/coupon_api.h"

#include "edge/rate.h"
#include "edge/replies.h"

#include <silta/uuid.h>

#include <memory>

namespace silta {

namespace {

constexpr std::size_t kCouponBodyBytesMax = 16 * 1024; // two hundred products
constexpr std::size_t kBasketSkusMax = 200;
constexpr std::size_t kBasketSkuBytesMax = 128;
constexpr std::size_t kStaffIdBytesMax = 100;
constexpr int kUnknownTokensPerMinute =
    120; // a signature cannot be guessed; this keeps a broken scanner cheap
constexpr std::int64_t kPurchaseMinorMax = 1'000'000'000;

struct CouponRequest {
    TokenCase token;
    std::string of;         ///< of a reversal
    std::int64_t minor = 1; ///< of a gift card's money
};

enum class Wants { Token, Request, Money, Use };

Error badRequest(const char* what) {
    return {Errc::Invalid, std::string("read request: ") + what};
}

Result<std::vector<std::string>> readSkus(const Json& body) {
    std::vector<std::string> skus;
    if (!body.contains("skus")) return skus;
    const auto& list = arrayMember(body, "skus");
    if (list.is_null()) return badRequest("skus is no list");
    if (list.size() > kBasketSkusMax) return Error{Errc::Limit, "read request: too many skus"};
    for (const auto& sku : list) {
        if (!sku.is_string() || sku.get_ref<const std::string&>().size() > kBasketSkuBytesMax)
            return badRequest("a sku is no text of up to 128 bytes");
        skus.push_back(sku.get<std::string>());
    }
    return skus;
}

Result<CouponRequest> readCouponRequest(const HttpRequest& request, TokenKind kind, Wants wants) {
    auto body = parseJson(request.body, kCouponBodyBytesMax);
    if (!body) return body.error();
    if (!body->is_object()) return badRequest("no object");
    CouponRequest read;
    auto& token = read.token;
    token.kind = kind;
    token.letters = textMember(*body, "token").value_or("");
    token.staff = textMember(*body, "staff", kStaffIdBytesMax).value_or("");
    if (token.letters.empty() || token.staff.empty()) return badRequest("token or staff is missing");
    if (wants != Wants::Token) {
        token.request = textMember(*body, "request").value_or("");
        if (!isUuid(token.request)) return badRequest("request is no UUID");
    }
    if (wants == Wants::Use) {
        read.of = textMember(*body, "of").value_or("");
        if (!isUuid(read.of)) return badRequest("of is no UUID");
    }
    if (wants == Wants::Money) {
        read.minor = integerMember(*body, "minor").value_or(0);
        if (read.minor < 1 || read.minor > kMoneyMinorMax) return badRequest("minor is not 1 to 1000000");
    }
    token.hasMember = boolMember(*body, "member").value_or(false);
    if (body->contains("purchaseMinor")) {
        token.purchaseMinor = integerMember(*body, "purchaseMinor").value_or(-1);
        if (token.purchaseMinor < 0 || token.purchaseMinor > kPurchaseMinorMax)
            return badRequest("purchaseMinor is not 0 to 1000000000");
    }
    auto skus = readSkus(*body);
    if (!skus) return skus.error();
    token.skus = std::move(*skus);
    return read;
}

Json campaignJson(const Campaign& campaign) {
    Json json = toJson(campaign);
    for (const char* own : {"stores", "offlineBudget", "offlineShare", "offlinePerToken"})
        json.erase(own); // the chain's business
    return json;
}

HttpResponse tokenReply(const TokenAnswer& answer) {
    Json body = {{"word", toString(answer.word)}, {"offline", answer.isOffline}};
    if (answer.campaign) {
        body["campaign"] = campaignJson(*answer.campaign);
        body["serial"] = answer.token.serial;
    }
    if (answer.left) body["left"] = *answer.left;
    if (!answer.left && answer.offlineLeft > 0) body["offlineLeft"] = answer.offlineLeft;
    if (!answer.operationId.empty()) body["operation"] = answer.operationId;
    return jsonReply(body, answer.word == TokenWord::Asking ? 202 : 200);
}

using CouponWork = std::function<Result<TokenAnswer>(TokenDesk&, const CouponRequest&)>;

struct CouponRoute {
    const char* path;
    TokenKind kind;
    Wants wants;
    bool needsSupervisor;
    CouponWork work;
};

std::vector<CouponRoute> couponTable() {
    const CouponWork check = [](TokenDesk& desk, const CouponRequest& till) {
        return desk.check(till.token);
    };
    const CouponWork redeem = [](TokenDesk& desk, const CouponRequest& till) {
        return desk.redeem(till.token, till.minor);
    };
    const CouponWork load = [](TokenDesk& desk, const CouponRequest& till) {
        return desk.load(till.token, till.minor);
    };
    const CouponWork reverse = [](TokenDesk& desk, const CouponRequest& till) {
        return desk.reverse(till.token, till.of);
    };
    using enum TokenKind;
    return {
        {"/v1/coupons/check", Coupon, Wants::Token, false, check},
        {"/v1/coupons/redeem", Coupon, Wants::Request, false, redeem},
        {"/v1/coupons/reverse", Coupon, Wants::Use, true, reverse},
        {"/v1/gift-cards/balance", GiftCard, Wants::Token, false, check},
        {"/v1/gift-cards/load", GiftCard, Wants::Money, false, load},
        {"/v1/gift-cards/spend", GiftCard, Wants::Money, false, redeem},
        {"/v1/gift-cards/reverse", GiftCard, Wants::Use, true, reverse},
    };
}

} // namespace

std::vector<HttpServer::Route> couponRoutes(Engine& engine, StaffCheck staff, const Clock& clock) {
    // Shared by the handlers, which live as long as the server.
    const auto unknown = std::make_shared<RatePerMinute>(kUnknownTokensPerMinute, clock);
    std::vector<HttpServer::Route> routes;
    for (auto& route : couponTable()) {
        const std::string path = route.path;
        routes.push_back({"POST", path, [&engine, staff, unknown, route](const HttpRequest& request) {
                              auto till = readCouponRequest(request, route.kind, route.wants);
                              if (!till) return errorReply(till.error());
                              if (!staff(till->token.staff, route.needsSupervisor))
                                  return jsonReply({{"word", "not-allowed"}}, 403);
                              if (!unknown->hasRoom()) return tooMany();
                              auto answer =
                                  engine.withTokens([&](TokenDesk& desk) { return route.work(desk, *till); });
                              if (!answer) return errorReply(answer.error());
                              if (answer->word == TokenWord::Unknown) unknown->take();
                              return tokenReply(*answer);
                          }});
    }
    return routes;
}

} // namespace silta
