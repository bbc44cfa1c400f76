// Words that mean the same, and words that lead somewhere: the chain's own, as headquarters writes them down.
//
//     # a line for people
//     tv = televisio = telkkari             who types one finds the others too
//     palautus -> department Services       shows what is in the department (its path as in the feed)
//     lahjakortti -> product GIFT-50        shows this product first
//
// Words are compared as folded; a form may be several words. A form stands in one line only, and so does what
// leads somewhere; where it leads to need not be there.
#pragma once

#include <silta/result.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kSearchWordsLineBytesMax = 4'000;
inline constexpr std::size_t kSearchWordsLinesMax = 2'000;   ///< with a rule
inline constexpr std::size_t kSearchWordsFormsMax = 8;       ///< of one line
inline constexpr std::size_t kSearchWordsFormWordsMax = 4;   ///< "washing machine", "ekspres do kawy"
inline constexpr std::size_t kSearchWordsFormBytesMax = 100; ///< folded
inline constexpr std::size_t kOtherWordingsMax = 8;          ///< asked for beside what was typed

/// Immutable. May be used from several threads at once.
class SearchWords {
public:
    /// Where a text leads to: one of the two is set.
    struct Redirect {
        std::string department;
        std::string sku;
    };

    /// Errors: Invalid (with the number of the line), Limit.
    static Result<SearchWords> parse(std::string_view text);

    /// `typed`, with one form in it replaced by another that means the same; at most kOtherWordingsMax. A
    /// word that is still typed counts as it stands.
    [[nodiscard]] std::vector<std::string> otherWordings(std::string_view typed) const;
    /// Where the whole of `typed` leads to, or null.
    [[nodiscard]] const Redirect* redirectOf(std::string_view typed) const;

private:
    Result<void> addLine(std::string_view line);
    Result<void> addForms(std::string_view line);
    Result<void> addRedirect(std::string_view typed, std::string_view target);

    struct Form {
        std::string folded;
        std::string written;
    };
    std::vector<std::vector<Form>> groups_;
    std::map<std::string, std::size_t, std::less<>> groupOf_; ///< by folded form
    std::map<std::string, Redirect, std::less<>> redirects_;
};

} // namespace silta
