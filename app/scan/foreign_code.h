// Words for codes that mean something, only not to us.
#pragma once

#include <string>
#include <string_view>

namespace silta {

/// What `text` looks like, in words: "a Wi-Fi network", "a web address", "text".
std::string describeForeign(std::string_view text);

} // namespace silta
