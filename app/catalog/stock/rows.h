// StockRows: writes what a catalogue's own tables say of stock.
#pragma once

#include "catalog/statements.h"
#include "catalog/stock/view.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace silta {

/// Within transactions of its caller. Thread: the connection's owner. Errors of all that return them: Busy,
/// Corrupt, Full, Io.
class StockRows {
public:
    explicit StockRows(Statements& statements) : statements_(statements) {}

    /// What the file says of its stock; after a rollback it must be told again.
    void setState(const StockState& state) { state_ = state; }
    [[nodiscard]] const StockState& state() const { return state_; }

    /// `news`: sorted by store, aisles as rows of the catalogue. False when the row says so already: it is
    /// not written then.
    Result<bool> merge(std::int64_t product, std::span<const StockCell> news);
    Result<void> remove(std::int64_t product);
    /// A report older than the known one is passed over.
    Result<void> putReport(std::int32_t store, UtcMs asOf);
    Result<void> putPosition(const StockPosition& position);
    /// Empty: leaves the name that is there.
    Result<void> putReportsName(std::string_view name);
    /// Stock was told up to then.
    void noteTime(UtcMs asOf) { state_.asOf = std::max(state_.asOf, asOf); }
    void noteFolded(std::int64_t logNumber) { state_.key.folded = logNumber; }
    /// What the file says of its stock from now on.
    Result<void> keepState();

private:
    Result<bool> write(std::int64_t product, std::span<const StockCell> cells, std::string_view before);
    Result<void> setMeta(const char* key, std::int64_t value);

    Statements& statements_;
    StockState state_;
};

} // namespace silta
