// What the kiosk and its decoder say to each other: one packet asks, one answers, on a socket that keeps
// packets whole. The picture itself lies in memory that both see, rows without padding.
#pragma once

#include "drivers/decode/decoder.h"

#include <silta/result.h>
#include <silta/scanner.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace silta::drivers {

/// Descriptors that the decoder finds open when it starts.
inline constexpr int kWorkerSocketFd = 3;
inline constexpr int kWorkerFrameFd = 4;

/// Pixels that the shared memory holds; a camera of 16 megapixels, and a larger picture is refused.
inline constexpr std::size_t kWorkerFrameBytesMax = 16U * 1024 * 1024;

/// Longest answer: kSymbolsMax codes with their lengths.
inline constexpr std::size_t kWorkerReplyBytesMax = kSymbolsMax * (kScanBytesMax + 32) + 8;

struct WorkerRequest {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t symbolsMax = 1;
    std::uint32_t isThorough = 0;
    std::uint32_t turn = 0;
};

/// An answer as bytes: codes, or why there are none.
std::vector<std::byte> packReply(const Result<std::vector<SeenCode>>& reply);

/// Reads an answer. Nothing in it is believed: a decoder that a picture took over must not take over the
/// kiosk as well. Errors: those of decode(); Corrupt (not an answer).
Result<std::vector<SeenCode>> unpackReply(std::span<const std::byte> bytes);

} // namespace silta::drivers
