// What a browser sends for a form: application/x-www-form-urlencoded, read strictly.
#pragma once

#include "web/limits.h"

#include <silta/result.h>

#include <map>
#include <string>
#include <string_view>

namespace silta {

using FormFields = std::map<std::string, std::string>;

/// What a form may hold.
struct FormLimits {
    std::size_t bodyBytes = kFormBytesMax, valueBytes = kFormValueBytesMax;
    bool mayBreakLines = false; ///< each break becomes a blank
};

/// The fields by name; of one that comes twice, the first. Values are UTF-8 without control characters.
/// Errors: Limit (the body, kFormFieldsMax, a name or value too long), Invalid (a broken escape, not
/// UTF-8, a control character, a name that is not a-z 0-9 _).
Result<FormFields> parseForm(std::string_view body, const FormLimits& limits = {});
/// The value, or an empty text.
std::string fieldOf(const FormFields& fields, const std::string& name);
/// Without spaces and tabs around.
std::string_view trimmed(std::string_view text);
/// Something before and after one "@", and a point within what follows: what a slip of the finger breaks.
bool isEmailAddress(std::string_view text);
/// As in a query: all but A-Z a-z 0-9 - . _ ~ becomes %XX.
std::string percentEncode(std::string_view text);

} // namespace silta
