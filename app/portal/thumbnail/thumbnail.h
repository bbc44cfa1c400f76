// A small picture for a page, out of a large one of anybody's.
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta::portal {

struct ThumbnailWish {
    int width = 0, height = 0; ///< pixels, at most kThumbnailSideMax each
    std::size_t bytesMax = 0;  ///< at most kThumbnailBytesMax
};

/// Decodes a JPEG, PNG or WebP, cuts its middle out in the wished shape, makes it smaller, and writes it anew
/// as a WebP of at most `bytesMax` bytes: what else the file carried is gone. A picture that is smaller than
/// wished stays as small; one that needs more bytes loses quality, then size. Transparent parts become white;
/// a JPEG is turned as its camera says. Thread: any. Hostile bytes may well meet a fault of a decoder: see
/// ThumbnailProgram.
/// Errors: Invalid (the wish), Limit (too large, or not to be made small enough), Unsupported (another kind;
/// a JPEG of printers' colours), Corrupt (damaged or cut off).
Result<std::string> makeThumbnail(std::string_view picture, const ThumbnailWish& wish);

/// Pixels from the top left, three bytes each: red, green, blue.
struct RgbPicture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;
    [[nodiscard]] const std::uint8_t* at(int x, int y) const {
        constexpr std::size_t kChannels = 3;
        const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
        return pixels.data() + (row + static_cast<std::size_t>(x)) * kChannels;
    }
};

/// What makeThumbnail() decodes with. A JPEG comes in a size that still covers `least`, where that is smaller
/// than its own. Errors: as makeThumbnail().
Result<RgbPicture> readPicture(std::string_view picture, const ThumbnailWish& least);

/// How a camera held a JPEG, 1 to 8; 1 where it does not say. Source: CIPA DC-008 (Exif 2.3), tag 0x0112.
int orientationOf(std::string_view jpeg);

} // namespace silta::portal
