#include "catalog/index/finder.h"
#include "core/digits.h"

#include <algorithm>

namespace silta {

namespace {

constexpr std::size_t kGtinDigitsMax = 14;

/// A word is finished by what comes after it, so one at the very end is not.
bool endsOpen(std::string_view utf8) {
    if (utf8.empty()) return false;
    const char last = utf8.back();
    if ((last == ',' || last == '.') && utf8.size() > 1) return isDigit(utf8[utf8.size() - 2]); // "0,"
    return static_cast<unsigned char>(last) >= 0x80 || isDigit(last) || isLetterByte(last);
}

} // namespace

TypedText TypedText::parse(std::string_view utf8) {
    TypedText typed;
    TextWords text;
    text.split(utf8);
    const bool isOpen = endsOpen(utf8);
    const auto count = std::min(text.words().size(), kTypedWordsMax);
    for (std::size_t i = 0; i < count; ++i)
        typed.words.push_back({std::string(text.words()[i]), isOpen && i + 1 == text.words().size()});
    auto joined = text.joined().begin();
    for (std::size_t i = 0; i < count && !text.joined().empty();) {
        if (joined == text.joined().end() || joined->firstWord != i) {
            typed.joinedWords.push_back(typed.words[i++]);
            continue;
        }
        typed.joinedWords.push_back({joined->joined, isOpen && joined->endWord == text.words().size()});
        i = joined->endWord;
        ++joined;
    }
    while (!utf8.empty() && utf8.front() == ' ')
        utf8.remove_prefix(1);
    while (!utf8.empty() && utf8.back() == ' ')
        utf8.remove_suffix(1);
    if (utf8.size() >= kGtinDigitsMin && utf8.size() <= kGtinDigitsMax && std::ranges::all_of(utf8, isDigit))
        typed.digits = utf8;
    return typed;
}

} // namespace silta
