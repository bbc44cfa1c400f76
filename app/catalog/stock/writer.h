// StockWriter: the stock of a CatalogWriter. A file that is being made gets rows; to a live one stock is told
// by the log beside it. What is too much for a log goes into the rows of a live file, too, in the
// transaction.
#pragma once

#include "catalog/dictionary.h"
#include "catalog/stock/folding.h"
#include "catalog/stock/rows.h"

#include <silta/catalog.h>

#include <optional>
#include <span>
#include <string>
#include <unordered_map>

namespace silta {

using StoreIds = std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>>; ///< by code

/// Thread: the connection's owner. Errors of all that return them: Busy, Corrupt, Full, Io, Limit.
class StockWriter {
public:
    StockWriter(Statements& statements, Dictionary& dictionary, std::string catalogPath, bool isBulk,
                std::int64_t entriesMax)
        : statements_(statements), dictionary_(dictionary), rows_(statements),
          catalogPath_(std::move(catalogPath)), isBulk_(isBulk), entriesMax_(entriesMax) {}

    /// At the start of a transaction; `state` is what the file says. Forgets what was not committed.
    void begin(const StockState& state);
    /// Records of stores that `stores` does not know are passed over.
    Result<void> put(std::int64_t product, std::span<const StockRecord> records, const StoreIds& stores);
    Result<void> putReport(std::int32_t store, UtcMs asOf);
    Result<void> setReportsName(std::string_view name);
    Result<void> setPosition(const StockPosition& position);
    /// The item is gone.
    Result<void> remove(std::int64_t product) { return rows_.remove(product); }
    /// The last part of the transaction.
    Result<void> flush();
    /// Whether the log is in the rows now: names of the log stood over new ones.
    [[nodiscard]] bool hasFolded() const { return isFolded_; }
    /// After the commit: on the disk when it returns.
    Result<void> append();

private:
    [[nodiscard]] bool isIntoRows() const { return isBulk_ || isFolded_; }
    Result<std::vector<StockCell>> cellsOf(std::span<const StockRecord> records, const StoreIds& stores);
    Result<std::int64_t> aisleId(std::string_view name);
    Result<void> foldIfLarge(std::int64_t entries);

    Statements& statements_;
    Dictionary& dictionary_;
    StockRows rows_;
    std::string catalogPath_;
    bool isBulk_;
    bool isFolded_ = false;
    std::int64_t entriesMax_;
    StockBatch batch_; ///< of a live file, on its way to the log
    IdByText batchAisles_;
    std::optional<StockFolding> folding_; ///< with the log that is written to
};

} // namespace silta
