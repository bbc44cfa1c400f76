// Desk: what every view of the kiosk works with. Passed in; nothing here is owned.
#pragma once

#include "view/catalog_service.h"
#include "view/edge_service.h"

#include <silta/random.h>
#include <silta/time.h>

namespace silta::kiosk {

struct Desk {
    CatalogService& catalog;
    EdgeService& edge;
    const Clock& clock;
    Random& random;
};

} // namespace silta::kiosk
