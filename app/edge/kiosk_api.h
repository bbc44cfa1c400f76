// The routes of kiosk.sock: what the screen may ask for, and nothing else.
#pragma once

#include "edge/engine.h"

#include <silta/http.h>

#include <memory>

namespace silta {

/// Engine and clock must outlive the server. Errors: Io.
Result<std::unique_ptr<HttpServer>> serveKiosk(Engine& engine, const EdgeConfig& config, const Clock& clock);

} // namespace silta
