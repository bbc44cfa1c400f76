#include "edge/till_orders.h"

#include "edge/order_view.h"
#include "edge/rate.h"
#include "edge/replies.h"
#include "shopper/consent.h"

#include <silta/uuid.h>

namespace silta {

namespace {

constexpr std::size_t kChangeBodyBytesMax = 16 * 1024; // twenty lines with reasons
constexpr int kTillChangesPerMinute = 600;             // of all tills; a limit for a broken one

struct TillOrders {
    Engine& engine;
    std::shared_ptr<TillProducts> products;
    StaffCheck isStaff;
    RatePerMinute changes;
};

std::string queryOf(const HttpRequest& request, const char* key) {
    const auto entry = request.query.find(key);
    return entry == request.query.end() ? std::string() : entry->second;
}

Result<OrderViewing> staffViewing(const Engine& engine, const std::string& lang) {
    if (!isLanguage(lang)) return Error{Errc::Invalid, "read order: lang"};
    auto desk = engine.tillDesk();
    if (!desk) return desk.error();
    return OrderViewing{OrderReaderKind::Staff, lang, desk->store.storeCode, {}};
}

HttpResponse staffReply(TillOrders& till, const Result<KnownOrder>& known, const std::string& lang) {
    auto as = staffViewing(till.engine, lang);
    if (!as) return errorReply(as.error());
    as->hasShelves = true;
    if (!known && known.error().code == Errc::NotFound) return jsonReply({{"word", "unknown"}}, 404);
    return known ? jsonReply(orderJson(*known, *as, *till.products)) : errorReply(known.error());
}

HttpResponse listReply(TillOrders& till, const HttpRequest& request) {
    const auto list = orderListNamed(queryOf(request, "list"));
    if (!list) return errorReply({Errc::Invalid, "list orders: hand-over, pick or look"});
    auto as = staffViewing(till.engine, queryOf(request, "lang"));
    if (!as) return errorReply(as.error());
    std::vector<KnownOrder> orders;
    auto done = till.engine.lookAtOrders([&](const OrderDesk& desk) -> Result<void> {
        auto open = desk.open();
        if (!open) return open.error();
        orders = listed(std::move(*open), *list, as->storeCode, desk.setting().nowMs);
        return {};
    });
    if (!done) return errorReply(done.error());
    Json answer = {{"orders", Json::array()}, {"more", orders.size() > kOrderListMax}};
    orders.resize(std::min(orders.size(), kOrderListMax));
    for (const auto& known : orders)
        answer["orders"].push_back(orderJson(known, *as, *till.products));
    return jsonReply(answer);
}

HttpResponse findOrderReply(TillOrders& till, const HttpRequest& request) {
    auto body = parseJson(request.body, kChangeBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto number = orderNumberIn(textMember(*body, "text").value_or(""));
    auto known = number ? till.engine.withOrders([&](OrderDesk& desk) { return desk.findByNumber(*number); })
                        : Result<KnownOrder>(Error{Errc::NotFound, "find order: no number"});
    return staffReply(till, known, textMember(*body, "lang").value_or(""));
}

HttpResponse orderReply(TillOrders& till, const HttpRequest& request) {
    const auto id = lastSegment(request.path);
    if (!isUuid(id)) return errorReply({Errc::Invalid, "read order: its name is not a uuid"});
    auto known = till.engine.withOrders([&](OrderDesk& desk) { return desk.find(id); });
    return staffReply(till, known, queryOf(request, "lang"));
}

/// The change that staff want, as it would be written down.
Result<OrderChange> readStaffChange(const Json& body, const std::string& id, const std::string& staff) {
    Json wanted = {{"orderId", id}, {"by", staff}, {"atMs", 0}}; // the desk knows the time
    for (const char* key : {"action", "lines", "store", "reason"})
        if (body.contains(key)) wanted[key] = body[key];
    auto change = parseOrderChange(wanted);
    if (!change) return change;
    const bool isStaffs = change->action != OrderAction::Expire && change->action != OrderAction::Arrive &&
                          change->action != OrderAction::AskReturn;
    if (!isStaffs) return Error{Errc::Invalid, "change order: not an action of staff"};
    return change;
}

HttpResponse notNow(TillOrders& till, const std::string& id, const std::string& lang) {
    auto known = till.engine.withOrders([&](OrderDesk& desk) { return desk.find(id); });
    auto as = staffViewing(till.engine, lang);
    if (!known || !as) return errorReply(known ? as.error() : known.error());
    as->hasShelves = true;
    return jsonReply({{"word", "not-now"}, {"order", orderJson(*known, *as, *till.products)}}, 409);
}

HttpResponse changeOrderReply(TillOrders& till, const HttpRequest& request) {
    auto path = request.path;
    path.resize(path.size() - std::string_view("/changes").size());
    const auto id = lastSegment(path);
    auto body = parseJson(request.body, kChangeBodyBytesMax);
    if (!body) return errorReply(body.error());
    if (!body->is_object()) return errorReply({Errc::Invalid, "change order: no object"});
    const auto name = textMember(*body, "request").value_or("");
    const auto staff = textMember(*body, "staff").value_or("");
    const auto lang = textMember(*body, "lang").value_or("en");
    if (!isUuid(name)) return errorReply({Errc::Invalid, "change order: request is no UUID"});
    if (!isUuid(staff) || !till.isStaff(staff, false)) return jsonReply({{"word", "not-allowed"}}, 403);
    auto change = readStaffChange(*body, id, staff);
    if (!change) return errorReply(change.error());
    const bool isWordForgotten = change->action == OrderAction::HandOver && !change->reason.empty();
    if (isWordForgotten && !till.isStaff(staff, true)) return jsonReply({{"word", "not-allowed"}}, 403);
    if (!till.changes.take()) return tooMany();
    const auto said = textMember(*body, "word").value_or("");
    bool isWrongWord = false;
    auto known = till.engine.withOrders([&](OrderDesk& desk) -> Result<KnownOrder> {
        auto order = desk.find(id);
        if (!order) return order;
        isWrongWord =
            change->action == OrderAction::HandOver && !isWordForgotten && !isOrderWord(said, order->order);
        return isWrongWord ? order : desk.change(name, *change);
    });
    if (known && isWrongWord) return jsonReply({{"word", "wrong-word"}}, 403);
    if (!known && known.error().code == Errc::Conflict) return notNow(till, id, lang);
    return staffReply(till, known, lang);
}

} // namespace

std::vector<HttpServer::Route> tillOrderRoutes(Engine& engine, std::shared_ptr<TillProducts> products,
                                               StaffCheck staff, const Clock& clock) {
    const std::shared_ptr<TillOrders> till(
        new TillOrders{engine, std::move(products), std::move(staff), {kTillChangesPerMinute, clock}});
    std::vector<HttpServer::Route> routes;
    const auto add = [&](const char* method, const char* route,
                         HttpResponse (*handle)(TillOrders&, const HttpRequest&)) {
        routes.push_back(
            {method, route, [till, handle](const HttpRequest& request) { return handle(*till, request); }});
    };
    add("GET", "/v1/orders", listReply);
    add("POST", "/v1/orders/find", findOrderReply);
    add("GET", "/v1/orders/*", orderReply);
    add("POST", "/v1/orders/*/changes", changeOrderReply);
    return routes;
}

} // namespace silta
