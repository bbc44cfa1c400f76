// Decimal digits, as codes and identifiers have them: ASCII only, whatever the locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace silta {

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// No digit at all is not "all digits".
constexpr bool allDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, isDigit);
}

} // namespace silta
