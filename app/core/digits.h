// Decimal digits, as codes and identifiers have them: ASCII only, whatever the locale.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace silta {

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// No digit at all is not "all digits".
constexpr bool allDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, isDigit);
}

/// The number that all of a text is. Nothing where the text is empty, has anything else in it (a blank, a
/// plus sign) or does not fit.
template <class Number>
std::optional<Number> parseNumber(std::string_view text) {
    Number number = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && rest == end ? std::optional(number) : std::nullopt;
}

} // namespace silta
