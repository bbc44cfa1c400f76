// StockView: the stock that a catalogue and its log say together.
//
// The table "stock_cells" holds what has been folded, one row an item; the log beside the file (log.h) what
// has come since, which is kept in memory here. Reading one item is one row and one look into memory.
#pragma once

#include "catalog/statements.h"
#include "catalog/stock/home_stock.h"
#include "catalog/stock/log.h"
#include "catalog/stock/overlay.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace silta {

/// What the catalogue's table "meta" says of its stock.
struct StockState {
    StockLogKey key;
    UtcMs reference = 0;          ///< that the cells of its rows were packed with; 0 = none yet
    UtcMs asOf = 0;               ///< the newest figure
    std::int64_t nextProduct = 1; ///< row number that the next product gets
    /// Takes a row if it is one of stock's.
    void readMeta(std::string_view name, std::int64_t value);
};

using StoreReports = std::unordered_map<std::int32_t, UtcMs>; ///< when a store last told all of its stock
using StockPositions = std::map<std::string, std::int64_t>;   ///< sequence number by region

/// Thread: the connection's owner.
class StockView {
public:
    StockView(Statements& statements, const std::string& catalogPath)
        : statements_(statements), log_(catalogPath) {}

    /// Brings it to the caller's transaction, which must have read something already; true when anything has
    /// changed. `isChanged`: the catalogue has, since the last call. Errors: Busy, Corrupt, Io.
    Result<bool> refresh(const StockState& state, bool isChanged);

    /// The item's cells, sorted by store. Valid until the next call. Errors: Busy, Corrupt.
    Result<std::span<const StockCell>> cells(std::int64_t product);
    /// In one store; 0 when there is none. Errors: Busy, Corrupt.
    Result<std::int32_t> quantity(std::int64_t product, std::int32_t store);
    /// Of an aisle below 0; others are rows of the catalogue.
    [[nodiscard]] std::string_view aisle(std::int32_t id) const { return told_.cells.aisle(id); }
    /// Whether it knows the log of that number up to there.
    [[nodiscard]] bool hasRead(std::int64_t logNumber, std::int64_t end) const {
        return log_.hasRead(logNumber, end);
    }
    /// As if the log said this, too.
    void take(const StockBatch& batch);
    /// When a store last told all of its stock; nothing when it never has.
    [[nodiscard]] std::optional<UtcMs> reportOf(std::int32_t store) const;
    /// Up to where each region's stock has come; by name.
    [[nodiscard]] StockPositions positions() const;
    /// Name of the file of reports that was told last.
    [[nodiscard]] const std::string& reportsName() const {
        return told_.reportsName.empty() ? reportsName_ : told_.reportsName;
    }
    /// The newest figure.
    [[nodiscard]] UtcMs asOf() const { return std::max(state_.asOf, told_.asOf); }
    [[nodiscard]] const StockState& state() const { return state_; }

    /// What the log says beyond the tables.
    struct Told {
        StockOverlay cells;
        StoreReports reports;
        StockPositions positions;
        std::string reportsName;
        UtcMs asOf = 0;
    };
    [[nodiscard]] const Told& told() const { return told_; }

    /// Read now if need be. Errors: Busy, Corrupt.
    Result<const HomeStock*> home(std::int32_t store);
    [[nodiscard]] bool isHomeLoaded() const { return home_.isLoaded(); }

private:
    Result<void> readTables();
    Statements& statements_;
    StockLogReader log_;
    StockState state_;
    bool isOld_ = false;   ///< a file of before there was a log: its stock cannot be read
    StoreReports reports_; ///< of the tables
    StockPositions positions_;
    std::string reportsName_;
    Told told_;
    HomeStock home_;
    bool isHomeStale_ = false;
    std::vector<StockCell> row_, news_, merged_;
};

} // namespace silta
