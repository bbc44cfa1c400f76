// The routes of portal.sock: what the process that faces the guest Wi-Fi may ask for, and nothing else. It is
// the one of our peers that strangers talk to all day: each body has a limit, what costs something is
// counted, and what many guests ask for is read once.
//
//   GET  /v1/store               name, hours, the key to seal to
//   GET  /v1/offers?lang=&limit= what is on sale and in stock here
//   GET  /v1/pictures/<name>     a picture of the catalogue
//   POST /v1/sign-ups            a guest who said who they are; 200 once it is safe on disk
//   POST /v1/events              one more of a kind; counts only
//   POST /v1/codes               asks for a one-time code: 202, then
//   GET  /v1/codes/<challenge>   how it stands; 202 while the hub has not answered
//   POST /v1/codes/<challenge>/check   what was typed: 202, then the same GET
//   POST /v1/vouchers            uses one up
#pragma once

#include "edge/engine.h"

#include <silta/http.h>

#include <memory>
#include <vector>

namespace silta {

/// Routes without the check of who asks, for a server of another kind. Engine and clock must outlive them.
std::vector<HttpServer::Route> portalRoutes(Engine& engine, const EdgeConfig& config, const Clock& clock);
/// Engine and clock must outlive the server. Errors: Io.
Result<std::unique_ptr<HttpServer>> servePortal(Engine& engine, const EdgeConfig& config, const Clock& clock);

/// `POST /v1/vouchers` of kiosk.sock: `{"minutes"?, "quotaBytes"?, "validMinutes"?}` gives one to show.
HttpServer::Handler voucherMaker(Engine& engine, const EdgeConfig& config, const Clock& clock);

} // namespace silta
