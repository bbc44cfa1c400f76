// isSha256Hex(): how a SHA-256 is written wherever it is a name or a value.
#pragma once

#include <algorithm>
#include <string_view>

namespace silta {

inline constexpr std::size_t kSha256Letters = 64;

/// True for 64 lower-case hex characters.
constexpr bool isSha256Hex(std::string_view text) {
    return text.size() == kSha256Letters &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace silta
