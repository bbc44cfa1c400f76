// Folding: what the stock log says goes into the catalogue's rows, in transactions so small that no reader
// waits for one. The log stays until the last of them has named it as folded, so whatever is cut short is
// done again: the log is read over the rows all the time, and rows that say the same already are passed over.
#include "catalog/stock/fold.h"

#include "catalog/dictionary.h"
#include "catalog/low_priority.h"
#include "catalog/schema.h"
#include "catalog/stock/folding.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <algorithm>
#include <span>

namespace silta {

namespace {

class StockFolder {
public:
    StockFolder(Database database, std::string catalogPath)
        : database_(std::move(database)), catalogPath_(std::move(catalogPath)) {}

    /// Errors: Busy, Corrupt, Full, Io.
    Result<bool> run(const FoldBounds& bounds);

private:
    Result<void> readState();
    /// True when it had something to write.
    Result<bool> foldSlice(StockFolding& folding, std::span<const std::int64_t> products);
    Result<void> finish(StockFolding& folding);
    Result<void> setMeta(const char* key, std::int64_t value);

    Database database_;
    std::string catalogPath_;
    Statements statements_{database_};
    Dictionary dictionary_{statements_};
    StockRows rows_{statements_};
    std::int64_t namesChange_ = 0, products_ = 0;
};

Result<void> StockFolder::readState() {
    auto meta = statements_.get("SELECT key, value FROM meta");
    if (!meta) return meta.error();
    StockState state;
    auto done = forEachRow(*meta, [&](const Statement& row) {
        state.readMeta(row.text(0), row.integer(1));
        if (row.text(0) == "names_change") namesChange_ = row.integer(1);
        if (row.text(0) == "products") products_ = row.integer(1);
        return true;
    });
    rows_.setState(state);
    return done;
}

Result<void> StockFolder::setMeta(const char* key, std::int64_t value) {
    auto query = statements_.get("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, key).bind(1, value).run();
}

Result<bool> StockFolder::foldSlice(StockFolding& folding, std::span<const std::int64_t> products) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    bool isWritten = false;
    for (const auto product : products) {
        const auto done = folding.foldProduct(product);
        if (!done) return done.error();
        isWritten = isWritten || *done;
    }
    if (auto done = transaction->commit(); !done) return done.error();
    return isWritten;
}

Result<void> StockFolder::finish(StockFolding& folding) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (auto done = folding.foldRest(); !done) return done;
    if (auto done = rows_.keepState(); !done) return done;
    if (auto done = setMeta("names_change", namesChange_ + 1); !done) return done;
    return transaction->commit();
}

Result<bool> StockFolder::run(const FoldBounds& bounds) {
    if (auto done = readState(); !done) return done.error();
    StockFolding folding(statements_, dictionary_, rows_, catalogPath_);
    if (auto done = folding.open(); !done) return done.error();
    const auto due =
        bounds.entriesMin.value_or(std::clamp(products_, kStockLogEntriesMin, kStockLogEntriesFold));
    if (folding.log().isEmpty() || folding.log().entries() < due) return false;
    if (auto done = dictionary_.load(); !done) return done.error();
    if (auto done = folding.read(); !done) return done.error();
    const auto products = folding.products();
    std::size_t written = 0;
    for (std::size_t first = 0; first < products.size(); first += bounds.sliceProducts) {
        if (written >= bounds.slicesMax) return false;
        const auto count = std::min(bounds.sliceProducts, products.size() - first);
        const auto done = foldSlice(folding, std::span(products).subspan(first, count));
        if (!done) return done.error();
        if (*done) ++written;
    }
    if (auto done = finish(folding); !done) return done.error();
    if (auto done = folding.restart(LogStart::Sequel); !done) return done.error();
    return true;
}

} // namespace

Result<bool> foldStockLog(const std::string& catalogPath, const FoldBounds& bounds) {
    return atLowPriority([&]() -> Result<bool> {
        auto database = Database::open(catalogPath, OpenMode::Replica);
        if (!database) return database.error();
        if (auto header = checkCatalogHeader(*database); !header) return header.error();
        if (auto done = database->migrate(kCatalogMigrations); !done) return done.error();
        return StockFolder(std::move(*database), catalogPath).run(bounds);
    });
}

Result<bool> foldStock(const std::string& catalogPath, StockFold when) {
    FoldBounds bounds;
    if (when == StockFold::Now)
        bounds.entriesMin = 0;
    else
        bounds.slicesMax = kFoldSlicesMax;
    return foldStockLog(catalogPath, bounds);
}

} // namespace silta
