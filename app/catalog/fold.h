// Helpers around foldText(): UTF-8 and words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr char32_t kInvalidCharacter = 0xfffd;

/// Takes one character off the front of `utf8`, which must not be empty; kInvalidCharacter for a byte that is
/// not UTF-8.
char32_t nextCharacter(std::string_view& utf8);
/// Capitals of Latin, Greek and Cyrillic in lower case, the rest as it is.
std::string lowerText(std::string_view utf8);
bool isUtf8(std::string_view bytes);
std::size_t characterCount(std::string_view utf8);
/// foldText() behind what `out` holds; no space between the two.
void appendFolded(std::string_view utf8, std::string& out);
/// The words of a folded text; they live as long as `folded`'s bytes.
std::vector<std::string_view> wordsOf(std::string_view folded);

} // namespace silta
