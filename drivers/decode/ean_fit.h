// Reads EAN-13 and UPC-A where bars run into each other: no edges are measured, instead the
// whole waveform of every possible symbol is held against what was seen.
#pragma once

#include "drivers/decode/strips.h"

#include <silta/scanner.h>

#include <cstddef>
#include <optional>
#include <vector>

namespace silta::drivers {

/// How much is tried. Each strip takes a millisecond or two where it shows no symbol.
struct FitEffort {
    bool isForward = true;     ///< as the strips are
    bool isBackward = true;    ///< from their end
    std::size_t stripsMax = 4; ///< that are searched for a symbol
};

/// The symbol that the strips of one region show. A reading is believed only when strips
/// agree on it, its waveform is that of the picture, and no other valid reading comes near.
/// Shape: normalised profiles (1 is bright) from one edge of the region to the other. Thread: any.
std::optional<ScannedCode> fitEan(const std::vector<Profile>& normalised, const FitEffort& effort = {});

} // namespace silta::drivers
