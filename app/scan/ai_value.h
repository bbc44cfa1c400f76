// Whether the value of an application identifier keeps to its format.
#pragma once

#include "scan/ai_table.h"

#include <string>
#include <string_view>

namespace silta::gs1 {

/// Characters that a value of a predefined-length identifier has. Only for rows with isPredefined.
std::size_t predefinedLength(const AiRow& row);

/// Empty when `value` fits `row`; else one lower-case line that says why not.
/// Checked: length, character set, check digits and pairs, dates, times and the small code lists. Not
/// checked: whether a country, currency, package type or coupon exists: a code that is wrong there still
/// names its product.
std::string checkValue(const AiRow& row, std::string_view value);

} // namespace silta::gs1
