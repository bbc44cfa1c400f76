// The kiosk's routes for orders. See app/docs/orders.md.
#pragma once

#include "edge/config.h"
#include "edge/engine.h"

#include <silta/http.h>
#include <silta/time.h>

#include <vector>

namespace silta {

/// Engine and clock must outlive the routes.
std::vector<HttpServer::Route> kioskOrderRoutes(Engine& engine, const EdgeConfig& config, const Clock& clock);

} // namespace silta
