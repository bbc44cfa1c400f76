// WaitingRows: what a transaction on a batch of operations has still to write. Rows of one table go to the
// database by the dozen; whoever reads such a table asks here, too, or has what waits for it written first.
#pragma once

#include "shopper/wishlist_repository.h"
#include "sync/operation.h"
#include "sync/protocol.h"

#include <silta/store.h>
#include <silta/time.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// An operation that the hub has decided on, as it is kept.
struct DecidedOperation {
    Operation operation;   ///< without its data: that is in the line
    std::string_view line; ///< as received; outlives the transaction
    std::string stripped;  ///< what is kept instead of `line`; empty = nothing
    VerdictKind kind = VerdictKind::Ok;
    std::string reason; ///< of a refusal
};

/// Thread: the connection's owner. What is not written goes with the object.
class WaitingRows {
public:
    /// `nowMs`: when the batch was received; `newest`: the greatest id that its device has in the database.
    WaitingRows(Database& database, UtcMs nowMs, std::string newest)
        : database_(database), nowMs_(nowMs), newest_(std::move(newest)) {}

    /// Errors: as Statement::step(). When enough wait they are written; then or later, it makes no
    /// difference.
    Result<void> add(DecidedOperation decided);
    Result<void> add(WishlistAdd add);
    /// What the hub decided on one of this device's operations, in this batch or ever before.
    Result<std::optional<VerdictKind>> verdictOn(const std::string& device, const std::string& id) const;
    /// Nothing waits afterwards, whatever the outcome.
    Result<void> writeOperations();
    Result<void> writeAdds();

private:
    Database& database_;
    UtcMs nowMs_;
    std::string newest_; ///< the greatest id, written or not
    std::vector<DecidedOperation> operations_;
    std::vector<WishlistAdd> adds_;
};

} // namespace silta::hub
