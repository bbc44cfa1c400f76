#include "edge/portal_api.h"

#include "catalog/codec.h"
#include "core/digits.h"
#include "core/sha256_hex.h"
#include "edge/rate.h"
#include "edge/replies.h"
#include "edge/store_face.h"
#include "edge/till_products.h"
#include "net/picture_type.h"
#include "shopper/campaign.h"
#include "shopper/consent.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace silta {

namespace {

// The portal keeps a few connections open; a sign-up is the largest body.
constexpr HttpLimits kPortalLimits{.connections = 32,
                                   .connectionsPerAddress = 32,
                                   .headerBytes = 8 * 1024,
                                   .bodyBytes = 16 * 1024,
                                   .idleSeconds = 120,
                                   .totalSeconds = 3'600,
                                   .threads = 2};
constexpr std::size_t kSmallBodyBytesMax = 1'024;
constexpr std::size_t kSealedPhoneBytesMax = 512;

// A busy store's guests, several times over; what a flood of them can make the device write or send.
constexpr int kSignUpsPerMinute = 120;
constexpr int kCodesPerMinute = 30;
constexpr int kCodeChecksPerMinute = 120;
constexpr int kVoucherMissesPerMinute = 60; // of 2^50 names, a few hundred of which are good
constexpr int kVouchersMadePerMinute = 12;
constexpr int kSearchesPerMinute = 600; // of some milliseconds each: a tenth of one thread at most
constexpr int kJoinsPerMinute = 30;     // a queue at the kiosk, several times over
constexpr std::int64_t kEventsAtOnceMax =
    10'000'000; // all that a portal can have counted while edge was away

HttpResponse words(int status, const char* error) {
    return jsonReply({{"error", error}}, status);
}

HttpResponse storeReply(const Engine& engine, StoreFace& face, const EdgeConfig& config) {
    auto desk = engine.guestDesk();
    if (!desk) return errorReply(desk.error());
    auto store = face.store(desk->storeCode);
    if (!store) return errorReply(store.error());
    Json reply = {{"code", store->code},
                  {"name", store->name},
                  {"chain", config.chainName.empty() ? store->name : config.chainName},
                  {"company", config.companyName},
                  {"contact", config.contactEmail},
                  {"timeZone", store->timeZone},
                  {"hubSealKey", toBase64(desk->sealKey)},
                  {"language", config.language}};
    if (areHoursKnown(store->hours)) reply["hours"] = hoursToJson(store->hours);
    return jsonReply(reply);
}

int limitOf(const HttpRequest& request) {
    const auto entry = request.query.find("limit");
    if (entry == request.query.end()) return kGuestOffersDefault;
    const auto limit = parseNumber<int>(entry->second);
    return limit ? std::clamp(*limit, 0, kGuestOffersMax) : -1;
}

HttpResponse offersReply(const Engine& engine, StoreFace& face, const HttpRequest& request,
                         const std::string& fallback) {
    auto desk = engine.guestDesk();
    if (!desk) return errorReply(desk.error());
    const auto entry = request.query.find("lang");
    const auto lang = entry == request.query.end() ? fallback : entry->second;
    const auto limit = limitOf(request);
    if (!isLanguage(lang)) return errorReply({Errc::Invalid, "read offers: lang"});
    if (limit < 0) return errorReply({Errc::Invalid, "read offers: limit is not 0 to 24"});
    const bool isOurs = std::ranges::find(kLanguages, lang) != kLanguages.end();
    auto offers = face.offers(desk->storeCode, isOurs ? lang : fallback, limit);
    if (!offers) return errorReply(offers.error());
    HttpResponse response;
    response.body = std::move(*offers);
    return response;
}

/// Of what a page shows of a product; a null value for one without a price.
Json foundOf(const Json& page) {
    if (!page.contains("price")) return nullptr;
    Json found = Json::object();
    for (const auto* key : {"sku", "name", "brand", "price", "regularPrice"})
        if (page.contains(key)) found[key] = page[key];
    if (const auto& here = objectMember(page, "here"); !here.is_null()) {
        found["stockHere"] = here["quantity"];
        found["asOfMs"] = here["asOfMs"];
        if (here.contains("aisle")) found["aisle"] = here["aisle"];
    }
    return found;
}

HttpResponse searchReply(const Engine& engine, TillProducts& products, const HttpRequest& request,
                         const std::string& fallback) {
    auto desk = engine.guestDesk();
    if (!desk) return errorReply(desk.error());
    const auto valueOf = [&request](const char* name) {
        const auto entry = request.query.find(name);
        return entry == request.query.end() ? std::string() : entry->second;
    };
    const auto words = valueOf("q");
    auto lang = valueOf("lang");
    if (words.empty() || words.size() > kTillWordsBytesMax)
        return errorReply({Errc::Invalid, "search products: q is not 1 to 256 bytes"});
    if (!isLanguage(lang)) return errorReply({Errc::Invalid, "search products: lang"});
    if (std::ranges::find(kLanguages, lang) == kLanguages.end()) lang = fallback;
    auto hits = products.byWords(words, desk->storeCode, lang);
    if (!hits) return errorReply(hits.error());
    auto found = Json::array();
    for (const auto& hit : *hits) {
        auto page = products.bySku(hit["sku"].get<std::string>(), desk->storeCode, lang);
        if (!page && page.error().code == Errc::NotFound) continue; // a new catalogue came meanwhile
        if (!page) return errorReply(page.error());
        if (auto shown = foundOf(*page); !shown.is_null()) found.push_back(std::move(shown));
    }
    return jsonReply({{"products", std::move(found)}});
}

/// Of what a kiosk may say the portal says less: no number, no list, nobody who read the consents out.
HttpResponse joinReply(Engine& engine, const HttpRequest& request, RatePerMinute& rate) {
    auto body = parseJson(request.body, kPortalLimits.bodyBytes);
    if (!body) return errorReply(body.error());
    auto signUp = parseSignUp(*body);
    if (!signUp) return errorReply(signUp.error());
    if (!fromBase64(signUp->sealed)) return errorReply({Errc::Invalid, "join: sealed is not base64url"});
    signUp->number.clear();
    signUp->wishlistId.clear();
    signUp->staffId.clear();
    if (!rate.take()) return tooMany();
    auto number = engine.signUp(std::move(*signUp));
    return number ? jsonReply({{"number", *number}}) : errorReply(number.error());
}

HttpResponse pictureReply(const HttpRequest& request, const std::string& catalogFolder) {
    const auto name = lastSegment(request.path);
    if (!isSha256Hex(name)) return words(404, "no such picture");
    HttpResponse response;
    response.filePath = fmt::format("{}/media/{}/{}", catalogFolder, name.substr(0, 2), name);
    response.contentType = pictureTypeOf(response.filePath);
    response.headers.push_back({"Cache-Control", "public, max-age=31536000, immutable"});
    return response;
}

/// The sign-up is kept already: a coupon that cannot be read is none.
Json earnedBy(Engine& engine, const GuestSignUp& signUp, const std::string& fallbackLang) {
    auto earned = Json::object();
    if (!signUp.isSomebody()) return earned;
    const auto coupon = engine.welcomeCoupon();
    if (!coupon || !*coupon) return earned;
    earned["coupon"] = {{"title", titleIn((*coupon)->titles, signUp.lang, fallbackLang)},
                        {"code", (*coupon)->code},
                        {"validDate", (*coupon)->lastDay}};
    return earned;
}

HttpResponse signUpReply(Engine& engine, const HttpRequest& request, RatePerMinute& rate,
                         const std::string& fallbackLang) {
    auto body = parseJson(request.body, kPortalLimits.bodyBytes);
    if (!body) return errorReply(body.error());
    auto signUp = parseGuestSignUp(*body);
    if (!signUp) return errorReply(signUp.error());
    if (signUp->isSomebody() && !rate.take()) return tooMany(); // of the others nothing is written
    auto done = engine.signUpGuest(*signUp);
    return done ? jsonReply(earnedBy(engine, *signUp, fallbackLang)) : errorReply(done.error());
}

/// The integer member `key`, `fallback` where it is absent; nothing when it is not within the limits.
std::optional<std::int64_t> numberIn(const Json& body, const char* key, std::int64_t fallback,
                                     std::int64_t from, std::int64_t to) {
    if (!body.is_object()) return std::nullopt;
    if (!body.contains(key)) return fallback;
    const auto number = integerMember(body, key);
    return number && *number >= from && *number <= to ? number : std::nullopt;
}

HttpResponse eventReply(Engine& engine, const HttpRequest& request) {
    auto body = parseJson(request.body, kSmallBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto kind = textMember(*body, "kind").value_or("");
    const bool hasWay = body->is_object() && body->contains("way");
    const auto way = hasWay ? textMember(*body, "way") : std::optional<std::string>("");
    if (!way) return errorReply({Errc::Invalid, "count event: way"});
    const auto times = numberIn(*body, "count", 1, 1, kEventsAtOnceMax);
    if (!times) return errorReply({Errc::Invalid, "count event: count"});
    auto done = engine.countGuestEvent(kind, *way, *times);
    return done ? jsonReply(Json::object()) : errorReply(done.error());
}

// ---- one-time codes

HttpResponse codeReply(const std::string& challenge, const CodeStatus& status) {
    Json body = {{"challenge", challenge}};
    switch (status.state) {
    case CodeState::Asking:
        body["state"] = "asking";
        return jsonReply(body, 202);
    case CodeState::Checking:
        body["state"] = "checking";
        return jsonReply(body, 202);
    case CodeState::Sent:
        body["state"] = "sent";
        body["expiresSeconds"] = status.expiresSeconds;
        return jsonReply(body);
    case CodeState::Right:
        return jsonReply({{"ok", true}});
    case CodeState::Wrong:
        return jsonReply({{"error", "wrong"}, {"attemptsLeft", status.attemptsLeft}}, 403);
    case CodeState::Refused:
        return words(400, "no phone number");
    case CodeState::TooMany:
        return tooMany();
    case CodeState::Unavailable:
        return words(503, "unavailable");
    case CodeState::Gone:
        break;
    }
    return words(410, "expired");
}

HttpResponse askError(const Error& error) {
    if (error.code == Errc::Limit) return tooMany();
    return error.code == Errc::Unavailable ? words(503, "unavailable") : errorReply(error);
}

HttpResponse askCode(Engine& engine, const HttpRequest& request) {
    auto body = parseJson(request.body, kSmallBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto sealed = textMember(*body, "sealedPhone", kSealedPhoneBytesMax).value_or("");
    const auto lang = textMember(*body, "lang").value_or("");
    if (sealed.empty() || !fromBase64(sealed) || !isLanguage(lang))
        return errorReply({Errc::Invalid, "ask for code: a member is missing or malformed"});
    auto asker = engine.codeAsker();
    if (!asker) return askError(asker.error());
    auto challenge = (*asker)->ask(sealed, lang);
    if (!challenge) return askError(challenge.error());
    return codeReply(*challenge, {CodeState::Asking});
}

HttpResponse codeStatus(Engine& engine, const std::string& challenge) {
    auto asker = engine.codeAsker();
    if (!asker) return askError(asker.error());
    auto status = (*asker)->status(challenge);
    return status ? codeReply(challenge, *status) : errorReply(status.error());
}

HttpResponse checkCode(Engine& engine, const HttpRequest& request) {
    auto path = request.path;
    path.resize(path.size() - std::string_view("/check").size());
    const auto challenge = lastSegment(path);
    auto body = parseJson(request.body, kSmallBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto code = textMember(*body, "code").value_or("");
    if (!isUuid(challenge) || code.size() != kCodeDigits || !allDigits(code))
        return errorReply({Errc::Invalid, "check code: six digits are wanted"});
    auto asker = engine.codeAsker();
    if (!asker) return askError(asker.error());
    if (auto done = (*asker)->check(challenge, code); !done) return askError(done.error());
    return codeReply(challenge, {CodeState::Checking});
}

// ---- vouchers

/// What the page after signing in shows of the shopper's list. A list that cannot be read keeps nobody from
/// the internet.
Json listOf(Engine& engine, const StoreFace& face, const VoucherList& list, const std::string& lang) {
    const auto desk = engine.guestDesk();
    const auto items = engine.wishlist(list.id);
    if (!desk || !items || items->empty()) return nullptr;
    auto shown = face.list(desk->storeCode, *items, lang);
    if (!shown) return nullptr;
    if (!list.url.empty()) (*shown)["url"] = list.url;
    return std::move(*shown);
}

HttpResponse redeemVoucher(Engine& engine, const StoreFace& face, const HttpRequest& request,
                           RatePerMinute& misses) {
    auto body = parseJson(request.body, kSmallBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto text = textMember(*body, "voucher", kVoucherBytesMax).value_or("");
    const bool hasFor = body->is_object() && body->contains("usedFor");
    const auto usedFor = hasFor ? textMember(*body, "usedFor").value_or("") : "";
    const auto lang = textMember(*body, "lang").value_or(std::string(kLanguages.front()));
    if (text.empty() || (hasFor && !isUuid(usedFor)) || !isLanguage(lang))
        return errorReply({Errc::Invalid, "use voucher: a member is missing or malformed"});
    if (!misses.hasRoom()) return tooMany();
    auto answer = engine.redeemVoucher(text, usedFor);
    if (!answer) return errorReply(answer.error());
    if (answer->use == VoucherUse::Unknown) {
        misses.take();
        return words(403, toString(answer->use));
    }
    if (answer->use != VoucherUse::Taken) return words(410, toString(answer->use));
    Json reply = {{"minutes", answer->voucher.minutes}};
    if (answer->voucher.quotaBytes > 0) reply["quotaBytes"] = answer->voucher.quotaBytes;
    if (!answer->list.id.empty())
        if (auto list = listOf(engine, face, answer->list, lang); !list.is_null()) reply["wishlist"] = list;
    return jsonReply(reply);
}

HttpResponse makeVoucher(Engine& engine, const EdgeConfig& config, const HttpRequest& request) {
    auto body = parseJson(request.body, kSmallBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto minutes = numberIn(*body, "minutes", config.voucherMinutes, 1, kVoucherMinutesMax);
    const auto quota = numberIn(*body, "quotaBytes", 0, 0, kVoucherQuotaBytesMax);
    const auto valid =
        numberIn(*body, "validMinutes", kVoucherValidMinutesDefault, 1, kVoucherValidMinutesMax);
    if (!minutes || !quota || !valid)
        return errorReply({Errc::Invalid, "make voucher: a number is out of range"});
    const VoucherList list{textMember(*body, "list").value_or(""),
                           textMember(*body, "listUrl", kListUrlBytesMax).value_or("")};
    if ((body->contains("list") || body->contains("listUrl")) && !isUuid(list.id))
        return errorReply({Errc::Invalid, "make voucher: the list's name is not a uuid"});
    auto issued = engine.makeVoucher(static_cast<int>(*minutes), *quota, static_cast<int>(*valid), list);
    if (!issued && issued.error().code == Errc::Limit) return tooMany();
    if (!issued) return errorReply(issued.error());
    const auto& id = issued->voucher.id;
    Json reply = {{"voucher", fmt::format("{}-{}", id.substr(0, 5), id.substr(5))},
                  {"token", issued->token},
                  {"minutes", *minutes},
                  {"expiresMs", issued->voucher.expiresMs}};
    if (!config.portalUrl.empty())
        reply["url"] = fmt::format("{}/?voucher={}", config.portalUrl, issued->token);
    return jsonReply(reply);
}

} // namespace

std::vector<HttpServer::Route> portalRoutes(Engine& engine, const EdgeConfig& config, const Clock& clock) {
    // Shared by the handlers, which live as long as the server.
    struct Shared {
        StoreFace face;
        TillProducts products;
        RatePerMinute signUps, codes, checks, misses, searches, joins;
    };
    const std::shared_ptr<Shared> shared(new Shared{{StoreFace::openerOf(config.catalogFolder), clock},
                                                    {config.catalogFolder, clock},
                                                    {kSignUpsPerMinute, clock},
                                                    {kCodesPerMinute, clock},
                                                    {kCodeChecksPerMinute, clock},
                                                    {kVoucherMissesPerMinute, clock},
                                                    {kSearchesPerMinute, clock},
                                                    {kJoinsPerMinute, clock}});
    std::vector<HttpServer::Route> routes;
    routes.push_back({"GET", "/v1/store", [&engine, shared, config](const HttpRequest& request) {
                          if (const auto said = request.query.find("vouchers"); said != request.query.end())
                              engine.setTakesVouchers(said->second != "no");
                          return storeReply(engine, shared->face, config);
                      }});
    routes.push_back(
        {"GET", "/v1/offers", [&engine, shared, fallback = config.language](const HttpRequest& request) {
             return offersReply(engine, shared->face, request, fallback);
         }});
    routes.push_back(
        {"GET", "/v1/products", [&engine, shared, fallback = config.language](const HttpRequest& request) {
             return shared->searches.take() ? searchReply(engine, shared->products, request, fallback)
                                            : tooMany();
         }});
    routes.push_back({"GET", "/v1/pictures/*", [folder = config.catalogFolder](const HttpRequest& request) {
                          return pictureReply(request, folder);
                      }});
    routes.push_back(
        {"POST", "/v1/sign-ups", [&engine, shared, fallback = config.language](const HttpRequest& request) {
             return signUpReply(engine, request, shared->signUps, fallback);
         }});
    routes.push_back({"POST", "/v1/events",
                      [&engine](const HttpRequest& request) { return eventReply(engine, request); }});
    routes.push_back({"POST", "/v1/codes", [&engine, shared](const HttpRequest& request) {
                          return shared->codes.take() ? askCode(engine, request) : tooMany();
                      }});
    routes.push_back({"GET", "/v1/codes/*", [&engine](const HttpRequest& request) {
                          return codeStatus(engine, lastSegment(request.path));
                      }});
    routes.push_back({"POST", "/v1/codes/*/check", [&engine, shared](const HttpRequest& request) {
                          return shared->checks.take() ? checkCode(engine, request) : tooMany();
                      }});
    routes.push_back({"POST", "/v1/vouchers", [&engine, shared](const HttpRequest& request) {
                          return redeemVoucher(engine, shared->face, request, shared->misses);
                      }});
    routes.push_back({"POST", "/v1/members", [&engine, shared](const HttpRequest& request) {
                          return joinReply(engine, request, shared->joins);
                      }});
    return routes;
}

Result<std::unique_ptr<HttpServer>> servePortal(Engine& engine, const EdgeConfig& config,
                                                const Clock& clock) {
    const auto callers = std::make_shared<Callers>(config.portalUsers, false, clock);
    auto routes = portalRoutes(engine, config, clock);
    for (auto& route : routes)
        route.handler = onlyFor(callers, std::move(route.handler));
    return HttpServer::start("unix:" + config.socketFolder + "/portal.sock", std::move(routes), kPortalLimits,
                             std::nullopt);
}

HttpServer::Handler voucherMaker(Engine& engine, const EdgeConfig& config, const Clock& clock) {
    // Shared, because a handler is copied.
    auto rate = std::make_shared<RatePerMinute>(kVouchersMadePerMinute, clock);
    return [&engine, config, rate](const HttpRequest& request) {
        return rate->take() ? makeVoucher(engine, config, request) : tooMany();
    };
}

} // namespace silta
