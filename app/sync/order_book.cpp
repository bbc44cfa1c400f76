#include "sync/order_book.h"

#include "core/mutant.h"
#include "sync/operation.h"

#include <algorithm>

namespace silta {

namespace {

constexpr std::string_view kOrderRows = "SELECT rev, body, page_key, ended_ms FROM shop_order ";

Result<Order> readOrder(std::string_view text) {
    auto json = parseJson(text, kOperationBytesMax);
    auto order = json ? parseOrder(*json) : Result<Order>(json.error());
    if (!order) return Error{Errc::Corrupt, "read order book: an order"};
    return order;
}

Result<OrderChange> readChange(std::string_view text) {
    auto json = parseJson(text, kOperationBytesMax);
    auto change = json ? parseOrderChange(*json) : Result<OrderChange>(json.error());
    if (!change) return Error{Errc::Corrupt, "read order book: a change"};
    return change;
}

Result<KnownOrder> readKnown(const Statement& query) {
    auto order = readOrder(query.text(1));
    if (!order) return order.error();
    return KnownOrder{std::move(*order), query.integer(0), query.string(2), query.integer(3)};
}

/// What does not fit any more is the hub's to judge. What damage has left unreadable the hub's word tells, or
/// the operation itself.
void putOn(Order& order, std::string_view body) {
    const auto change = readChange(body);
    if (!change) return;
    [[maybe_unused]] const auto done = applyOrderChange(order, *change);
}

Error noOrder() {
    return {Errc::NotFound, "find order: not known here"};
}

} // namespace

int unitsTaken(const KnownOrder& known, std::string_view sku, UtcMs asOf) {
    const auto& order = known.order;
    const auto line = std::ranges::find(order.lines, sku, &OrderLine::sku);
    if (line == order.lines.end()) return 0;
    // What was found of the rest lies at the desk; what the shelf lacks, the figure counts all the same.
    if (order.holdsStock() || order.keepsFound()) return line->quantity;
    if (!order.isEnded() || known.endedMs < asOf) return 0;
    const bool hasLeft = order.state == OrderState::HandedOver || order.state == OrderState::Returned;
    return hasLeft ? line->quantity : line->missing;
}

Result<void> OrderBook::add(const OrderPlacing& placing) {
    auto count = database_.prepare("SELECT count(*) FROM shop_order WHERE ended_ms = 0");
    if (!count) return count.error();
    if (auto row = count->step(); !row) return row.error();
    if (count->integer(0) >= kOrdersOfStoreMax) return Error{Errc::Limit, "place order: too many are open"};
    auto insert = database_.prepare("INSERT INTO shop_order(id, number, rev, body, placed, page_key, "
                                    "placed_ms, ended_ms) VALUES(?1, ?2, 0, ?3, ?3, ?4, ?5, 0)");
    if (!insert) return insert.error();
    const auto body = dumpJson(toJson(placing.order));
    insert->bind(0, placing.order.id).bind(1, placing.order.number).bind(2, body);
    return insert->bind(3, placing.pageKey).bind(4, placing.order.placedMs).run();
}

Result<void> OrderBook::change(const std::string& operationId, const std::string& request,
                               const OrderChange& change) {
    auto known = find(change.orderId);
    if (!known) return known.error();
    if (auto done = applyOrderChange(known->order, change); !done) return done;
    auto count = database_.prepare("SELECT count(*) FROM order_change WHERE order_id = ?");
    if (!count) return count.error();
    if (auto row = count->bind(0, change.orderId).step(); !row) return row.error();
    if (count->integer(0) >= kOrderChangesMax) return Error{Errc::Limit, "change order: too many changes"};
    auto insert = database_.prepare("INSERT INTO order_change(operation_id, order_id, request, body, at_hub) "
                                    "VALUES(?, ?, ?, ?, 0)");
    if (!insert) return insert.error();
    const auto body = dumpJson(toJson(change));
    insert->bind(0, operationId).bind(1, change.orderId).bind(2, request).bind(3, body);
    if (auto done = insert->run(); !done) return done;
    return refresh(change.orderId, change.atMs);
}

Result<void> OrderBook::drop(const std::string& operationId) {
    auto query = database_.prepare("SELECT order_id FROM order_change WHERE operation_id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, operationId).step();
    if (!row) return row.error();
    if (!*row) return {};
    const auto orderId = query->string(0);
    query->reset();
    auto remove = database_.prepare("DELETE FROM order_change WHERE operation_id = ?");
    if (!remove) return remove.error();
    if (auto done = remove->bind(0, operationId).run(); !done) return done;
    auto done = refresh(orderId, 0);
    const bool isGone = !done && (done.error().code == Errc::NotFound || done.error().code == Errc::Corrupt);
    return isGone ? Result<void>{} : done;
}

Result<void> OrderBook::putChangesOn(KnownOrder& known) const {
    auto query = database_.prepare(
        "SELECT body FROM order_change WHERE order_id = ? AND at_hub = 0 ORDER BY operation_id");
    if (!query) return query.error();
    query->bind(0, known.order.id);
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        putOn(known.order, query->text(0));
    }
}

Result<KnownOrder> OrderBook::readOne(const char* sql, std::string_view key) const {
    auto query = database_.prepare(std::string(kOrderRows) + sql);
    if (!query) return query.error();
    auto row = query->bind(0, key).step();
    if (!row) return row.error();
    if (!*row) return noOrder();
    auto known = readKnown(*query);
    if (!known) return known;
    if (auto done = putChangesOn(*known); !done) return done.error();
    return known;
}

Result<KnownOrder> OrderBook::find(const std::string& id) const {
    return readOne("WHERE id = ?", id);
}

Result<KnownOrder> OrderBook::findByNumber(const std::string& number) const {
    return readOne("WHERE number = ? ORDER BY placed_ms DESC LIMIT 1", number);
}

Result<std::vector<std::string>> OrderBook::numbers() const {
    auto query = database_.prepare("SELECT number FROM shop_order");
    if (!query) return query.error();
    std::vector<std::string> numbers;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return numbers;
        numbers.push_back(query->string(0));
    }
}

Result<OrderChange> OrderBook::changeOfRequest(const std::string& request) const {
    auto query = database_.prepare("SELECT body FROM order_change WHERE request = ?");
    if (!query) return query.error();
    auto row = query->bind(0, request).step();
    if (!row) return row.error();
    if (!*row) return noOrder();
    return readChange(query->text(0));
}

Result<std::vector<KnownOrder>> OrderBook::holding(const std::vector<OrderLine>& lines,
                                                   UtcMs endedAfterMs) const {
    // To read an order costs a hundred times what it costs to see that it has nothing of these products.
    std::string sql(kOrderRows);
    sql += "WHERE (ended_ms = 0 OR ended_ms > ?) AND (0";
    for (std::size_t i = 0; i < lines.size(); ++i)
        sql += " OR instr(body, ?)";
    sql += ") ORDER BY placed_ms, id LIMIT ?";
    auto query = database_.prepare(sql);
    if (!query) return query.error();
    query->bind(0, endedAfterMs);
    int at = 0;
    std::vector<std::string> products; // a bound text is not copied
    products.reserve(lines.size());
    for (const auto& line : lines)
        query->bind(++at, products.emplace_back(dumpJson(line.sku)));
    query->bind(++at, 2 * kOrdersOfStoreMax);
    return readAll(*query);
}

Result<std::vector<KnownOrder>> OrderBook::toSeeTo() const {
    // Of what ended in the last weeks only what may matter is read: the hub says that a return is asked for
    // or money owed, or something was done here since.
    auto query = database_.prepare(
        std::string(kOrderRows) +
        "WHERE ended_ms = 0 OR CASE WHEN json_valid(body) THEN json_extract(body, '$.returnAsked') OR "
        "(json_extract(body, '$.paid') AND json_extract(body, '$.state') IN ('cancelled', 'not_collected') "
        "AND json_extract(body, '$.refunded') IS NOT 1) END OR EXISTS(SELECT 1 FROM order_change WHERE "
        "order_id = shop_order.id AND at_hub = 0) ORDER BY ended_ms > 0, placed_ms, id LIMIT ?");
    if (!query) return query.error();
    query->bind(0, 2 * kOrdersOfStoreMax);
    auto orders = readAll(*query);
    if (!orders) return orders;
    std::erase_if(*orders, [](const KnownOrder& known) {
        return known.order.isEnded() && !known.order.isReturnAsked && !known.order.owesRefund();
    });
    return orders;
}

Result<std::vector<KnownOrder>> OrderBook::readAll(Statement& query) const {
    std::vector<KnownOrder> orders;
    for (;;) {
        auto row = query.step();
        if (!row) return row.error();
        if (!*row) break;
        auto known = readKnown(query);
        // Of damage: the others are still to be served, and the hub tells it anew.
        if (!known && known.error().code == Errc::Corrupt) continue;
        if (!known) return known.error();
        orders.push_back(std::move(*known));
    }
    for (auto& known : orders)
        if (auto done = putChangesOn(known); !done) return done.error();
    return orders;
}

Result<void> OrderBook::refresh(const std::string& id, UtcMs endedMs) {
    auto known = find(id);
    if (!known) return known.error();
    auto update = database_.prepare("UPDATE shop_order SET ended_ms = CASE WHEN ?2 = 0 THEN 0 WHEN ended_ms "
                                    "> 0 THEN ended_ms ELSE ?3 END WHERE id = ?1");
    if (!update) return update.error();
    return update->bind(0, id)
        .bind(1, known->order.isEnded() ? 1 : 0)
        .bind(2, std::max<UtcMs>(endedMs, 1))
        .run();
}

Result<void> OrderBook::put(const Json& change, UtcMs nowMs) {
    const auto order = parseOrder(objectMember(change, "order"));
    const auto rev = integerMember(change, "rev").value_or(0);
    if (!order || rev < 1) return Error{Errc::Invalid, "read order.put: a member is missing or malformed"};
    auto upsert = database_.prepare(
        "INSERT INTO shop_order(id, number, rev, body, placed, page_key, placed_ms, ended_ms) VALUES(?1, ?2, "
        "?3, ?4, '', '', ?5, 0) ON CONFLICT(id) DO UPDATE SET rev = ?3, body = ?4 WHERE shop_order.rev < ?3");
    if (!upsert) return upsert.error();
    const auto body = dumpJson(toJson(*order));
    upsert->bind(0, order->id).bind(1, order->number).bind(2, rev).bind(3, body).bind(4, order->placedMs);
    if (auto done = upsert->run(); !done) return done;
    if (database_.changes() > 0)
        if (auto done = forgetHeard(order->id); !done) return done;
    auto heard =
        database_.prepare("UPDATE order_change SET at_hub = 1 WHERE operation_id = ? AND order_id = ?");
    if (!heard) return heard.error();
    for (const auto& id : arrayMember(change, "ops")) {
        if (!id.is_string() || isMutant(Mutant::HeardStaysOnTop)) continue;
        if (auto done = heard->bind(0, id.get_ref<const std::string&>()).bind(1, order->id).run(); !done)
            return done;
    }
    const auto endedMs = integerMember(change, "endedMs").value_or(0);
    return refresh(order->id, endedMs > 0 ? std::min(endedMs, nowMs) : nowMs);
}

Result<void> OrderBook::remove(const Json& change) {
    const auto id = textMember(change, "orderId").value_or("");
    const auto rev = integerMember(change, "rev").value_or(0);
    if (id.empty() || rev < 1) return Error{Errc::Invalid, "read order.gone: a member is missing"};
    auto remove = database_.prepare("DELETE FROM shop_order WHERE id = ? AND rev < ?");
    if (!remove) return remove.error();
    return remove->bind(0, id).bind(1, rev).run();
}

/// A word of the hub counts in what it names and nothing else: one that was restored may know of less. What
/// waits here no more it will never hear of again.
Result<void> OrderBook::forgetHeard(const std::string& id) {
    auto update =
        database_.prepare("UPDATE order_change SET at_hub = 0 WHERE order_id = ? AND operation_id IN "
                          "(SELECT id FROM outbox)");
    if (!update) return update.error();
    return update->bind(0, id).run();
}

Result<void> OrderBook::begin() {
    // What is known of those made here stands until the hub's next word, whatever its number: had they ended,
    // they would be handed over again before that. The names of changes stay too: a till that asks again
    // after this must not count twice.
    for (const char* sql : {"DELETE FROM shop_order WHERE placed = '' AND id NOT IN (SELECT order_id FROM "
                            "order_change WHERE at_hub = 0)",
                            "UPDATE shop_order SET rev = 0"})
        if (auto done = database_.exec(sql); !done) return done;
    return {};
}

Result<void> OrderBook::forgetBefore(UtcMs ms) {
    for (const char* sql :
         {"DELETE FROM shop_order WHERE (ended_ms > 0 AND ended_ms < ?1) OR (rev = 0 AND placed_ms < ?1)",
          "DELETE FROM order_change WHERE order_id NOT IN (SELECT id FROM shop_order) AND "
          "CASE WHEN json_valid(body) THEN json_extract(body, '$.atMs') ELSE 0 END < ?1"}) {
        auto remove = database_.prepare(sql);
        if (!remove) return remove.error();
        if (auto done = remove->bind(0, ms).run(); !done) return done;
    }
    return {};
}

} // namespace silta
