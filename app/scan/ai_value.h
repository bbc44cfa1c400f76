// Whether the value of an application identifier keeps to its format.
#pragma once

#include "scan/ai_table.h"

#include <optional>
#include <string>
#include <string_view>

namespace silta::gs1 {

/// Characters that a value of a predefined-length identifier has. Only for rows with isPredefined.
std::size_t predefinedLength(const AiRow& row);

struct ValueFault {
    std::string why;       ///< one lower-case line
    std::string_view name; ///< of the fault in the GS1 Barcode Syntax Dictionary; empty for a wrong length
    std::string markup;    ///< the value up to the end of the bad component, the bad bytes between bars
};

/// What keeps `value` from fitting `row`, or nothing: length, character set, and every rule of the row.
/// Company prefixes are checked for their form only, since which are given out is not known offline.
std::optional<ValueFault> findFault(const AiRow& row, std::string_view value);

/// Empty when `value` fits `row`; else one lower-case line that says why not.
std::string checkValue(const AiRow& row, std::string_view value);

} // namespace silta::gs1
