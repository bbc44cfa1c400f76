// StockWriter: the stock of a CatalogWriter. A file that is being made gets rows; to a live one stock is told
// by the log beside it.
#pragma once

#include "catalog/dictionary.h"
#include "catalog/stock/view.h"

#include <silta/catalog.h>

#include <span>
#include <string>
#include <unordered_map>

namespace silta {

using StoreIds = std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>>; ///< by code

/// Thread: the connection's owner. Errors of all that return them: Busy, Corrupt, Full, Io, Limit.
class StockWriter {
public:
    StockWriter(Statements& statements, Dictionary& dictionary, bool isBulk)
        : statements_(statements), dictionary_(dictionary), isBulk_(isBulk) {}

    /// At the start of a transaction; `state` is what the file says. Forgets what was not committed.
    void begin(const StockState& state);
    /// Records of stores that `stores` does not know are passed over.
    Result<void> put(std::int64_t product, std::span<const StockRecord> records, const StoreIds& stores);
    Result<void> putReport(std::int32_t store, UtcMs asOf);
    Result<void> setPosition(const StockPosition& position);
    /// The item is gone.
    Result<void> remove(std::int64_t product);
    /// Part of the transaction: what the file says of its rows.
    Result<void> flush();
    /// After the commit: on the disk when it returns. `catalogue`: the file's number.
    Result<void> append(const std::string& catalogPath, std::int64_t catalogue);

private:
    Result<std::vector<StockCell>> cellsOf(std::span<const StockRecord> records, const StoreIds& stores);
    Result<std::int64_t> aisleId(std::string_view name);
    Result<void> mergeIntoRow(std::int64_t product, std::span<const StockCell> news);

    Statements& statements_;
    Dictionary& dictionary_;
    bool isBulk_;
    StockState state_;
    StockBatch batch_; ///< of a live file, on its way to the log
    IdByText batchAisles_;
};

} // namespace silta
