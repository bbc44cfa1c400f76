// foldText: one form for what is indexed and what is typed.
//
//  - letters: lower case, Latin and Greek without marks, also those that Unicode does not take apart (ł ø ß
//  æ);
//    Cyrillic lower case (ё as е); other scripts as they are
//  - scripts that part no words (Chinese, Japanese kana, Thai, Lao, Khmer, Burmese): each character a word
//  - digits and letters part from each other: "330ml" and "330 ml" are the same two words
//  - a point or comma between digits stays in the word as a point: "0,75l" and "0.75 l" are "0.75 l"
//  - bytes that are not UTF-8, private-use and control characters, signs and spaces part words
#include "catalog/fold.h"

#include "catalog/fold_tables.h"

#include <silta/catalog.h>

#include <array>
#include <vector>

namespace silta {

namespace {

enum class Kind { Separator, Ignored, Digit, Letter, Alone };

class FoldRange {
public:
    FoldRange(char32_t first, std::string_view words) : first_(first) {
        while (!words.empty()) {
            const auto end = words.find(' ');
            words_.push_back(words.substr(0, end));
            words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
        }
    }
    [[nodiscard]] bool contains(char32_t c) const { return c >= first_ && c - first_ < words_.size(); }
    [[nodiscard]] std::string_view operator[](char32_t c) const { return words_[c - first_]; }

private:
    char32_t first_;
    std::vector<std::string_view> words_;
};

const std::array<FoldRange, 3>& foldRanges() {
    static const std::array<FoldRange, 3> ranges = {
        FoldRange(0x00C0, kFoldLatin), FoldRange(0x0370, kFoldGreek), FoldRange(0x1E00, kFoldAdditional)};
    return ranges;
}

void appendUtf8(std::string& out, char32_t c) {
    const auto tail = [c](unsigned shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3f)); };
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xc0 | (c >> 6)));
        out.push_back(tail(0));
    } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xe0 | (c >> 12)));
        out.push_back(tail(6));
        out.push_back(tail(0));
    } else {
        out.push_back(static_cast<char>(0xf0 | (c >> 18)));
        out.push_back(tail(12));
        out.push_back(tail(6));
        out.push_back(tail(0));
    }
}

bool isWithin(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

bool isAlone(char32_t c) {
    return isWithin(c, 0x3041, 0x30ff) || isWithin(c, 0x3400, 0x9fff) || isWithin(c, 0xf900, 0xfaff) ||
           isWithin(c, 0x20000, 0x3ffff) || isWithin(c, 0x0e01, 0x0eff) || isWithin(c, 0x1000, 0x109f) ||
           isWithin(c, 0x1780, 0x17ff);
}

bool isIgnored(char32_t c) {
    return c == 0xad || isWithin(c, 0x300, 0x36f) || isWithin(c, 0x483, 0x489) ||
           isWithin(c, 0x200b, 0x200f) || isWithin(c, 0xfe00, 0xfe0f) || c == 0x2060 || c == 0xfeff;
}

bool isSeparator(char32_t c) {
    return c < 0xc0 || isWithin(c, 0x2000, 0x2bff) || isWithin(c, 0x3000, 0x3040) ||
           isWithin(c, 0xd800, 0xf8ff) || isWithin(c, 0xfe10, 0xfe4f) || isWithin(c, 0xfff0, 0xffff) ||
           isWithin(c, 0x1f000, 0x1faff) || c >= 0xe0000 || c == 0x060c || c == 0x061b || c == 0x061f ||
           c == 0x066a || c == 0x06d4;
}

char32_t lowerCyrillic(char32_t c) {
    if (isWithin(c, 0x410, 0x42f))
        c += 0x20;
    else if (isWithin(c, 0x400, 0x40f))
        c += 0x50;
    else if (isWithin(c, 0x4c1, 0x4ce))
        c += c & 1;
    else if (isWithin(c, 0x460, 0x481) || isWithin(c, 0x48a, 0x4bf) || isWithin(c, 0x4d0, 0x52f))
        c |= 1;
    return c == 0x451 ? 0x435 : c;
}

/// Appends the folded form of `c` to `out`.
Kind foldCharacter(char32_t c, std::string& out) {
    if (isWithin(c, 0xff01, 0xff5e)) c -= 0xfee0; // full-width forms of ASCII
    if (c < 0x80) {
        if (isWithin(c, 'A', 'Z')) c += 0x20;
        const bool digit = isWithin(c, '0', '9');
        if (!digit && !isWithin(c, 'a', 'z')) return Kind::Separator;
        out.push_back(static_cast<char>(c));
        return digit ? Kind::Digit : Kind::Letter;
    }
    if (c == 0xb5) c = 0x3bc; // micro sign
    for (const auto& range : foldRanges()) {
        if (!range.contains(c)) continue;
        const auto word = range[c];
        if (word == ".") return Kind::Separator;
        out.append(word);
        return Kind::Letter;
    }
    if (isIgnored(c)) return Kind::Ignored;
    if (c == 0xaa || c == 0xba) { // ordinal signs: nº, 1ª
        out.push_back(c == 0xaa ? 'a' : 'o');
        return Kind::Letter;
    }
    if (c == 0xb2 || c == 0xb3 || c == 0xb9) { // superscript digits: m²
        out.push_back(c == 0xb9 ? '1' : c == 0xb2 ? '2' : '3');
        return Kind::Digit;
    }
    if (isSeparator(c)) return Kind::Separator;
    appendUtf8(out, isWithin(c, 0x400, 0x52f) ? lowerCyrillic(c) : c);
    return isAlone(c) ? Kind::Alone : Kind::Letter;
}

/// How many letters of ASCII the text begins with.
std::size_t plainLetters(std::string_view utf8) {
    std::size_t count = 0;
    while (count < utf8.size() && isWithin(static_cast<unsigned char>(utf8[count] | 0x20), 'a', 'z'))
        ++count;
    return count;
}

char32_t lowerCharacter(char32_t c) {
    if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 0x20 : c;
    if (isWithin(c, 0xc0, 0xde) && c != 0xd7) return c + 0x20;
    // Latin Extended-A: pairs, the capital first; it stands on odd numbers in two stretches.
    if (isWithin(c, 0x139, 0x148) || isWithin(c, 0x179, 0x17e)) return c % 2 == 1 ? c + 1 : c;
    if (isWithin(c, 0x100, 0x177) && c != 0x130 && c != 0x131 && c != 0x138) return c | 1U;
    if (c == 0x178) return 0xff;
    if (isWithin(c, 0x391, 0x3a9)) return c + 0x20;
    return lowerCyrillic(c);
}

} // namespace

char32_t nextCharacter(std::string_view& utf8) {
    const auto byteAt = [&utf8](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    const auto lead = byteAt(0);
    std::size_t size = 1;
    char32_t c = lead;
    char32_t smallest = 0;
    if (lead >= 0xf0 && lead < 0xf8)
        size = 4, c = lead & 0x07, smallest = 0x10000;
    else if (lead >= 0xe0 && lead < 0xf0)
        size = 3, c = lead & 0x0f, smallest = 0x800;
    else if (lead >= 0xc0 && lead < 0xe0)
        size = 2, c = lead & 0x1f, smallest = 0x80;
    else if (lead >= 0x80)
        c = kInvalidCharacter;
    bool valid = size <= utf8.size();
    for (std::size_t i = 1; valid && i < size; ++i) {
        valid = (byteAt(i) & 0xc0) == 0x80;
        c = c << 6 | (byteAt(i) & 0x3f);
    }
    valid = valid && c >= smallest && c <= 0x10ffff && !isWithin(c, 0xd800, 0xdfff);
    if (!valid) {
        utf8.remove_prefix(1);
        return kInvalidCharacter;
    }
    utf8.remove_prefix(size);
    return c;
}

std::string lowerText(std::string_view utf8) {
    std::string lower;
    lower.reserve(utf8.size());
    while (!utf8.empty())
        appendUtf8(lower, lowerCharacter(nextCharacter(utf8)));
    return lower;
}

bool isUtf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto before = bytes;
        if (nextCharacter(bytes) == kInvalidCharacter && before.substr(0, 3) != "\xef\xbf\xbd") return false;
    }
    return true;
}

std::size_t characterCount(std::string_view utf8) {
    std::size_t count = 0;
    for (; !utf8.empty(); ++count)
        nextCharacter(utf8);
    return count;
}

void appendFolded(std::string_view utf8, std::string& out) {
    const auto start = out.size();
    Kind before = Kind::Separator;
    while (!utf8.empty()) {
        if (const auto letters = plainLetters(utf8); letters > 0) { // most of most texts
            const auto from = out.size();
            const bool isApart = before != Kind::Letter && from > start && out[from - 1] != ' ';
            if (isApart) out.push_back(' ');
            for (const char letter : utf8.substr(0, letters))
                out.push_back(static_cast<char>(letter | 0x20));
            utf8.remove_prefix(letters);
            before = Kind::Letter;
            continue;
        }
        char32_t c = static_cast<unsigned char>(utf8.front());
        if (c < 0x80)
            utf8.remove_prefix(1);
        else
            c = nextCharacter(utf8);
        if (before == Kind::Digit && (c == '.' || c == ',') && !utf8.empty() && utf8.front() >= '0' &&
            utf8.front() <= '9') {
            out.push_back('.');
            continue;
        }
        const auto size = out.size();
        const Kind kind = foldCharacter(c, out);
        if (kind == Kind::Ignored) continue;
        if (kind != Kind::Separator) {
            const bool joins = kind == before && kind != Kind::Alone;
            if (!joins && size > start && out[size - 1] != ' ') out.insert(size, 1, ' ');
        } else if (out.size() > start && out.back() != ' ') {
            out.push_back(' ');
        }
        before = kind;
    }
    if (out.size() > start && out.back() == ' ') out.pop_back();
}

std::string foldText(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size() + 8);
    appendFolded(utf8, out);
    return out;
}

std::vector<std::string_view> wordsOf(std::string_view folded) {
    std::vector<std::string_view> words;
    while (!folded.empty()) {
        const auto end = folded.find(' ');
        if (end != 0) words.push_back(folded.substr(0, end));
        folded.remove_prefix(end == std::string_view::npos ? folded.size() : end + 1);
    }
    return words;
}

} // namespace silta
