#include "catalog/stock/view.h"

#include "catalog/limits.h"

#include <algorithm>

namespace silta {

void StockState::readMeta(std::string_view name, std::int64_t value) {
    if (name == "index_source") key.catalogue = value;
    if (name == "stock_folded") key.folded = value;
    if (name == "stock_reference") reference = value;
    if (name == "stock_as_of") asOf = value;
    if (name == "next_id") nextProduct = value;
}

Result<void> StockView::readTables() {
    reports_.clear();
    positions_.clear();
    reportsName_.clear();
    auto table = statements_.get("SELECT 1 FROM sqlite_schema WHERE name = 'stock_cells'");
    if (!table) return table.error();
    auto found = (*table)->step();
    if (!found) return found.error();
    isOld_ = !*found;
    if (isOld_) return {};
    auto reports = statements_.get("SELECT store, as_of FROM store_reports");
    if (!reports) return reports.error();
    auto done = forEachRow(*reports, [this](const Statement& row) {
        reports_[static_cast<std::int32_t>(row.integer(0))] = row.integer(1);
        return true;
    });
    if (!done) return done;
    auto positions = statements_.get("SELECT region, seq FROM stock_positions");
    if (!positions) return positions.error();
    done = forEachRow(*positions, [this](const Statement& row) {
        positions_[row.string(0)] = row.integer(1);
        return true;
    });
    if (!done) return done;
    auto name = statements_.get("SELECT value FROM meta WHERE key = 'stock_reports'");
    if (!name) return name.error();
    return forEachRow(*name, [this](const Statement& row) {
        reportsName_ = row.string(0);
        return true;
    });
}

void StockView::take(const StockBatch& batch) {
    std::vector<std::int32_t> aisles = {0};
    for (const auto& name : batch.aisles)
        aisles.push_back(told_.cells.aisleId(name));
    for (const auto& [product, cell] : batch.changes) {
        auto own = cell;
        own.aisle = aisles[static_cast<std::size_t>(cell.aisle)];
        told_.cells.put(product, own);
        told_.asOf = std::max(told_.asOf, cell.asOf);
        if (home_.isOf(cell.store) && product < state_.nextProduct) home_.set(product, cell.quantity);
    }
    for (const auto& report : batch.reports) {
        auto& known = told_.reports[report.store];
        known = std::max(known, report.asOf);
        told_.asOf = std::max(told_.asOf, report.asOf);
    }
    for (const auto& position : batch.positions)
        told_.positions[position.region] = position.seq;
    if (!batch.reportsName.empty()) told_.reportsName = batch.reportsName;
}

Result<bool> StockView::refresh(const StockState& state, bool isChanged) {
    state_ = state;
    if (isChanged)
        if (auto done = readTables(); !done) return done.error();
    if (isOld_) return isChanged;
    const auto begin = [this](StockLogReader::Step step) {
        if (step != StockLogReader::Step::Anew) return;
        told_ = {};
        // What was folded is what is known here, unless some of it was never seen.
        isHomeStale_ = isHomeStale_ || !log_.isSequel();
    };
    auto step = log_.poll(state.key, isChanged, begin, [this](const StockBatch& batch) { take(batch); });
    if (!step) return step.error();
    return isChanged || *step != StockLogReader::Step::Same;
}

Result<std::span<const StockCell>> StockView::cells(std::int64_t product) {
    row_.clear();
    news_.clear();
    if (isOld_) return std::span<const StockCell>();
    auto query = statements_.get("SELECT cells FROM stock_cells WHERE product = ?");
    if (!query) return query.error();
    auto found = (*query)->bind(0, product).step();
    if (!found) return found.error();
    if (*found)
        if (auto done = unpackCells((*query)->blob(0), state_.reference, row_); !done) return done.error();
    told_.cells.addTo(product, news_);
    if (news_.empty()) return std::span<const StockCell>(row_);
    mergeCells(row_, news_, merged_);
    return std::span<const StockCell>(merged_);
}

Result<std::int32_t> StockView::quantity(std::int64_t product, std::int32_t store) {
    if (isOld_) return 0;
    if (home_.isOf(store) && !isHomeStale_) return home_.quantity(product);
    if (const auto* cell = told_.cells.find(product, store); cell != nullptr) return cell->quantity;
    auto query = statements_.get("SELECT cells FROM stock_cells WHERE product = ?");
    if (!query) return query.error();
    auto found = (*query)->bind(0, product).step();
    if (!found) return found.error();
    if (!*found) return 0;
    return quantityInStore((*query)->blob(0), store);
}

std::optional<UtcMs> StockView::reportOf(std::int32_t store) const {
    std::optional<UtcMs> newest;
    for (const auto* reports : {&reports_, &told_.reports})
        if (const auto found = reports->find(store); found != reports->end())
            newest = std::max(newest.value_or(found->second), found->second);
    return newest;
}

StockPositions StockView::positions() const {
    auto all = told_.positions;
    all.insert(positions_.begin(), positions_.end());
    return all;
}

Result<const HomeStock*> StockView::home(std::int32_t store) {
    if (home_.isOf(store) && !isHomeStale_) return &home_;
    if (isOld_) return &home_;
    if (auto done = home_.load(statements_, told_.cells, store, state_.nextProduct); !done)
        return done.error();
    isHomeStale_ = false;
    return &home_;
}

} // namespace silta
