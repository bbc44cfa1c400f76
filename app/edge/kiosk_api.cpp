#include "edge/kiosk_api.h"

#include "edge/guest_wifi.h"
#include "edge/order_api.h"
#include "edge/portal_api.h"
#include "edge/replies.h"
#include "edge/staff_sign_in.h"

#include <silta/uuid.h>

namespace silta {

namespace {

// One kiosk with a handful of requests in flight; a sign-up is the largest body.
constexpr HttpLimits kKioskLimits{.connections = 16,
                                  .connectionsPerAddress = 16,
                                  .headerBytes = 8 * 1024,
                                  .bodyBytes = 32 * 1024,
                                  .idleSeconds = 120,
                                  .totalSeconds = 3'600,
                                  .threads = 2};
constexpr int kKioskSignInsPerMinute = 20; // one screen; a PIN costs 19 MiB for tens of milliseconds

Json toJson(const std::string& list, const std::vector<WishlistItem>& items) {
    auto array = Json::array();
    for (const auto& item : items) {
        Json entry = {{"sku", item.sku}, {"quantity", item.quantity}, {"tag", item.tags.back()}};
        if (item.gtin) entry["gtin"] = item.gtin->toString();
        array.push_back(std::move(entry));
    }
    return {{"id", list}, {"items", array}};
}

HttpResponse listReply(const std::string& list, const Result<std::vector<WishlistItem>>& items) {
    return items ? jsonReply(toJson(list, *items)) : errorReply(items.error());
}

// Paths are /v1/wishlists/<uuid> with an optional tail that the route has matched already.
Result<std::string> listOf(std::string path, std::string_view tail) {
    path.resize(path.size() - tail.size());
    auto list = lastSegment(path);
    if (!isUuid(list)) return Error{Errc::Invalid, "read wishlist: its name is not a uuid"};
    return list;
}

HttpResponse addItem(Engine& engine, const std::string& list, const Json& body) {
    const auto sku = textMember(body, "sku", kSkuBytesMax);
    const auto quantity = integerMember(body, "quantity").value_or(1);
    if (!sku || sku->empty())
        return errorReply({Errc::Invalid, "add to wishlist: sku is missing or too long"});
    if (quantity < 1 || quantity > kWishlistQuantityMax)
        return errorReply({Errc::Invalid, "add to wishlist: quantity is not 1 to 999"});
    std::optional<Gtin> gtin;
    if (const auto text = textMember(body, "gtin")) {
        auto parsed = Gtin::parse(*text);
        if (!parsed) return errorReply(parsed.error());
        gtin = *parsed;
    }
    return listReply(list, engine.addToWishlist(list, *sku, gtin, static_cast<int>(quantity)));
}

HttpResponse signUp(Engine& engine, const HttpRequest& request) {
    auto body = parseJson(request.body, kKioskLimits.bodyBytes);
    if (!body) return errorReply(body.error());
    auto signUp = parseSignUp(*body);
    if (!signUp) return errorReply(signUp.error());
    const auto memberId = signUp->memberId;
    auto number = engine.signUp(std::move(*signUp));
    if (!number) return errorReply(number.error());
    return jsonReply({{"memberId", memberId}, {"number", *number}});
}

} // namespace

Result<std::unique_ptr<HttpServer>> serveKiosk(Engine& engine, const EdgeConfig& config, const Clock& clock) {
    const auto callers = std::make_shared<Callers>(config.kioskUsers, false, clock);
    const auto guarded = [&callers](HttpServer::Handler handler) {
        return onlyFor(callers, std::move(handler));
    };
    std::vector<HttpServer::Route> routes;
    routes.push_back(
        {"GET", "/v1/status", guarded([&engine](const HttpRequest&) { return jsonReply(engine.status()); })});
    routes.push_back({"GET", "/v1/wishlists/*", guarded([&engine](const HttpRequest& request) {
                          auto list = listOf(request.path, "");
                          return list ? listReply(*list, engine.wishlist(*list)) : errorReply(list.error());
                      })});
    routes.push_back({"POST", "/v1/wishlists/*/items", guarded([&engine](const HttpRequest& request) {
                          auto list = listOf(request.path, "/items");
                          if (!list) return errorReply(list.error());
                          auto body = parseJson(request.body, kKioskLimits.bodyBytes);
                          return body ? addItem(engine, *list, *body) : errorReply(body.error());
                      })});
    routes.push_back({"POST", "/v1/wishlists/*/removals", guarded([&engine](const HttpRequest& request) {
                          auto list = listOf(request.path, "/removals");
                          if (!list) return errorReply(list.error());
                          auto body = parseJson(request.body, kKioskLimits.bodyBytes);
                          if (!body) return errorReply(body.error());
                          const auto sku = textMember(*body, "sku", kSkuBytesMax);
                          if (!sku)
                              return errorReply({Errc::Invalid, "remove from wishlist: sku is missing"});
                          return listReply(*list, engine.removeFromWishlist(*list, *sku));
                      })});
    routes.push_back({"POST", "/v1/members",
                      guarded([&engine](const HttpRequest& request) { return signUp(engine, request); })});
    // Shared, because a handler is copied.
    const auto face = std::make_shared<StoreFace>(StoreFace::openerOf(config.catalogFolder), clock);
    const auto isOpen = [&engine, &clock, face] {
        const auto desk = engine.guestDesk();
        return !desk || isStoreOpen(*face, desk->storeCode, clock.nowMs());
    };
    // Where the portal takes no voucher the kiosk speaks of no Wi-Fi: its code would lead to a page that asks
    // for something else than the voucher beside it.
    const auto ifTaken = [&engine](HttpServer::Handler handler, HttpResponse otherwise) {
        return [&engine, handler = std::move(handler),
                otherwise = std::move(otherwise)](const HttpRequest& request) {
            return engine.takesVouchers() ? handler(request) : otherwise;
        };
    };
    routes.push_back(
        {"GET", "/v1/wifi", guarded(ifTaken(wifiTeller(config, isOpen), jsonReply({{"state", "none"}})))});
    routes.push_back({"POST", "/v1/vouchers",
                      guarded(ifTaken(voucherMaker(engine, config, clock),
                                      errorReply({Errc::Unavailable, "make voucher: none is taken here"})))});
    const auto signIns = std::make_shared<RatePerMinute>(kKioskSignInsPerMinute, clock);
    routes.push_back({"POST", "/v1/staff/sign-in", guarded([&engine, signIns](const HttpRequest& request) {
                          return staffSignInReply(engine, *signIns, request, kKioskLimits.bodyBytes);
                      })});
    routes.push_back({"POST", "/v1/staff/events", guarded([&engine](const HttpRequest& request) {
                          return staffEventReply(engine, request, kKioskLimits.bodyBytes);
                      })});
    routes.push_back({"POST", "/v1/enrol", guarded([&engine](const HttpRequest& request) {
                          return enrolReply(engine, request, kKioskLimits.bodyBytes);
                      })});
    for (auto& route : kioskOrderRoutes(engine, config, clock))
        routes.push_back({route.method, route.path, guarded(std::move(route.handler))});
    return HttpServer::start("unix:" + config.socketFolder + "/kiosk.sock", std::move(routes), kKioskLimits,
                             std::nullopt);
}

} // namespace silta
