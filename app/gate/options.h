// The arguments of silta-gate.
#pragma once

#include <silta/result.h>

#include <sys/types.h>

#include <span>
#include <string>
#include <vector>

namespace silta::gate {

struct Options {
    std::string socketPath;   ///< empty: the listening socket comes from systemd
    std::vector<uid_t> users; ///< that may ask; at most kAllowedUsersMax
};

/// `arguments` without the program's name: [--socket PATH] --allow-user NAME-OR-UID …
/// Errors: Invalid (words for the terminal), NotFound (no such user), Limit.
Result<Options> parseOptions(std::span<const char* const> arguments);

/// The listening socket that systemd passed, made non-blocking. Errors: NotFound (none, or for another
/// process), Invalid (more than one, or not a listening SOCK_SEQPACKET one).
Result<int> socketFromSystemd();

} // namespace silta::gate
