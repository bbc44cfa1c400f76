// The decoding library behind one function: what it sees in one picture, as it is.
#pragma once

#include "drivers/gray_image.h"

#include <silta/scanner.h>

#include <array>
#include <optional>

namespace silta::drivers {

/// The library's own steps and windows assume some rows and columns; smaller pictures hold nothing for it.
inline constexpr int kReadRowsMin = 8;

struct ReadOptions {
    bool hasLinear = true; ///< look for EAN, UPC, Code 128 and ITF, and DataBar where the library can
    bool hasMatrix = true; ///< look for QR Code and Data Matrix
    bool hasFixedThreshold = false; ///< the picture is black and white already
};

struct Corner {
    int x = 0;
    int y = 0;
};

struct FoundSymbol {
    ScannedCode code; ///< `source` is empty
    bool isMatrix = false;
    std::array<Corner, 4> corners; ///< of what was read, in turn; of a linear symbol only the rows that were
};

/// The first symbol in the picture, a linear one from two rows at least. The message is UTF-8 where it is
/// text. A part of a message that several symbols hold together is none. Thread: any. May throw, and in
/// version 1.4 may end the process (an assert in zxing-cpp issue 740), though nobody has seen it with one
/// symbol and no DataBar.
std::optional<FoundSymbol> readSymbol(const GrayImage& image, const ReadOptions& options);

} // namespace silta::drivers
