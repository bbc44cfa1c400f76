// Sales, as headquarters and devices are served.
#include "hub/operation_store.h"

namespace silta::hub {

Result<Standing> OperationStore::standingOf(const std::string& memberId) {
    return sales().standingOf(memberId);
}

Result<std::vector<SaleRow>> OperationStore::salesBy(const std::string& receipt, int limit) {
    return sales().list(receipt, limit);
}

} // namespace silta::hub
