// Postcodes by country: how they look, and where they stand in an address.
#pragma once

#include <string_view>

namespace silta::kiosk {

struct PostcodeRule {
    std::string_view country; ///< ISO 3166-1 alpha-2; empty: every other one
    std::string_view form;    ///< 9 a digit, anything else itself; empty: any text
    const char* example;
    bool isBeforeCity = true;
};

/// Source: Universal Postal Union, addressing by country.
const PostcodeRule& postcodeRuleOf(std::string_view country);
/// Blanks and hyphens are compared with nothing: people leave them out.
bool isPostcode(std::string_view country, std::string_view text);

} // namespace silta::kiosk
