// Where in a picture codes may be, from its structure tensor alone.
#pragma once

#include "drivers/decode/structure_tensor.h"

#include <vector>

namespace silta::drivers {

/// A region of stripes that all run the same way. A place in it is (u, v): u pixels from the centre across
/// the stripes, v along them.
struct LinearRegion {
    float centreX = 0;
    float centreY = 0;
    float acrossX = 1; ///< unit vector across the stripes
    float acrossY = 0;
    float uMin = 0;
    float uMax = 0;
    float vMin = 0;
    float vMax = 0;
    float score = 0; ///< larger is likelier

    [[nodiscard]] float length() const { return uMax - uMin; }
    [[nodiscard]] float height() const { return vMax - vMin; }
};

/// A rectangle that is full of edges in all directions. Units: pixels; right and bottom are outside.
struct MatrixRegion {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    float aspect = 1; ///< of what is full of edges: shorter by longer side
    float energy = 0; ///< mean of its weaker direction, squared steps of luminance
    float score = 0;  ///< larger is likelier

    [[nodiscard]] int width() const { return right - left; }
    [[nodiscard]] int height() const { return bottom - top; }
};

/// More regions are not looked at: what is held up to a camera is among the strongest.
inline constexpr std::size_t kLinearRegionsMax = 5;
inline constexpr std::size_t kMatrixRegionsMax = 3;

struct Regions {
    std::vector<LinearRegion> linear; ///< likeliest first
    std::vector<MatrixRegion> matrix; ///< likeliest first
};

/// Thread: any; keeps no state.
Regions locate(const BlockTensor& tensor);

} // namespace silta::drivers
