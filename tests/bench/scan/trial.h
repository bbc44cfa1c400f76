// One reader over all photographs, in a child process that may die.
#pragma once

#include "bench/scan/corpus.h"
#include "bench/scan/readers.h"

#include <silta/result.h>

#include <vector>

namespace silta::bench {

/// A reader that is busy with one picture for longer is killed, which counts as an abort.
inline constexpr unsigned kPictureSecondsMax = 20;

struct Outcome {
    bool isAborted = false; ///< the reader ended its process, by a signal or otherwise
    double cpuMs = 0;       ///< processor time of the one call, which other programs do not disturb
    std::vector<std::string> messages;
};

/// One outcome for each photograph. A child that dies is replaced by another, which goes on behind the
/// photograph that killed it. Errors: Io (no child can be started).
Result<std::vector<Outcome>> runTrial(const Reader& reader, const std::vector<Photograph>& photographs);

} // namespace silta::bench
