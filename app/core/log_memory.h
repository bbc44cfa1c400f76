// The last lines that this process logged, for a technician far away.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace silta::log {

inline constexpr std::size_t kRememberedLines = 200;
inline constexpr std::size_t kRememberedBytes = 300; ///< of a line

/// Oldest first. Thread: any.
std::vector<std::string> remembered();

} // namespace silta::log
