// What must hold of orders: while devices promise, and when everything has healed.
#include "sim/world.h"
#include "sync/lease_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace silta::test {

namespace {

constexpr int kOrdersMax = 10'000;

using States = unsigned; ///< those in which an order may be: a bit each

constexpr States bit(OrderState state) {
    return 1U << static_cast<unsigned>(state);
}

constexpr States kUndecided = bit(OrderState::Accepted) | bit(OrderState::AcceptedUnallocated);
constexpr States kStanding = kUndecided | bit(OrderState::Picking) | bit(OrderState::Ready);
constexpr States kGone = bit(OrderState::HandedOver) | bit(OrderState::Returned);

/// The table of app/docs/orders.md as the hub's log must keep to it, written down a second time.
struct Rule {
    std::string_view action;
    States from = 0, to = 0; ///< to 0: the same
};
constexpr std::array<Rule, 12> kRules = {{
    {"pick", bit(OrderState::Accepted), bit(OrderState::Picking)},
    {"ready", bit(OrderState::Accepted) | bit(OrderState::Picking), bit(OrderState::Ready)},
    {"missing", kStanding & ~bit(OrderState::AcceptedUnallocated), bit(OrderState::AcceptedUnallocated)},
    {"move", kStanding, kUndecided},
    {"pay", kStanding, 0},
    {"hand_over", kStanding, bit(OrderState::HandedOver)},
    {"cancel", kStanding, bit(OrderState::Cancelled)},
    {"expire", kStanding, bit(OrderState::NotCollected)},
    {"return", bit(OrderState::HandedOver), kGone},
    {"arrive", kStanding, 0},
    {"ask_return", bit(OrderState::HandedOver), 0},
    {"refund", bit(OrderState::Cancelled) | bit(OrderState::NotCollected), 0},
}};

/// An order as its events tell it.
class Replay {
public:
    Replay(OrderKind kind, bool isPromised)
        : states_(isPromised ? bit(OrderState::Accepted) : kUndecided), kind_(kind) {}

    /// False where the rules forbid what was applied.
    bool follow(const hub::OrderEventRow& event) {
        const bool isHandOver = event.action == "hand_over";
        if (event.outcome != "applied") { // the goods are gone, or the money is there, whatever the order was
            if (event.action == "pay") isPaid_ = true;
            if (isHandOver && (states_ & ~kGone) != 0) {
                states_ = bit(OrderState::HandedOver);
                ++handOvers_;
            }
            return true;
        }
        const auto rule = std::ranges::find(kRules, std::string_view(event.action), &Rule::action);
        if (rule == kRules.end() || !mayBe(event.action)) return false;
        auto from = states_ & rule->from;
        if (isHandOver && !isAnyMissing_) from &= ~bit(OrderState::AcceptedUnallocated);
        if (from == 0) return false;
        states_ = rule->to == 0 ? from : rule->to;
        handOvers_ += isHandOver ? 1 : 0;
        isPaid_ = isPaid_ || event.action == "pay";
        if (event.action == "missing") isAnyMissing_ = true;
        if (event.action == "move") isAnyMissing_ = false;
        return true;
    }
    [[nodiscard]] bool mayBeIn(OrderState state) const { return (states_ & bit(state)) != 0; }
    [[nodiscard]] int handOvers() const { return handOvers_; }

private:
    [[nodiscard]] bool mayBe(std::string_view action) const {
        if (action == "pay" || action == "expire") return !isPaid_;
        if (action == "refund") return isPaid_;
        if (action == "hand_over") return kind_ != OrderKind::Home || isPaid_;
        return action != "move" || kind_ != OrderKind::Reserve;
    }

    States states_;
    OrderKind kind_;
    int handOvers_ = 0;
    bool isPaid_ = false, isAnyMissing_ = false;
};

/// In the order in which they took effect: what waited for the order did so with it.
std::vector<hub::OrderEventRow> inEffect(std::vector<hub::OrderEventRow> events) {
    const auto placed = std::ranges::find(events, "place", &hub::OrderEventRow::action);
    if (placed == events.end()) return {};
    std::stable_sort(events.begin(), placed, [](const auto& a, const auto& b) { return a.atMs < b.atMs; });
    events.erase(placed);
    return events;
}

/// Units of the line that have left the shelf or are held of it.
std::int64_t unitsOf(const Order& order, const OrderLine& line) {
    if (order.holdsStock() || order.state == OrderState::HandedOver || order.state == OrderState::Returned)
        return line.quantity;
    return order.keepsFound() ? line.quantity : line.missing;
}

bool isOf(const Order& order, const std::string& store) {
    return order.madeIn == store || order.store == store;
}

} // namespace

bool World::isPromisedByDevice(const std::string& order) const {
    const auto sale = std::ranges::find(sales_, order, &Sale::id);
    return sale != sales_.end() && sale->isKept;
}

void World::checkShare(const Device& device, const Order& placed) {
    const auto leases = device.engine->status()["leases"];
    const auto parts = integerMember(leases, shelfPool(device.store).c_str()).value_or(0);
    for (const auto& line : placed.lines) {
        std::int64_t units = 0;
        for (const auto& sale : sales_) {
            if (!sale.isKept || sale.device != device.number) continue;
            const auto known = orderOn(device, sale.id);
            if (!known || known->order.store != device.store) continue;
            const auto& order = known->order;
            if (!order.holdsStock() && order.state != OrderState::HandedOver) continue;
            for (const auto& each : order.lines)
                units += each.sku == line.sku ? each.quantity : 0;
        }
        if (units * kShelfPartsOfStore > onShelf(line.sku, device.store) * parts)
            wrong_.push_back(fmt::format("d{} has promised {} {} with {} parts of {}", device.number, units,
                                         line.sku, parts, onShelf(line.sku, device.store)));
    }
}

void World::checkOrders(std::vector<std::string>& wrong) {
    const auto rows = store_ ? store_->orderReader().list("", false, kOrdersMax)
                             : Result<std::vector<hub::OrderRow>>(Error{});
    if (!rows) {
        wrong.push_back("orders cannot be read");
        return;
    }
    checkEvents(wrong);
    for (const auto& row : *rows)
        checkLog(row, wrong);
    checkShelves(*rows, wrong);
    checkReplicas(*rows, wrong);
    checkParts(wrong);
}

/// Everything that somebody did is in the hub's log once.
void World::checkEvents(std::vector<std::string>& wrong) {
    std::map<std::string, int> times;
    for (const auto& key : hubColumn(
             "SELECT order_id || ' ' || action || ' ' || by_whom FROM order_event WHERE by_whom <> 'hub'"))
        ++times[key];
    for (const auto& [key, number] : times)
        if (number != 1) wrong.push_back(fmt::format("{} took effect {} times", key, number));
    for (const auto& promise : promises_) {
        if (promise.kind != Promise::Kind::Ordered || promise.isExcused) continue;
        if (!times.contains(*promise.tags.begin()))
            wrong.push_back(
                fmt::format("saved, but never arrived: d{} {}", promise.device, *promise.tags.begin()));
    }
    for (const auto& id : hubColumn("SELECT e.order_id FROM order_event AS e JOIN shop_order AS o ON o.id = "
                                    "e.order_id WHERE e.outcome = 'waiting'"))
        wrong.push_back("a change waits for an order that is there: " + id);
}

void World::checkLog(const hub::OrderRow& row, std::vector<std::string>& wrong) {
    const auto& order = row.order;
    const auto events = store_->orderReader().events(order.id);
    if (!events) {
        wrong.push_back("the events of an order cannot be read");
        return;
    }
    Replay replay(order.kind, isPromisedByDevice(order.id));
    for (const auto& event : inEffect(*events))
        if (!replay.follow(event))
            wrong.push_back(fmt::format("order {}: {} was not possible", order.number, event.action));
    if (!replay.mayBeIn(order.state))
        wrong.push_back(
            fmt::format("order {} is {}, which its events do not say", order.number, toString(order.state)));
    if (replay.handOvers() > 1) wrong.push_back(fmt::format("order {} is handed over twice", order.number));
}

/// No store has promised more than it has, but what staff are told of; and of that no device more than there
/// was on the shelf.
void World::checkShelves(const std::vector<hub::OrderRow>& rows, std::vector<std::string>& wrong) {
    const auto known = hubColumn("SELECT DISTINCT order_id FROM order_event WHERE outcome = 'refused' AND "
                                 "action = 'hand_over'");
    const std::set<std::string> flagged(known.begin(), known.end());
    std::map<std::pair<std::string, std::string>, std::int64_t> units;  // by store and product
    std::map<std::pair<std::string, std::string>, std::int64_t> beyond; // by device and product
    for (const auto& [order, device, rev, endedMs] : rows) {
        if (order.isOverPromised && !isPromisedByDevice(order.id))
            wrong.push_back(
                fmt::format("order {} is beyond the shelf, and nobody promised it", order.number));
        if (order.store.empty() || flagged.contains(order.id)) continue;
        for (const auto& line : order.lines) {
            if (order.isOverPromised)
                beyond[{device, line.sku}] += unitsOf(order, line);
            else
                units[{order.store, line.sku}] += unitsOf(order, line);
        }
    }
    for (const auto& [at, number] : units)
        if (number > onShelf(at.second, at.first))
            wrong.push_back(fmt::format("{} promised {} {} of {}", at.first, number, at.second,
                                        onShelf(at.second, at.first)));
    for (const auto& [by, number] : beyond) {
        std::int64_t most = 0; // a copied card promises the same parts again
        for (const auto& device : devices_)
            if (device.engine && device.engine->status()["deviceId"] == by.first)
                most += onShelf(by.second, device.store);
        if (number > most)
            wrong.push_back(
                fmt::format("one device promised {} {} beyond the shelf, of {}", number, by.second, most));
    }
}

/// The devices of the stores concerned show what the hub has.
void World::checkReplicas(const std::vector<hub::OrderRow>& rows, std::vector<std::string>& wrong) {
    std::set<std::string> standing;
    for (const auto& row : rows)
        if (!row.order.isEnded()) standing.insert(row.order.id);
    for (const auto& device : devices_) {
        if (!device.engine) continue;
        for (const auto& row : rows) {
            const auto& order = row.order;
            if (!isOf(order, device.store)) continue;
            const auto known = orderOn(device, order.id);
            if (known ? known->order != order : !order.isEnded())
                wrong.push_back(fmt::format("d{} shows order {} as {}, the hub as {}", device.number,
                                            order.number, known ? toString(known->order.state) : "unknown",
                                            toString(order.state)));
        }
        std::vector<KnownOrder> open;
        static_cast<void>(device.engine->lookAtOrders([&open](const OrderDesk& desk) -> Result<void> {
            auto all = desk.open();
            if (!all) return all.error();
            open = std::move(*all);
            return {};
        }));
        for (const auto& each : open)
            if (each.rev > 0 && !isOf(each.order, device.store))
                wrong.push_back(
                    fmt::format("d{} shows order {} of other stores", device.number, each.order.number));
    }
}

/// No part of a shelf is two devices'.
void World::checkParts(std::vector<std::string>& wrong) {
    std::map<std::string, std::int64_t> parts;
    for (const auto& device : devices_) {
        if (!device.engine) continue;
        const auto pool = shelfPool(device.store);
        parts[pool] += integerMember(device.engine->status()["leases"], pool.c_str()).value_or(0);
    }
    for (const auto& [pool, number] : parts)
        if (number > kShelfPartsOfStore)
            wrong.push_back(fmt::format("{} parts of {} are on devices", number, pool));
}

} // namespace silta::test
