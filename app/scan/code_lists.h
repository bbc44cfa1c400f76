// The published lists of codes that element strings refer to: countries, currencies, packages.
#pragma once

#include <string_view>

namespace silta::gs1 {

/// "246" (ISO 3166-1, three digits).
bool isCountryNumber(std::string_view text);
/// "FI" (ISO 3166-1, two letters).
bool isCountryLetters(std::string_view text);
/// "978" (ISO 4217, three digits).
bool isCurrencyNumber(std::string_view text);
/// "CT", "8", "X11" (UN/ECE Recommendation 21 with GS1's additions).
bool isPackageType(std::string_view text);

} // namespace silta::gs1
