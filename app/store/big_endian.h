// Numbers as SQLite's files write them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace silta {

/// The number of `count` bytes (1 to 4) at `at`, which must be there.
inline std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

} // namespace silta
