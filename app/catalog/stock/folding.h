// StockFolding: puts what a catalogue's log says into its rows, an item at a time.
#pragma once

#include "catalog/dictionary.h"
#include "catalog/stock/log.h"
#include "catalog/stock/rows.h"
#include "catalog/stock/view.h"

#include <optional>
#include <string>
#include <vector>

namespace silta {

/// Within transactions of its caller, up to restart(). Thread: the connection's owner. Errors of all that
/// return them: Busy, Corrupt, Full, Io.
class StockFolding {
public:
    StockFolding(Statements& statements, Dictionary& dictionary, StockRows& rows, std::string catalogPath)
        : statements_(statements), dictionary_(dictionary), rows_(rows), catalogPath_(std::move(catalogPath)),
          view_(statements, catalogPath_) {}

    /// Opens the log.
    Result<void> open();
    [[nodiscard]] const StockLogWriter& log() const { return *log_; }
    /// Reads it. An error when anything of it could not be read: a log that is named as folded is read by
    /// nobody any more.
    Result<void> read();
    /// As if the log said this, too.
    void add(const StockBatch& batch) { view_.take(batch); }
    /// Items that the log says something of, in ascending order.
    [[nodiscard]] std::vector<std::int64_t> products() const { return view_.told().cells.products(); }
    /// False when there was nothing to write: the row says so already, or the item is gone.
    Result<bool> foldProduct(std::int64_t product);
    /// The last part of the last transaction: reports, positions, and that the log is folded. The rows' state
    /// is to be kept then, and the catalogue's names have changed: those of the log stood over new ones.
    Result<void> foldRest();
    /// Writes another record behind the log. Errors: Full, Io, Limit.
    Result<void> append(StockBatch& batch) { return log_->append(batch); }
    /// After the last transaction. `start`: Anew when the rows say more than the log did.
    Result<void> restart(LogStart start) { return log_->restart(start); }

private:
    Statements& statements_;
    Dictionary& dictionary_;
    StockRows& rows_;
    std::string catalogPath_;
    StockView view_;
    std::optional<StockLogWriter> log_;
    std::vector<StockCell> news_;
};

/// The row of an aisle's name; 0 when there is no room for another name, as the figure counts for more.
/// Errors: Busy, Corrupt, Full, Io.
Result<std::int32_t> aisleRowOf(Dictionary& dictionary, std::string_view name);

} // namespace silta
