// Sales and reviews, as headquarters and devices are served.
#include "hub/operation_store.h"

namespace silta::hub {

Result<Standing> OperationStore::standingOf(const std::string& memberId) {
    return sales().standingOf(memberId);
}

Result<std::vector<SaleRow>> OperationStore::salesBy(const std::string& receipt, int limit) {
    return sales().list(receipt, limit);
}

Result<void> OperationStore::changeReviews(const std::function<Result<void>(ReviewRegistry&)>& change) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::string names[] = {"reviews"};
    if (auto done = database_.lockNames(names); !done) return done.error();
    auto registry = reviews();
    if (auto done = change(registry); !done) return done;
    return transaction->commit();
}

} // namespace silta::hub
