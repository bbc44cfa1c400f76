#include "hub/change_feed.h"

#include "core/mutant.h"
#include "hub/order_reader.h"
#include "hub/staff_registry.h"
#include "sync/operation.h"
#include "sync/protocol.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <charconv>
#include <tuple>

namespace silta::hub {

namespace {

constexpr std::size_t kMacBytes = 12;
static_assert(kStaffOfStoreMax + 1 < kChangesMax, "operations need room beside a store's staff");
/// Places of a snapshot from here on are rows of the orders, which come after the operations.
constexpr std::int64_t kOrderPlaces = std::int64_t{1} << 62;
/// Orders are long: so many fit a page beside everything else.
constexpr std::size_t kOrdersOfPage = 60;
constexpr std::size_t kPageBytesMax = kChangesBytesMax / 2;
constexpr const char* kHorizonSetting = "change_horizon";

std::string macOf(std::string_view text, std::string_view key) {
    return toBase64(hmacSha256(key, fmt::format("cursor:{}", text)).substr(0, kMacBytes));
}

} // namespace

Json memberResult(std::string_view memberId, bool merged, std::string_view number,
                  std::string_view ownNumber) {
    Json body = {
        {"type", "member.result"}, {"memberId", memberId}, {"outcome", merged ? "merged" : "created"}};
    if (number != ownNumber) body["number"] = number;
    return body;
}

Json operationResult(std::string_view id, VerdictKind verdict) {
    return {{"type", "operation.result"}, {"id", id}, {"verdict", toString(verdict)}};
}

Result<void> ChangeFeed::tell(std::string_view device, const Json& change, UtcMs nowMs) {
    auto insert = database_.prepare("INSERT INTO change(device, body, at_ms) VALUES(?, ?, ?)");
    if (!insert) return insert.error();
    const auto body = dumpJson(change);
    if (auto done = insert->bind(0, device).bind(1, body).bind(2, nowMs).run(); !done) return done;
    if (onTold_ != nullptr && *onTold_) (*onTold_)(device);
    return {};
}

std::string ChangeFeed::write(const std::string& epoch, const Place& place) const {
    const auto text = fmt::format("{}.{}.{}.{}", epoch, place.transaction, place.number, place.snapshotRow);
    return fmt::format("{}.{}", text, macOf(text, key_));
}

bool ChangeFeed::read(std::string_view cursor, const std::string& epoch, Place& place) const {
    const auto dot = cursor.rfind('.');
    if (dot == std::string_view::npos) return false;
    auto text = cursor.substr(0, dot);
    if (!sameBytes(macOf(text, key_), cursor.substr(dot + 1)) || !text.starts_with(epoch + ".")) return false;
    text.remove_prefix(epoch.size() + 1);
    for (auto* number : {&place.transaction, &place.number, &place.snapshotRow}) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
        if (error != std::errc{}) return false;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.empty()) text.remove_prefix(1);
    }
    return true;
}

Result<ChangeFeed::Place> ChangeFeed::end(std::string_view device) const {
    const bool isPostgres = database_.dialect() == SqlDialect::Postgres;
    // Everything of a transaction before the oldest running one is there for good.
    auto query = database_.prepare(
        isPostgres ? "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) - 1, "
                     "9223372036854775807 WHERE ? <> ''"
                   : "SELECT 0, coalesce(max(seq), 0) FROM change WHERE device = ?");
    if (!query) return query.error();
    if (auto row = query->bind(0, device).step(); !row) return row.error();
    return Place{query->integer(0), query->integer(1)};
}

Result<ChangePage> ChangeFeed::snapshot(std::string_view device, const std::string& epoch, Place place,
                                        UtcMs nowMs) const {
    ChangePage page;
    if (place.snapshotRow >= kOrderPlaces) return withOrders(device, epoch, place, std::move(page), nowMs);
    if (place.snapshotRow == 0)
        if (auto done = StaffRegistry(database_).append(device, page.changes); !done) return done.error();
    const auto operationsMax = (kChangesMax - page.changes.size()) / 2; // two results each at most
    auto query = database_.prepare(
        "SELECT o.row, o.entity, o.line, m.number, o.id, o.type, o.reason FROM operation AS o "
        "LEFT JOIN member AS m ON m.id = substr(o.entity, 8) WHERE o.device = ? AND o.verdict <> "
        "'quarantined' "
        "AND (o.type = 'member.signup' OR o.reason = ?) AND o.row > ? ORDER BY o.row LIMIT ?");
    if (!query) return query.error();
    query->bind(0, device).bind(1, kTakenLaterReason).bind(2, place.snapshotRow);
    query->bind(3, static_cast<std::int64_t>(operationsMax));
    std::size_t operations = 0;
    for (;; ++operations) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        place.snapshotRow = query->integer(0);
        if (query->text(6) == kTakenLaterReason) page.changes.push_back(operationResult(query->text(4)));
        if (query->text(5) != "member.signup") continue;
        const auto operation = parseOperation(query->text(2));
        if (!operation) return Error{Errc::Corrupt, "read changes: an operation cannot be read"};
        const bool merged = query->isNull(3);
        const auto own = textMember(operation->data, "number").value_or("");
        page.changes.push_back(memberResult(query->text(1).substr(std::string_view("member/").size()), merged,
                                            merged ? own : query->string(3), own));
    }
    if (operations < operationsMax) {
        place.snapshotRow = kOrderPlaces;
        return withOrders(device, epoch, place, std::move(page), nowMs);
    }
    page.more = true;
    page.cursor = write(epoch, place);
    return page;
}

Result<ChangePage> ChangeFeed::withOrders(std::string_view device, const std::string& epoch, Place place,
                                          ChangePage page, UtcMs nowMs) const {
    const OrderReader::Part part{place.snapshotRow - kOrderPlaces, kOrdersOfPage, nowMs - kOrderKeptMs};
    auto last = OrderReader(database_).append(device, part, page.changes);
    if (!last) return last.error();
    page.more = last->has_value();
    place.snapshotRow = page.more ? kOrderPlaces + **last : -1;
    page.cursor = write(epoch, place);
    return page;
}

Result<ChangePage> ChangeFeed::after(std::string_view device, const std::string& epoch,
                                     std::string_view cursor, UtcMs nowMs) const {
    Place place;
    if (!read(cursor, epoch, place)) {
        auto now = end(device); // before the snapshot is read: what comes meanwhile is told twice, not never
        if (!now) return now.error();
        now->snapshotRow = 0;
        return snapshot(device, epoch, *now, nowMs);
    }
    if (place.snapshotRow >= 0) return snapshot(device, epoch, place, nowMs);
    auto horizon = database_.prepare("SELECT value FROM hub_setting WHERE name = ?");
    if (!horizon) return horizon.error();
    auto cut = horizon->bind(0, kHorizonSetting).step();
    if (!cut) return cut.error();
    Place oldest;
    if (*cut && read(horizon->text(0), epoch, oldest) &&
        std::tie(place.transaction, place.number) < std::tie(oldest.transaction, oldest.number))
        return Error{Errc::NotFound, "read changes: the place is before the horizon"};
    const bool isPostgres = database_.dialect() == SqlDialect::Postgres;
    auto query = database_.prepare(
        isPostgres ? "SELECT CAST(CAST(xid AS text) AS bigint), seq, body FROM change WHERE device = ? AND "
                     "(xid, seq) > (CAST(CAST(CAST(? AS bigint) AS text) AS xid8), ?) AND xid < "
                     "pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, seq LIMIT ?"
        : isMutant(Mutant::NaiveCursor)
            ? "SELECT 0, at_ms, body FROM change WHERE device = ? AND ? = 0 AND at_ms > ? ORDER BY at_ms "
              "LIMIT ?"
            : "SELECT 0, seq, body FROM change WHERE device = ? AND ? = 0 AND seq > ? ORDER BY seq LIMIT ?");
    if (!query) return query.error();
    query->bind(0, device).bind(1, place.transaction).bind(2, place.number);
    query->bind(3, static_cast<std::int64_t>(kChangesMax));
    ChangePage page;
    std::size_t bytes = 0;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        bytes += query->text(2).size();
        if (bytes > kPageBytesMax && !page.changes.empty()) { // the rest comes with the next page
            page.more = true;
            break;
        }
        auto body = parseJson(query->text(2), kChangeBytesMax);
        if (!body) return Error{Errc::Corrupt, "read changes: a row cannot be read"};
        page.changes.push_back(std::move(*body));
        place.transaction = query->integer(0);
        place.number = query->integer(1);
    }
    page.cursor = write(epoch, place);
    page.more = page.more || page.changes.size() == kChangesMax;
    return page;
}

Result<std::int64_t> ChangeFeed::forgetBefore(UtcMs ms, const std::string& epoch) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const bool isPostgres = database_.dialect() == SqlDialect::Postgres;
    Place oldest;
    {
        auto query = database_.prepare(
            isPostgres ? "SELECT CAST(CAST(xid AS text) AS bigint), seq FROM change WHERE at_ms < ? "
                         "ORDER BY xid DESC, seq DESC LIMIT 1"
                       : "SELECT 0, seq FROM change WHERE at_ms < ? ORDER BY seq DESC LIMIT 1");
        if (!query) return query.error();
        auto row = query->bind(0, ms).step();
        if (!row) return row.error();
        if (!*row) return std::int64_t{0};
        oldest = {query->integer(0), query->integer(1)};
    }
    auto remove = database_.prepare("DELETE FROM change WHERE at_ms < ?");
    if (!remove) return remove.error();
    if (auto done = remove->bind(0, ms).run(); !done) return done.error();
    const auto removed = database_.changes();
    auto note = database_.prepare("INSERT INTO hub_setting(name, value) VALUES(?1, ?2) "
                                  "ON CONFLICT(name) DO UPDATE SET value = ?2");
    if (!note) return note.error();
    const auto horizon = write(epoch, oldest);
    if (auto done = note->bind(0, kHorizonSetting).bind(1, horizon).run(); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return removed;
}

} // namespace silta::hub
