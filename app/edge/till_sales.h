// The routes of till.sock for sales. Described in `till-api.md`.
//
//   POST /v1/sales        a sale as a POS told of it, sealed; 200 once it is safe on disk
//   POST /v1/sales/links  a receipt that was scanned, and sealed whose it is
#pragma once

#include "edge/coupon_api.h"
#include "edge/engine.h"

#include <silta/http.h>

#include <string>
#include <vector>

namespace silta {

/// Engine and clock must outlive the routes.
std::vector<HttpServer::Route> tillSaleRoutes(Engine& engine, StaffCheck staff, const Clock& clock);

/// What there is to say of a receipt that was scanned: its `number`, and `sale` where it was told of here.
Result<Json> receiptCard(Engine& engine, const std::string& number);

} // namespace silta
