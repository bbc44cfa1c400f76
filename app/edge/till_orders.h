// The till's routes for orders: hand-over, picking, returns. See app/docs/orders.md.
#pragma once

#include "edge/coupon_api.h"
#include "edge/engine.h"
#include "edge/till_products.h"

#include <silta/http.h>
#include <silta/time.h>

#include <memory>
#include <vector>

namespace silta {

/// `products` is shared with the till's other routes. Engine and clock must outlive the routes.
std::vector<HttpServer::Route> tillOrderRoutes(Engine& engine, std::shared_ptr<TillProducts> products,
                                               StaffCheck staff, const Clock& clock);

} // namespace silta
