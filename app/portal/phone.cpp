#include "portal/phone.h"

#include <algorithm>
#include <iterator>

namespace silta::portal {

namespace {

constexpr std::size_t kPhoneDigitsMin = 7, kPhoneDigitsMax = 15; // ITU-T E.164

} // namespace

std::string digitsOf(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

std::string phoneOf(std::string_view text) {
    const bool isPlain = std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || c == '+' || c == ' ' || c == '-' || c == '(' || c == ')' || c == '.';
    });
    auto digits = digitsOf(text);
    if (!isPlain || digits.size() < kPhoneDigitsMin || digits.size() > kPhoneDigitsMax) return {};
    return (text.find('+') == 0 ? "+" : "") + digits;
}

} // namespace silta::portal
