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

constexpr bool isWordByte(char c) {
    return isDigit(c) || isLetterByte(c);
}

constexpr bool joinsCode(char c) {
    return c == '-' || c == '/' || c == '.' || c == '_';
}

constexpr bool isBeyondAscii(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

/// Parts what may be joined. A comma does not: it may stand within a number.
constexpr bool isBetween(char c) {
    return !isBeyondAscii(c) && !isWordByte(c) && !joinsCode(c) && c != ',' && c != '\'';
}

/// What a byte may be in what is written as one.
constexpr unsigned kBetween = 0; // parts words
constexpr unsigned kDigit = 1;
constexpr unsigned kMaybeApostrophe = 2; // or any character beyond ASCII
constexpr unsigned kOther = 4;

constexpr std::array<std::uint8_t, 256> makeByteKinds() {
    std::array<std::uint8_t, 256> kinds{};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const auto c = static_cast<char>(i);
        kinds[i] = isDigit(c)                      ? kDigit
                   : c == '\'' || isBeyondAscii(c) ? kMaybeApostrophe
                   : isBetween(c)                  ? kBetween
                                                   : kOther;
    }
    return kinds;
}

constexpr auto kByteKinds = makeByteKinds();

constexpr std::string_view kCurlyApostrophe = "\u2019";

bool hasApostrophe(std::string_view chunk) {
    return chunk.find('\'') != std::string_view::npos ||
           chunk.find(kCurlyApostrophe) != std::string_view::npos;
}

} // namespace

bool isAllLetters(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) >= 'a'; });
}

bool isAllLatin(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool startsWithDigit(std::string_view word) {
    return !word.empty() && isDigit(word.front());
}

std::uint32_t titleKey(std::span<const std::string_view> words) {
    IndexSum sum;
    constexpr std::array<std::uint8_t, 1> kEnd = {' '};
    for (const auto word : words) {
        sum.add({reinterpret_cast<const std::uint8_t*>(word.data()), word.size()});
        sum.add(kEnd);
    }
    return static_cast<std::uint32_t>(sum.value() >> 32);
}

std::uint64_t wordKey(std::string_view word) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < sizeof(key); ++i)
        key = key << 8 | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
    return key;
}

std::string_view cutWord(std::string_view word) {
    if (word.size() <= kIndexWordBytesMax) return word;
    auto size = kIndexWordBytesMax;
    while (size > 0 && (static_cast<unsigned char>(word[size]) & 0xc0) == 0x80)
        --size;
    return word.substr(0, size);
}

void TextWords::join(std::size_t firstWord, Kind kind) {
    const auto parts = std::span(words_).subspan(firstWord);
    if (parts.size() < 2 || std::ranges::all_of(parts, startsWithDigit)) return;
    // "330ml", "2x50cm": a number and a unit, perhaps times another.
    const bool isQuantity = startsWithDigit(parts.front()) && std::ranges::all_of(parts, [](auto part) {
                                return startsWithDigit(part) || isUnit(part);
                            });
    if (isQuantity) return;
    JoinedWord word{{}, firstWord, words_.size()};
    for (const auto part : parts)
        for (const char c : part)
            if (c != '.') word.joined.push_back(c);
    if (kind == Kind::Apostrophe && parts.back() == "s") {
        words_.pop_back();
        word.endWord = words_.size();
    }
    if (word.joined.size() < kJoinedMin) return;
    word.joined.resize(cutWord(std::string_view(word.joined).substr(0, kJoinedMax)).size());
    joined_.push_back(std::move(word));
}

void TextWords::addPiece(std::string_view utf8, Kind kind) {
    const auto before = folded_.size();
    if (before > 0) folded_.push_back(' ');
    const auto begin = folded_.size();
    appendFolded(utf8, folded_);
    if (folded_.size() > begin)
        pieces_.push_back({begin, folded_.size(), kind});
    else
        folded_.resize(before);
}

// The text is folded piece by piece, so that it is known which words were written as one. Everything between
// two pieces that may be joined is folded as a whole.
void TextWords::split(std::string_view utf8) {
    folded_.clear();
    pieces_.clear();
    words_.clear();
    joined_.clear();
    std::size_t pending = 0; // where the text begins that is not yet folded
    std::size_t at = 0;
    while (at < utf8.size()) {
        const auto begin = at;
        unsigned seen = 0;
        for (; at < utf8.size(); ++at) {
            const auto kinds = kByteKinds[static_cast<unsigned char>(utf8[at])];
            if (kinds == kBetween) break;
            seen |= kinds;
        }
        auto chunk = utf8.substr(begin, at - begin);
        if (at < utf8.size()) ++at;
        const bool hasDigits = (seen & kDigit) != 0;
        if (seen == kDigit || (seen & (kDigit | kMaybeApostrophe)) == 0) continue; // a plain word, as most
        while (!chunk.empty() && !isWordByte(chunk.back()) && !isBeyondAscii(chunk.back()))
            chunk.remove_suffix(1);
        auto kind = Kind::Plain;
        if (hasDigits && std::ranges::all_of(chunk, [](char c) { return isWordByte(c) || joinsCode(c); }))
            kind = Kind::Code;
        else if (!hasDigits && hasApostrophe(chunk))
            kind = Kind::Apostrophe;
        if (kind == Kind::Plain) continue;
        addPiece(utf8.substr(pending, begin - pending), Kind::Plain);
        addPiece(chunk, kind);
        pending = begin + chunk.size();
    }
    addPiece(utf8.substr(pending), Kind::Plain);
    for (const auto& piece : pieces_) {
        const auto first = words_.size();
        auto rest = std::string_view(folded_).substr(piece.begin, piece.end - piece.begin);
        while (!rest.empty()) {
            const auto end = std::min(rest.find(' '), rest.size());
            words_.push_back(cutWord(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        if (piece.kind != Kind::Plain) join(first, piece.kind);
    }
}

} // namespace silta
