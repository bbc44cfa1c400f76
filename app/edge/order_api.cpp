#include "edge/order_api.h"

#include "edge/order_view.h"
#include "edge/rate.h"
#include "edge/replies.h"
#include "shopper/consent.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace silta {

namespace {

constexpr std::size_t kOrderBodyBytesMax = 32 * 1024;
constexpr int kOrdersPerMinute = 30; // one kiosk, one shopper at a time; a limit for a broken one
constexpr int kOrderChangesPerMinute = 60;
/// Of somebody who tries numbers: one in nine thousand is an open order's.
constexpr int kUnknownNumbersPerMinute = 10;
constexpr int kWrongWordsMax = 5; // of an order; then staff have to do something with it
constexpr std::size_t kWrongWordOrdersMax = 2 * kOrdersOfStoreMax;
constexpr std::size_t kWordsOffered = 3;

/// Who guesses at an order's word. Thread: any.
class WrongWords {
public:
    /// Counted anew once the order is in another state: somebody has looked at it.
    [[nodiscard]] bool mayTry(const Order& order) {
        const std::lock_guard lock(mutex_);
        const auto tries = tries_.find(order.id);
        if (tries == tries_.end()) return tries_.size() < kWrongWordOrdersMax;
        if (tries->second.state != order.state) tries->second = {order.state, 0};
        return tries->second.count < kWrongWordsMax;
    }
    void count(const Order& order) {
        const std::lock_guard lock(mutex_);
        ++tries_.try_emplace(order.id, Tries{order.state, 0}).first->second.count;
    }

private:
    struct Tries {
        OrderState state;
        int count;
    };
    std::mutex mutex_;
    std::map<std::string, Tries> tries_; ///< by order
};

/// Shared by the handlers, which live as long as the server.
struct KioskOrders {
    Engine& engine;
    TillProducts products;
    SystemRandom random;
    RatePerMinute placings, changes, unknownNumbers;
    WrongWords wrongWords;
};

std::string langOf(const HttpRequest& request) {
    const auto entry = request.query.find("lang");
    return entry != request.query.end() && isLanguage(entry->second) ? entry->second : "en";
}

Result<OrderViewing> viewing(const Engine& engine, OrderReaderKind reader, const std::string& lang) {
    auto desk = engine.guestDesk();
    if (!desk) return desk.error();
    return OrderViewing{reader, lang, desk->storeCode, desk->publicUrl};
}

HttpResponse reply(KioskOrders& kiosk, const Result<KnownOrder>& known, OrderReaderKind reader,
                   const std::string& lang) {
    if (!known) return errorReply(known.error());
    auto as = viewing(kiosk.engine, reader, lang);
    return as ? jsonReply(orderJson(*known, *as, kiosk.products)) : errorReply(as.error());
}

/// The UUID in the path before `tail`.
Result<std::string> orderOf(const HttpRequest& request, std::string_view tail) {
    auto path = request.path;
    path.resize(path.size() - tail.size());
    auto id = lastSegment(path);
    if (!isUuid(id)) return Error{Errc::Invalid, "read order: its name is not a uuid"};
    return id;
}

ShelfLookup shelfOf(KioskOrders& kiosk, const std::string& storeCode) {
    return [&kiosk, storeCode](const std::string& sku) -> std::optional<ShelfCount> {
        auto shelf = kiosk.products.shelfOf(sku, storeCode);
        return shelf ? std::optional(ShelfCount{shelf->quantity, shelf->asOf}) : std::nullopt;
    };
}

HttpResponse wordsReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto words = orderWords(langOf(request));
    auto offered = Json::array();
    while (offered.size() < kWordsOffered) {
        const auto at = words.begin() + static_cast<std::ptrdiff_t>(kiosk.random.next64() % words.size());
        offered.push_back(*at);
        words.erase(at);
    }
    return jsonReply({{"words", std::move(offered)}});
}

HttpResponse checkReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto body = parseJson(request.body, kOrderBodyBytesMax);
    if (!body) return errorReply(body.error());
    auto kind = parseOrderKind(*body);
    if (!kind) return errorReply(kind.error());
    auto lines = parseOrderLines(*body);
    if (!lines) return errorReply(lines.error());
    auto desk = kiosk.engine.guestDesk();
    if (!desk) return errorReply(desk.error());
    const auto store = textMember(*body, "store", kOrderStoreBytesMax).value_or("");
    Json answer = {{"lines", Json::array()}};
    bool isKept = true;
    auto done = kiosk.engine.lookAtOrders([&](const OrderDesk& orders) -> Result<void> {
        auto promises = orders.check(*kind, store, *lines, shelfOf(kiosk, desk->storeCode));
        if (!promises) return promises.error();
        for (const auto& line : *promises) {
            isKept = isKept && line.isKept;
            answer["lines"].push_back(
                {{"sku", line.sku}, {"promise", line.isKept ? "kept" : "requested"}, {"free", line.free}});
        }
        answer["online"] = orders.setting().isOnline;
        return {};
    });
    if (!done) return errorReply(done.error());
    answer["promise"] = isKept ? "kept" : "requested";
    return jsonReply(answer);
}

HttpResponse placeReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto body = parseJson(request.body, kOrderBodyBytesMax);
    if (!body) return errorReply(body.error());
    auto draft = parseOrderDraft(*body);
    if (!draft) return errorReply(draft.error());
    if (!draft->sealed.empty() && !fromBase64(draft->sealed))
        return errorReply({Errc::Invalid, "place order: sealed is no sealed box"});
    auto desk = kiosk.engine.guestDesk();
    if (!desk) return errorReply(desk.error());
    if (!kiosk.placings.take()) return tooMany();
    const auto shelf = shelfOf(kiosk, desk->storeCode);
    auto known = kiosk.engine.withOrders([&](OrderDesk& orders) { return orders.place(*draft, shelf); });
    return reply(kiosk, known, OrderReaderKind::Owner, draft->lang);
}

HttpResponse oneReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto id = orderOf(request, "");
    if (!id) return errorReply(id.error());
    auto known = kiosk.engine.withOrders([&](OrderDesk& orders) { return orders.find(*id); });
    return reply(kiosk, known, OrderReaderKind::Owner, langOf(request));
}

HttpResponse findReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto body = parseJson(request.body, kOrderBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto number = orderNumberIn(textMember(*body, "code").value_or(""));
    const auto lang = textMember(*body, "lang").value_or("en");
    if (!isLanguage(lang)) return errorReply({Errc::Invalid, "find order: lang"});
    if (!kiosk.unknownNumbers.hasRoom() || !kiosk.changes.take()) return tooMany();
    auto known =
        number ? kiosk.engine.withOrders([&](OrderDesk& orders) { return orders.findByNumber(*number); })
               : Result<KnownOrder>(Error{Errc::NotFound, "find order: no number"});
    if (!known && known.error().code == Errc::NotFound) {
        if (number) kiosk.unknownNumbers.take(); // what is no number at all tells nobody anything
        return jsonReply({{"word", "unknown"}}, 404);
    }
    return reply(kiosk, known, OrderReaderKind::Anyone, lang);
}

/// Does what the shopper wants, or tells in words why not.
HttpResponse changeReply(KioskOrders& kiosk, const OrderChange& change, const std::string& lang) {
    if (!kiosk.changes.take()) return tooMany();
    auto known = kiosk.engine.withOrders([&](OrderDesk& orders) { return orders.change("", change); });
    if (known || known.error().code != Errc::Conflict)
        return reply(kiosk, known, OrderReaderKind::Anyone, lang);
    known = kiosk.engine.withOrders([&](OrderDesk& orders) { return orders.find(change.orderId); });
    auto as = viewing(kiosk.engine, OrderReaderKind::Anyone, lang);
    if (!known || !as) return errorReply(known ? as.error() : known.error());
    return jsonReply({{"word", "not-now"}, {"order", orderJson(*known, *as, kiosk.products)}}, 409);
}

OrderChange shoppersChange(const std::string& id, OrderAction action) {
    OrderChange change;
    change.orderId = id;
    change.action = action;
    change.by = kByShopper;
    return change;
}

HttpResponse arriveReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto id = orderOf(request, "/arrivals");
    if (!id) return errorReply(id.error());
    auto known = kiosk.engine.withOrders([&](OrderDesk& orders) { return orders.find(*id); });
    if (known && known->order.arrivedMs > 0)
        return reply(kiosk, known, OrderReaderKind::Anyone, langOf(request));
    return changeReply(kiosk, shoppersChange(*id, OrderAction::Arrive), langOf(request));
}

HttpResponse cancelReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto id = orderOf(request, "/cancellations");
    if (!id) return errorReply(id.error());
    auto body = parseJson(request.body, kOrderBodyBytesMax);
    if (!body) return errorReply(body.error());
    auto known = kiosk.engine.withOrders([&](OrderDesk& orders) { return orders.find(*id); });
    if (!known) return errorReply(known.error());
    if (!kiosk.changes.hasRoom() || !kiosk.wrongWords.mayTry(known->order)) return tooMany();
    if (!isOrderWord(textMember(*body, "word").value_or(""), known->order)) {
        kiosk.changes.take();
        kiosk.wrongWords.count(known->order);
        return jsonReply({{"word", "wrong-word"}}, 403);
    }
    auto change = shoppersChange(*id, OrderAction::Cancel);
    change.reason = "shopper";
    return changeReply(kiosk, change, langOf(request));
}

HttpResponse askReturnReply(KioskOrders& kiosk, const HttpRequest& request) {
    auto id = orderOf(request, "/return-requests");
    if (!id) return errorReply(id.error());
    auto body = parseJson(request.body, kOrderBodyBytesMax);
    if (!body) return errorReply(body.error());
    auto wanted = toJson(shoppersChange(*id, OrderAction::AskReturn));
    wanted["lines"] = arrayMember(*body, "lines");
    auto change = parseOrderChange(wanted);
    if (!change) return errorReply(change.error());
    return changeReply(kiosk, *change, langOf(request));
}

} // namespace

std::vector<HttpServer::Route> kioskOrderRoutes(Engine& engine, const EdgeConfig& config,
                                                const Clock& clock) {
    const std::shared_ptr<KioskOrders> kiosk(new KioskOrders{engine,
                                                             {config.catalogFolder, clock},
                                                             {},
                                                             {kOrdersPerMinute, clock},
                                                             {kOrderChangesPerMinute, clock},
                                                             {kUnknownNumbersPerMinute, clock},
                                                             {}});
    std::vector<HttpServer::Route> routes;
    const auto add = [&](const char* method, const char* path,
                         HttpResponse (*handle)(KioskOrders&, const HttpRequest&)) {
        routes.push_back(
            {method, path, [kiosk, handle](const HttpRequest& request) { return handle(*kiosk, request); }});
    };
    add("GET", "/v1/orders/words", wordsReply);
    add("POST", "/v1/orders/check", checkReply);
    add("POST", "/v1/orders/find", findReply);
    add("POST", "/v1/orders", placeReply);
    add("GET", "/v1/orders/*", oneReply);
    add("POST", "/v1/orders/*/arrivals", arriveReply);
    add("POST", "/v1/orders/*/cancellations", cancelReply);
    add("POST", "/v1/orders/*/return-requests", askReturnReply);
    return routes;
}

} // namespace silta
