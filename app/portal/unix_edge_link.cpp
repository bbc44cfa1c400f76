#include "portal/unix_edge_link.h"

#include "catalog/codec.h"
#include "portal/form_body.h"
#include "portal/limits.h"

#include <silta/crypto.h>

#include <fmt/format.h>

namespace silta::portal {

namespace {

Error statusError(int status) {
    const auto what = fmt::format("ask edge: status {}", status);
    switch (status) {
    case 403:
        return {Errc::Denied, what};
    case 404:
        return {Errc::NotFound, what};
    case 410:
        return {Errc::Limit, what};
    case 429:
        return {Errc::Limit, what};
    case 503:
        return {Errc::Unavailable, what};
    default:
        return {status >= 500 ? Errc::Unavailable : Errc::Invalid, what};
    }
}

std::optional<Money> moneyMember(const Json& json, const char* key) {
    const auto& money = objectMember(json, key);
    const auto minor = integerMember(money, "minor");
    auto currency = Currency::parse(textMember(money, "currency").value_or(""));
    if (!minor || !currency) return std::nullopt;
    return Money{*minor, *currency};
}

std::optional<Offer> offerOf(const Json& json) {
    const auto name = textMember(json, "name").value_or("");
    const auto price = moneyMember(json, "price");
    if (name.empty() || !price) return std::nullopt;
    Offer offer{.name = name,
                .brand = textMember(json, "brand").value_or(""),
                .picture = {},
                .price = *price,
                .regular = {},
                .lowest30Days = {},
                .perUnit = {},
                .quantityHere = {},
                .aisle = textMember(json, "aisle").value_or("")};
    if (const auto picture = textMember(json, "picture")) offer.picture = "/pictures/" + *picture;
    offer.regular = moneyMember(json, "regularPrice");
    offer.lowest30Days = moneyMember(json, "lowest30Days");
    if (const auto stock = integerMember(json, "stockHere"); stock && *stock >= 0 && *stock <= INT32_MAX)
        offer.quantityHere = static_cast<std::int32_t>(*stock);
    return offer;
}

Json consentsJson(const WifiSignUp& signUp) {
    auto consents = Json::array();
    for (const auto& [id, isGranted] : signUp.consents) {
        const auto& wording = consentWording(id);
        consents.push_back({{"purpose", wording.purpose},
                            {"channel", wording.channel},
                            {"version", wording.version},
                            {"granted", isGranted},
                            {"wordingHash", sha256Hex(consentText(id, signUp.lang))},
                            {"lang", codeOf(signUp.lang)}});
    }
    return consents;
}

} // namespace

Result<HttpReply> UnixEdgeLink::send(const char* method, const std::string& target, const Json& body) {
    HttpCall call;
    call.method = method;
    call.url = "http://localhost" + target;
    call.unixSocket = socketPath_;
    call.timeoutMs = kEdgeTimeoutMs;
    call.responseBytesMax = kEdgeAnswerBytesMax;
    if (!body.is_null()) {
        call.body = dumpJson(body);
        call.headers.push_back({"Content-Type", "application/json"});
    }
    auto reply = transport_->send(call);
    if (!reply) return reply;
    if (reply->status < 200 || reply->status >= 300) return statusError(reply->status);
    return reply;
}

Result<Json> UnixEdgeLink::ask(const char* method, const std::string& target, const Json& body) {
    auto reply = send(method, target, body);
    if (!reply) return reply.error();
    if (reply->body.empty()) return Json::object();
    return parseJson(reply->body, kEdgeAnswerBytesMax);
}

Result<StoreFace> UnixEdgeLink::store() {
    auto json = ask("GET", "/v1/store");
    if (!json) return json.error();
    StoreFace face;
    face.code = textMember(*json, "code").value_or("");
    face.name = textMember(*json, "name").value_or("");
    face.chain = textMember(*json, "chain").value_or("");
    face.company = textMember(*json, "company").value_or("");
    face.contact = textMember(*json, "contact").value_or("");
    if (const auto& hours = objectMember(*json, "hours"); !hours.is_null())
        if (auto parsed = hoursFromJson(hours)) face.hours = std::move(*parsed);
    auto key = fromBase64(textMember(*json, "hubSealKey").value_or(""));
    if (!key || face.name.empty()) return Error{Errc::Invalid, "ask edge: a member of the store is missing"};
    face.hubSealKey = std::move(*key);
    return face;
}

Result<std::vector<Offer>> UnixEdgeLink::offers(Lang lang) {
    auto json = ask("GET", fmt::format("/v1/offers?lang={}&limit={}", codeOf(lang), kOffersMax));
    if (!json) return json.error();
    std::vector<Offer> offers;
    for (const auto& entry : arrayMember(*json, "offers"))
        if (auto offer = offerOf(entry); offer && offers.size() < kOffersMax)
            offers.push_back(std::move(*offer));
    return offers;
}

Result<std::string> UnixEdgeLink::picture(const std::string& name) {
    auto reply = send("GET", "/v1/pictures/" + percentEncode(name));
    if (!reply) return reply.error();
    return std::move(reply->body);
}

Result<std::optional<Coupon>> UnixEdgeLink::signUp(const WifiSignUp& signUp) {
    Json body = {{"signUpId", signUp.id},
                 {"way", nameOf(signUp.way)},
                 {"lang", codeOf(signUp.lang)},
                 {"consents", consentsJson(signUp)}};
    if (!signUp.sealed.empty()) body["sealed"] = signUp.sealed;
    if (!signUp.memberNumber.empty()) body["memberNumber"] = signUp.memberNumber;
    auto json = ask("POST", "/v1/sign-ups", body);
    if (!json) return json.error();
    const auto& coupon = objectMember(*json, "coupon");
    if (coupon.is_null()) return std::optional<Coupon>();
    return std::optional(Coupon{textMember(coupon, "title").value_or(""),
                                textMember(coupon, "code").value_or(""),
                                textMember(coupon, "validDate").value_or(""),
                                {}});
}

Result<void> UnixEdgeLink::event(std::string_view kind, WayKind way) {
    auto json = ask("POST", "/v1/events", {{"kind", kind}, {"way", nameOf(way)}});
    return json ? Result<void>{} : json.error();
}

Result<CodeSent> UnixEdgeLink::sendCode(const std::string& sealedPhone, Lang lang) {
    auto json = ask("POST", "/v1/codes", {{"sealedPhone", sealedPhone}, {"lang", codeOf(lang)}});
    if (!json) return json.error();
    CodeSent sent{textMember(*json, "challenge").value_or(""),
                  integerMember(*json, "expiresSeconds").value_or(0)};
    if (sent.challenge.empty() || sent.validSec < 1) return Error{Errc::Invalid, "ask edge: no challenge"};
    return sent;
}

Result<void> UnixEdgeLink::checkCode(const std::string& challenge, const std::string& code) {
    auto json = ask("POST", "/v1/codes/" + percentEncode(challenge) + "/check", {{"code", code}});
    return json ? Result<void>{} : json.error();
}

Result<VoucherGrant> UnixEdgeLink::redeem(const std::string& voucher) {
    constexpr std::int64_t kMinutesMax = 1'440;
    auto json = ask("POST", "/v1/vouchers", {{"voucher", voucher}});
    if (!json) return json.error();
    const auto minutes = integerMember(*json, "minutes").value_or(0);
    const auto quota = integerMember(*json, "quotaBytes").value_or(0);
    if (minutes < 1 || minutes > kMinutesMax || quota < 0)
        return Error{Errc::Invalid, "ask edge: a voucher without minutes"};
    return VoucherGrant{static_cast<int>(minutes), static_cast<std::uint64_t>(quota)};
}

} // namespace silta::portal
