// What headquarters gets to see of a device that has something: its state and its own log, and nothing of
// anybody's. It is made of what is named here, and not of all that is there less what is known to be
// personal.
#pragma once

#include "core/json.h"
#include "edge/update_state.h"

#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kDiagnosticLinesMax = 200;
inline constexpr std::size_t kDiagnosticLineBytesMax = 300;

/// A line of a log, for the case that a message holds what it should not: words with '@', and what has as
/// many digits as a telephone number or as many colons as a hardware address, are struck out.
std::string struckOut(std::string_view line);

/// `status`: see Engine::status(). Less than kDiagnosticsBytesMax also when sealed and in base64url.
std::string diagnosticsText(const Json& status, const UpdateMemory& update, const std::string& version,
                            const std::vector<std::string>& log);

} // namespace silta
