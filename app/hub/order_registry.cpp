#include "hub/order_registry.h"

#include "core/log.h"
#include "core/mutant.h"
#include "hub/order_people.h"
#include "hub/staff_registry.h"

#include <silta/crypto.h>

#include <algorithm>
#include <array>

namespace silta::hub {

namespace {

constexpr std::string_view kApplied = "applied";
constexpr std::string_view kRefused = "refused";
constexpr std::string_view kWaiting = "waiting";
constexpr const char* kMovedFrom = "from"; // of an event: the store that served the order till then
constexpr std::string_view kEntityStart = "order/";
constexpr UtcMs kGoneKeptMs = UtcMs{30} * 24 * 3'600'000; // a figure that old promises nothing
constexpr const char* kTendLock = "orders-tended";

std::vector<std::string> shelfLocks(const Order& order) {
    std::vector<std::string> names;
    names.reserve(order.lines.size());
    for (const auto& line : order.lines)
        names.push_back("shelf/" + line.sku);
    return names;
}

/// What was done all the same, whatever the order was: the goods are gone, or the money is there.
bool isFact(const Order& order, OrderAction action) {
    if (action == OrderAction::Pay) return !order.isPaid;
    return action == OrderAction::HandOver && order.state != OrderState::HandedOver &&
           order.state != OrderState::Returned;
}

/// To the devices of a store that has nothing to do with it any more.
Json orderGone(const OrderRow& row) {
    return {{"type", "order.gone"}, {"orderId", row.order.id}, {"rev", row.rev}};
}

/// A device's clock may be years off: its times count as far as they can be those of an order that comes now.
void clampTimes(Order& order, UtcMs nowMs) {
    order.placedMs = std::min(order.placedMs, nowMs);
    order.promisedMs = std::min(order.promisedMs, nowMs + promisedAfter(order.kind));
    order.expiresMs = order.expiresMs > nowMs ? std::min(order.expiresMs, nowMs + expiresAfter(order.kind))
                                              : nowMs + kOrderNoticeMs;
}

} // namespace

Result<std::vector<std::string>> orderLocks(const OrderReader& orders, const Operation& operation) {
    std::vector<std::string> names;
    for (const auto& line : arrayMember(operation.data, "lines"))
        if (auto sku = textMember(line, "sku")) names.push_back("shelf/" + *sku);
    const bool isMove = operation.type == "order.change" &&
                        textMember(operation.data, "action") == toString(OrderAction::Move);
    if (!isMove) return names;
    auto row = orders.find(textMember(operation.data, "orderId").value_or(""));
    // One that is not known yet comes with its own lines; one that cannot be read is not moved.
    if (!row && row.error().code != Errc::NotFound && row.error().code != Errc::Corrupt) return row.error();
    if (row) std::ranges::move(shelfLocks(row->order), std::back_inserter(names));
    return names;
}

Result<bool> OrderRegistry::apply(const DeviceRow& device, const Operation& operation) {
    return operation.type == "order.place" ? place(device, operation) : change(device, operation);
}

// ---- stock
// -------------------------------------------------------------------------------------------------------

Result<std::map<std::string, std::int64_t>> OrderRegistry::freeOf(const std::string& sku) const {
    auto figures = desk_.figures.of(sku);
    if (!figures) return figures.error();
    std::map<std::string, std::int64_t> free;
    std::map<std::string, UtcMs> asOf;
    for (const auto& figure : *figures) {
        free[figure.store] = figure.quantity;
        asOf[figure.store] = figure.asOf;
    }
    if (isMutant(Mutant::AllocationBlind)) return free;
    auto query = desk_.database.prepare("SELECT store_code, quantity, gone_ms FROM order_hold WHERE sku = ?");
    if (!query) return query.error();
    query->bind(0, sku);
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return free;
        const auto store = free.find(query->string(0));
        if (store == free.end()) continue;
        const auto goneMs = query->integer(2);
        // A figure of after its leaving does not count it any more.
        if (goneMs == 0 || goneMs >= asOf[store->first]) store->second -= query->integer(1);
    }
}

Result<bool> OrderRegistry::hasAll(const Order& order, const std::string& store) const {
    for (const auto& line : order.lines) {
        auto free = freeOf(line.sku);
        if (!free) return free.error();
        const auto there = free->find(store);
        if (there == free->end() || there->second < line.quantity) return false;
    }
    return true;
}

Result<std::vector<OrderAlternative>> OrderRegistry::storesWithAll(const Order& order) const {
    std::vector<std::string> stores;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        auto free = freeOf(order.lines[i].sku);
        if (!free) return free.error();
        const auto lacks = [&](const std::string& store) {
            const auto there = free->find(store);
            return there == free->end() || there->second < order.lines[i].quantity;
        };
        if (i == 0)
            for (const auto& [store, quantity] : *free)
                stores.push_back(store);
        std::erase_if(stores, lacks);
    }
    auto km = desk_.figures.kmFrom(order.madeIn, stores);
    if (!km) return km.error();
    std::vector<OrderAlternative> found;
    for (std::size_t i = 0; i < stores.size(); ++i)
        found.push_back({std::move(stores[i]), (*km)[i]});
    std::ranges::stable_sort(found, {}, &OrderAlternative::km);
    return found;
}

Result<void> OrderRegistry::hold(const Order& order, const std::string& sku, std::int64_t quantity,
                                 UtcMs goneMs) {
    auto upsert = desk_.database.prepare(
        "INSERT INTO order_hold(order_id, sku, store_code, gone_ms, quantity) VALUES(?1, ?2, ?3, ?4, ?5) ON "
        "CONFLICT(order_id, sku, store_code, gone_ms) DO UPDATE SET quantity = order_hold.quantity + ?5");
    if (!upsert) return upsert.error();
    return upsert->bind(0, order.id)
        .bind(1, sku)
        .bind(2, order.store)
        .bind(3, goneMs)
        .bind(4, quantity)
        .run();
}

Result<void> OrderRegistry::take(const Order& order, const std::string& sku, std::int64_t quantity,
                                 UtcMs atMs) {
    auto figures = desk_.figures.of(sku);
    if (!figures) return figures.error();
    auto goneMs = std::max<UtcMs>(std::min(atMs, desk_.nowMs), 1);
    // Whether the figure of now counts it still cannot be known by a device's clock: the next one will not.
    for (const auto& figure : *figures)
        if (figure.store == order.store) goneMs = std::max(goneMs, figure.asOf);
    return hold(order, sku, quantity, goneMs);
}

Result<void> OrderRegistry::release(const std::string& orderId) {
    auto remove = desk_.database.prepare("DELETE FROM order_hold WHERE order_id = ? AND gone_ms = 0");
    if (!remove) return remove.error();
    return remove->bind(0, orderId).run();
}

Result<void> OrderRegistry::allocate(Order& order) {
    if (auto done = desk_.database.lockNames(shelfLocks(order)); !done) return done;
    const bool isPromised = order.isKept; // by the device, from its own share
    if (order.kind == OrderKind::Home && order.store.empty()) {
        auto stores = storesWithAll(order);
        if (!stores) return stores.error();
        if (!stores->empty()) order.store = stores->front().store;
    }
    auto isThere = order.store.empty() ? Result<bool>(false) : hasAll(order, order.store);
    if (!isThere) return isThere.error();
    order.isOverPromised = isPromised && !*isThere;
    order.isKept = isPromised || *isThere;
    order.state = order.isKept ? OrderState::Accepted : OrderState::AcceptedUnallocated;
    order.alternatives.clear();
    if (order.isKept) {
        for (const auto& line : order.lines)
            if (auto done = hold(order, line.sku, line.quantity, 0); !done) return done;
        return {};
    }
    return findAlternatives(order);
}

Result<void> OrderRegistry::findAlternatives(Order& order) const {
    auto others = storesWithAll(order);
    if (!others) return others.error();
    std::erase_if(*others, [&](const OrderAlternative& other) { return other.store == order.store; });
    others->resize(std::min(others->size(), kOrderAlternativesMax));
    order.alternatives = std::move(*others);
    return {};
}

Result<void> OrderRegistry::moveHolds(const Order& before, const OrderChange& change) {
    switch (change.action) {
    case OrderAction::HandOver: {
        if (auto done = release(before.id); !done) return done;
        for (const auto& line : before.lines)
            if (const auto taken = line.quantity - line.missing; taken > 0)
                if (auto done = take(before, line.sku, taken, change.atMs); !done) return done;
        return {};
    }
    case OrderAction::Missing: { // the figure counts what the shelf does not have
        auto update =
            desk_.database.prepare("UPDATE order_hold SET quantity = quantity - ?3 WHERE order_id = "
                                   "?1 AND sku = ?2 AND gone_ms = 0 AND quantity > ?3");
        auto remove = desk_.database.prepare("DELETE FROM order_hold WHERE order_id = ?1 AND sku = ?2 AND "
                                             "gone_ms = 0 AND quantity <= ?3");
        if (!update) return update.error();
        if (!remove) return remove.error();
        for (const auto& part : change.parts) {
            // First what vanishes: afterwards the rest could be as few as what is missing.
            remove->bind(0, before.id).bind(1, part.sku).bind(2, part.quantity);
            if (auto done = remove->run(); !done) return done;
            update->bind(0, before.id).bind(1, part.sku).bind(2, part.quantity);
            if (auto done = update->run(); !done) return done;
            if (auto done = take(before, part.sku, part.quantity, change.atMs); !done) return done;
        }
        return {};
    }
    case OrderAction::Cancel:
    case OrderAction::Expire:
    case OrderAction::Move:
        return release(before.id);
    default:
        return {};
    }
}

Result<bool> OrderRegistry::notePrices(Order& order) const {
    bool isSameCurrency = true;
    for (auto& line : order.lines) {
        auto price = desk_.figures.priceOf(line.sku, desk_.nowMs);
        if (!price) return price.error();
        if (!*price) continue;
        if ((*price)->currency.code() != order.currency)
            isSameCurrency = false;
        else if ((*price)->minor != line.unitPriceMinor)
            line.priceNowMinor = (*price)->minor;
    }
    return isSameCurrency;
}

// ---- what comes from devices
// -------------------------------------------------------------------------------------

Result<bool> OrderRegistry::keepPerson(const OrderPlacing& placing) {
    const bool isToHome = placing.order.kind == OrderKind::Home;
    if (placing.sealed.empty() && !isToHome) return true;
    const auto person = unsealOrderPerson(placing.sealed, desk_.keys);
    if (!person && !isToHome) return false; // number and word are enough to fetch it
    if (!person) return person.error();
    if (isToHome && !person->canBeDeliveredTo())
        return Error{Errc::Invalid, "apply operation: an order to nowhere"};
    OrderPeople people(desk_.database, desk_.keys);
    if (auto done = people.keep(placing.order.id, *person, desk_.random); !done) return done.error();
    return true;
}

Result<void> OrderRegistry::checkRoom(const DeviceRow& device) const {
    auto count = desk_.database.prepare("SELECT count(*) FROM shop_order WHERE device = ? AND ended_ms = 0");
    if (!count) return count.error();
    if (auto row = count->bind(0, device.id).step(); !row) return row.error();
    if (count->integer(0) < kOpenOrdersOfDeviceMax) return {};
    return Error{Errc::Limit, "apply operation: too many orders of the device are open"};
}

Result<bool> OrderRegistry::place(const DeviceRow& device, const Operation& operation) {
    auto placing = parseOrderPlacing(operation.data);
    if (!placing) return placing.error();
    auto& order = placing->order;
    if (operation.entity != std::string(kEntityStart) + order.id)
        return Error{Errc::Invalid, "apply operation: the entity is another order's"};
    const auto known = reader_.find(order.id);
    if (!known && known.error().code != Errc::NotFound) return known.error();
    if (known) return known->device == device.id;
    if (auto done = checkRoom(device); !done) return done.error();
    order.madeIn = device.storeCode; // whatever it says
    const auto isPersonKnown = keepPerson(*placing);
    if (!isPersonKnown) return isPersonKnown.error();
    if (order.kind == OrderKind::Home) order.store.clear();
    clampTimes(order, desk_.nowMs);
    // A device promises what is its own store's only.
    order.isKept = order.isKept && order.store == device.storeCode;
    const auto isSameCurrency = notePrices(order);
    if (!isSameCurrency) return isSameCurrency.error();
    if (auto done = allocate(order); !done) return done.error();
    const auto sameNumber = reader_.findByNumber(order.number);
    if (!sameNumber && sameNumber.error().code != Errc::NotFound) return sameNumber.error();
    auto insert = desk_.database.prepare(
        "INSERT INTO shop_order(id, number, device, made_in, store_code, state, body, rev, page_hash, "
        "placed_ms, due_ms, ended_ms) VALUES(?, ?, ?, ?, ?, ?, '', 0, ?, ?, 0, 0)");
    if (!insert) return insert.error();
    const auto pageHash = sha256Hex(placing->pageKey);
    insert->bind(0, order.id).bind(1, order.number).bind(2, device.id).bind(3, order.madeIn);
    insert->bind(4, order.store).bind(5, toString(order.state)).bind(6, pageHash).bind(7, order.placedMs);
    if (auto done = insert->run(); !done) return done.error();
    OrderRow row{order, device.id, 0, 0};
    Event event{&device, operation.id, {}, "place"};
    event.change.orderId = order.id;
    event.change.by = kByShopper;
    event.change.atMs = order.placedMs;
    if (auto done = write(event, Json::object(), kApplied); !done) return done.error();
    auto isAsExpected = applyWaiting(row);
    if (!isAsExpected) return isAsExpected;
    if (auto done = update(row); !done) return done.error();
    if (auto done = tell(row, {row.order.madeIn, row.order.store}); !done) return done.error();
    return *isAsExpected && !sameNumber && *isSameCurrency && *isPersonKnown && !row.order.isOverPromised;
}

/// A restored hub may hear what was done with an order before it hears of the order.
Result<bool> OrderRegistry::applyWaiting(OrderRow& row) {
    struct Waiting {
        std::int64_t event;
        std::string storeCode;
        OrderChange change;
    };
    std::vector<Waiting> waiting;
    auto query = desk_.database.prepare("SELECT row, store_code, detail FROM order_event WHERE order_id = ? "
                                        "AND outcome = ? ORDER BY at_ms, row");
    if (!query) return query.error();
    query->bind(0, row.order.id).bind(1, kWaiting);
    for (;;) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more) break;
        const auto json = parseJson(query->text(2), kOperationBytesMax);
        auto change = json ? parseOrderChange(*json) : Result<OrderChange>(json.error());
        if (!change) return Error{Errc::Corrupt, "read order events: a change"};
        waiting.push_back({query->integer(0), query->string(1), std::move(*change)});
    }
    auto done = desk_.database.prepare("UPDATE order_event SET outcome = ? WHERE row = ?");
    if (!done) return done.error();
    bool isAsExpected = true;
    for (const auto& [event, storeCode, change] : waiting) {
        auto concern = concernOf(storeCode, row.order);
        if (!concern) return concern.error();
        // The move that made it this store's may come after; what has been given away is gone all the same.
        const bool isTheirs = *concern != Concern::None;
        auto fits = isTheirs || isFact(row.order, change.action) ? applyTo(row, change) : Result<bool>(false);
        if (!fits) return fits;
        isAsExpected = isAsExpected && isTheirs && *fits;
        done->bind(0, *fits ? kApplied : kRefused).bind(1, event);
        if (auto written = done->run(); !written) return written.error();
    }
    return isAsExpected;
}

Result<bool> OrderRegistry::applyTo(OrderRow& row, const OrderChange& change) {
    const auto before = row.order;
    auto fits = applyOrderChange(row.order, change);
    if (!fits && fits.error().code != Errc::Conflict) return fits.error();
    if (!fits && !isFact(before, change.action)) return false;
    if (!fits && change.action == OrderAction::HandOver) row.order.state = OrderState::HandedOver;
    if (!fits && change.action == OrderAction::Pay) row.order.isPaid = true;
    if (auto done = moveHolds(before, change); !done) return done.error();
    if (change.action == OrderAction::Move)
        if (auto done = allocate(row.order); !done) return done.error();
    if (change.action == OrderAction::Missing)
        if (auto done = findAlternatives(row.order); !done) return done.error();
    return fits.has_value();
}

Result<OrderRegistry::Concern> OrderRegistry::concernOf(const std::string& storeCode,
                                                        const Order& order) const {
    if (storeCode == order.store || storeCode == order.madeIn) return Concern::Now;
    auto query = desk_.database.prepare("SELECT detail FROM order_event WHERE order_id = ? AND action = ?");
    if (!query) return query.error();
    query->bind(0, order.id).bind(1, toString(OrderAction::Move));
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return Concern::None;
        const auto move = parseJson(query->text(0), kOperationBytesMax);
        if (move && textMember(*move, kMovedFrom, kOrderStoreBytesMax) == storeCode) return Concern::Before;
    }
}

Result<bool> OrderRegistry::isDoneByWhoMay(const DeviceRow& device, const OrderChange& change) const {
    if (change.by == kByShopper) return true;
    const StaffRegistry staff(desk_.database);
    if (change.action != OrderAction::HandOver || change.reason != kWordForgotten)
        return staff.worksIn(change.by, device.storeCode);
    auto isSupervisor = staff.isSupervisor(change.by);
    return isSupervisor && *isSupervisor ? staff.worksIn(change.by, device.storeCode) : isSupervisor;
}

Result<bool> OrderRegistry::change(const DeviceRow& device, const Operation& operation) {
    auto change = parseOrderChange(operation.data);
    if (!change) return change.error();
    if (operation.entity != std::string(kEntityStart) + change->orderId)
        return Error{Errc::Invalid, "apply operation: the entity is another order's"};
    if (change->by == kByHub || change->action == OrderAction::Expire)
        return Error{Errc::Invalid, "apply operation: this is the hub's to do"};
    change->atMs = std::min(change->atMs, desk_.nowMs);
    const Event event{&device, operation.id, *change, toString(change->action)};
    auto row = reader_.find(change->orderId);
    if (!row && row.error().code != Errc::NotFound) return row.error();
    if (!row) {
        if (auto done = write(event, toJson(*change), kWaiting); !done) return done.error();
        return true;
    }
    const auto concern = concernOf(device.storeCode, row->order);
    if (!concern) return concern.error();
    if (*concern == Concern::None) return Error{Errc::Invalid, "apply operation: an order of other stores"};
    auto isStaffs = isDoneByWhoMay(device, *change);
    if (!isStaffs) return isStaffs;
    const auto storeBefore = row->order.store;
    auto fits = applyTo(*row, *change);
    if (!fits) return fits;
    auto detail = toJson(*change);
    if (change->action == OrderAction::Move) detail[kMovedFrom] = storeBefore;
    if (auto done = write(event, detail, *fits ? kApplied : kRefused); !done) return done.error();
    if (auto done = update(*row); !done) return done.error();
    // A store that is rid of it may have begun its feed anew, and not know that.
    if (auto done = tell(*row, {row->order.madeIn, row->order.store, storeBefore, device.storeCode}); !done)
        return done.error();
    return *fits && *isStaffs && *concern == Concern::Now;
}

// ---- what is written and told
// ------------------------------------------------------------------------------------

Result<void> OrderRegistry::write(const Event& event, const Json& detail, std::string_view outcome) {
    auto insert = desk_.database.prepare(
        "INSERT INTO order_event(order_id, device, operation_id, store_code, action, by_whom, detail, at_ms, "
        "received_ms, outcome) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    const auto text = dumpJson(detail);
    const DeviceRow nobody;
    const auto& device = event.device != nullptr ? *event.device : nobody;
    insert->bind(0, event.change.orderId).bind(1, device.id).bind(2, event.operationId);
    insert->bind(3, device.storeCode).bind(4, event.action).bind(5, event.change.by);
    insert->bind(6, text).bind(7, event.change.atMs);
    return insert->bind(8, desk_.nowMs).bind(9, outcome).run();
}

Result<void> OrderRegistry::update(OrderRow& row) {
    const auto& order = row.order;
    ++row.rev;
    row.endedMs = !order.isEnded() ? 0 : row.endedMs > 0 ? row.endedMs : desk_.nowMs;
    const auto dueMs = order.isEnded() || order.isPaid ? 0 : order.expiresMs;
    auto update =
        desk_.database.prepare("UPDATE shop_order SET store_code = ?, state = ?, body = ?, rev = ?, "
                               "due_ms = ?, ended_ms = ? WHERE id = ?");
    if (!update) return update.error();
    const auto body = dumpJson(toJson(order));
    update->bind(0, order.store).bind(1, toString(order.state)).bind(2, body).bind(3, row.rev);
    return update->bind(4, dueMs).bind(5, row.endedMs).bind(6, order.id).run();
}

Result<void> OrderRegistry::tell(const OrderRow& row, std::vector<std::string> stores) {
    std::ranges::sort(stores);
    stores.erase(std::unique(stores.begin(), stores.end()), stores.end());
    for (const auto& store : stores) {
        auto devices = StaffRegistry(desk_.database).devicesOf({store});
        if (!devices) return devices.error();
        const bool isTheirs = store == row.order.madeIn || store == row.order.store;
        for (const auto& device : *devices) {
            auto told = isTheirs ? reader_.putFor(row, device) : Result<Json>(orderGone(row));
            if (!told) return told.error();
            if (auto done = feed_.tell(device, *told, desk_.nowMs); !done) return done;
        }
    }
    return {};
}

// ---- time
// --------------------------------------------------------------------------------------------------------

Result<bool> OrderRegistry::expire(const std::string& orderId) {
    auto row = reader_.find(orderId);
    if (!row) return row.error();
    OrderChange change;
    change.orderId = orderId;
    change.action = OrderAction::Expire;
    change.by = kByHub;
    change.atMs = desk_.nowMs;
    auto fits = applyTo(*row, change);
    if (!fits) return fits.error();
    if (!*fits) { // somebody was first
        if (auto done = stopExpiring(orderId); !done) return done.error();
        return false;
    }
    if (auto done = write({nullptr, "", change, toString(change.action)}, toJson(change), kApplied); !done)
        return done.error();
    if (auto done = update(*row); !done) return done.error();
    if (auto done = tell(*row, {row->order.madeIn, row->order.store}); !done) return done.error();
    return true;
}

Result<void> OrderRegistry::stopExpiring(const std::string& orderId) {
    auto update = desk_.database.prepare("UPDATE shop_order SET due_ms = 0 WHERE id = ?");
    if (!update) return update.error();
    return update->bind(0, orderId).run();
}

Result<bool> OrderRegistry::expireOrSetAside(const std::string& orderId) {
    if (auto done = desk_.database.exec("SAVEPOINT due_order"); !done) return done.error();
    auto expired = expire(orderId);
    const bool isItsOwnFault =
        !expired && (expired.error().code == Errc::Corrupt || expired.error().code == Errc::Invalid ||
                     expired.error().code == Errc::NotFound);
    if (!expired && !isItsOwnFault) return expired;
    if (isItsOwnFault) {
        log::error("hub", "order cannot expire; set aside order={} cause=\"{}\"", orderId,
                   expired.error().what);
        if (auto done = desk_.database.exec("ROLLBACK TO SAVEPOINT due_order"); !done) return done.error();
        if (auto done = stopExpiring(orderId); !done) return done.error();
    }
    if (auto done = desk_.database.exec("RELEASE SAVEPOINT due_order"); !done) return done.error();
    return expired.value_or(false);
}

Result<std::vector<std::string>> OrderRegistry::dueOrders() const {
    auto query = desk_.database.prepare(
        "SELECT id FROM shop_order WHERE due_ms > 0 AND due_ms < ? ORDER BY due_ms LIMIT ?");
    if (!query) return query.error();
    query->bind(0, desk_.nowMs).bind(1, kOrdersTendedMax);
    std::vector<std::string> due;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return due;
        due.push_back(query->string(0));
    }
}

Result<OrderRegistry::Tended> OrderRegistry::tend() {
    const std::vector<std::string> only = {kTendLock};
    if (auto done = desk_.database.lockNames(only); !done) return done.error();
    auto due = dueOrders();
    if (!due) return due.error();
    std::vector<std::string> names;
    for (const auto& id : *due)
        names.push_back(std::string(kEntityStart) + id);
    if (auto done = desk_.database.lockNames(names); !done) return done.error();
    Tended tended{0, due->size() == static_cast<std::size_t>(kOrdersTendedMax)};
    for (const auto& id : *due) {
        auto expired = expireOrSetAside(id);
        if (!expired) return expired.error();
        tended.ended += *expired ? 1 : 0;
    }
    OrderPeople people(desk_.database, desk_.keys);
    if (auto done = people.eraseBefore(desk_.nowMs - kOrderPersonKeptMs); !done) return done.error();
    auto gone = desk_.database.prepare("DELETE FROM order_hold WHERE gone_ms > 0 AND gone_ms < ?");
    if (!gone) return gone.error();
    if (auto done = gone->bind(0, desk_.nowMs - kGoneKeptMs).run(); !done) return done.error();
    return tended;
}

} // namespace silta::hub
