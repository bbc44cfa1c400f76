// Routes of till.sock for coupons and gift cards: see app/docs/till-api.md.
#pragma once

#include "edge/engine.h"

#include <silta/http.h>

#include <functional>
#include <string>
#include <vector>

namespace silta {

/// True when this person may do it here; `asSupervisor`: what only a supervisor may. Thread: any.
using StaffCheck = std::function<bool(const std::string& staff, bool asSupervisor)>;

/// Whoever serves them checks the peer. The routes must not outlive `engine`.
std::vector<HttpServer::Route> couponRoutes(Engine& engine, StaffCheck staff, const Clock& clock);

} // namespace silta
