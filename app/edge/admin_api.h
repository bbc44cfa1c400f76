// The routes of admin.sock: what siltactl asks.
#pragma once

#include "edge/engine.h"

#include <silta/http.h>

#include <memory>

namespace silta {

class Updater;

/// The engine and the updater must outlive the server. Errors: Io.
Result<std::unique_ptr<HttpServer>> serveAdmin(Engine& engine, const EdgeConfig& config, const Clock& clock,
                                               Updater& updater);

} // namespace silta
