#include "net/picture_type.h"

#include <array>
#include <fstream>
#include <string_view>

namespace silta {

std::string pictureTypeOf(const std::string& path) {
    std::array<char, 12> magic{};
    std::ifstream file(path, std::ios::binary);
    file.read(magic.data(), magic.size());
    const std::string_view bytes(magic.data(), magic.size());
    if (bytes.substr(0, 3) == "\xff\xd8\xff") return "image/jpeg";
    if (bytes.substr(0, 4) == "\x89PNG") return "image/png";
    if (bytes.substr(0, 4) == "RIFF" && bytes.substr(8, 4) == "WEBP") return "image/webp";
    return "application/octet-stream";
}

} // namespace silta
