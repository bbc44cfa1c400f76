// Pictures of barcodes, made for tests.
#pragma once

#include "drivers/gray_image.h"

#include <silta/scanner.h>

#include <string>

namespace silta::test {

/// Black on white with a quiet zone. For Code 128, the byte 0x1D is FNC1. Any of EAN-13, EAN-8, UPC-A, UPC-E,
/// Code 128, ITF, QR Code and Data Matrix; what cannot be written gives an empty picture.
drivers::GrayBuffer drawBarcode(Symbology symbology, const std::string& text, int width = 400,
                                int height = 200);

/// Both pictures one below the other, on white.
drivers::GrayBuffer stack(const drivers::GrayBuffer& upper, const drivers::GrayBuffer& lower);

/// Writes a PNG, JPEG or what the name's ending says; false when that fails.
bool save(const drivers::GrayBuffer& picture, const std::string& path);

} // namespace silta::test
