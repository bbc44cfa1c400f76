// FrameStage: from a picture to codes, each told once. The same for a camera's frames and for picture files.
#pragma once

#include "drivers/decode/decoder.h"
#include "drivers/gray_image.h"

#include <silta/scanner.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace silta::drivers {

/// A product held in front of the camera is seen twenty times a second; it is told once in this time.
inline constexpr std::int64_t kFrameRepeatMs = 2'500;
/// Codes remembered for that; more than fit in front of any camera.
inline constexpr std::size_t kFrameCodesMax = 16;

/// decode() or something that does the same elsewhere.
using DecodeFrame =
    std::function<Result<std::vector<SeenCode>>(const GrayImage& image, const DecodeOptions& options)>;

/// Thread: one.
class FrameStage {
public:
    explicit FrameStage(std::string source, DecodeFrame decodeFrame = decode)
        : source_(std::move(source)), decode_(std::move(decodeFrame)) {}

    /// The codes in this frame that were not told within kFrameRepeatMs, likeliest to be meant first.
    /// `steadyMs` is a monotonic time.
    std::vector<ScannedCode> process(const GrayImage& frame, std::int64_t steadyMs);

    /// The same of codes that were read already, in a frame of this size.
    std::vector<ScannedCode> tell(std::vector<SeenCode> codes, int width, int height, std::int64_t steadyMs);
    /// True for a code that tell() would not hold back.
    [[nodiscard]] bool isNew(const SeenCode& code, std::int64_t steadyMs) const;

private:
    struct Told {
        std::string bytes;
        Symbology symbology;
        std::int64_t atMs;
    };

    std::string source_;
    DecodeFrame decode_;
    std::vector<Told> told_;
};

} // namespace silta::drivers
