// The rules of the GS1 Barcode Syntax Dictionary for one component of a value: "csum", "yymmd0", "iso3166".
#pragma once

#include <cstddef>
#include <string_view>

namespace silta::gs1 {

/// Which rule a value breaks, by the dictionary's own name ("ILLEGAL_DAY"), and which bytes do. An empty
/// name: nothing is wrong.
struct Fault {
    std::string_view name;
    std::size_t at = 0;
    std::size_t length = 0;

    explicit operator bool() const { return !name.empty(); }
};

/// Applies one rule. A rule that this does not know holds for every value. Company prefixes are checked for
/// their form only: which are given out is known to GS1, and not offline.
Fault lint(std::string_view rule, std::string_view value);

/// Of the characters of `value` the first that set 'N' (digits), 'X' (82), 'Y' (39) or 'Z' (64, with "=" at
/// the end) does not have. Source: GS1 General Specifications, figures 7.11-1 to 7.11-3.
Fault lintCharacters(char set, std::string_view value);

/// North American coupon in AI (8110). Source: GS1 US, North American Coupon Application Guideline.
Fault lintCoupon(std::string_view value);
/// Positive-offer coupon in AI (8112). Source: GS1 General Specifications, AI (8112).
Fault lintPositiveOffer(std::string_view value);
/// YYMMDD from digits; `dayMayBeZero` where 00 stands for the month's end.
Fault lintShortDate(std::string_view value, bool dayMayBeZero);

} // namespace silta::gs1
