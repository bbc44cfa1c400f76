// Limits of making small pictures, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silta::portal {

inline constexpr std::size_t kSourceBytesMax = std::size_t{4} << 20; ///< as the hub takes pictures
inline constexpr int kSourceSideMax = 10'000;
/// 4000 × 3000. With what the decoders need beside the pixels it fits into kThumbnailMemoryBytesMax.
inline constexpr std::int64_t kSourcePixelsMax = 12'000'000;

inline constexpr int kThumbnailSideMax = 1'024;
inline constexpr std::size_t kThumbnailBytesMax = 16 * 1024; ///< a third of a page

/// Of the process: a progressive JPEG of kSourcePixelsMax is the dearest, 72 MB. The unit's MemoryMax has
/// room for it beside the portal.
inline constexpr std::size_t kThumbnailMemoryBytesMax = std::size_t{144} << 20;
inline constexpr int kThumbnailCpuSec = 10; ///< one of kSourcePixelsMax takes a Pi about one
inline constexpr int kThumbnailDeadlineMs = 20'000;

} // namespace silta::portal
