// Luminance out of packed video formats.
#pragma once

#include "drivers/gray_image.h"

namespace silta::drivers {

/// Every second byte of each row, from byte `first`: 0 for YUYV, 1 for UYVY. Units: `width` in pixels,
/// `stride` in bytes, at least 2 * width.
GrayBuffer unpackLuma(const std::uint8_t* data, int width, int height, std::ptrdiff_t stride, int first);

} // namespace silta::drivers
