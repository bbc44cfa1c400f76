#include "catalog/stock/rows.h"

#include <algorithm>
#include <string>

namespace silta {

Result<void> StockRows::setMeta(const char* key, std::int64_t value) {
    auto query = statements_.get("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, key).bind(1, value).run();
}

Result<bool> StockRows::merge(std::int64_t product, std::span<const StockCell> news) {
    for (const auto& cell : news)
        noteTime(cell.asOf);
    std::string before;
    {
        auto query = statements_.get("SELECT cells FROM stock_cells WHERE product = ?");
        if (!query) return query.error();
        auto found = (*query)->bind(0, product).step();
        if (!found) return found.error();
        if (*found) before = (*query)->blob(0);
    }
    std::vector<StockCell> old, merged;
    if (auto done = unpackCells(before, state_.reference, old); !done) return done.error();
    mergeCells(old, news, merged);
    return write(product, merged, before);
}

Result<bool> StockRows::write(std::int64_t product, std::span<const StockCell> cells,
                              std::string_view before) {
    if (cells.empty()) {
        if (before.empty()) return false;
        if (auto done = remove(product); !done) return done.error();
        return true;
    }
    if (state_.reference == 0) {
        state_.reference = std::max<UtcMs>(1, cells.front().asOf);
        if (auto done = setMeta("stock_reference", state_.reference); !done) return done.error();
    }
    const auto packed = packCells(cells, state_.reference);
    if (packed == before) return false;
    auto query = statements_.get("INSERT OR REPLACE INTO stock_cells (product, cells) VALUES (?, ?)");
    if (!query) return query.error();
    if (auto done = (*query)->bind(0, product).bindBlob(1, packed).run(); !done) return done.error();
    return true;
}

Result<void> StockRows::remove(std::int64_t product) {
    auto query = statements_.get("DELETE FROM stock_cells WHERE product = ?");
    if (!query) return query.error();
    return (*query)->bind(0, product).run();
}

Result<void> StockRows::putReport(std::int32_t store, UtcMs asOf) {
    noteTime(asOf);
    auto query = statements_.get("INSERT INTO store_reports (store, as_of) VALUES (?, ?) "
                                 "ON CONFLICT(store) DO UPDATE SET as_of = max(as_of, excluded.as_of)");
    if (!query) return query.error();
    return (*query)->bind(0, std::int64_t{store}).bind(1, asOf).run();
}

Result<void> StockRows::putPosition(const StockPosition& position) {
    auto query = statements_.get("INSERT OR REPLACE INTO stock_positions (region, seq) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, position.region).bind(1, position.seq).run();
}

Result<void> StockRows::putReportsName(std::string_view name) {
    if (name.empty()) return {};
    auto query = statements_.get("INSERT OR REPLACE INTO meta (key, value) VALUES ('stock_reports', ?)");
    if (!query) return query.error();
    return (*query)->bind(0, name).run();
}

Result<void> StockRows::keepState() {
    if (auto done = setMeta("stock_as_of", state_.asOf); !done) return done;
    if (state_.key.folded == 0) return {}; // of a file that never had a log
    return setMeta("stock_folded", state_.key.folded);
}

} // namespace silta
