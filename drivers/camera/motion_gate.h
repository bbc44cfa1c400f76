// MotionGate: whether anybody may be in front of the camera, from a few hundred pixels of each frame.
#pragma once

#include "drivers/gray_image.h"

#include <array>
#include <cstdint>

namespace silta::drivers {

/// After the last movement a shopper may hold a product quite still for so long.
inline constexpr std::int64_t kAwakeMs = 8'000;
/// However still it is, one frame in this time is searched.
inline constexpr std::int64_t kGlanceMs = 1'000;

/// Thread: one.
class MotionGate {
public:
    /// True when the frame is worth a search. A lamp that goes on or a camera that adapts changes all of a
    /// frame alike, and is no movement. `steadyMs` does not go back.
    bool isWorthSearching(const GrayImage& frame, std::int64_t steadyMs);

private:
    static constexpr int kColumns = 16;
    static constexpr int kRows = 12;
    using Cells = std::array<int, std::size_t{kColumns} * kRows>; ///< mean luminance times 16

    static Cells cellsOf(const GrayImage& frame);
    bool hasMoved(const Cells& cells);

    Cells last_{};
    bool hasLast_ = false;
    std::int64_t movedMs_ = 0;
    std::int64_t searchedMs_ = 0;
};

} // namespace silta::drivers
