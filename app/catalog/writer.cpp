#include "catalog/writer.h"

#include "catalog/catalog_index.h"
#include "catalog/codec.h"
#include "catalog/dictionary.h"
#include "catalog/index_log.h"
#include "catalog/limits.h"
#include "catalog/product_row.h"
#include "catalog/schema.h"
#include "catalog/statements.h"
#include "catalog/stock/writer.h"
#include "store/flat_file.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace silta {

namespace {

// A segment's changed pages stay in memory up to here; beyond it SQLite must lock readers out before the
// commit.
constexpr const char* kReplicaSettings = "PRAGMA cache_spill=16384";
constexpr const char* kCacheSettings = "PRAGMA cache_size=-65536";

struct Counters {
    std::int64_t nextId = 1;
    std::int64_t products = 0;
    std::int64_t stores = 0;
    std::int64_t storesChange = 0;
    std::int64_t namesChange = 0;
};

struct CounterRow {
    const char* key;
    std::int64_t Counters::*member;
};
constexpr CounterRow kCounters[] = {
    {"next_id", &Counters::nextId},
    {"products", &Counters::products},
    {"stores", &Counters::stores},
    {"stores_change", &Counters::storesChange},
    {"names_change", &Counters::namesChange},
};

class SqliteCatalogWriter final : public CatalogWriter {
public:
    SqliteCatalogWriter(Database database, std::string path, bool bulk, std::int64_t stockEntriesMax)
        : database_(std::move(database)), path_(std::move(path)), bulk_(bulk),
          stock_(statements_, dictionary_, path_, bulk_, stockEntriesMax) {}

    Result<void> begin() override;
    Result<void> commit() override;
    Result<void> putStore(const StoreRecord& store) override { return watch(doPutStore(store)); }
    Result<void> removeStore(std::string_view code) override { return watch(doRemoveStore(code)); }
    Result<void> putProduct(const ProductRecord& product) override { return watch(doPutProduct(product)); }
    Result<void> removeProduct(std::string_view sku) override { return watch(doRemoveProduct(sku)); }
    Result<void> putStock(std::string_view sku, std::span<const StockRecord> cells) override {
        return watch(doPutStock(sku, cells));
    }
    Result<void> putReports(std::span<const StoreReport> reports) override {
        return watch(doPutReports(reports));
    }
    Result<void> setPosition(std::string_view epoch, std::int64_t catalogSeq) override {
        return watch(doSetPosition(epoch, catalogSeq));
    }
    Result<void> setReportsName(std::string_view name) override { return watch(doSetReportsName(name)); }
    Result<void> setStockPosition(const StockPosition& position) override {
        return watch(doSetStockPosition(position));
    }
    Result<void> finish() override;

    /// A created file is one transaction from here to finish(): nothing is in the file before.
    Result<void> startBuild();
    Result<void> load();

private:
    Result<void> doPutStore(const StoreRecord& store);
    Result<void> doRemoveStore(std::string_view code);
    Result<void> doPutProduct(const ProductRecord& product);
    Result<void> doRemoveProduct(std::string_view sku);
    Result<void> doPutStock(std::string_view sku, std::span<const StockRecord> cells);
    Result<void> doPutReports(std::span<const StoreReport> reports);
    Result<void> doSetReportsName(std::string_view name);
    Result<void> doSetPosition(std::string_view epoch, std::int64_t catalogSeq);
    Result<void> doSetStockPosition(const StockPosition& position);

    Result<void> watch(Result<void> done);
    [[nodiscard]] Result<void> checkOpen() const;
    /// 0 when there is none.
    Result<std::int64_t> findId(std::string_view sku);
    Result<ProductRow> readRow(std::int64_t id);
    Result<ProductRow> rowOf(const ProductRecord& product);
    Result<void> writeRow(const ProductRow& row, bool isNew);
    Result<void> writeDetails(std::int64_t id, const ProductRecord& product, bool isNew);
    /// Adds `step` to the department's cards unless another variant of the group is counted there already.
    Result<void> countCard(const ProductRow& row, std::int64_t step);
    Result<void> flush();
    [[nodiscard]] ChangedProduct contentOf(const ProductRow& row) const {
        return indexContentOf(row, [this](std::int64_t path) { return dictionary_.pathText(path); });
    }
    Result<void> setMeta(const char* key, std::int64_t value);

    std::optional<Database> database_; ///< closed by finish()
    std::string path_;
    bool bulk_;
    bool failed_ = false;
    bool finished_ = false;
    std::optional<Transaction> transaction_;
    Statements statements_{*database_};
    Dictionary dictionary_{statements_};
    Counters counters_, kept_; ///< kept_: as they are in the file
    StockWriter stock_;
    StoreIds stores_; ///< by code
    IndexLog indexLog_;
    bool storesTouched_ = false;
};

Result<void> SqliteCatalogWriter::load() {
    indexLog_ = {};
    storesTouched_ = false;
    failed_ = false;
    counters_ = {};
    stores_.clear();
    if (auto done = dictionary_.load(); !done) return done.error();
    auto meta = statements_.get("SELECT key, value FROM meta");
    if (!meta) return meta.error();
    StockState stock;
    for (;;) {
        auto more = (*meta)->step();
        if (!more) return more.error();
        if (!*more) break;
        const auto key = (*meta)->text(0);
        const auto value = (*meta)->integer(1);
        for (const auto& counter : kCounters)
            if (key == counter.key) counters_.*counter.member = value;
        indexLog_.readMeta(key, value);
        stock.readMeta(key, value);
    }
    kept_ = counters_;
    stock_.begin(stock);
    auto stores = statements_.get("SELECT code, id FROM stores");
    if (!stores) return stores.error();
    bool isSound = true;
    auto done = forEachRow(*stores, [&](const Statement& row) {
        isSound = row.integer(1) > 0 && row.integer(1) <= kStoreIdMax;
        stores_[row.string(0)] = static_cast<std::int32_t>(row.integer(1));
        return isSound;
    });
    if (done && !isSound) return Error{Errc::Corrupt, "read catalog: damaged store"};
    return done;
}

Result<void> SqliteCatalogWriter::startBuild() {
    if (auto done = database_->exec(kCacheSettings); !done) return done.error();
    if (auto done = database_->migrate(kCatalogMigrations); !done) return done.error();
    if (auto done = database_->exec(kDropBulkIndexes); !done) return done.error();
    auto transaction = Transaction::begin(*database_);
    if (!transaction) return transaction.error();
    transaction_.emplace(std::move(*transaction));
    return load();
}

// A begin() after a failed transaction starts anew: what was put since the last commit() is rolled back.
Result<void> SqliteCatalogWriter::begin() {
    if (finished_) return Error{Errc::Conflict, "begin: the file is finished"};
    if (bulk_) return {};
    transaction_.reset();
    auto transaction = Transaction::begin(*database_);
    if (!transaction) return transaction.error();
    transaction_.emplace(std::move(*transaction));
    if (auto done = load(); !done || indexLog_.source() != 0) return done;
    // A file of before there was a search index gets its number now: the stock log is named after it.
    if (auto done = indexLog_.flush(statements_); !done) return done;
    return load();
}

Result<void> SqliteCatalogWriter::commit() {
    if (auto open = checkOpen(); !open) return open.error();
    if (bulk_) return {};
    if (auto done = flush(); !done) return watch(done);
    if (auto done = transaction_->commit(); !done) return done.error(); // Busy: may be tried again
    transaction_.reset();
    return stock_.append();
}

Result<void> SqliteCatalogWriter::watch(Result<void> done) {
    // A record that was refused has left no trace; anything else may have been half done.
    if (!done && done.error().code != Errc::Invalid && done.error().code != Errc::Limit) failed_ = true;
    return done;
}

Result<void> SqliteCatalogWriter::checkOpen() const {
    if (finished_) return Error{Errc::Conflict, "write catalog: the file is finished"};
    if (!transaction_) return Error{Errc::Conflict, "write catalog: no transaction is open"};
    if (failed_) return Error{Errc::Conflict, "write catalog: an earlier step of this transaction failed"};
    return {};
}

// ---- stores
// --------------------------------------------------------------------------------------------------------

Result<void> SqliteCatalogWriter::doPutStore(const StoreRecord& store) {
    if (auto open = checkOpen(); !open) return open.error();
    if (auto checked = checkRecord(store); !checked) return checked.error();
    auto query = statements_.get(
        "INSERT INTO stores (code, name, street, city, postcode, country, phone, latitude, longitude, "
        "time_zone, hours)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
        " street = excluded.street, city = excluded.city, postcode = excluded.postcode, country = "
        "excluded.country,"
        " phone = excluded.phone, latitude = excluded.latitude, longitude = excluded.longitude,"
        " time_zone = excluded.time_zone, hours = excluded.hours");
    if (!query) return query.error();
    const auto hours = dumpJson(hoursToJson(store.hours));
    auto& row = **query;
    row.bind(0, store.code)
        .bind(1, store.name)
        .bind(2, store.street)
        .bind(3, store.city)
        .bind(4, store.postcode);
    row.bind(5, store.country).bind(6, store.phone).bind(7, store.latitude).bind(8, store.longitude);
    row.bind(9, store.timeZone).bind(10, hours);
    if (auto done = row.run(); !done) return done.error();
    storesTouched_ = true;
    if (stores_.contains(store.code)) return {};
    if (database_->lastInsertId() > kStoreIdMax)
        return Error{Errc::Corrupt, "put store: no row numbers left"}; // ends the transaction
    stores_[store.code] = static_cast<std::int32_t>(database_->lastInsertId());
    ++counters_.stores;
    return {};
}

// The store's cells stay in the packed rows until those are written again; nobody sees them, since the row
// number of a store is never given again.
Result<void> SqliteCatalogWriter::doRemoveStore(std::string_view code) {
    if (auto open = checkOpen(); !open) return open.error();
    const auto found = stores_.find(code);
    if (found == stores_.end()) return {};
    for (const char* sql : {"DELETE FROM stores WHERE id = ?", "DELETE FROM store_reports WHERE store = ?"}) {
        auto query = statements_.get(sql);
        if (!query) return query.error();
        if (auto done = (*query)->bind(0, std::int64_t{found->second}).run(); !done) return done.error();
    }
    stores_.erase(found);
    --counters_.stores;
    storesTouched_ = true;
    return {};
}

// ---- products
// ------------------------------------------------------------------------------------------------------

Result<std::int64_t> SqliteCatalogWriter::findId(std::string_view sku) {
    auto query = statements_.get("SELECT id FROM products WHERE sku = ?");
    if (!query) return query.error();
    auto more = (*query)->bind(0, sku).step();
    if (!more) return more.error();
    return *more ? (*query)->integer(0) : 0;
}

Result<ProductRow> SqliteCatalogWriter::readRow(std::int64_t id) {
    auto query = statements_.get("SELECT " SILTA_PRODUCT_COLUMNS " FROM products WHERE id = ?");
    if (!query) return query.error();
    auto more = (*query)->bind(0, id).step();
    if (!more) return more.error();
    if (!*more) return Error{Errc::Corrupt, "read product: row missing"};
    return readProductRow(**query);
}

Result<ProductRow> SqliteCatalogWriter::rowOf(const ProductRecord& product) {
    ProductRow row;
    row.sku = product.sku;
    row.gtin = product.gtin;
    row.group = product.group;
    row.brand = product.brand;
    row.price = product.price;
    row.picture = product.picture;
    row.rating = product.rating;
    for (const auto& text : product.texts) {
        auto path = dictionary_.pathId(text.department);
        if (!path) return path.error();
        row.texts.push_back({text.lang, text.title, text.color, text.size, *path});
    }
    auto department = dictionary_.departmentOf(product.texts);
    if (!department) return department.error();
    row.department = *department;
    row.rank = rankOf(row);
    return row;
}

Result<void> SqliteCatalogWriter::writeRow(const ProductRow& row, bool isNew) {
    auto query = statements_.get(
        isNew
            ? "INSERT INTO products (sku, rank, gtin, group_key, department, brand, currency, regular, sale,"
              " sale_from, sale_to, picture, texts, rating, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
              "?, ?, ?)"
            : "UPDATE products SET sku = ?, rank = ?, gtin = ?, group_key = ?, department = ?, brand = ?,"
              " currency = ?, regular = ?, sale = ?, sale_from = ?, sale_to = ?, picture = ?, texts = ?, "
              "rating = ?"
              " WHERE id = ?");
    if (!query) return query.error();
    auto& statement = **query;
    const auto texts = packTexts(row.texts);
    const auto rating = packRating(row.rating);
    const auto picture = packPicture(row.picture);
    statement.bind(0, row.sku).bind(1, row.rank);
    statement.bind(2, row.gtin ? std::optional(row.gtin->number()) : std::nullopt);
    if (row.group.empty())
        statement.bindNull(3);
    else
        statement.bind(3, row.group);
    statement.bind(4, row.department).bind(5, row.brand);
    for (int column = 6; column <= 10; ++column)
        statement.bindNull(column);
    if (row.price) {
        statement.bind(6, row.price->regular.currency.code()).bind(7, row.price->regular.minor);
        if (row.price->sale && row.price->sale->currency == row.price->regular.currency)
            statement.bind(8, row.price->sale->minor);
        statement.bind(9, row.price->saleFrom).bind(10, row.price->saleTo);
    }
    if (row.picture.empty())
        statement.bindNull(11);
    else if (picture.empty())
        statement.bind(11, row.picture);
    else
        statement.bindBlob(11, picture);
    statement.bindBlob(12, texts);
    if (rating.empty())
        statement.bindNull(13);
    else
        statement.bindBlob(13, rating);
    statement.bind(14, row.id);
    return statement.run();
}

Result<void> SqliteCatalogWriter::writeDetails(std::int64_t id, const ProductRecord& product, bool isNew) {
    const auto body = detailsToJson(product);
    if (body.empty()) {
        if (isNew) return {};
        auto query = statements_.get("DELETE FROM details WHERE product = ?");
        if (!query) return query.error();
        return (*query)->bind(0, id).run();
    }
    auto query = statements_.get("INSERT OR REPLACE INTO details (product, body) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, id).bind(1, body).run();
}

Result<void> SqliteCatalogWriter::countCard(const ProductRow& row, std::int64_t step) {
    if (bulk_ || row.department == 0) return {};
    if (!row.group.empty()) {
        auto other = statements_.get(
            "SELECT 1 FROM products WHERE group_key = ? AND department = ? AND id <> ? LIMIT 1");
        if (!other) return other.error();
        auto more = (*other)->bind(0, row.group).bind(1, row.department).bind(2, row.id).step();
        if (!more) return more.error();
        if (*more) return {};
    }
    auto query = statements_.get("UPDATE departments SET cards = cards + ? WHERE id = ?");
    if (!query) return query.error();
    return (*query)->bind(0, step).bind(1, row.department).run();
}

Result<void> SqliteCatalogWriter::doPutProduct(const ProductRecord& product) {
    if (auto open = checkOpen(); !open) return open.error();
    if (auto checked = checkRecord(product); !checked) return checked.error();
    auto id = findId(product.sku);
    if (!id) return id.error();
    const bool isNew = *id == 0;
    if (isNew && counters_.nextId > kProductIdMax)
        return Error{Errc::Limit, "put product: no row numbers left"};
    auto row = rowOf(product);
    if (!row) return row.error();
    row->id = isNew ? counters_.nextId : *id;
    std::optional<ChangedProduct> before;
    bool recount = isNew;
    if (!isNew && !bulk_) {
        auto old = readRow(*id);
        if (!old) return old.error();
        before = contentOf(*old);
        recount = old->department != row->department || old->group != row->group;
        if (recount)
            if (auto done = countCard(*old, -1); !done) return done.error();
    }
    if (auto done = writeRow(*row, isNew); !done) return done.error();
    if (auto done = writeDetails(row->id, product, isNew); !done) return done.error();
    if (isNew) {
        ++counters_.nextId;
        ++counters_.products;
    }
    if (bulk_) return {};
    if (recount)
        if (auto done = countCard(*row, 1); !done) return done.error();
    if (before != contentOf(*row)) indexLog_.touch(row->id);
    return {};
}

Result<void> SqliteCatalogWriter::doRemoveProduct(std::string_view sku) {
    if (auto open = checkOpen(); !open) return open.error();
    auto id = findId(sku);
    if (!id) return id.error();
    if (*id == 0) return {};
    if (!bulk_) {
        auto old = readRow(*id);
        if (!old) return old.error();
        if (auto done = countCard(*old, -1); !done) return done.error();
        indexLog_.touch(*id);
    }
    for (const char* sql : {"DELETE FROM products WHERE id = ?", "DELETE FROM details WHERE product = ?"}) {
        auto query = statements_.get(sql);
        if (!query) return query.error();
        if (auto done = (*query)->bind(0, *id).run(); !done) return done.error();
    }
    --counters_.products;
    return stock_.remove(*id);
}

// ---- stock
// ---------------------------------------------------------------------------------------------------------

Result<void> SqliteCatalogWriter::doPutStock(std::string_view sku, std::span<const StockRecord> records) {
    if (auto open = checkOpen(); !open) return open.error();
    for (const auto& record : records)
        if (auto checked = checkRecord(record); !checked) return checked.error();
    auto id = findId(sku);
    if (!id) return id.error();
    return *id == 0 ? Result<void>{} : stock_.put(*id, records, stores_);
}

Result<void> SqliteCatalogWriter::doPutReports(std::span<const StoreReport> reports) {
    if (auto open = checkOpen(); !open) return open.error();
    for (const auto& report : reports)
        if (auto checked = checkRecord(report); !checked) return checked.error();
    for (const auto& report : reports)
        if (const auto store = stores_.find(report.storeCode); store != stores_.end())
            if (auto done = stock_.putReport(store->second, report.asOf); !done) return done;
    return {};
}

Result<void> SqliteCatalogWriter::doSetReportsName(std::string_view name) {
    if (auto open = checkOpen(); !open) return open.error();
    return stock_.setReportsName(name);
}

// ---- position, commit, finish
// --------------------------------------------------------------------------------------

Result<void> SqliteCatalogWriter::setMeta(const char* key, std::int64_t value) {
    auto query = statements_.get("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, key).bind(1, value).run();
}

Result<void> SqliteCatalogWriter::doSetPosition(std::string_view epoch, std::int64_t catalogSeq) {
    if (auto open = checkOpen(); !open) return open.error();
    if (auto done = setMeta("catalog_seq", catalogSeq); !done) return done.error();
    auto query = statements_.get("INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)");
    if (!query) return query.error();
    return (*query)->bind(0, epoch).run();
}

Result<void> SqliteCatalogWriter::doSetStockPosition(const StockPosition& position) {
    if (auto open = checkOpen(); !open) return open.error();
    return stock_.setPosition(position);
}

// Writes what differs only: a transaction that told stock and nothing else leaves the file alone.
Result<void> SqliteCatalogWriter::flush() {
    if (auto done = stock_.flush(); !done) return done;
    if (auto done = indexLog_.flush(statements_); !done) return done;
    if (storesTouched_) ++counters_.storesChange;
    if (dictionary_.changed() || stock_.hasFolded()) ++counters_.namesChange;
    storesTouched_ = false;
    for (const auto& counter : kCounters) {
        if (counters_.*counter.member == kept_.*counter.member && !bulk_) continue;
        if (auto done = setMeta(counter.key, counters_.*counter.member); !done) return done.error();
    }
    return {};
}

Result<void> SqliteCatalogWriter::finish() {
    if (!bulk_) return Error{Errc::Conflict, "finish catalog: the file was not created by this writer"};
    if (auto open = checkOpen(); !open) return open.error();
    if (auto done = flush(); !done) return watch(done);
    if (auto done = database_->exec(kCreateBulkIndexes); !done) return watch(done);
    const auto count =
        "UPDATE departments SET cards = c.n FROM (SELECT department AS d,"
        " count(DISTINCT group_key) + sum(group_key IS NULL) AS n FROM products GROUP BY department) c"
        " WHERE departments.id = c.d";
    if (auto done = database_->exec(count); !done) return watch(done);
    if (auto done = database_->exec("PRAGMA analysis_limit=400; ANALYZE"); !done) return watch(done);
    const auto mark = fmt::format("PRAGMA application_id={}", kCatalogApplicationId);
    if (auto done = database_->exec(mark.c_str()); !done) return watch(done);
    if (auto done = transaction_->commit(); !done) return watch(done);
    transaction_.reset();
    if (auto done = database_->quickCheck(); !done) return watch(done);
    finished_ = true;
    statements_.clear();
    database_.reset();
    // The build did not wait for the disk anywhere; now everything must be there before anyone renames the
    // file.
    auto file = FlatFile::open(path_, FlatFile::Mode::ReadWrite);
    if (!file) return file.error();
    return file->sync();
}

} // namespace

Result<std::unique_ptr<CatalogWriter>> CatalogWriter::create(const std::string& path) {
    if (Database::exists(path)) return Error{Errc::Conflict, "create catalog: the file exists"};
    auto database = Database::open(path, OpenMode::BuildOnce);
    if (!database) return database.error();
    auto writer =
        std::make_unique<SqliteCatalogWriter>(std::move(*database), path, true, kStockLogEntriesMax);
    if (auto done = writer->startBuild(); !done) return done.error();
    return std::unique_ptr<CatalogWriter>(std::move(writer));
}

Result<std::unique_ptr<CatalogWriter>> CatalogWriter::open(const std::string& path) {
    return openCatalogWriter(path, kStockLogEntriesMax);
}

Result<std::unique_ptr<CatalogWriter>> openCatalogWriter(const std::string& path,
                                                         std::int64_t stockEntriesMax) {
    auto database = Database::open(path, OpenMode::Replica);
    if (!database) return database.error();
    if (auto header = checkCatalogHeader(*database); !header) return header.error();
    if (auto done = database->exec(kReplicaSettings); !done) return done.error();
    if (auto done = database->migrate(kCatalogMigrations); !done) return done.error();
    auto writer = std::make_unique<SqliteCatalogWriter>(std::move(*database), path, false, stockEntriesMax);
    if (auto done = writer->load(); !done) return done.error();
    return std::unique_ptr<CatalogWriter>(std::move(writer));
}

} // namespace silta
