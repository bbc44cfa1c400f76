// Folding: what the stock log says goes into the catalogue's rows, in transactions so small that no reader
// waits for one. The log stays until the last of them has named it as folded, so whatever is cut short is
// done again: the log is read over the rows all the time, and rows that say the same already do no harm.
#include "catalog/dictionary.h"
#include "catalog/limits.h"
#include "catalog/low_priority.h"
#include "catalog/schema.h"
#include "catalog/stock/view.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <algorithm>

namespace silta {

namespace {

class StockFolder {
public:
    StockFolder(Database database, std::string catalogPath)
        : database_(std::move(database)), catalogPath_(std::move(catalogPath)) {}

    /// False when there is too little to fold. Errors: Busy, Corrupt, Full, Io.
    Result<bool> run(StockFold when);

private:
    Result<void> readState();
    Result<void> fold(std::span<const std::int64_t> products);
    Result<void> foldProduct(std::int64_t product);
    Result<void> finish(std::int64_t logNumber);
    Result<void> setMeta(const char* key, std::int64_t value);

    Database database_;
    std::string catalogPath_;
    Statements statements_{database_};
    StockState state_;
    std::int64_t namesChange_ = 0, products_ = 0;
    Dictionary dictionary_{statements_};
    StockView view_{statements_, catalogPath_};
};

Result<void> StockFolder::readState() {
    auto meta = statements_.get("SELECT key, value FROM meta");
    if (!meta) return meta.error();
    return forEachRow(*meta, [this](const Statement& row) {
        state_.readMeta(row.text(0), row.integer(1));
        if (row.text(0) == "names_change") namesChange_ = row.integer(1);
        if (row.text(0) == "products") products_ = row.integer(1);
        return true;
    });
}

Result<void> StockFolder::setMeta(const char* key, std::int64_t value) {
    auto query = statements_.get("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, key).bind(1, value).run();
}

Result<void> StockFolder::foldProduct(std::int64_t product) {
    {
        auto row = statements_.get("SELECT 1 FROM products WHERE id = ?");
        if (!row) return row.error();
        auto found = (*row)->bind(0, product).step();
        if (!found || !*found) return found ? Result<void>{} : found.error(); // removed since
    }
    auto cells = view_.cells(product);
    if (!cells) return cells.error();
    std::vector<StockCell> own(cells->begin(), cells->end());
    for (auto& cell : own) {
        if (cell.aisle >= 0) continue;
        auto aisle = dictionary_.aisleId(view_.aisle(cell.aisle));
        if (!aisle) return aisle.error();
        cell.aisle = static_cast<std::int32_t>(*aisle);
    }
    if (own.empty()) {
        auto query = statements_.get("DELETE FROM stock_cells WHERE product = ?");
        if (!query) return query.error();
        return (*query)->bind(0, product).run();
    }
    const auto packed = packCells(own, state_.reference);
    auto query = statements_.get("INSERT OR REPLACE INTO stock_cells (product, cells) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, product).bindBlob(1, packed).run();
}

Result<void> StockFolder::fold(std::span<const std::int64_t> products) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (state_.reference == 0) {
        state_.reference = std::max<UtcMs>(1, view_.asOf());
        if (auto done = setMeta("stock_reference", state_.reference); !done) return done;
    }
    if (auto done = view_.refresh(state_, false); !done) return done.error();
    for (const auto product : products)
        if (auto done = foldProduct(product); !done) return done;
    return transaction->commit();
}

Result<void> StockFolder::finish(std::int64_t logNumber) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    for (const auto& [store, asOf] : view_.told().reports) {
        auto query = statements_.get("INSERT OR REPLACE INTO store_reports (store, as_of) VALUES (?, ?)");
        if (!query) return query.error();
        const auto newest = view_.reportOf(store).value_or(asOf);
        if (auto done = (*query)->bind(0, std::int64_t{store}).bind(1, newest).run(); !done) return done;
    }
    for (const auto& [region, seq] : view_.told().positions) {
        auto query = statements_.get("INSERT OR REPLACE INTO stock_positions (region, seq) VALUES (?, ?)");
        if (!query) return query.error();
        if (auto done = (*query)->bind(0, region).bind(1, seq).run(); !done) return done;
    }
    // Until now the log's own names have stood over the rows of new aisles.
    if (auto done = setMeta("names_change", namesChange_ + 1); !done) return done;
    if (auto done = setMeta("stock_as_of", view_.asOf()); !done) return done;
    if (auto done = setMeta("stock_folded", logNumber); !done) return done;
    return transaction->commit();
}

Result<bool> StockFolder::run(StockFold when) {
    if (auto done = readState(); !done) return done.error();
    auto log = StockLogWriter::open(catalogPath_, state_.key);
    if (!log) return log.error();
    const auto bound = std::clamp(products_ * kStockLogBytesPerProduct, kStockLogBytesMin, kStockLogBytesMax);
    if (log->isEmpty() || (when == StockFold::WhenLarge && log->bytes() < bound)) return false;
    if (auto done = dictionary_.load(); !done) return done.error();
    if (auto done = view_.refresh(state_, true); !done) return done.error();
    const auto products = view_.told().cells.products();
    for (std::size_t first = 0; first < products.size(); first += kFoldSliceProducts) {
        const auto count = std::min(kFoldSliceProducts, products.size() - first);
        if (auto done = fold(std::span(products).subspan(first, count)); !done) return done.error();
    }
    if (auto done = finish(log->number()); !done) return done.error();
    if (auto done = log->restart(); !done) return done.error();
    return true;
}

} // namespace

Result<bool> foldStock(const std::string& catalogPath, StockFold when) {
    return atLowPriority([&]() -> Result<bool> {
        auto database = Database::open(catalogPath, OpenMode::Replica);
        if (!database) return database.error();
        if (auto header = checkCatalogHeader(*database); !header) return header.error();
        if (auto done = database->migrate(kCatalogMigrations); !done) return done.error();
        return StockFolder(std::move(*database), catalogPath).run(when);
    });
}

} // namespace silta
