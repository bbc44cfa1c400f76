// Readers over drawn clips, frame by frame.
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <string>

namespace silta::bench {

struct StreamPlan {
    int rounds = 1; ///< clips of each symbol and spoil
    int framesPerClip = 16;
    int emptyFrames = 64;
    std::uint32_t seed = 1; ///< of the first clip; each has the next one
    std::string only;       ///< readers whose name holds it
    std::string details;    ///< a file for one line a frame; empty: none
};

/// Draws the clips of each symbol and spoil, and frames of empty shops, in 720p and 1080p in turn, and prints
/// what each reader made of them. Errors: Io, Internal.
Result<void> runStream(const StreamPlan& stream);

} // namespace silta::bench
