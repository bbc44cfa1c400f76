#include "catalog/stock/writer.h"

#include "catalog/limits.h"

#include <algorithm>

namespace silta {

void StockWriter::begin(const StockState& state) {
    rows_.setState(state);
    isFolded_ = false;
    batch_ = {};
    batchAisles_.clear();
    folding_.reset();
}

Result<std::int64_t> StockWriter::aisleId(std::string_view name) {
    if (isBulk_) return dictionary_.aisleId(name);
    if (isFolded_) {
        const auto row = aisleRowOf(dictionary_, name);
        return row ? Result<std::int64_t>(std::int64_t{*row}) : row.error();
    }
    if (name.empty()) return 0;
    if (const auto found = batchAisles_.find(name); found != batchAisles_.end()) return found->second;
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

// Older words of the log would stand over newer rows, so all of the log goes into them first. Nobody sees a
// part of it: it is one transaction with what comes after.
Result<void> StockWriter::foldIfLarge(std::int64_t entries) {
    if (entries <= entriesMax_) return {};
    if (!folding_) {
        folding_.emplace(statements_, dictionary_, rows_, catalogPath_);
        if (auto done = folding_->open(); !done) return done;
    }
    if (auto done = folding_->read(); !done) return done;
    folding_->add(batch_);
    for (const auto product : folding_->products())
        if (auto done = folding_->foldProduct(product); !done) return done.error();
    if (auto done = folding_->foldRest(); !done) return done;
    isFolded_ = true;
    batch_ = {};
    batchAisles_.clear();
    return {};
}

Result<void> StockWriter::put(std::int64_t product, std::span<const StockRecord> records,
                              const StoreIds& stores) {
    const auto cells = cellsOf(records, stores);
    if (!cells) return cells.error();
    if (cells->empty()) return {};
    if (isIntoRows()) {
        const auto done = rows_.merge(product, *cells);
        return done ? Result<void>() : done.error();
    }
    for (const auto& cell : *cells)
        batch_.changes.push_back({product, cell});
    return foldIfLarge(batch_.entries());
}

Result<void> StockWriter::putReport(std::int32_t store, UtcMs asOf) {
    if (isIntoRows()) return rows_.putReport(store, asOf);
    batch_.reports.push_back({store, asOf});
    return foldIfLarge(batch_.entries());
}

Result<void> StockWriter::setReportsName(std::string_view name) {
    if (name.size() > kReportsNameBytesMax) return Error{Errc::Invalid, "name reports: too long"};
    if (isIntoRows()) return rows_.putReportsName(name);
    batch_.reportsName = name;
    return {};
}

Result<void> StockWriter::setPosition(const StockPosition& position) {
    if (position.region.size() > kRegionBytesMax || position.seq < 0)
        return Error{Errc::Invalid, "set stock position: no such region or number"};
    if (isIntoRows()) return rows_.putPosition(position);
    const auto known = std::ranges::find(batch_.positions, position.region, &StockPosition::region);
    if (known != batch_.positions.end())
        *known = position;
    else if (batch_.positions.size() >= kStockRegionsMax)
        return Error{Errc::Limit, "set stock position: too many regions"};
    else
        batch_.positions.push_back(position);
    return {};
}

Result<void> StockWriter::flush() {
    if (!isIntoRows() && !batch_.isEmpty()) {
        folding_.emplace(statements_, dictionary_, rows_, catalogPath_);
        if (auto done = folding_->open(); !done) return done;
        if (auto done = foldIfLarge(folding_->log().entries() + batch_.entries()); !done) return done;
    }
    return isIntoRows() ? rows_.keepState() : Result<void>();
}

Result<void> StockWriter::append() {
    if (isBulk_ || !folding_) return {};
    auto folding = std::exchange(folding_, std::nullopt);
    if (isFolded_) return folding->restart(LogStart::Anew);
    return folding->append(batch_);
}

} // namespace silta
