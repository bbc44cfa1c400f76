// Finds retail barcodes in a picture.
#pragma once

#include "drivers/gray_image.h"

#include <silta/result.h>
#include <silta/scanner.h>

#include <vector>

namespace silta::drivers {

/// More symbols in one picture are not looked for: a shelf label has two, a box of goods four.
inline constexpr int kSymbolsMax = 4;
/// Wider or higher pictures than this are refused: the decoder counts in 16 bits in places.
inline constexpr int kDecodeSideMax = 32'000;
/// Rows and columns are repeated until there are so many: a single line of pixels may hold a whole symbol.
inline constexpr int kDecodeSideMin = 16;

/// A code and the upright rectangle around what was read of it. Units: pixels; right and bottom are outside.
struct SeenCode : ScannedCode {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
};

struct DecodeOptions {
    int symbolsMax = kSymbolsMax; ///< 1..kSymbolsMax; a camera takes 1, for speed
    bool isThorough = true; ///< sharpens a picture in which nothing was found; a camera has its next frame
    unsigned turn =
        0; ///< unless thorough: searches of this kind before; what takes long is not in each of them
};

/// Reads EAN-13, EAN-8, UPC-A, UPC-E, Code 128, ITF, QR Code and Data Matrix, and DataBar where the library
/// can. A picture without a symbol gives an empty list. `source` of the codes is left empty. Thread: any;
/// keeps no state. Errors: Invalid (no pixels, or a stride shorter than a row), Limit, Internal.
Result<std::vector<SeenCode>> decode(const GrayImage& image, const DecodeOptions& options = {});

} // namespace silta::drivers
