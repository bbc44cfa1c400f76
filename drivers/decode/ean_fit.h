// Reads EAN-13 and UPC-A where bars run into each other: no edges are measured, instead the
// whole waveform of every possible symbol is held against what was seen.
#pragma once

#include "drivers/decode/strips.h"

#include <silta/scanner.h>

#include <optional>
#include <vector>

namespace silta::drivers {

/// The symbol that the strips of one region show, in either direction. A reading is believed only when strips
/// agree on it, its waveform is that of the picture, and no other valid reading comes near.
/// Shape: normalised profiles (1 is bright) from one edge of the region to the other. Thread: any.
std::optional<ScannedCode> fitEan(const std::vector<Profile>& normalised);

} // namespace silta::drivers
