#include "drivers/luma.h"

namespace silta::drivers {

GrayBuffer unpackLuma(const std::uint8_t* data, int width, int height, std::ptrdiff_t stride, int first) {
    GrayBuffer gray{{}, width, height};
    gray.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    auto* out = gray.pixels.data();
    for (int y = 0; y < height; ++y) {
        const auto* in = data + stride * y + first;
        for (int x = 0; x < width; ++x)
            *out++ = in[2 * x];
    }
    return gray;
}

} // namespace silta::drivers
