// Readers over drawn clips, frame by frame.
#pragma once

#include <silta/result.h>

#include <string>

namespace silta::bench {

/// Draws `rounds` clips of each symbol and spoil, and `emptyFrames` of empty shops, in 720p and 1080p in
/// turn, and prints what each reader whose name holds `only` made of them. Errors: Io, Internal.
Result<void> runStream(int rounds, int framesPerClip, int emptyFrames, const std::string& only);

} // namespace silta::bench
