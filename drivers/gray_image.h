// GrayImage: 8-bit luminance, the one picture format between cameras, files and the decoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace silta::drivers {

/// A view; the pixels belong to somebody else and must outlive it.
struct GrayImage {
    const std::uint8_t* data = nullptr;
    int width = 0;
    int height = 0;
    std::ptrdiff_t stride = 0; ///< bytes from one row to the next
};

/// Pixels without padding between rows.
struct GrayBuffer {
    std::vector<std::uint8_t> pixels;
    int width = 0;
    int height = 0;

    [[nodiscard]] GrayImage view() const { return GrayImage{pixels.data(), width, height, width}; }
};

} // namespace silta::drivers
