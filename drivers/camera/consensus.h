// Consensus: when a code that was read in a frame is believed.
#pragma once

#include "drivers/decode/decoder.h"

#include <cstdint>
#include <vector>

namespace silta::drivers {

/// Frames of a live camera that must agree on a code whose symbol can hardly tell when it is misread.
inline constexpr int kWeakSightings = 2;
/// Within this time.
inline constexpr std::int64_t kSightingsMs = 800;
/// Readings remembered for that.
inline constexpr std::size_t kSightingsMax = 32;

/// True for EAN-8, UPC-E and ITF: few bars, one check digit or none, and often a part of something longer.
bool isWeak(Symbology symbology);

/// True for an ITF that is no GTIN-14: any part of an ITF reads as a shorter one, in every look at a frame.
bool isPart(const ScannedCode& code);

/// Thread: one.
class Consensus {
public:
    /// Of the codes in a frame those that are believed: QR Code, Data Matrix, Code 128 and EAN-13 (whose rows
    /// the decoder has compared) at once; weak ones when kWeakSightings frames more agree on them than on any
    /// other code of the same kind.
    std::vector<SeenCode> believed(std::vector<SeenCode> codes, std::int64_t steadyMs);

private:
    struct Sighting {
        std::string bytes;
        Symbology symbology;
        std::int64_t atMs;
    };

    [[nodiscard]] bool isAgreed(const SeenCode& code) const;

    std::vector<Sighting> sightings_;
};

} // namespace silta::drivers
