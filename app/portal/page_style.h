// The one style sheet of the portal's pages, as it stands in each page's <style> element.
#pragma once

#include <string_view>

namespace silta::portal {

/// Between <style> and </style>, byte for byte: its SHA-256 is in the content security policy.
std::string_view pageStyle();

} // namespace silta::portal
