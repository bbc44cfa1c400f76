// Plain operations on luminance pictures.
#pragma once

#include "drivers/gray_image.h"

#include <cstdint>

namespace silta::drivers {

/// The rectangle cut to the picture; a view of the same pixels.
GrayImage cropOf(const GrayImage& image, int left, int top, int right, int bottom);
/// Without padding; each pixel taken from 255 when `isInverted`.
GrayBuffer copyOf(const GrayImage& image, bool isInverted);
/// Mean of 2 x 2 pixels.
GrayBuffer halfOf(const GrayImage& image);
/// Repeats rows and columns until each side has `sideMin` pixels at least.
GrayBuffer stretchedOf(const GrayImage& image, int sideMin);
/// Twice as wide and high, interpolated.
GrayBuffer doubledOf(const GrayImage& image);
/// Moves each pixel away from the mean of the square of `radius` around it, `strength` times its difference:
/// undoes some of a lens out of focus. A `radius` or `strength` of 0 is a copy.
GrayBuffer sharpenedOf(const GrayImage& image, int radius, int strength);

} // namespace silta::drivers
