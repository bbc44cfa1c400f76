#include "catalog/index/words.h"

#include "catalog/fold.h"
#include "catalog/index/format.h"
#include "core/digits.h"

#include <silta/catalog.h>

#include <algorithm>
#include <array>
#include <span>

namespace silta {

namespace {

/// Units that follow a number; sorted.
constexpr std::array<std::string_view, 45> kUnits = {
    "a",  "ah", "b",  "c",  "cc", "cl",  "cm", "db", "dl",  "dm", "f",   "fps", "g",  "gb",  "ghz",
    "h",  "hz", "in", "k",  "kg", "kpl", "kw", "l",  "lb",  "m",  "mah", "mb",  "mg", "mhz", "ml",
    "mm", "mp", "ms", "oz", "p",  "pcs", "s",  "st", "szt", "tb", "v",   "w",   "wh", "x",   "xl"};

bool isUnit(std::string_view word) {
    return std::ranges::find(kUnits, word) != kUnits.end();
}

bool joinsCode(char c) {
    return c == '-' || c == '/' || c == '.' || c == '_';
}

/// Parts what may be model codes. A comma does not: it may stand within a number.
bool isBetween(char c) {
    return static_cast<unsigned char>(c) < 0x80 && !isDigit(c) && !isLetterByte(c) && !joinsCode(c) &&
           c != ',';
}

bool isWordByte(char c) {
    return isDigit(c) || isLetterByte(c);
}

} // namespace

bool startsWithDigit(std::string_view word) {
    return !word.empty() && isDigit(word.front());
}

std::string_view cutWord(std::string_view word) {
    if (word.size() <= kIndexWordBytesMax) return word;
    auto size = kIndexWordBytesMax;
    while (size > 0 && (static_cast<unsigned char>(word[size]) & 0xc0) == 0x80)
        --size;
    return word.substr(0, size);
}

void TextWords::addCode(std::size_t firstWord) {
    const auto parts = std::span(words_).subspan(firstWord);
    if (parts.size() < 2 || std::ranges::all_of(parts, startsWithDigit)) return;
    // "330ml", "2x50cm": a number and a unit, perhaps times another.
    bool isQuantity = startsWithDigit(words_[firstWord]);
    for (auto i = firstWord; isQuantity && i < words_.size(); ++i)
        isQuantity = startsWithDigit(words_[i]) || isUnit(words_[i]);
    if (isQuantity) return;
    ModelCode code{{}, firstWord, words_.size()};
    for (auto i = firstWord; i < words_.size(); ++i)
        for (const char c : words_[i])
            if (c != '.') code.joined.push_back(c);
    if (code.joined.size() < kModelCodeMin) return;
    if (code.joined.size() > kModelCodeMax) code.joined.resize(kModelCodeMax);
    codes_.push_back(std::move(code));
}

// The text is folded piece by piece, so that it is known which words were written as one. A piece that may be
// a model code is ASCII and holds no space; everything between two such pieces is folded as a whole.
void TextWords::split(std::string_view utf8) {
    folded_.clear();
    words_.clear();
    codes_.clear();
    struct Piece {
        std::size_t begin, end; // of folded_
        bool mayBeCode;
    };
    std::vector<Piece> pieces;
    auto add = [&](std::string_view text, bool mayBeCode) {
        const auto folded = foldText(text);
        if (folded.empty()) return;
        if (!folded_.empty()) folded_.push_back(' ');
        pieces.push_back({folded_.size(), folded_.size() + folded.size(), mayBeCode});
        folded_.append(folded);
    };
    std::size_t pending = 0; // where the text begins that is not yet folded
    std::size_t at = 0;
    while (at < utf8.size()) {
        const auto begin = at;
        while (at < utf8.size() && !isBetween(utf8[at]))
            ++at;
        auto chunk = utf8.substr(begin, at - begin);
        while (!chunk.empty() && !isWordByte(chunk.back()))
            chunk.remove_suffix(1);
        const bool hasDigits = std::ranges::any_of(chunk, isDigit);
        const bool mayBeCode =
            std::ranges::all_of(chunk, [](char c) { return isWordByte(c) || joinsCode(c); });
        if (hasDigits && mayBeCode && !std::ranges::all_of(chunk, isDigit)) {
            add(utf8.substr(pending, begin - pending), false);
            add(chunk, true);
            pending = begin + chunk.size();
        }
        if (at < utf8.size()) ++at;
    }
    add(utf8.substr(pending), false);
    for (const auto& piece : pieces) {
        const auto first = words_.size();
        for (const auto word :
             wordsOf(std::string_view(folded_).substr(piece.begin, piece.end - piece.begin)))
            words_.push_back(cutWord(word));
        if (piece.mayBeCode) addCode(first);
    }
}

} // namespace silta
