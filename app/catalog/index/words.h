// Which words a text is found under, and which words a shopper has typed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kModelCodeMin = 3;  ///< shorter ones are found by their parts just as well
inline constexpr std::size_t kModelCodeMax = 24; ///< longer ones are cut

/// A model code: letters and digits that a person reads as one, "WH-1000XM4". `joined` is "wh1000xm4".
struct ModelCode {
    std::string joined;
    std::size_t firstWord = 0; ///< its parts among the text's folded words: [firstWord, endWord)
    std::size_t endWord = 0;
};

/// A text's folded words, in their order, and its model codes. A quantity ("330 ml", "1,5l", "42.5") is not a
/// model code: it is two words, or one, however it is written.
class TextWords {
public:
    /// The views live until the next call.
    void split(std::string_view utf8);
    [[nodiscard]] const std::vector<std::string_view>& words() const { return words_; }
    [[nodiscard]] const std::vector<ModelCode>& codes() const { return codes_; }

private:
    void addCode(std::size_t firstWord);

    std::string folded_;
    std::vector<std::string_view> words_;
    std::vector<ModelCode> codes_;
};

/// At most kIndexWordBytesMax bytes, whole characters.
std::string_view cutWord(std::string_view word);
inline bool isLetterByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] bool startsWithDigit(std::string_view word);

} // namespace silta
