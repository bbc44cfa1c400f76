// Counts, narrows and orders what a search or a department gives.
#pragma once

#include "catalog/facet_table.h"
#include "catalog/replica_view.h"

#include <silta/browse.h>

namespace silta {

/// Within a snapshot of `view`; brings `table` up to date. Errors: as CatalogReader::browse.
Result<BrowsePage> browseProducts(ReplicaView& view, FacetTable& table, const BrowseQuery& query);

} // namespace silta
