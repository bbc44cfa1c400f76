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

/// The differences of the pixels of a block, which the compiler multiplies eight at a time.
class BlockDifferences {
public:
    explicit BlockDifferences(std::size_t samples) : samples_(samples) {}

    /// Those of one row, from the sample `at`.
    void takeRow(std::size_t at, const std::uint8_t* row, std::ptrdiff_t stride) {
        for (int i = 0; i < kBlockSide; ++i) {
            across_[at + static_cast<std::size_t>(i)] = static_cast<std::int16_t>(row[i + 1] - row[i - 1]);
            down_[at + static_cast<std::size_t>(i)] =
                static_cast<std::int16_t>(row[i + stride] - row[i - stride]);
        }
    }

    [[nodiscard]] Sums sums() const {
        Sums sums;
        for (std::size_t i = 0; i < samples_; ++i) {
            sums.xx += int{across_[i]} * across_[i];
            sums.yy += int{down_[i]} * down_[i];
            sums.xy += int{across_[i]} * down_[i];
        }
        return sums;
    }

private:
    static constexpr std::size_t kSamplesMax = std::size_t{kBlockSide} * kBlockSide / 2;

    std::size_t samples_;
    std::array<std::int16_t, kSamplesMax> across_{};
    std::array<std::int16_t, kSamplesMax> down_{};
};

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
    const int samplesOfBlock = kBlockSide * (kBlockSide / rowStep);
    const auto count = static_cast<std::size_t>(samplesOfBlock);
    const auto samples = static_cast<float>(samplesOfBlock);
    BlockDifferences differences(count);
    std::size_t block = 0;
    for (int y = 0; y < tensor.rows; ++y) {
        for (int x = 0; x < tensor.columns; ++x, ++block) {
            const auto* corner = image.data + image.stride * (1 + y * kBlockSide) + 1 + x * kBlockSide;
            std::size_t at = 0;
            for (int line = 0; line < kBlockSide; line += rowStep, at += kBlockSide)
                differences.takeRow(at, corner + image.stride * line, image.stride);
            const auto sums = differences.sums();
            tensor.xx[block] = static_cast<float>(sums.xx) / samples;
            tensor.yy[block] = static_cast<float>(sums.yy) / samples;
            tensor.xy[block] = static_cast<float>(sums.xy) / samples;
        }
    }
    return tensor;
}

} // namespace silta::drivers
