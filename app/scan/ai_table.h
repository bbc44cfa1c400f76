// The GS1 application identifiers: which exist, how their values look, and what may stand beside what.
#pragma once

#include <string_view>

namespace silta::gs1 {

/// One application identifier, or a run of them that share a format (first < last).
struct AiRow {
    std::string_view first;
    std::string_view last;
    bool isPredefined; ///< its value has a length that every reader knows: no FNC1 follows
    bool isAttribute;  ///< may stand in the query of a Digital Link URI
    /// Format components, then `ex=`, `req=` and `dlpkey` rules, as the GS1 syntax dictionary writes them:
    /// "N14,csum" is 14 digits with a check digit; "X..20" 1 to 20 characters; "[N6]" optional.
    std::string_view spec;
};

/// Longest application identifier, in digits.
inline constexpr std::size_t kAiDigitsMax = 4;

/// The row whose identifier `text` begins with, and that identifier's length in `digits`; or null.
/// Identifiers are prefix-free, so at most one fits.
const AiRow* findAiPrefix(std::string_view text, std::size_t& digits);

/// The row of exactly this identifier, or null.
const AiRow* findAi(std::string_view ai);

/// The format that the standard leaves for an identifier it does not know, or null when `ai` is not 2 to 4
/// digits.
const AiRow* rowOfUnknown(std::string_view ai);

} // namespace silta::gs1
