// FramePlan: which part of the next frame is searched, and whether there is time for it.
#pragma once

#include "drivers/camera/frame_part.h"
#include "drivers/decode/decoder.h"
#include "drivers/gray_image.h"

#include <cstdint>
#include <optional>

namespace silta::drivers {

/// Of the time between two frames the search may take so much; the rest of the core is the screen's.
inline constexpr double kSearchShare = 0.5;
/// Frames a second that a slow machine should keep: a whole frame that takes longer is looked at less often.
inline constexpr int kFramesPerSecond = 15;

/// The place of a code in a frame of this size with half as much again on each side, and more: hands shake.
FramePart partAround(const SeenCode& seen, int width, int height);

/// Thread: one.
class FramePlan {
public:
    /// The part of a frame of this size to search now, or nothing: the last searches took too long. The
    /// region in which something was seen last, or the foreground, or the middle takes turns with the whole
    /// frame.
    std::optional<FramePart> next(int width, int height, std::int64_t steadyMs,
                                  const std::optional<FramePart>& foreground);
    /// How often that kind of part was given before: what takes long is not done each time.
    [[nodiscard]] unsigned turn() const { return isWhole_ ? wholes_ - 1 : regions_ - 1; }
    /// Told after each search: how long it took, and where a code was, if any, in the frame.
    void searched(std::int64_t startMs, std::int64_t endMs, const SeenCode* seen);

private:
    [[nodiscard]] bool isSeen(std::int64_t steadyMs) const;
    [[nodiscard]] int wholeEvery() const;

    int turn_ = 0;
    bool isWhole_ = false; ///< the search that goes on
    unsigned wholes_ = 0;
    unsigned regions_ = 0;
    double credit_ = 0;  ///< milliseconds that may be spent
    double wholeMs_ = 0; ///< what a whole frame takes, lately
    std::int64_t askedMs_ = 0;
    bool hasAsked_ = false;
    std::optional<SeenCode> seen_;
    std::int64_t seenMs_ = 0;
};

} // namespace silta::drivers
