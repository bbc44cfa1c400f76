// The routes of till.sock: what the process that faces the store's network may ask for, and nothing else.
// Described in `till-api.md`.
//
//   GET  /v1/desk                    the store, the key to seal to, whether the hub answers
//   POST /v1/staff/sign-in           badge and PIN
//   GET  /v1/staff/<id>              whether they may still work
//   POST /v1/staff/events            signed out, or locked by itself
//   POST /v1/resolve                 what was scanned or typed: 200 with a kind
//   GET  /v1/products?sku=&lang=     one of the products that a search found
//   POST /v1/members                 a sign-up; 200 once it is safe on disk
//   POST /v1/members/ask             asks the hub for a contact: 202, then
//   GET  /v1/members/ask/<question>  its answer; 202 while there is none
#pragma once

#include "edge/engine.h"

#include <silta/http.h>

#include <memory>
#include <vector>

namespace silta {

/// Routes without the check of who asks, for a server of another kind. Engine and clock must outlive them.
/// Errors: those of the file that says how the chain's codes look.
Result<std::vector<HttpServer::Route>> tillRoutes(Engine& engine, const EdgeConfig& config,
                                                  const Clock& clock);
/// Engine and clock must outlive the server. Errors: Io, as tillRoutes().
Result<std::unique_ptr<HttpServer>> serveTill(Engine& engine, const EdgeConfig& config, const Clock& clock);

} // namespace silta
