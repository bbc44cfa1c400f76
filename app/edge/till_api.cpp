#include "edge/till_api.h"

#include "edge/coupon_api.h"
#include "edge/next_thing.h"
#include "edge/rate.h"
#include "edge/replies.h"
#include "edge/staff_sign_in.h"
#include "edge/till_orders.h"
#include "edge/till_products.h"
#include "edge/till_sales.h"
#include "scan/chain_config.h"
#include "shopper/campaign.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <algorithm>
#include <iterator>

namespace silta {

namespace {

// The till keeps a few connections open. One thread may be busy with a PIN, one with a search.
constexpr HttpLimits kTillLimits{.connections = 32,
                                 .connectionsPerAddress = 32,
                                 .headerBytes = 8 * 1024,
                                 .bodyBytes = 32 * 1024,
                                 .idleSeconds = 120,
                                 .totalSeconds = 3'600,
                                 .threads = 4};
constexpr int kSignInsPerMinute = 120; // of all tills; a PIN costs 19 MiB for tens of milliseconds
constexpr int kTillAsksPerMinute = 60; // as the hub takes them
constexpr int kTillSignUpsPerMinute =
    1'500; // 25 a second: a campaign day of all tills, and a limit for a broken one
constexpr std::size_t kFieldBytesMax = kScanBytesMax;

/// Shared by the handlers, which live as long as the server.
struct TillDeskState {
    Engine& engine;
    EdgeConfig config;
    ChainCodes codes;
    std::shared_ptr<TillProducts> products; ///< the routes of orders read them too
    RatePerMinute signIns, memberAsks, signUps;
};

HttpResponse deskReply(TillDeskState& till) {
    auto desk = till.engine.tillDesk();
    if (!desk) return errorReply(desk.error());
    const auto country = till.products->countryOf(desk->store.storeCode);
    return jsonReply(
        {{"code", desk->store.storeCode},
         {"name", desk->store.storeName},
         {"chain", till.config.chainName.empty() ? desk->store.storeName : till.config.chainName},
         {"country", country.value_or("")},
         {"hubSealKey", toBase64(desk->store.sealKey)},
         {"language", till.config.language},
         {"online", desk->isOnline},
         {"invites", till.engine.mayInvite()}});
}

HttpResponse signInReply(TillDeskState& till, const HttpRequest& request) {
    return staffSignInReply(till.engine, till.signIns, request, kTillLimits.bodyBytes);
}

HttpResponse eventReply(TillDeskState& till, const HttpRequest& request) {
    return staffEventReply(till.engine, request, kTillLimits.bodyBytes);
}

HttpResponse staffReply(const TillDeskState& till, const HttpRequest& request) {
    auto staff = till.engine.activeStaff(lastSegment(request.path));
    return staff ? jsonReply(staffJson(*staff)) : errorReply(staff.error());
}

// ---- what was scanned or typed

Json memberJson(TillDeskState& till, const std::string& number, const std::string& lang) {
    Json json = {{"kind", "member"}, {"number", number}};
    if (auto next = nextThing(till.engine, *till.products, {}, lang, till.config.language))
        json["next"] = std::move(*next);
    const auto outcome = till.engine.numberOutcome(number);
    json["issuedHere"] = outcome.has_value();
    auto asker = till.engine.memberAsker();
    if (!asker) return json;
    if (const auto kept = (*asker)->kept(number))
        json["kept"] = {{"points", kept->points}, {"tier", kept->tier}, {"asOfMs", kept->asOfMs}};
    if (!till.memberAsks.take()) return json;
    if (auto question = (*asker)->askNumber(number)) json["question"] = *question;
    return json;
}

Result<Json> couponJson(TillDeskState& till, const std::string& text, const std::string& lang) {
    auto coupon = till.engine.welcomeCoupon();
    if (!coupon || !*coupon || (*coupon)->code != text) return Error{Errc::NotFound, "find coupon: none"};
    return Json{{"kind", "welcome-coupon"},
                {"title", titleIn((*coupon)->titles, lang, till.config.language)},
                {"code", (*coupon)->code},
                {"validDate", (*coupon)->lastDay}};
}

Result<Json> productJson(TillDeskState& till, const Gtin& gtin, const std::string& store,
                         const std::string& lang) {
    auto product = till.products->byGtin(gtin, store, lang);
    if (product) return Json{{"kind", "product"}, {"product", *product}};
    if (product.error().code != Errc::NotFound) return product.error();
    return Json{{"kind", "unknown-product"}, {"gtin", gtin.toString()}};
}

bool looksLikeWords(std::string_view text) {
    return text.size() <= kTillWordsBytesMax && text.find_first_of("\x1d:/") == std::string_view::npos &&
           text.find_first_not_of("0123456789 -") != std::string_view::npos;
}

Result<Json> resolved(TillDeskState& till, const std::string& text, const std::string& lang) {
    auto desk = till.engine.tillDesk();
    if (!desk) return desk.error();
    const auto& store = desk->store.storeCode;
    auto codes = till.codes;
    codes.memberPrefix = desk->memberPrefix;
    if (auto coupon = couponJson(till, text, lang)) return coupon;
    const auto meaning =
        explain({.symbology = Symbology::Unknown, .aimId = {}, .bytes = text, .source = {}}, codes);
    switch (meaning.kind) {
    case MeaningKind::Member:
        return memberJson(till, meaning.memberNumber, lang);
    case MeaningKind::Product:
    case MeaningKind::DigitalLink:
        if (meaning.gtin) return productJson(till, *meaning.gtin, store, lang);
        break;
    case MeaningKind::Token:
        return Json{{"kind", "token"}, {"token", meaning.uri}, {"tokenKind", toString(meaning.token->kind)}};
    case MeaningKind::Order:
        return Json{{"kind", "order"}, {"number", meaning.orderNumber}};
    case MeaningKind::Receipt:
        return receiptCard(till.engine, meaning.receiptNumber);
    case MeaningKind::Enrolment:
    case MeaningKind::Wishlist:
        return Json{{"kind", toString(meaning.kind)}};
    case MeaningKind::Unknown:
        break;
    }
    if (meaning.coupon) return Json{{"kind", "printed-coupon"}, {"expires", meaning.coupon->expires}};
    if (meaning.foreign) return Json{{"kind", "foreign"}, {"name", meaning.foreign->name}};
    if (!looksLikeWords(text)) return Json{{"kind", "unknown"}};
    if (auto product = till.products->bySku(text, store, lang))
        return Json{{"kind", "product"}, {"product", *product}};
    auto hits = till.products->byWords(text, store, lang);
    if (!hits) return hits.error();
    if (hits->empty()) return Json{{"kind", "unknown"}};
    return Json{{"kind", "products"}, {"products", *hits}};
}

HttpResponse resolveReply(TillDeskState& till, const HttpRequest& request) {
    auto body = parseJson(request.body, kTillLimits.bodyBytes);
    if (!body) return errorReply(body.error());
    const auto text = textMember(*body, "text", kFieldBytesMax).value_or("");
    const auto lang = textMember(*body, "lang").value_or("");
    if (text.empty() || !isLanguage(lang))
        return errorReply({Errc::Invalid, "resolve: text or lang is missing or too long"});
    auto card = resolved(till, text, lang);
    return card ? jsonReply(*card) : errorReply(card.error());
}

HttpResponse productReply(TillDeskState& till, const HttpRequest& request) {
    auto desk = till.engine.tillDesk();
    if (!desk) return errorReply(desk.error());
    const auto valueOf = [&request](const char* key) {
        const auto entry = request.query.find(key);
        return entry == request.query.end() ? std::string() : entry->second;
    };
    if (!isLanguage(valueOf("lang"))) return errorReply({Errc::Invalid, "read product: lang"});
    auto product = till.products->bySku(valueOf("sku"), desk->store.storeCode, valueOf("lang"));
    return product ? jsonReply({{"kind", "product"}, {"product", *product}}) : errorReply(product.error());
}

// ---- members

/// The sign-up is kept already: a coupon that cannot be read is none.
void addWelcome(TillDeskState& till, const std::string& lang, Json& reply) {
    if (const auto coupon = till.engine.welcomeCoupon(); coupon && *coupon)
        reply["coupon"] = {{"title", titleIn((*coupon)->titles, lang, till.config.language)},
                           {"code", (*coupon)->code},
                           {"validDate", (*coupon)->lastDay}};
}

HttpResponse signUpReply(TillDeskState& till, const HttpRequest& request) {
    auto body = parseJson(request.body, kTillLimits.bodyBytes);
    if (!body) return errorReply(body.error());
    auto signUp = parseSignUp(*body);
    if (!signUp) return errorReply(signUp.error());
    if (auto staff = till.engine.activeStaff(signUp->staffId); !staff) return errorReply(staff.error());
    if (!till.signUps.take()) return tooMany();
    const auto lang = signUp->lang;
    Json reply = {{"memberId", signUp->memberId}};
    auto number = till.engine.signUp(std::move(*signUp));
    if (!number) return errorReply(number.error());
    reply["number"] = *number;
    addWelcome(till, lang, reply);
    return jsonReply(reply);
}

// ---- members who type on a phone of their own

HttpResponse invitedReply(TillDeskState& till, const Result<Engine::Invited>& invited,
                          const std::string& lang) {
    if (!invited) return errorReply(invited.error());
    Json reply = {{"state", invited->isDone   ? "done"
                            : invited->isOver ? "over"
                                              : "open"},
                  {"url", invited->url},
                  {"untilMs", invited->untilMs}};
    if (invited->isDone) {
        reply["number"] = invited->number;
        addWelcome(till, lang, reply);
    }
    return jsonReply(reply);
}

HttpResponse inviteReply(TillDeskState& till, const HttpRequest& request) {
    auto body = parseJson(request.body, kTillLimits.bodyBytes);
    if (!body) return errorReply(body.error());
    const auto lang = textMember(*body, "lang").value_or("");
    const auto staffId = textMember(*body, "staffId").value_or("");
    if (!isLanguage(lang)) return errorReply({Errc::Invalid, "invite: lang"});
    if (auto staff = till.engine.activeStaff(staffId); !staff) return errorReply(staff.error());
    if (!till.signUps.take()) return tooMany();
    return invitedReply(till, till.engine.invite(textMember(*body, "memberId").value_or(""), staffId), lang);
}

HttpResponse invitationReply(TillDeskState& till, const HttpRequest& request) {
    const auto lang = request.query.find("lang");
    if (lang == request.query.end() || !isLanguage(lang->second))
        return errorReply({Errc::Invalid, "read invitation: lang"});
    return invitedReply(till, till.engine.invited(lastSegment(request.path)), lang->second);
}

HttpResponse askReply(TillDeskState& till, const HttpRequest& request) {
    auto body = parseJson(request.body, kTillLimits.bodyBytes);
    if (!body) return errorReply(body.error());
    const auto sealed = textMember(*body, "sealed", kSealedBytesMax).value_or("");
    if (sealed.empty() || !fromBase64(sealed))
        return errorReply({Errc::Invalid, "ask for member: not a sealed box"});
    if (!till.memberAsks.take()) return tooMany();
    auto asker = till.engine.memberAsker();
    if (!asker) return errorReply(asker.error());
    auto question = (*asker)->askContact(sealed);
    if (!question && question.error().code == Errc::Limit) return tooMany();
    return question ? jsonReply({{"question", *question}}, 202) : errorReply(question.error());
}

HttpResponse answerReply(TillDeskState& till, const HttpRequest& request) {
    auto asker = till.engine.memberAsker();
    if (!asker) return errorReply(asker.error());
    auto answer = (*asker)->answer(lastSegment(request.path));
    if (!answer) return errorReply(answer.error());
    switch (answer->state) {
    case MemberAnswer::State::Asking:
        return jsonReply(Json::object(), 202);
    case MemberAnswer::State::Unavailable:
        return httpError(503, "unavailable");
    case MemberAnswer::State::Unknown:
        return jsonReply({{"known", false}});
    case MemberAnswer::State::Known:
        break;
    }
    Json json = {{"known", true}, {"sinceMs", answer->sinceMs}, {"lastDigits", answer->lastDigits}};
    if (answer->points) json["points"] = *answer->points;
    if (answer->points) json["tier"] = answer->tier;
    const auto lang = request.query.find("lang");
    if (lang != request.query.end() && isLanguage(lang->second) && !answer->wishes.empty())
        if (auto next =
                nextThing(till.engine, *till.products, answer->wishes, lang->second, till.config.language))
            json["next"] = std::move(*next);
    return jsonReply(json);
}

} // namespace

Result<std::vector<HttpServer::Route>> tillRoutes(Engine& engine, const EdgeConfig& config,
                                                  const Clock& clock) {
    ChainCodes codes;
    if (!config.codesFile.empty()) {
        auto loaded = loadChainCodes(config.codesFile);
        if (!loaded) return loaded.error();
        codes = std::move(*loaded);
    }
    const std::shared_ptr<TillDeskState> till(
        new TillDeskState{engine,
                          config,
                          std::move(codes),
                          std::make_shared<TillProducts>(config.catalogFolder, clock),
                          {kSignInsPerMinute, clock},
                          {kTillAsksPerMinute, clock},
                          {kTillSignUpsPerMinute, clock}});
    std::vector<HttpServer::Route> routes;
    const auto add = [&](const char* method, const char* path,
                         HttpResponse (*reply)(TillDeskState&, const HttpRequest&)) {
        routes.push_back(
            {method, path, [till, reply](const HttpRequest& request) { return reply(*till, request); }});
    };
    routes.push_back({"GET", "/v1/desk", [till](const HttpRequest&) { return deskReply(*till); }});
    add("POST", "/v1/staff/sign-in", signInReply);
    routes.push_back(
        {"GET", "/v1/staff/*", [till](const HttpRequest& request) { return staffReply(*till, request); }});
    add("POST", "/v1/staff/events", eventReply);
    add("POST", "/v1/resolve", resolveReply);
    add("GET", "/v1/products", productReply);
    add("POST", "/v1/members", signUpReply);
    add("POST", "/v1/members/ask", askReply);
    add("GET", "/v1/members/ask/*", answerReply);
    add("POST", "/v1/members/invitations", inviteReply);
    add("GET", "/v1/members/invitations/*", invitationReply);
    const auto mayDo = [&engine](const std::string& id, bool asSupervisor) {
        const auto staff = engine.activeStaff(id);
        return staff && (!asSupervisor || staff->role == StaffRole::Supervisor);
    };
    std::ranges::move(couponRoutes(engine, mayDo, clock), std::back_inserter(routes));
    std::ranges::move(tillSaleRoutes(engine, mayDo, clock), std::back_inserter(routes));
    std::ranges::move(tillOrderRoutes(engine, till->products, mayDo, clock), std::back_inserter(routes));
    return routes;
}

Result<std::unique_ptr<HttpServer>> serveTill(Engine& engine, const EdgeConfig& config, const Clock& clock) {
    auto routes = tillRoutes(engine, config, clock);
    if (!routes) return routes.error();
    const auto callers = std::make_shared<Callers>(config.tillUsers, false, clock);
    for (auto& route : *routes)
        route.handler = onlyFor(callers, std::move(route.handler));
    return HttpServer::start("unix:" + config.socketFolder + "/till.sock", std::move(*routes), kTillLimits,
                             std::nullopt);
}

} // namespace silta
