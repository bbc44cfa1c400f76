#include "drivers/decode/gray_ops.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace silta::drivers {

namespace {

GrayBuffer emptyOf(int width, int height) {
    return {std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)),
            width, height};
}

std::uint8_t* rowOf(GrayBuffer& image, int y) {
    return image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width);
}

const std::uint8_t* rowOf(const GrayImage& image, int y) {
    return image.data + image.stride * y;
}

/// Two neighbouring pixels as one number, in the machine's order of bytes: their sum is the same in either.
/// So the compiler adds eight pairs at a time.
std::uint16_t pairAt(const std::uint8_t* row, int x) {
    std::uint16_t pair = 0;
    std::memcpy(&pair, row + std::ptrdiff_t{2} * x, sizeof(pair));
    return pair;
}

void halveRow(const std::uint8_t* upper, const std::uint8_t* lower, std::uint8_t* out, int width) {
    for (int x = 0; x < width; ++x) {
        const unsigned above = pairAt(upper, x);
        const unsigned below = pairAt(lower, x);
        const auto sum =
            static_cast<std::uint16_t>((above & 0xffU) + (above >> 8U) + (below & 0xffU) + (below >> 8U) + 2);
        out[x] = static_cast<std::uint8_t>(sum >> 2U);
    }
}

} // namespace

GrayImage cropOf(const GrayImage& image, int left, int top, int right, int bottom) {
    left = std::clamp(left, 0, image.width - 1);
    top = std::clamp(top, 0, image.height - 1);
    right = std::clamp(right, left + 1, image.width);
    bottom = std::clamp(bottom, top + 1, image.height);
    return {rowOf(image, top) + left, right - left, bottom - top, image.stride};
}

GrayBuffer copyOf(const GrayImage& image, bool isInverted) {
    auto copy = emptyOf(image.width, image.height);
    const auto mask = static_cast<std::uint8_t>(isInverted ? 0xff : 0);
    for (int y = 0; y < image.height; ++y) {
        const auto* row = rowOf(image, y);
        std::transform(row, row + image.width, rowOf(copy, y),
                       [mask](std::uint8_t pixel) { return static_cast<std::uint8_t>(pixel ^ mask); });
    }
    return copy;
}

GrayBuffer halfOf(const GrayImage& image) {
    auto half = emptyOf(image.width / 2, image.height / 2);
    const int width = half.width;
    for (int y = 0; y < half.height; ++y)
        halveRow(rowOf(image, 2 * y), rowOf(image, 2 * y + 1), rowOf(half, y), width);
    return half;
}

GrayBuffer stretchedOf(const GrayImage& image, int sideMin) {
    auto out = emptyOf(std::max(image.width, sideMin), std::max(image.height, sideMin));
    for (int y = 0; y < out.height; ++y) {
        const auto* row = image.data + image.stride * (std::int64_t{y} * image.height / out.height);
        auto* to = rowOf(out, y);
        for (int x = 0; x < out.width; ++x)
            to[x] = row[std::int64_t{x} * image.width / out.width];
    }
    return out;
}

GrayBuffer doubledOf(const GrayImage& image) {
    auto out = emptyOf(image.width * 2, image.height * 2);
    const int width = image.width;
    std::vector<std::uint16_t> rows(static_cast<std::size_t>(width)); // of both rows together, times 4
    for (int y = 0; y < out.height; ++y) {
        const auto* row = rowOf(image, y / 2);
        const auto* other = rowOf(image, std::clamp(y % 2 == 0 ? y / 2 - 1 : y / 2 + 1, 0, image.height - 1));
        for (int x = 0; x < width; ++x)
            rows[static_cast<std::size_t>(x)] = static_cast<std::uint16_t>(3 * row[x] + other[x]);
        auto* to = rowOf(out, y);
        const auto mix = [&](int x, int next) {
            const int sum = 3 * rows[static_cast<std::size_t>(x)] + rows[static_cast<std::size_t>(next)] + 8;
            return static_cast<std::uint8_t>(sum >> 4);
        };
        to[0] = mix(0, 0);
        for (int x = 1; x < width; ++x) {
            to[2 * x - 1] = mix(x - 1, x);
            to[2 * x] = mix(x, x - 1);
        }
        to[2 * width - 1] = mix(width - 1, width - 1);
    }
    return out;
}

GrayBuffer sharpenedOf(const GrayImage& image, int radius, int strength) {
    if (radius <= 0 || strength <= 0) return copyOf(image, false);
    auto out = emptyOf(image.width, image.height);
    const int width = image.width;
    std::vector<std::int32_t> columns(static_cast<std::size_t>(width), 0); // sums of the rows in the square
    const auto add = [&](int y, int sign) {
        const auto* row = rowOf(image, y);
        for (int x = 0; x < width; ++x)
            columns[static_cast<std::size_t>(x)] += sign * row[x];
    };
    std::vector<std::int32_t> sums(static_cast<std::size_t>(width) + 1, 0); // of all columns to the left
    for (int y = 0; y < std::min(radius, image.height); ++y)
        add(y, 1);
    for (int y = 0; y < image.height; ++y) {
        if (y + radius < image.height) add(y + radius, 1);
        if (y - radius - 1 >= 0) add(y - radius - 1, -1);
        const int rows = std::min(y + radius, image.height - 1) - std::max(y - radius, 0) + 1;
        for (std::size_t x = 0; x < columns.size(); ++x)
            sums[x + 1] = sums[x] + columns[x];
        const auto* row = rowOf(image, y);
        auto* to = rowOf(out, y);
        const auto sharpen = [&](int x, int left, int right, float area) {
            const int sum = sums[static_cast<std::size_t>(right)] - sums[static_cast<std::size_t>(left)];
            const float value = static_cast<float>(row[x]);
            const float moved =
                value + static_cast<float>(strength) * (value - static_cast<float>(sum) / area);
            return static_cast<std::uint8_t>(std::min(std::max(moved, 0.0F), 255.0F));
        };
        const auto sharpenEdge = [&](int x) {
            const int left = std::max(x - radius, 0);
            const int right = std::min(x + radius + 1, width);
            to[x] = sharpen(x, left, right, static_cast<float>(rows * (right - left)));
        };
        const int first = std::min(radius, width);
        const int last = std::max(width - radius, first);
        for (int x = 0; x < first; ++x)
            sharpenEdge(x);
        const auto area = static_cast<float>(rows * (2 * radius + 1));
        for (int x = first; x < last; ++x)
            to[x] = sharpen(x, x - radius, x + radius + 1, area);
        for (int x = last; x < width; ++x)
            sharpenEdge(x);
    }
    return out;
}

} // namespace silta::drivers
