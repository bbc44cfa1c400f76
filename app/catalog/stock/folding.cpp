#include "catalog/stock/folding.h"

namespace silta {

Result<std::int32_t> aisleRowOf(Dictionary& dictionary, std::string_view name) {
    const auto id = dictionary.aisleId(name);
    if (id) return static_cast<std::int32_t>(*id);
    if (id.error().code == Errc::Limit) return 0;
    return id.error();
}

Result<void> StockFolding::open() {
    auto log = StockLogWriter::open(catalogPath_, rows_.state().key);
    if (!log) return log.error();
    log_ = std::move(*log);
    return {};
}

Result<void> StockFolding::read() {
    if (auto done = view_.refresh(rows_.state(), true); !done) return done.error();
    if (!view_.hasRead(log_->number(), log_->bytes()))
        return Error{Errc::Io, "fold stock: the log was not read whole"};
    return {};
}

Result<bool> StockFolding::foldProduct(std::int64_t product) {
    {
        auto row = statements_.get("SELECT 1 FROM products WHERE id = ?");
        if (!row) return row.error();
        auto found = (*row)->bind(0, product).step();
        if (!found) return found.error();
        if (!*found) return false; // removed since
    }
    news_.clear();
    view_.told().cells.addTo(product, news_);
    for (auto& cell : news_) {
        const auto name = cell.quantity > 0 ? view_.aisle(cell.aisle) : std::string_view();
        auto aisle = aisleRowOf(dictionary_, name);
        if (!aisle) return aisle.error();
        cell.aisle = *aisle;
    }
    return rows_.merge(product, news_);
}

Result<void> StockFolding::foldRest() {
    const auto& told = view_.told();
    for (const auto& [store, asOf] : told.reports)
        if (auto done = rows_.putReport(store, asOf); !done) return done;
    for (const auto& [region, seq] : told.positions)
        if (auto done = rows_.putPosition({region, seq}); !done) return done;
    if (auto done = rows_.putReportsName(told.reportsName); !done) return done;
    rows_.noteTime(view_.asOf());
    rows_.noteFolded(log_->number());
    return {};
}

} // namespace silta
