// What a scanner sends for a symbol, and the element strings in it: the way back from elements to bytes.
#pragma once

#include "scan/element_string.h"

#include <silta/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace silta::gs1 {

/// "01" 14 digits "10" value FNC1 "21" value: FNC1 only behind values without a length of their own, and none
/// at either end.
std::string writeElementString(const std::vector<Gs1Element>& elements);

/// "(01)09521234543213(10)A\(B": as people read it; a bracket inside a value gets a backslash.
std::string writeBracketed(const std::vector<Gs1Element>& elements);

/// Symbols that can carry GS1 data.
enum class Carrier {
    QrCode,
    DataMatrix,
    DotCode,
    DataBarExpanded,
    DataBarOmni,
    DataBarLimited,
    Gs1Code128,
    UpcA,
    UpcE,
    Ean13,
    Ean8,
};

/// The AIM symbology identifier and message that a scanner sends for `message`: an element string with FNC1
/// in front, other text where the carrier takes it, or the digits of a product number. A composite part
/// stands behind "|" and begins with FNC1. `addCheckDigit`: the digits come without theirs. Errors: Invalid
/// (the carrier cannot hold the message). Source: GS1 General Specifications, figure 5.1.2-1 and
/// section 5.11.4 (transmission of composite symbols).
Result<std::string> writeScanData(Carrier carrier, std::string_view message, bool addCheckDigit = false);

} // namespace silta::gs1
