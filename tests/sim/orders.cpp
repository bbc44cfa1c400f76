// What shoppers order, what staff do with it, and what both are promised.
#include "sim/world.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta::test {

namespace {

constexpr std::size_t kNewestOrders = 12; // people deal with those
constexpr const char* kBuyersName = "Planted Buyer";
constexpr const char* kBuyersStreet = "Planted Street 7";
/// Few enough that several want the last one. By product and store.
constexpr std::array<std::array<std::int64_t, 3>, 3> kUnits = {{{4, 6, 2}, {12, 9, 20}, {30, 1, 40}}};

template <std::size_t N>
std::size_t placeIn(const std::array<const char*, N>& names, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

/// A line of which there is still something to be missing, or to come back.
const OrderLine* lineWithRest(const Order& order) {
    const auto line = std::ranges::find_if(
        order.lines, [](const OrderLine& each) { return each.missing + each.returned < each.quantity; });
    return line == order.lines.end() ? nullptr : &*line;
}

} // namespace

std::int64_t World::onShelf(std::string_view sku, std::string_view store) {
    return kUnits.at(placeIn(kGoods, sku)).at(placeIn(kStores, store));
}

std::string World::eventKey(std::string_view order, std::string_view action, std::string_view by) {
    return fmt::format("{} {} {}", order, action, by);
}

ShelfLookup World::shelfOf(const Device& device) {
    return [store = device.store](const std::string& sku) {
        return std::optional(ShelfCount{onShelf(sku, store), kStartMs});
    };
}

Result<KnownOrder> World::orderOn(const Device& device, const std::string& id) {
    return device.engine->withOrders([&id](const OrderDesk& desk) { return desk.find(id); });
}

void World::actOrders(Device& device) {
    if (!device.engine) return;
    if (sales_.empty() || below(3) == 0)
        placeOrder(device);
    else
        changeOrder(device);
}

OrderDraft World::draftOrder(Device& device, bool isPoison) {
    OrderDraft draft;
    draft.id = makeUuid(device.clock, *device.random);
    const auto lot = below(4);
    draft.kind = isPoison || lot == 0 ? OrderKind::Home : lot < 3 ? OrderKind::Collect : OrderKind::Reserve;
    if (draft.kind == OrderKind::Collect && below(3) == 0) draft.store = kStores[below(kStores.size())];
    draft.lang = "fi";
    draft.currency = "EUR";
    const auto first = below(kGoods.size());
    for (std::uint64_t i = 0; i < 1 + below(2); ++i) {
        OrderLine line;
        line.sku = kGoods[(first + i) % kGoods.size()];
        line.quantity = 1 + static_cast<int>(below(3));
        line.unitPriceMinor = 1'295;
        draft.lines.push_back(std::move(line));
    }
    if (draft.kind != OrderKind::Home && below(2) == 0) return draft;
    Json person = {{"name", kBuyersName}, {"phone", "+358401234567"}, {"postcode", "00100"}};
    person["city"] = "Helsinki";
    if (!isPoison) person["street"] = kBuyersStreet; // the hub takes no order to nowhere
    if (auto sealed = seal(dumpJson(person), keys_.seal.publicKey)) draft.sealed = toBase64(*sealed);
    return draft;
}

void World::placeOrder(Device& device) {
    if (personalData_.empty() || !std::ranges::count(personalData_, kBuyersName)) {
        personalData_.emplace_back(kBuyersName);
        personalData_.emplace_back(kBuyersStreet);
    }
    const bool isPoison = !calm_ && happens(mix_.poison);
    const auto draft = draftOrder(device, isPoison);
    const auto place = [&] {
        return device.engine->withOrders([&](OrderDesk& desk) { return desk.place(draft, shelfOf(device)); });
    };
    const auto placed = place();
    if (!placed) {
        note(fmt::format("d{} order refused: {}", device.number, placed.error().what));
        return;
    }
    const auto& order = placed->order;
    note(fmt::format("d{} order {} {} at '{}' of {} {}{} saved{}", device.number, order.number,
                     toString(order.kind), order.store, order.lines.front().quantity, order.lines.front().sku,
                     order.isKept ? ", promised" : "", isPoison ? " (the hub will refuse it)" : ""));
    sales_.push_back({order.id, device.number, order.isKept});
    if (order.isKept) checkShare(device, order);
    // A kiosk that did not hear the answer asks again.
    if (const auto again = below(8) == 0 ? place() : placed; again && again->order.number != order.number)
        wrong_.push_back("the same order twice on a device");
    if (isPoison) return;
    promises_.push_back({Promise::Kind::Ordered,
                         device.number,
                         {},
                         {},
                         {eventKey(order.id, "place", kByShopper)},
                         {},
                         {},
                         false});
}

std::optional<OrderChange> World::changeOf(Device& device, const Order& order) {
    auto actions = staffActions(order);
    const auto ofStaff = actions.size();
    for (const auto action : {OrderAction::Cancel, OrderAction::Arrive, OrderAction::AskReturn})
        if (isPossible(order, action)) actions.push_back(action);
    if (actions.empty()) return std::nullopt;
    const auto lot = below(actions.size());
    OrderChange change;
    change.orderId = order.id;
    change.action = actions[lot];
    change.by = lot < ofStaff ? makeUuid(device.clock, *device.random) : std::string(kByShopper);
    change.atMs = device.clock.nowMs();
    if (change.action == OrderAction::Cancel) change.reason = "shopper";
    if (change.action == OrderAction::Move) change.store = kStores[below(kStores.size())];
    const bool isReturn = change.action == OrderAction::Return;
    if (!isReturn && change.action != OrderAction::Missing && change.action != OrderAction::AskReturn)
        return change;
    const auto* const line = lineWithRest(order);
    if (line == nullptr) return std::nullopt;
    OrderPart part{line->sku, 1, {}, {}};
    if (change.action != OrderAction::Missing) part.reason = "changed_mind";
    if (isReturn) part.condition = "as_new";
    change.parts.push_back(std::move(part));
    return change;
}

void World::changeOrder(Device& device) {
    const auto newest = std::min(sales_.size(), kNewestOrders);
    const auto& sale = sales_[sales_.size() - 1 - below(newest)];
    const auto known = orderOn(device, sale.id);
    if (!known) return; // made and served elsewhere, or not heard of yet
    const auto change = changeOf(device, known->order);
    if (!change) return;
    const std::string action = toString(change->action);
    const auto key = eventKey(sale.id, action, change->by);
    if (change->by == kByShopper && !shoppersDid_.insert(key).second) return;
    const auto request = makeUuid(device.clock, *device.random);
    const auto times = below(6) == 0 ? 2 : 1; // a page that is sent again changes nothing
    for (int i = 0; i < times; ++i) {
        const auto done =
            device.engine->withOrders([&](OrderDesk& desk) { return desk.change(request, *change); });
        if (!done) {
            note(fmt::format("d{} {} of order {} refused: {}", device.number, action, known->order.number,
                             done.error().what));
            return;
        }
        if (i > 0) continue;
        note(fmt::format("d{} {} of order {} saved", device.number, action, known->order.number));
        promises_.push_back({Promise::Kind::Ordered, device.number, {}, {}, {key}, {}, {}, false});
    }
}

void World::expireOrders() {
    if (!hubIsUp()) return;
    const auto ended = store_->tendOrders();
    if (ended && *ended > 0) note(fmt::format("hub ends {} orders that nobody fetched", *ended));
    cutHaltedHub();
}

} // namespace silta::test
