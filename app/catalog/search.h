// Finding products by what a shopper types.
#pragma once

#include "catalog/replica_view.h"

#include <silta/catalog.h>

#include <vector>

namespace silta {

/// Within a snapshot of `view`. Errors: Limit, Busy, Corrupt.
Result<std::vector<ProductCard>> searchProducts(ReplicaView& view, const SearchQuery& query);

} // namespace silta
