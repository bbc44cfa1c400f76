// Which words a text is found under, and which words a shopper has typed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kJoinedMin = 3;  ///< shorter ones are found by their parts just as well
inline constexpr std::size_t kJoinedMax = 24; ///< longer ones are cut

/// What a person reads as one though it is several words: a model code, "WH-1000XM4", or a word with an
/// apostrophe, "Levi's". `joined` is "wh1000xm4", "levis".
struct JoinedWord {
    std::string joined;
    std::size_t firstWord = 0; ///< its parts among the text's folded words: [firstWord, endWord)
    std::size_t endWord = 0;
};

/// A text's folded words, in their order, and what is joined. A quantity ("330 ml", "1,5l", "42.5") is not a
/// model code: it is two words, or one, however it is written. The s after an apostrophe is no word.
class TextWords {
public:
    /// The views live until the next call.
    void split(std::string_view utf8);
    [[nodiscard]] const std::vector<std::string_view>& words() const { return words_; }
    [[nodiscard]] const std::vector<JoinedWord>& joined() const { return joined_; }

private:
    enum class Kind { Plain, Code, Apostrophe };
    void addPiece(std::string_view utf8, Kind kind);
    void join(std::size_t firstWord, Kind kind);

    struct Piece {
        std::size_t begin, end; ///< of folded_
        Kind kind;
    };
    std::string folded_;
    std::vector<Piece> pieces_;
    std::vector<std::string_view> words_;
    std::vector<JoinedWord> joined_;
};

/// Of a title, or of what was typed. Equal for equal words in the same order, seldom for others.
std::uint32_t titleKey(std::span<const std::string_view> words);

/// The first eight bytes as a number that sorts as they do.
std::uint64_t wordKey(std::string_view word);
/// At most kIndexWordBytesMax bytes, whole characters.
std::string_view cutWord(std::string_view word);
constexpr bool isLetterByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// Of a folded word: no digits.
[[nodiscard]] bool isAllLetters(std::string_view word);
/// Of a folded word: nothing but a to z.
[[nodiscard]] bool isAllLatin(std::string_view word);
[[nodiscard]] bool startsWithDigit(std::string_view word);

} // namespace silta
