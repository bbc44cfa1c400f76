#include "drivers/decode/structure_tensor.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace silta::drivers {

namespace {

constexpr int kLargePixelsMin = 200'000; // from here on every fourth row will do

struct Sums {
    int xx = 0;
    int yy = 0;
    int xy = 0;
};

/// The pixels of one row of a block. 16-bit differences, so that the compiler multiplies eight at a time.
Sums sumsOf(const std::uint8_t* row, std::ptrdiff_t stride) {
    std::array<std::int16_t, kBlockSide> across{};
    std::array<std::int16_t, kBlockSide> down{};
    for (int i = 0; i < kBlockSide; ++i) {
        across[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(row[i + 1] - row[i - 1]);
        down[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(row[i + stride] - row[i - stride]);
    }
    Sums sums;
    for (std::size_t i = 0; i < kBlockSide; ++i) {
        sums.xx += int{across[i]} * across[i];
        sums.yy += int{down[i]} * down[i];
        sums.xy += int{across[i]} * down[i];
    }
    return sums;
}

} // namespace

BlockTensor structureTensor(const GrayImage& image) {
    BlockTensor tensor;
    // The differences of the outermost pixels need one more on each side.
    tensor.columns = (image.width - 2) / kBlockSide;
    tensor.rows = (image.height - 2) / kBlockSide;
    if (tensor.columns <= 0 || tensor.rows <= 0) return BlockTensor{};
    const auto blocks = static_cast<std::size_t>(tensor.columns) * static_cast<std::size_t>(tensor.rows);
    tensor.xx.resize(blocks);
    tensor.yy.resize(blocks);
    tensor.xy.resize(blocks);
    const int rowStep = image.width * image.height >= kLargePixelsMin ? 4 : 2;
    const int rowsUsed = kBlockSide / rowStep;
    const auto samples = static_cast<float>(kBlockSide * rowsUsed);
    std::vector<Sums> sums(static_cast<std::size_t>(tensor.columns));
    std::size_t block = 0;
    for (int y = 0; y < tensor.rows; ++y) {
        std::fill(sums.begin(), sums.end(), Sums{});
        for (int line = 0; line < kBlockSide; line += rowStep) {
            const auto* row = image.data + image.stride * (1 + y * kBlockSide + line) + 1;
            for (auto& sum : sums) {
                const auto more = sumsOf(row, image.stride);
                sum.xx += more.xx;
                sum.yy += more.yy;
                sum.xy += more.xy;
                row += kBlockSide;
            }
        }
        for (const auto& sum : sums) {
            tensor.xx[block] = static_cast<float>(sum.xx) / samples;
            tensor.yy[block] = static_cast<float>(sum.yy) / samples;
            tensor.xy[block] = static_cast<float>(sum.xy) / samples;
            ++block;
        }
    }
    return tensor;
}

} // namespace silta::drivers
