#include "hub/catalog_store.h"

#include <silta/catalog.h>

#include <fmt/format.h>

namespace silta::hub {

const char* const kHubCatalogSchema = R"sql(
CREATE TABLE IF NOT EXISTS hub_position(
  one INTEGER PRIMARY KEY CHECK(one = 1), epoch TEXT NOT NULL,
  catalog_seq INTEGER NOT NULL, stock_seq INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS hub_stores(
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
  reported_at INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS hub_products(
  id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
  gtin INTEGER NOT NULL DEFAULT 0, grp TEXT NOT NULL DEFAULT '', inputs BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS hub_products_seq ON hub_products(seq);
CREATE TABLE IF NOT EXISTS hub_stock(
  product INTEGER NOT NULL, store INTEGER NOT NULL, quantity INTEGER NOT NULL, as_of INTEGER NOT NULL,
  seq INTEGER NOT NULL, aisle TEXT NOT NULL DEFAULT '', PRIMARY KEY(product, store)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hub_head(
  one INTEGER PRIMARY KEY CHECK(one = 1), json TEXT NOT NULL, generation INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS hub_files(
  name TEXT PRIMARY KEY, kind TEXT NOT NULL, generation INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS hub_search_words(
  one INTEGER PRIMARY KEY CHECK(one = 1), text TEXT NOT NULL) STRICT;
)sql";

namespace {

/// Enough that two hubs never share one by chance.
constexpr std::size_t kCatalogEpochBytes = 8;

enum Prepared : std::size_t {
    PutStore,
    RemoveStore,
    PutProduct,
    RemoveProduct,
    SetInputs,
    PutCell,
    ReportStore,
    SetPosition,
    PreparedCount
};

constexpr const char* kSql[PreparedCount] = {
    "INSERT INTO hub_stores(id, code, seq, removed, body) VALUES(?, ?, ?, 0, ?) "
    "ON CONFLICT(id) DO UPDATE SET seq = excluded.seq, removed = 0, body = excluded.body",
    "UPDATE hub_stores SET seq = ?, removed = 1, body = '' WHERE id = ?",
    "INSERT INTO hub_products(id, sku, seq, removed, gtin, grp, inputs, body) VALUES(?, ?, ?, 0, ?, ?, ?, ?) "
    "ON CONFLICT(id) DO UPDATE SET seq = excluded.seq, removed = 0, gtin = excluded.gtin, grp = "
    "excluded.grp, "
    "inputs = excluded.inputs, body = excluded.body",
    "UPDATE hub_products SET seq = ?, removed = 1, gtin = 0, grp = '', inputs = x'', body = '' WHERE id = ?",
    "UPDATE hub_products SET inputs = ? WHERE id = ?",
    "INSERT INTO hub_stock(product, store, quantity, as_of, seq, aisle) VALUES(?, ?, ?, ?, ?, ?) "
    "ON CONFLICT(product, store) DO UPDATE SET quantity = excluded.quantity, as_of = excluded.as_of, "
    "seq = excluded.seq, aisle = excluded.aisle",
    "UPDATE hub_stores SET reported_at = max(reported_at, ?) WHERE id = ?",
    "UPDATE hub_position SET catalog_seq = ?, stock_seq = ? WHERE one = 1",
};

Result<HubPosition> readPosition(const Database& database) {
    auto query = database.prepare("SELECT catalog_seq, stock_seq FROM hub_position WHERE one = 1");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::Corrupt, "read position: none"};
    return HubPosition{query->integer(0), query->integer(1)};
}

/// Bytes of rows held between two looks at the file.
constexpr std::size_t kSliceBytes = std::size_t{8} << 20;

std::size_t sizeOf(const HubProduct& product) {
    return sizeof product + product.body.size();
}
std::size_t sizeOf(const HubCell& cell) {
    return sizeof cell + cell.aisle.size();
}

/// Reads a query slice by slice and hands the rows over with the file released. `bind` sets where the next
/// slice begins, given the last row so far.
template <class Row, class Bind, class Read>
Result<void> inSlices(Statement& query, Row last, Bind bind, Read read,
                      const std::function<Result<void>(const Row&)>& take) {
    std::vector<Row> slice;
    for (bool isEnd = false; !isEnd;) {
        slice.clear();
        bind(query, last);
        std::size_t bytes = 0;
        while (slice.size() < static_cast<std::size_t>(kSliceRows) && bytes < kSliceBytes) {
            auto row = query.step();
            if (!row) return row.error();
            isEnd = !*row;
            if (isEnd) break;
            slice.push_back(read(query));
            bytes += sizeOf(slice.back());
        }
        query.reset();
        for (const auto& row : slice)
            if (auto done = take(row); !done) return done;
        if (!slice.empty()) last = std::move(slice.back());
    }
    return {};
}

} // namespace

Result<CatalogStore> CatalogStore::open(const std::string& path, Random& random) {
    auto database = Database::open(path, OpenMode::Shared);
    if (!database) return database.error();
    CatalogStore store(std::move(*database));
    if (auto done = store.database_.exec(fmt::format("PRAGMA cache_size=-{}", kImportCacheKib).c_str());
        !done)
        return done.error();
    // Reading first: creating takes the write lock, which another process may hold for the length of an
    // import. The newest table is looked for: a file of an earlier version lacks it.
    auto exists = store.database_.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'hub_search_words'");
    if (!exists) return exists.error();
    auto row = exists->step();
    if (!row) return row.error();
    exists->reset();
    if (!*row) {
        auto transaction = Transaction::begin(store.database_);
        if (!transaction) return transaction.error();
        if (auto done = store.database_.exec(kHubCatalogSchema); !done) return done.error();
        if (auto done = transaction->commit(); !done) return done.error();
    }
    const auto readEpoch = [&store]() -> Result<bool> {
        auto query = store.database_.prepare("SELECT epoch FROM hub_position WHERE one = 1");
        if (!query) return query.error();
        auto found = query->step();
        if (found && *found) store.epoch_ = query->string(0);
        return found;
    };
    auto found = readEpoch();
    if (found && !*found) {
        auto insert = store.database_.prepare("INSERT OR IGNORE INTO hub_position VALUES(1, ?, 0, 0)");
        if (!insert) return insert.error();
        const auto epoch = random.hex(kCatalogEpochBytes);
        if (auto done = insert->bind(0, epoch).run(); !done) return done.error();
        found = readEpoch();
    }
    if (!found) return found.error();
    return store;
}

Result<HubPosition> CatalogStore::position() const {
    return readPosition(database_);
}

Result<void> CatalogStore::startEpoch(Random& random) {
    auto update = database_.prepare("UPDATE hub_position SET epoch = ?");
    if (!update) return update.error();
    auto epoch = random.hex(kCatalogEpochBytes);
    if (auto done = update->bind(0, epoch).run(); !done) return done;
    epoch_ = std::move(epoch);
    return {};
}

Result<std::optional<std::string>> CatalogStore::searchWords() const {
    auto query = database_.prepare("SELECT text FROM hub_search_words WHERE one = 1");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    return *row ? std::optional(query->string(0)) : std::nullopt;
}

Result<void> CatalogStore::setSearchWords(std::string_view text) {
    if (auto checked = checkSearchWords(text); !checked) return checked;
    auto put = database_.prepare("INSERT INTO hub_search_words(one, text) VALUES(1, ?) "
                                 "ON CONFLICT(one) DO UPDATE SET text = excluded.text");
    if (!put) return put.error();
    return put->bind(0, text).run();
}

Result<std::vector<HubStore>> CatalogStore::stores() const {
    auto query =
        database_.prepare("SELECT id, code, removed, seq, reported_at, body FROM hub_stores ORDER BY id");
    if (!query) return query.error();
    std::vector<HubStore> stores;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return stores;
        stores.push_back({query->integer(0), query->string(1), query->integer(2) != 0, query->integer(3),
                          query->integer(4), query->string(5)});
    }
}

Result<void> CatalogStore::forEachProduct(const std::function<Result<void>(const HubProduct&)>& take) const {
    auto query = database_.prepare(
        "SELECT id, sku, removed, seq, gtin, grp, inputs FROM hub_products WHERE id > ? ORDER BY id");
    if (!query) return query.error();
    return inSlices(
        *query, HubProduct{}, [](Statement& q, const HubProduct& last) { q.bind(0, last.id); },
        [](const Statement& q) {
            HubProduct product;
            product.id = q.integer(0);
            product.sku = q.text(1);
            product.removed = q.integer(2) != 0;
            product.seq = q.integer(3);
            product.gtin = q.integer(4);
            product.group = q.text(5);
            product.inputs = q.blob(6);
            return product;
        },
        take);
}

Result<void>
CatalogStore::forEachProductAfter(std::int64_t after,
                                  const std::function<Result<void>(const HubProduct&)>& take) const {
    const char* where = after == 0 ? "id > ? ORDER BY id" : "seq > ? ORDER BY seq";
    auto query = database_.prepare(
        fmt::format("SELECT id, sku, removed, seq, body FROM hub_products WHERE {}", where));
    if (!query) return query.error();
    HubProduct first;
    first.seq = after;
    return inSlices(
        *query, first,
        [after](Statement& q, const HubProduct& last) { q.bind(0, after == 0 ? last.id : last.seq); },
        [](const Statement& q) {
            HubProduct product;
            product.id = q.integer(0);
            product.sku = q.text(1);
            product.removed = q.integer(2) != 0;
            product.seq = q.integer(3);
            product.body = q.text(4);
            return product;
        },
        take);
}

Result<void> CatalogStore::forEachCell(const std::function<Result<void>(const HubCell&)>& take) const {
    auto query = database_.prepare("SELECT product, store, quantity, as_of, seq, aisle FROM hub_stock "
                                   "WHERE (product, store) > (?, ?) ORDER BY product, store");
    if (!query) return query.error();
    return inSlices(
        *query, HubCell{},
        [](Statement& q, const HubCell& last) { q.bind(0, last.product).bind(1, last.store); },
        [](const Statement& q) {
            HubCell cell;
            cell.product = q.integer(0);
            cell.store = q.integer(1);
            cell.quantity = static_cast<std::int32_t>(q.integer(2));
            cell.asOf = q.integer(3);
            cell.seq = q.integer(4);
            cell.aisle = q.text(5);
            return cell;
        },
        take);
}

template <class Key>
Result<std::string> CatalogStore::textOf(const char* sql, Key key) const {
    auto query = database_.prepare(sql);
    if (!query) return query.error();
    auto row = query->bind(0, key).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "read catalogue: no such key"};
    return query->string(0);
}

Result<std::string> CatalogStore::productBody(std::int64_t id) const {
    return textOf("SELECT body FROM hub_products WHERE id = ?", id);
}

Result<std::string> CatalogStore::skuOf(std::int64_t id) const {
    return textOf("SELECT sku FROM hub_products WHERE id = ?", id);
}

Result<std::string> CatalogStore::bodyOfSku(std::string_view sku) const {
    return textOf("SELECT body FROM hub_products WHERE sku = ? AND removed = 0", sku);
}

Result<std::string> CatalogStore::bodyOfStore(std::string_view code) const {
    return textOf("SELECT body FROM hub_stores WHERE code = ? AND removed = 0", code);
}

Result<std::int64_t> CatalogStore::lastProductId() const {
    auto query = database_.prepare("SELECT coalesce(max(id), 0) FROM hub_products");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    return query->integer(0);
}

CatalogUpdate::CatalogUpdate(Transaction transaction, std::vector<Statement> statements, HubPosition position)
    : transaction_(std::move(transaction)), statements_(std::move(statements)), position_(position) {}

Result<CatalogUpdate> CatalogUpdate::begin(CatalogStore& store) {
    auto transaction = Transaction::begin(store.database_);
    if (!transaction) return transaction.error();
    auto position = readPosition(store.database_);
    if (!position) return position.error();
    std::vector<Statement> statements;
    for (const char* sql : kSql) {
        auto statement = store.database_.prepare(sql);
        if (!statement) return statement.error();
        statements.push_back(std::move(*statement));
    }
    return CatalogUpdate(std::move(*transaction), std::move(statements), *position);
}

Result<void> CatalogUpdate::putStore(std::int64_t id, const std::string& code, const std::string& body) {
    return statements_[PutStore]
        .bind(0, id)
        .bind(1, code)
        .bind(2, ++position_.catalogSeq)
        .bind(3, body)
        .run();
}

Result<void> CatalogUpdate::removeStore(std::int64_t id) {
    return statements_[RemoveStore].bind(0, ++position_.catalogSeq).bind(1, id).run();
}

Result<void> CatalogUpdate::putProduct(const HubProduct& product) {
    return statements_[PutProduct]
        .bind(0, product.id)
        .bind(1, product.sku)
        .bind(2, ++position_.catalogSeq)
        .bind(3, product.gtin)
        .bind(4, product.group)
        .bindBlob(5, product.inputs)
        .bind(6, product.body)
        .run();
}

Result<void> CatalogUpdate::removeProduct(std::int64_t id) {
    return statements_[RemoveProduct].bind(0, ++position_.catalogSeq).bind(1, id).run();
}

Result<void> CatalogUpdate::setInputs(std::int64_t id, const std::string& inputs) {
    return statements_[SetInputs].bindBlob(0, inputs).bind(1, id).run();
}

Result<void> CatalogUpdate::putCell(const HubCell& cell) {
    return statements_[PutCell]
        .bind(0, cell.product)
        .bind(1, cell.store)
        .bind(2, cell.quantity)
        .bind(3, cell.asOf)
        .bind(4, ++position_.stockSeq)
        .bind(5, cell.aisle)
        .run();
}

Result<void> CatalogUpdate::reportStore(std::int64_t id, UtcMs asOf) {
    return statements_[ReportStore].bind(0, asOf).bind(1, id).run();
}

Result<void> CatalogUpdate::commit() {
    auto& set = statements_[SetPosition];
    if (auto done = set.bind(0, position_.catalogSeq).bind(1, position_.stockSeq).run(); !done) return done;
    return transaction_.commit();
}

} // namespace silta::hub
