// HTTP to our own programs over a Unix socket, and nowhere else: for a process that must not be able to
// fetch.
#pragma once

#include <silta/http.h>

#include <memory>

namespace silta {

/// Keeps one connection. A request is sent once: what became of it when the answer is missing, nobody knows.
/// Of a call it takes method, the path of `url`, unixSocket, headers, body, timeoutMs and responseBytesMax.
/// Thread: one at a time. Errors: as HttpTransport::send; Invalid (no socket is named), Unsupported (an
/// answer without a length).
std::unique_ptr<HttpTransport> makeUnixTransport();

} // namespace silta
