// Reads the linear code of one region.
#pragma once

#include "drivers/decode/locator.h"
#include "drivers/decode/strips.h"
#include "drivers/gray_image.h"

#include <silta/scanner.h>

#include <optional>
#include <vector>

namespace silta::drivers {

/// Bars that were seen but not read.
struct UnreadBars {
    LinearRegion region;
    Strips strips;        ///< across them
    bool isSharp = false; ///< there are as many as in a whole symbol
};

struct ReadBars {
    LinearRegion region; ///< as high as the bars are the same ones
    ScannedCode code;
};

struct LinearAttempt {
    std::optional<ReadBars> read;
    std::optional<UnreadBars> unread; ///< for whoever has more time
};

/// What a region is worth.
enum class LinearEffort {
    Glance, ///< a few thin strips, once
    Sharp,  ///< where those show as many bars as a whole symbol has, all that is below
    Blurred ///< where they show any bars
};

/// Reads the bars of a region as strips, evened out, sharpened and inverted in turn; where the bars turn out
/// to be slanted or only in a part of the region, once more in that part. Gives up after a glance where there
/// are none, or stripes alone. Thread: any. May throw.
LinearAttempt readLinear(const GrayImage& image, const LinearRegion& region, LinearEffort effort);

/// The strips evened out over so much of their length that what is left of blurred bars stays.
std::vector<Profile> widelyEven(const UnreadBars& bars);

} // namespace silta::drivers
