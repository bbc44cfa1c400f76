// Readers over drawn clips, frame by frame.
#pragma once

#include <silta/result.h>

namespace silta::bench {

/// Draws `rounds` clips of each symbol and spoil, and `emptyFrames` of empty shops, in 720p and 1080p in
/// turn, and prints what each reader made of them. Errors: Io, Internal.
Result<void> runStream(int rounds, int framesPerClip, int emptyFrames);

} // namespace silta::bench
