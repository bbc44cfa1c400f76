#include "edge/order_desk.h"

#include "core/digits.h"
#include "core/mutant.h"
#include "core/order_number.h"
#include "sync/lease_book.h"

#include <silta/crypto.h>

#include <algorithm>
#include <span>

namespace silta {

namespace {

constexpr const char* kOrderCountSetting = "order_serial";
constexpr std::size_t kPageKeyBytes = 16;

std::string makePageKey(Random& random) {
    std::string bytes(kPageKeyBytes, '\0');
    random.fill(std::as_writable_bytes(std::span{bytes}));
    return toBase64(bytes);
}

bool isSameWish(const Order& order, const OrderDraft& draft) {
    const auto same = [](const OrderLine& a, const OrderLine& b) {
        return a.sku == b.sku && a.quantity == b.quantity && a.unitPriceMinor == b.unitPriceMinor;
    };
    return order.kind == draft.kind && order.currency == draft.currency &&
           std::ranges::equal(order.lines, draft.lines, same);
}

} // namespace

std::int64_t freeShare(const ShelfCount& count, std::int64_t parts, std::int64_t takenByOthers,
                       std::int64_t takenHere) {
    const auto shared = std::max<std::int64_t>(count.quantity - takenByOthers, 0);
    return std::max<std::int64_t>(shared * parts / kShelfPartsOfStore - takenHere, 0);
}

Result<OrderDesk::Taken> OrderDesk::taken(const std::vector<OrderLine>& lines) const {
    auto orders = OrderBook(journal_.database()).holding(lines, setting_.nowMs - kFigureAgeMaxMs);
    if (!orders) return orders.error();
    Taken taken{std::move(*orders), 0};
    auto leases = LeaseBook(journal_.database()).inState(LeaseState::Open);
    if (!leases) return leases.error();
    const auto pool = shelfPool(setting_.storeCode);
    for (const auto& lease : *leases)
        if (lease.pool == pool) taken.parts += lease.granted;
    return taken;
}

LinePromise OrderDesk::promiseOf(const OrderLine& line, const ShelfLookup& shelf, const Taken& taken) const {
    LinePromise promise{line.sku, false, 0};
    const auto count = shelf(line.sku);
    // Without the time nobody knows how old the figure is.
    if (!setting_.isTimeKnown || !count || count->asOf < setting_.nowMs - kFigureAgeMaxMs) return promise;
    std::int64_t here = 0;
    std::int64_t others = 0;
    for (const auto& known : taken.orders) {
        if (known.order.store != setting_.storeCode) continue;
        (known.pageKey.empty() ? others : here) += unitsTaken(known, line.sku, count->asOf);
    }
    if (isMutant(Mutant::PromiseBlind)) here = 0;
    promise.free = freeShare(*count, taken.parts, others, here);
    promise.isKept = promise.free >= line.quantity;
    return promise;
}

Result<std::vector<LinePromise>> OrderDesk::check(OrderKind kind, const std::string& store,
                                                  const std::vector<OrderLine>& lines,
                                                  const ShelfLookup& shelf) const {
    auto known = taken(lines);
    if (!known) return known.error();
    const bool isOurs = kind != OrderKind::Home && (store.empty() || store == setting_.storeCode);
    std::vector<LinePromise> promises;
    for (const auto& line : lines) {
        auto promise = isOurs ? promiseOf(line, shelf, *known) : LinePromise{line.sku, false, 0};
        promise.isKept = promise.isKept && !setting_.isOnline;
        promises.push_back(std::move(promise));
    }
    return promises;
}

Result<bool> OrderDesk::isFree(int count) const {
    const auto number = numbers().make(count);
    if (!number) return number.error();
    const auto taken = OrderBook(journal_.database()).findByNumber(*number);
    if (!taken && taken.error().code != Errc::NotFound) return taken.error();
    return !taken;
}

Result<int> OrderDesk::nextCount() const {
    const auto last = journal_.setting(kOrderCountSetting);
    if (!last && last.error().code != Errc::NotFound) return last.error();
    const auto after = [](int count) { return count < kOrderSerialMax ? count + 1 : 1; };
    auto next = after(std::clamp(parseNumber<int>(last.value_or("")).value_or(0), 0, kOrderSerialMax));
    auto isNextFree = isFree(next);
    if (!isNextFree) return isNextFree.error();
    if (last && *isNextFree) return next;
    // A journal that was lost took its count along; what the hub tells of orders made before remains.
    const auto known = OrderBook(journal_.database()).numbers();
    if (!known) return known.error();
    int greatest = next - 1;
    for (const auto& each : *known)
        greatest = std::max(greatest, numbers().countOf(each).value_or(0));
    next = after(greatest);
    // It holds fewer orders than there are counts, so one of those that follow is free.
    for (std::size_t i = 0; i < known->size(); ++i, next = after(next)) {
        isNextFree = isFree(next);
        if (!isNextFree) return isNextFree.error();
        if (*isNextFree) break;
    }
    return next;
}

Result<Order> OrderDesk::orderOf(const OrderDraft& draft, const ShelfLookup& shelf) const {
    auto promises = check(draft.kind, draft.store, draft.lines, shelf);
    if (!promises) return promises.error();
    auto count = nextCount();
    if (!count) return count.error();
    auto number = numbers().make(*count);
    if (!number) return number.error();
    Order order;
    order.id = draft.id;
    order.number = std::move(*number);
    order.kind = draft.kind;
    order.isKept = std::ranges::all_of(*promises, &LinePromise::isKept);
    order.madeIn = setting_.storeCode;
    if (draft.kind != OrderKind::Home) order.store = draft.store.empty() ? setting_.storeCode : draft.store;
    order.lang = draft.lang;
    order.word = draft.word;
    if (order.word.empty()) {
        const auto words = orderWords(draft.lang);
        order.word = words[random_.next64() % words.size()];
    }
    order.initials = draft.initials;
    order.lines = draft.lines;
    order.currency = draft.currency;
    order.placedMs = setting_.nowMs;
    order.promisedMs = setting_.nowMs + promisedAfter(draft.kind);
    order.expiresMs = setting_.nowMs + expiresAfter(draft.kind);
    return order;
}

Result<KnownOrder> OrderDesk::place(const OrderDraft& draft, const ShelfLookup& shelf) {
    auto known = find(draft.id);
    if (!known && known.error().code != Errc::NotFound) return known;
    if (known && !known->pageKey.empty() && isSameWish(known->order, draft)) return known;
    if (known) return Error{Errc::Conflict, "place order: the id is another order's"};
    auto order = orderOf(draft, shelf);
    if (!order) return order.error();
    const OrderPlacing placing{std::move(*order), draft.sealed, makePageKey(random_)};
    auto recorded = journal_.record(
        {.entity = "order/" + draft.id, .type = "order.place"},
        [&](Database& database, const OperationStamp&) -> Result<Json> {
            auto count = nextCount();
            if (!count) return count.error();
            if (auto done = journal_.setSetting(kOrderCountSetting, std::to_string(*count)); !done)
                return done.error();
            if (auto done = OrderBook(database).add(placing); !done) return done.error();
            return toJson(placing);
        });
    if (!recorded) return recorded.error();
    hasWritten_ = true;
    return find(draft.id);
}

Result<KnownOrder> OrderDesk::change(const std::string& request, OrderChange change) {
    change.atMs = setting_.nowMs;
    if (!request.empty()) {
        const auto done = OrderBook(journal_.database()).changeOfRequest(request);
        if (!done && done.error().code != Errc::NotFound) return done.error();
        if (done && !isSameWish(*done, change))
            return Error{Errc::Conflict, "change order: the request was another wish"};
        if (done) return find(change.orderId);
    }
    auto recorded =
        journal_.record({.entity = "order/" + change.orderId, .type = "order.change"},
                        [&](Database& database, const OperationStamp& stamp) -> Result<Json> {
                            if (auto done = OrderBook(database).change(stamp.id, request, change); !done)
                                return done.error();
                            return toJson(change);
                        });
    if (!recorded) return recorded.error();
    hasWritten_ = true;
    return find(change.orderId);
}

Result<KnownOrder> OrderDesk::judged(Result<KnownOrder> known) const {
    if (!known || known->rev > 0 || known->pageKey.empty()) return known;
    auto isRefused = journal_.isRefused("order.place", "order/" + known->order.id);
    if (!isRefused) return isRefused.error();
    known->isRefused = *isRefused;
    return known;
}

Result<KnownOrder> OrderDesk::find(const std::string& id) const {
    return judged(OrderBook(journal_.database()).find(id));
}

Result<KnownOrder> OrderDesk::findByNumber(const std::string& number) const {
    return judged(OrderBook(journal_.database()).findByNumber(number));
}

Result<std::vector<KnownOrder>> OrderDesk::open() const {
    auto orders = OrderBook(journal_.database()).toSeeTo();
    if (!orders) return orders;
    for (auto& known : *orders) {
        auto judgedOne = judged(std::move(known));
        if (!judgedOne) return judgedOne.error();
        known = std::move(*judgedOne);
    }
    return orders;
}

} // namespace silta
