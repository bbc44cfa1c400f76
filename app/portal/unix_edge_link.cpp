#include "portal/unix_edge_link.h"

#include "catalog/codec.h"
#include "core/money_json.h"
#include "portal/limits.h"
#include "web/form_body.h"
#include "web/qr_code.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace silta::portal {

namespace {

std::optional<std::int32_t> quantityMember(const Json& json, const char* key) {
    const auto quantity = integerMember(json, key);
    if (!quantity || *quantity < 0 || *quantity > INT32_MAX) return std::nullopt;
    return static_cast<std::int32_t>(*quantity);
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
    if (const auto picture = textMember(json, "picture")) offer.picture.name = *picture;
    offer.regular = moneyMember(json, "regularPrice");
    offer.lowest30Days = moneyMember(json, "lowest30Days");
    offer.quantityHere = quantityMember(json, "stockHere");
    return offer;
}

/// Empty where edge sent none, or one that is not understood: the guest is let in without it.
Wishlist wishlistOf(const Json& json) {
    Wishlist list;
    for (const auto& entry : arrayMember(json, "items")) {
        const auto name = textMember(entry, "name").value_or("");
        if (name.empty() || list.lines.size() == kWishlistShownMax) continue;
        WishlistLine line{.name = name,
                          .brand = textMember(entry, "brand").value_or(""),
                          .picture = {},
                          .price = moneyMember(entry, "price"),
                          .quantity = static_cast<int>(std::clamp<std::int64_t>(
                              integerMember(entry, "quantity").value_or(1), 1, kQuantityMax)),
                          .quantityHere = quantityMember(entry, "stockHere")};
        if (const auto picture = textMember(entry, "picture")) line.picture.name = *picture;
        list.lines.push_back(std::move(line));
    }
    list.count =
        static_cast<std::size_t>(std::max<std::int64_t>(integerMember(json, "count").value_or(0), 0));
    list.url = textMember(json, "url", kListUrlBytesMax).value_or("");
    return list;
}

Json consentsJson(const std::vector<ConsentGiven>& given, Lang lang) {
    auto consents = Json::array();
    for (const auto& [id, isGranted] : given) {
        const auto& wording = consentWording(id);
        consents.push_back({{"purpose", wording.purpose},
                            {"channel", wording.channel},
                            {"version", wording.version},
                            {"granted", isGranted},
                            {"wordingHash", sha256Hex(consentText(id, lang))},
                            {"lang", codeOf(lang)}});
    }
    return consents;
}

std::vector<Offer> offersOf(const Json& json, const char* member, std::size_t most) {
    std::vector<Offer> offers;
    for (const auto& entry : arrayMember(json, member))
        if (auto offer = offerOf(entry); offer && offers.size() < most) offers.push_back(std::move(*offer));
    return offers;
}

} // namespace

Result<std::optional<Json>> UnixEdgeLink::outcomeOf(const std::string& challenge) {
    const bool maysWait = ++waiting_ <= kCodeWaitersMax;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kEdgeTimeoutMs);
    Result<std::optional<Json>> outcome = std::optional<Json>();
    for (;;) {
        auto reply = edge_.send("GET", "/v1/codes/" + percentEncode(challenge));
        if (!reply) {
            outcome = reply.error();
            break;
        }
        if (reply->status == 200) {
            auto json = parseJson(reply->body, kEdgeAnswerBytesMax);
            outcome = json ? Result<std::optional<Json>>(std::move(*json)) : json.error();
            break;
        }
        if (reply->status != 202) {
            outcome = unixStatusError(reply->status);
            break;
        }
        if (!maysWait || std::chrono::steady_clock::now() >= until) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(kCodePollMs));
    }
    --waiting_;
    return outcome;
}

Result<StoreFace> UnixEdgeLink::store(bool takesVouchers) {
    auto json = edge_.ask("GET", takesVouchers ? "/v1/store?vouchers=yes" : "/v1/store?vouchers=no");
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
    auto json = edge_.ask("GET", fmt::format("/v1/offers?lang={}&limit={}", codeOf(lang), kOffersMax));
    if (!json) return json.error();
    return offersOf(*json, "offers", kOffersMax);
}

Result<std::vector<Offer>> UnixEdgeLink::search(const std::string& words, Lang lang) {
    auto json =
        edge_.ask("GET", fmt::format("/v1/products?lang={}&q={}", codeOf(lang), percentEncode(words)));
    if (!json) return json.error();
    return offersOf(*json, "products", kFoundMax);
}

Result<std::string> UnixEdgeLink::join(const Membership& membership) {
    auto json = edge_.ask("POST", "/v1/members",
                          {{"memberId", membership.id},
                           {"sealed", membership.sealed},
                           {"lang", codeOf(membership.lang)},
                           {"consents", consentsJson(membership.consents, membership.lang)}});
    if (!json) return json.error();
    auto number = textMember(*json, "number").value_or("");
    if (number.empty()) return Error{Errc::Invalid, "ask edge: a membership without a number"};
    return number;
}

Result<std::string> UnixEdgeLink::picture(const std::string& name) {
    auto reply = pictures_.send("GET", "/v1/pictures/" + percentEncode(name));
    if (!reply) return reply.error();
    if (reply->status != 200) return unixStatusError(reply->status);
    return std::move(reply->body);
}

Result<std::optional<Coupon>> UnixEdgeLink::signUp(const WifiSignUp& signUp) {
    Json body = {{"signUpId", signUp.id},
                 {"way", nameOf(signUp.way)},
                 {"lang", codeOf(signUp.lang)},
                 {"consents", consentsJson(signUp.consents, signUp.lang)}};
    if (!signUp.sealed.empty()) body["sealed"] = signUp.sealed;
    if (!signUp.challenge.empty()) body["challenge"] = signUp.challenge;
    if (!signUp.memberNumber.empty()) body["memberNumber"] = signUp.memberNumber;
    auto json = edge_.ask("POST", "/v1/sign-ups", body);
    if (!json) return json.error();
    const auto& coupon = objectMember(*json, "coupon");
    if (coupon.is_null()) return std::optional<Coupon>();
    const auto code = textMember(coupon, "code").value_or("");
    return std::optional(Coupon{textMember(coupon, "title").value_or(""), code,
                                textMember(coupon, "validDate").value_or(""), qrCodeOf(code)});
}

Result<void> UnixEdgeLink::event(std::string_view kind, WayKind way, std::int64_t count) {
    auto json = edge_.ask("POST", "/v1/events", {{"kind", kind}, {"way", nameOf(way)}, {"count", count}});
    return json ? Result<void>{} : json.error();
}

Result<CodeSent> UnixEdgeLink::sendCode(const std::string& sealedPhone, Lang lang) {
    auto json = edge_.ask("POST", "/v1/codes", {{"sealedPhone", sealedPhone}, {"lang", codeOf(lang)}});
    if (!json) return json.error();
    CodeSent sent{textMember(*json, "challenge").value_or(""), kCodeValidSec};
    if (sent.challenge.empty()) return Error{Errc::Invalid, "ask edge: no challenge"};
    auto outcome = outcomeOf(sent.challenge);
    if (!outcome) return outcome.error();
    if (*outcome) sent.validSec = integerMember(**outcome, "expiresSeconds").value_or(kCodeValidSec);
    return sent; // on its way, where the hub has not said so yet
}

Result<void> UnixEdgeLink::checkCode(const std::string& challenge, const std::string& code) {
    auto asked = edge_.ask("POST", "/v1/codes/" + percentEncode(challenge) + "/check", {{"code", code}});
    if (!asked) return asked.error();
    auto outcome = outcomeOf(challenge);
    if (!outcome)
        return outcome.error().code == Errc::Limit ? Error{Errc::NotFound, "check code: it is over"}
                                                   : outcome.error();
    if (!*outcome || !boolMember(**outcome, "ok").value_or(false))
        return Error{Errc::Unavailable, "check code: the hub has not answered"};
    return {};
}

Result<VoucherGrant> UnixEdgeLink::redeem(const std::string& voucher, const std::string& usedFor, Lang lang) {
    constexpr std::int64_t kMinutesMax = 1'440;
    auto reply = edge_.send("POST", "/v1/vouchers",
                            {{"voucher", voucher}, {"usedFor", usedFor}, {"lang", codeOf(lang)}});
    if (!reply) return reply.error();
    auto json = parseJson(reply->body, kEdgeAnswerBytesMax);
    if (reply->status == 410 && json && textMember(*json, "error") == "used up")
        return Error{Errc::Denied, "redeem voucher: it was used"};
    if (reply->status == 403) return Error{Errc::NotFound, "redeem voucher: there is no such one"};
    if (reply->status != 200) return unixStatusError(reply->status);
    if (!json) return json.error();
    const auto minutes = integerMember(*json, "minutes").value_or(0);
    const auto quota = integerMember(*json, "quotaBytes").value_or(0);
    if (minutes < 1 || minutes > kMinutesMax || quota < 0)
        return Error{Errc::Invalid, "ask edge: a voucher without minutes"};
    return VoucherGrant{static_cast<int>(minutes), static_cast<std::uint64_t>(quota),
                        wishlistOf(objectMember(*json, "wishlist"))};
}

} // namespace silta::portal
