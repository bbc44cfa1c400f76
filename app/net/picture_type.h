// What kind of picture a file is. Pictures are named by hash and carry no ending.
#pragma once

#include <string>

namespace silta {

/// "image/jpeg", "image/png", "image/webp", or "application/octet-stream", by the first bytes of the file.
std::string pictureTypeOf(const std::string& path);

} // namespace silta
