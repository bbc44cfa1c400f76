// Crockford's base 32: letters that people can tell apart. Source: Douglas Crockford, "Base 32".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::string_view kCrockfordLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // no I, L, O, U
inline constexpr int kCrockfordBits = 5;                                                  // of a letter

/// The letter that was meant: small ones are large, O is 0, I and L are 1. 0 for what is none of them.
inline char crockfordLetter(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    return kCrockfordLetters.find(c) == std::string_view::npos ? '\0' : c;
}

/// So many letters for the lowest bits of a number, which must have enough of them: 5 a letter.
inline std::string crockfordText(std::uint64_t bits, std::size_t letters) {
    std::string text;
    for (; text.size() < letters; bits /= kCrockfordLetters.size())
        text.push_back(kCrockfordLetters[bits % kCrockfordLetters.size()]);
    return text;
}

} // namespace silta
