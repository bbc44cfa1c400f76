// The line format of the simulated scanner.
#pragma once

#include <silta/scanner.h>

#include <optional>
#include <string_view>

namespace silta::drivers {

/// Reads "4006381333931" or "EAN-13<TAB>4006381333931"; `\x1d` stands for the byte 0x1D and `\\` for a
/// backslash. Text in front of a tab that names no symbology is part of the code. Nothing for an empty or
/// over-long code.
std::optional<ScannedCode> parseSimLine(std::string_view line);

} // namespace silta::drivers
