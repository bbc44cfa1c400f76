// MotionGate: whether anybody may be in front of the camera, and where, from one in twenty of its pixels.
#pragma once

#include "drivers/camera/frame_part.h"
#include "drivers/gray_image.h"

#include <array>
#include <cstdint>
#include <optional>

namespace silta::drivers {

/// After the last movement a shopper may hold a product quite still for so long.
inline constexpr std::int64_t kAwakeMs = 8'000;
/// Frames in which the picture of the empty shop follows a change by one step of luminance.
inline constexpr int kShopFrames = 16;
/// However still it is, one frame in this time is searched.
inline constexpr std::int64_t kGlanceMs = 1'000;

/// Thread: one.
class MotionGate {
public:
    /// True when the frame is worth a search. A lamp that goes on or a camera that adapts changes all of a
    /// frame alike, and is no movement. `steadyMs` does not go back.
    bool isWorthSearching(const GrayImage& frame, std::int64_t steadyMs);
    /// What looks unlike the shop behind it in that frame, and a little around it; nothing where nothing
    /// does. What stays becomes a part of the shop: a change of one step of luminance in kShopFrames frames.
    [[nodiscard]] const std::optional<FramePart>& foreground() const { return foreground_; }

private:
    static constexpr int kColumns = 32;
    static constexpr int kRows = 24;
    using Cells = std::array<int, std::size_t{kColumns} * kRows>; ///< mean luminance times 16

    static Cells cellsOf(const GrayImage& frame);
    [[nodiscard]] static Cells changesOf(const Cells& from, const Cells& to);
    [[nodiscard]] static bool hasMoved(const Cells& changes);
    void findForeground(const Cells& cells, const GrayImage& frame);

    Cells last_{};
    Cells shop_{};
    std::optional<FramePart> foreground_;
    bool hasLast_ = false;
    std::int64_t movedMs_ = 0;
    std::int64_t searchedMs_ = 0;
};

} // namespace silta::drivers
