// The style and the script of the till's pages, as they stand in each page.
#pragma once

#include <string>
#include <string_view>

namespace silta::till {

/// Between <style> and </style>, byte for byte: its SHA-256 is in the content security policy.
const std::string& pageStyle();
/// Between <script> and </script>, as well. Everything works without it: it brings what is scanned into the
/// field wherever the cursor stands, and Escape back to it, and says when the line goes down or comes back.
std::string_view pageScript();

} // namespace silta::till
