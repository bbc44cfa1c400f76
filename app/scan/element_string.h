// GS1 element strings: application identifiers and values in a row, as bytes or as people print them.
#pragma once

#include "scan/ai_table.h"

#include <silta/result.h>
#include <silta/scan.h>

#include <string_view>
#include <vector>

namespace silta::gs1 {

/// FNC1 as every reader transmits it between values.
inline constexpr char kFnc1 = '\x1d';
/// More elements in one code are refused: the longest GS1 symbol holds far fewer.
inline constexpr std::size_t kElementsMax = 64;

/// How strictly elements are read.
struct ReadOptions {
    bool checkAssociations = true; ///< also ask what may and must stand together
    bool allowUnknownAis = false; ///< take identifiers that the standard does not have, where they are marked
};

/// Splits "0109521234543213" "10ABC" FNC1 "17261231"; one FNC1 in front is ignored.
/// Errors: Invalid (unknown identifier, value out of format, identifiers that exclude or miss each other),
/// Limit. Source: GS1 General Specifications, sections 3 and 7.8.
Result<std::vector<Gs1Element>> parseElementString(std::string_view text, const ReadOptions& options = {});

/// Splits "(01)09521234543213(10)ABC"; `\(` stands for a bracket inside a value.
/// Errors: as parseElementString.
Result<std::vector<Gs1Element>> parseBracketed(std::string_view text, const ReadOptions& options = {});

/// Checks what may and must stand together. Errors: Invalid.
/// Source: GS1 General Specifications, sections 4.13 (invalid pairs) and 4.14 (mandatory associations).
Result<void> checkAssociations(const std::vector<Gs1Element>& elements);

/// The value of `ai`, or an empty string.
std::string_view valueOf(const std::vector<Gs1Element>& elements, std::string_view ai);

/// The words of a `key=` rule of a row, e.g. rules(row, "req"), one call a `found` index from 0; empty at the
/// end.
std::string_view ruleOf(const AiRow& row, std::string_view key, std::size_t index);

} // namespace silta::gs1
