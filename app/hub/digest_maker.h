// The hub's side of CatalogDigest: what a device's replica must hold.
#pragma once

#include "catalog/digest.h"
#include "hub/catalog_store.h"

#include <optional>

namespace silta::hub {

/// Of all that is in the range now. `before`: an earlier digest; what has not changed since is taken from it.
/// Thread: the store's owner, with the import lock held. Errors: the store's.
Result<CatalogDigest> makeDigest(const CatalogStore& store, const HubPosition& position,
                                 const std::optional<CatalogDigest>& before);

} // namespace silta::hub
