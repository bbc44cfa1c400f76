// Loads a picture file as luminance, with limits.
#pragma once

#include "drivers/gray_image.h"

#include <silta/result.h>

#include <cstdint>
#include <string>

namespace silta::drivers {

/// No camera or phone writes more into one picture.
inline constexpr std::int64_t kImageBytesMax = 32LL * 1024 * 1024;
/// 256 MB once unpacked, which the smallest device still has. Checked before anything is unpacked.
inline constexpr std::int64_t kImagePixelsMax = 64'000'000;

/// Reads PNG, JPEG, WebP, GIF, BMP and what else Qt's plug-ins know. Transparent parts count as white paper.
/// Needs no application object. Thread: any.
/// Errors: NotFound, Denied, Io, Limit, Unsupported (not an image, or an unknown kind), Corrupt (cut off or
/// damaged).
Result<GrayBuffer> loadGray(const std::string& path);

} // namespace silta::drivers
