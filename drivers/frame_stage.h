// FrameStage: from a picture to codes, each told once. The same for a camera's frames and for picture files.
#pragma once

#include "drivers/gray_image.h"

#include <silta/scanner.h>

#include <cstdint>
#include <string>
#include <vector>

namespace silta::drivers {

/// A product held in front of the camera is seen twenty times a second; it is told once in this time.
inline constexpr std::int64_t kFrameRepeatMs = 2'500;
/// Codes remembered for that; more than fit in front of any camera.
inline constexpr std::size_t kFrameCodesMax = 16;

/// Thread: one.
class FrameStage {
public:
    explicit FrameStage(std::string source) : source_(std::move(source)) {}

    /// The codes in this frame that were not told within kFrameRepeatMs. `steadyMs` is a monotonic time.
    std::vector<ScannedCode> process(const GrayImage& frame, std::int64_t steadyMs);

private:
    struct Told {
        std::string bytes;
        Symbology symbology;
        std::int64_t atMs;
    };

    std::string source_;
    std::vector<Told> told_;
};

} // namespace silta::drivers
