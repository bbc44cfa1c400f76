// How the edge's sockets answer: JSON bodies, and one status for each kind of error.
#pragma once

#include "core/json.h"

#include <silta/http.h>

#include <set>
#include <string>
#include <vector>

namespace silta {

HttpResponse jsonReply(const Json& json, int status = 200);
HttpResponse errorReply(const Error& error);

/// User ids that may call: our own, and those of `users`. Names that do not exist are left out.
std::set<std::uint32_t> allowedUids(const std::vector<std::string>& users, bool withRoot);

/// Wraps a handler: other users get 403.
HttpServer::Handler onlyFor(std::set<std::uint32_t> uids, HttpServer::Handler handler);

} // namespace silta
