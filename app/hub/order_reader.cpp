#include "hub/order_reader.h"

#include "sync/operation.h"

#include <silta/crypto.h>

namespace silta::hub {

namespace {

constexpr std::string_view kColumns = "SELECT body, device, rev, ended_ms, row FROM shop_order ";

Result<OrderRow> readRow(const Statement& query) {
    const auto json = parseJson(query.text(0), kOperationBytesMax);
    auto order = json ? parseOrder(*json) : Result<Order>(json.error());
    if (!order) return Error{Errc::Corrupt, "read order: a row"};
    return OrderRow{std::move(*order), query.string(1), query.integer(2), query.integer(3)};
}

OrderEventRow readEvent(const Statement& query) {
    return {query.string(0), query.string(1),  query.string(2), query.string(3),
            query.string(4), query.integer(5), query.string(6)};
}

} // namespace

Result<OrderRow> OrderReader::readOne(const char* sql, std::string_view key) const {
    auto query = database_.prepare(std::string(kColumns) + sql);
    if (!query) return query.error();
    auto row = query->bind(0, key).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find order: unknown"};
    return readRow(*query);
}

Result<OrderRow> OrderReader::find(const std::string& id) const {
    return readOne("WHERE id = ?", id);
}

Result<OrderRow> OrderReader::findByNumber(const std::string& number) const {
    return readOne("WHERE number = ? ORDER BY placed_ms DESC LIMIT 1", number);
}

Result<OrderRow> OrderReader::findNamed(const std::string& number, const std::string& id) const {
    if (!id.empty()) return find(id);
    auto count = database_.prepare("SELECT count(*) FROM shop_order WHERE number = ?");
    if (!count) return count.error();
    if (auto row = count->bind(0, number).step(); !row) return row.error();
    if (count->integer(0) > 1)
        return Error{Errc::Conflict, "find order: the number is of several orders; name one by --id"};
    return findByNumber(number);
}

Result<OrderRow> OrderReader::findByPage(const std::string& pageKey) const {
    return readOne("WHERE page_hash = ?", sha256Hex(pageKey));
}

Result<std::vector<OrderRow>> OrderReader::list(const std::string& store, bool onlyOpen, int limit) const {
    auto query =
        database_.prepare(std::string(kColumns) +
                          "WHERE (?1 = '' OR store_code = ?1 OR made_in = ?1) AND (?2 = 0 OR ended_ms = "
                          "0) ORDER BY placed_ms DESC, row DESC LIMIT ?3");
    if (!query) return query.error();
    query->bind(0, store).bind(1, onlyOpen ? 1 : 0).bind(2, limit);
    std::vector<OrderRow> rows;
    for (;;) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more) return rows;
        auto row = readRow(*query);
        if (!row) return row.error();
        rows.push_back(std::move(*row));
    }
}

Result<std::vector<OrderRow>> OrderReader::owingRefund(const std::string& store, std::size_t limit) const {
    auto query = database_.prepare(std::string(kColumns) +
                                   "WHERE (?1 = '' OR store_code = ?1 OR made_in = ?1) AND state IN "
                                   "('cancelled', 'not_collected') ORDER BY placed_ms DESC, row DESC");
    if (!query) return query.error();
    query->bind(0, store);
    std::vector<OrderRow> rows;
    while (rows.size() < limit) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more) break;
        auto row = readRow(*query);
        if (!row) return row.error();
        if (row->order.owesRefund()) rows.push_back(std::move(*row));
    }
    return rows;
}

Result<std::vector<OrderReader::Return>> OrderReader::returns(const std::string& store, int limit) const {
    auto query = database_.prepare(
        "SELECT e.device, e.store_code, e.action, e.by_whom, e.detail, e.at_ms, e.outcome, o.id, o.number "
        "FROM order_event AS e JOIN shop_order AS o ON o.id = e.order_id WHERE e.action = 'return' AND "
        "(?1 = '' OR e.store_code = ?1) ORDER BY e.row DESC LIMIT ?2");
    if (!query) return query.error();
    query->bind(0, store).bind(1, limit);
    std::vector<Return> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back({query->string(7), query->string(8), readEvent(*query)});
    }
}

Result<std::vector<OrderReader::ShelfHolder>> OrderReader::shelfHolders(const std::string& store) const {
    auto query = database_.prepare(
        "SELECT d.store_code, l.device, CAST(sum(l.granted) AS bigint), min(l.granted_ms) FROM lease AS l "
        "JOIN device AS d ON d.id = l.device WHERE l.state = 0 AND l.pool LIKE 'shelf/%' AND (?1 = '' OR "
        "d.store_code = ?1) GROUP BY d.store_code, l.device ORDER BY d.store_code, l.device");
    if (!query) return query.error();
    query->bind(0, store);
    std::vector<ShelfHolder> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back({query->string(0), query->string(1), query->integer(2), query->integer(3)});
    }
}

Result<std::optional<std::int64_t>> OrderReader::append(std::string_view device, const Part& part,
                                                        std::vector<Json>& changes) const {
    if (part.afterRow == 0) changes.push_back({{"type", "order.begin"}});
    auto query = database_.prepare(std::string(kColumns) +
                                   "WHERE (store_code = (SELECT store_code FROM device WHERE id = ?1) OR "
                                   "made_in = (SELECT store_code FROM "
                                   "device WHERE id = ?1)) AND (ended_ms = 0 OR ended_ms > ?4) AND row > ?2 "
                                   "ORDER BY row LIMIT ?3");
    if (!query) return query.error();
    query->bind(0, device).bind(1, part.afterRow).bind(2, static_cast<std::int64_t>(part.ordersMax));
    query->bind(3, part.endedAfterMs);
    std::optional<std::int64_t> last;
    std::size_t told = 0;
    for (;; ++told) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more) break;
        auto row = readRow(*query);
        if (!row) return row.error();
        last = query->integer(4);
        auto put = putFor(*row, device);
        if (!put) return put.error();
        changes.push_back(std::move(*put));
    }
    return told == part.ordersMax ? last : std::nullopt;
}

Result<std::vector<OrderEventRow>> OrderReader::events(const std::string& orderId) const {
    auto query = database_.prepare("SELECT device, store_code, action, by_whom, detail, at_ms, outcome "
                                   "FROM order_event WHERE order_id = ? ORDER BY row");
    if (!query) return query.error();
    query->bind(0, orderId);
    std::vector<OrderEventRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back(readEvent(*query));
    }
}

Result<Json> OrderReader::putFor(const OrderRow& row, std::string_view device) const {
    Json change = {
        {"type", "order.put"}, {"order", toJson(row.order)}, {"rev", row.rev}, {"ops", Json::array()}};
    if (row.endedMs > 0) change["endedMs"] = row.endedMs;
    auto query = database_.prepare("SELECT operation_id FROM order_event WHERE order_id = ? AND device = ? "
                                   "AND action <> 'place' ORDER BY row");
    if (!query) return query.error();
    query->bind(0, row.order.id).bind(1, device);
    for (;;) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more) return change;
        change["ops"].push_back(query->string(0));
    }
}

} // namespace silta::hub
