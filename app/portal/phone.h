// Numbers as people type them.
#pragma once

#include <string>
#include <string_view>

namespace silta::portal {

/// The digits alone.
std::string digitsOf(std::string_view text);
/// "+358 40 123-4567" as "+358401234567"; empty when it is no number.
std::string phoneOf(std::string_view text);

} // namespace silta::portal
