// In-store EAN-13s (prefix 20 to 29): an item number of the shop with a price, weight or count inside.
#pragma once

#include <silta/gtin.h>
#include <silta/scan.h>

#include <optional>
#include <string_view>

namespace silta {

/// Reads the number by the rules of `country` (two letters, upper case). Nothing: the country has no rule for
/// the prefix, or the check digit of the measure is wrong.
/// Source: the GS1 member organisations' rules for variable measure items; General Specifications 2.1.13.
std::optional<InStoreMeasure> readInStore(const Gtin& gtin, std::string_view country);

/// True for the countries that readInStore knows.
bool hasInStoreRules(std::string_view country);

/// The check digit over the 4 or 5 digits of a price or weight: 2875 has 9, 14685 has 6. Other lengths: none.
/// Source: GS1 General Specifications, sections 7.9.2 to 7.9.4.
std::optional<char> measureCheckDigit(std::string_view digits);

} // namespace silta
