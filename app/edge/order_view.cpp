#include "edge/order_view.h"

#include "core/order_number.h"

#include <silta/catalog.h>
#include <silta/scan.h>

#include <algorithm>
#include <map>

namespace silta {

namespace {

using StoreNames = std::map<std::string, std::string>;

/// Where it lies in this store, for whoever fetches it.
void addShelf(Json& json, const Order& order, const OrderViewing& viewing, TillProducts& products) {
    if (!viewing.hasShelves || order.store != viewing.storeCode) return;
    const auto shelf = products.shelfOf(json["sku"].get_ref<const std::string&>(), viewing.storeCode);
    if (!shelf || shelf->asOf == 0) return;
    json["here"] = shelf->quantity;
    if (!shelf->aisle.empty()) json["aisle"] = shelf->aisle;
}

Json linesJson(const Order& order, const OrderViewing& viewing, TillProducts& products) {
    auto lines = Json::array();
    for (const auto& line : order.lines) {
        Json json = {{"sku", line.sku}, {"quantity", line.quantity}, {"unitPriceMinor", line.unitPriceMinor}};
        if (line.priceNowMinor) json["priceNowMinor"] = *line.priceNowMinor;
        if (line.missing > 0) json["missing"] = line.missing;
        if (line.returned > 0) json["returned"] = line.returned;
        if (viewing.reader == OrderReaderKind::Staff && line.asked > 0) {
            json["asked"] = line.asked;
            json["askedReason"] = line.askedReason;
        }
        if (auto name = products.nameOf(line.sku, viewing.storeCode, viewing.lang)) json["name"] = *name;
        addShelf(json, order, viewing, products);
        lines.push_back(std::move(json));
    }
    return lines;
}

void addName(Json& json, const char* key, const StoreNames& names, const std::string& code) {
    if (const auto name = names.find(code); name != names.end()) json[key] = name->second;
}

void addSecrets(Json& json, const KnownOrder& known, const OrderViewing& viewing) {
    json["word"] = known.order.word;
    json["initials"] = known.order.initials;
    if (!known.pageKey.empty() && !viewing.publicUrl.empty())
        json["pageUrl"] = viewing.publicUrl + "/o/" + known.pageKey;
}

bool isForHandOver(const Order& order) {
    return isPossible(order, OrderAction::HandOver) &&
           (order.state == OrderState::Ready || order.arrivedMs > 0);
}

bool isForPick(const Order& order) {
    return order.state == OrderState::Picking || isPossible(order, OrderAction::Pick);
}

bool isForLook(const KnownOrder& known, UtcMs nowMs) {
    const auto& order = known.order;
    const bool isLate = isPossible(order, OrderAction::Expire) && order.expiresMs < nowMs;
    return known.isRefused || order.isOverPromised || order.isReturnAsked || isLate || order.owesRefund() ||
           order.state == OrderState::AcceptedUnallocated;
}

/// Whoever waits at the desk comes before everybody else.
bool goesBefore(const KnownOrder& a, const KnownOrder& b) {
    const bool aWaits = a.order.arrivedMs > 0;
    const bool bWaits = b.order.arrivedMs > 0;
    if (aWaits != bWaits) return aWaits;
    return a.order.promisedMs < b.order.promisedMs;
}

} // namespace

Json orderJson(const KnownOrder& known, const OrderViewing& viewing, TillProducts& products) {
    const auto& order = known.order;
    const auto names = products.storeNames(viewing.storeCode).value_or(StoreNames{});
    Json json = {{"orderId", order.id},
                 {"number", order.number},
                 {"code", orderCode(order.number)},
                 {"kind", toString(order.kind)},
                 {"state", toString(order.state)},
                 {"promise", order.isKept && !known.isRefused ? "kept" : "requested"},
                 {"madeIn", order.madeIn},
                 {"store", order.store},
                 {"lines", linesJson(order, viewing, products)},
                 {"currency", order.currency},
                 {"totalMinor", order.totalMinor()},
                 {"placedMs", order.placedMs},
                 {"promisedMs", order.promisedMs},
                 {"expiresMs", order.expiresMs},
                 {"paid", order.isPaid},
                 {"refunded", order.isRefunded},
                 {"returnAsked", order.isReturnAsked},
                 {"overPromised", order.isOverPromised},
                 {"atHub", known.rev > 0},
                 {"refused", known.isRefused}};
    addName(json, "madeInName", names, order.madeIn);
    addName(json, "storeName", names, order.store);
    if (order.arrivedMs > 0) json["arrivedMs"] = order.arrivedMs;
    if (viewing.reader != OrderReaderKind::Anyone) addSecrets(json, known, viewing);
    if (viewing.reader == OrderReaderKind::Staff) {
        json["actions"] = Json::array();
        for (const auto action : staffActions(order))
            json["actions"].push_back(toString(action));
    }
    if (order.state != OrderState::AcceptedUnallocated) return json;
    json["alternatives"] = Json::array();
    for (const auto& other : order.alternatives) {
        Json entry = {{"store", other.store}, {"km", other.km}};
        addName(entry, "name", names, other.store);
        json["alternatives"].push_back(std::move(entry));
    }
    return json;
}

std::optional<OrderList> orderListNamed(std::string_view name) {
    if (name == "hand-over") return OrderList::HandOver;
    if (name == "pick") return OrderList::Pick;
    if (name == "look") return OrderList::Look;
    return std::nullopt;
}

std::vector<KnownOrder> listed(std::vector<KnownOrder> orders, OrderList list, const std::string& storeCode,
                               UtcMs nowMs) {
    std::erase_if(orders, [&](const KnownOrder& known) {
        const auto& order = known.order;
        const bool isServedHere = order.store == storeCode;
        switch (list) {
        case OrderList::HandOver:
            return !isServedHere || !isForHandOver(order);
        case OrderList::Pick:
            return !isServedHere || !isForPick(order);
        case OrderList::Look:
            break;
        }
        return !isForLook(known, nowMs);
    });
    std::ranges::stable_sort(orders, goesBefore);
    return orders;
}

std::optional<std::string> orderNumberIn(std::string_view text) {
    const auto meaning =
        explain({.symbology = Symbology::Unknown, .aimId = {}, .bytes = std::string(text), .source = {}},
                ChainCodes{});
    if (meaning.kind == MeaningKind::Order) return meaning.orderNumber;
    return readOrderNumber(text); // who is asked for an order's number may leave the hyphen out
}

bool isOrderWord(std::string_view said, const Order& order) {
    const auto word = foldText(said);
    return !word.empty() && word == foldText(order.word);
}

} // namespace silta
