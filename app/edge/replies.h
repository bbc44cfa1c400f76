// How the edge's sockets answer: JSON bodies, and one status for each kind of error.
#pragma once

#include "edge/engine.h"
#include "net/json_reply.h"

#include <silta/http.h>

#include <set>
#include <string>
#include <vector>

namespace silta {

HttpResponse errorReply(const Error& error);
/// 429, to come again in a minute.
HttpResponse tooMany();
/// Starts enrolling with the `code` and `hubUrl` of the body; the status tells how it goes (D-008).
HttpResponse enrolReply(Engine& engine, const HttpRequest& request, std::size_t bodyBytesMax);

/// User ids that may call: our own, and those of `users`. Names that do not exist are left out.
std::set<std::uint32_t> allowedUids(const std::vector<std::string>& users, bool withRoot);

/// Wraps a handler: other users get 403.
HttpServer::Handler onlyFor(std::set<std::uint32_t> uids, HttpServer::Handler handler);

} // namespace silta
