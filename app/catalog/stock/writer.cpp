#include "catalog/stock/writer.h"

#include "catalog/limits.h"

#include <algorithm>

namespace silta {

void StockWriter::begin(const StockState& state) {
    state_ = state;
    batch_ = {};
    batchAisles_.clear();
}

Result<std::int64_t> StockWriter::aisleId(std::string_view name) {
    if (isBulk_) return dictionary_.aisleId(name);
    if (name.empty()) return 0;
    if (const auto found = batchAisles_.find(name); found != batchAisles_.end()) return found->second;
    if (batch_.aisles.size() >= kAislesMax) return Error{Errc::Limit, "put stock: too many aisles"};
    batch_.aisles.emplace_back(name);
    const auto id = static_cast<std::int64_t>(batch_.aisles.size());
    batchAisles_.emplace(name, id);
    return id;
}

Result<std::vector<StockCell>> StockWriter::cellsOf(std::span<const StockRecord> records,
                                                    const StoreIds& stores) {
    std::vector<StockCell> cells;
    cells.reserve(records.size());
    for (const auto& record : records) {
        const auto store = stores.find(record.storeCode);
        if (store == stores.end()) continue;
        auto aisle = aisleId(record.quantity > 0 ? std::string_view(record.aisle) : std::string_view());
        if (!aisle) return aisle.error();
        cells.push_back({store->second, record.quantity, record.asOf, static_cast<std::int32_t>(*aisle)});
    }
    std::ranges::stable_sort(cells, {}, &StockCell::store);
    return cells;
}

Result<void> StockWriter::mergeIntoRow(std::int64_t product, std::span<const StockCell> news) {
    for (const auto& cell : news)
        state_.asOf = std::max(state_.asOf, cell.asOf);
    if (state_.reference == 0) state_.reference = std::max<UtcMs>(1, news.front().asOf);
    std::vector<StockCell> old, merged;
    {
        auto query = statements_.get("SELECT cells FROM stock_cells WHERE product = ?");
        if (!query) return query.error();
        auto found = (*query)->bind(0, product).step();
        if (!found) return found.error();
        if (*found)
            if (auto done = unpackCells((*query)->blob(0), state_.reference, old); !done) return done;
    }
    mergeCells(old, news, merged);
    if (merged.empty()) return remove(product);
    const auto packed = packCells(merged, state_.reference);
    auto query = statements_.get("INSERT OR REPLACE INTO stock_cells (product, cells) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, product).bindBlob(1, packed).run();
}

Result<void> StockWriter::put(std::int64_t product, std::span<const StockRecord> records,
                              const StoreIds& stores) {
    const auto cells = cellsOf(records, stores);
    if (!cells) return cells.error();
    if (cells->empty()) return {};
    if (isBulk_) return mergeIntoRow(product, *cells);
    for (const auto& cell : *cells)
        batch_.changes.push_back({product, cell});
    return {};
}

Result<void> StockWriter::putReport(std::int32_t store, UtcMs asOf) {
    if (!isBulk_) {
        batch_.reports.push_back({store, asOf});
        return {};
    }
    state_.asOf = std::max(state_.asOf, asOf);
    auto query = statements_.get("INSERT INTO store_reports (store, as_of) VALUES (?, ?) "
                                 "ON CONFLICT(store) DO UPDATE SET as_of = max(as_of, excluded.as_of)");
    if (!query) return query.error();
    return (*query)->bind(0, std::int64_t{store}).bind(1, asOf).run();
}

Result<void> StockWriter::setPosition(const StockPosition& position) {
    if (position.region.size() > kRegionBytesMax || position.seq < 0)
        return Error{Errc::Invalid, "set stock position: no such region or number"};
    if (!isBulk_) {
        batch_.positions.push_back(position);
        return {};
    }
    auto query = statements_.get("INSERT OR REPLACE INTO stock_positions (region, seq) VALUES (?, ?)");
    if (!query) return query.error();
    return (*query)->bind(0, position.region).bind(1, position.seq).run();
}

Result<void> StockWriter::remove(std::int64_t product) {
    auto query = statements_.get("DELETE FROM stock_cells WHERE product = ?");
    if (!query) return query.error();
    return (*query)->bind(0, product).run();
}

Result<void> StockWriter::flush() {
    if (!isBulk_) return {};
    auto query = statements_.get("INSERT OR REPLACE INTO meta (key, value) VALUES"
                                 " ('stock_as_of', ?), ('stock_reference', ?)");
    if (!query) return query.error();
    return (*query)->bind(0, state_.asOf).bind(1, state_.reference).run();
}

Result<void> StockWriter::append(const std::string& catalogPath, std::int64_t catalogue) {
    if (batch_.isEmpty()) return {};
    auto log = StockLogWriter::open(catalogPath, {catalogue, state_.key.folded});
    if (!log) return log.error();
    return log->append(batch_);
}

} // namespace silta
