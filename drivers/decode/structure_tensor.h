// Which way the brightness changes, block by block: stripes have one direction, chequers two.
#pragma once

#include "drivers/gray_image.h"

#include <vector>

namespace silta::drivers {

/// Side of a block in pixels: holds several bars of most codes that can be read, and makes a frame small.
inline constexpr int kBlockSide = 16;

/// Mean products of the horizontal and vertical differences of the pixels in each block, row by row.
/// Units: squared steps of luminance over two pixels.
struct BlockTensor {
    int columns = 0;
    int rows = 0;
    std::vector<float> xx;
    std::vector<float> yy;
    std::vector<float> xy;
};

/// Every second row is looked at, every fourth of a large picture. Blocks that are not whole at the right and
/// bottom edges are left out.
BlockTensor structureTensor(const GrayImage& image);

} // namespace silta::drivers
