// Any pixels of any size: a camera that is broken, or a picture file made to harm.
#include "drivers/decode/decoder.h"
#include "fuzz_check.h"

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace silta::drivers;
using silta::fuzz::check;

/// The first two bytes are width, padding and turn, the third says how thoroughly to look; the rest is rows.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    const int width = data[0] + 1;
    const int stride = width + data[1] % 8;
    DecodeOptions options;
    options.symbolsMax = 1 + data[2] % kSymbolsMax;
    options.isThorough = data[2] >= 128;
    options.turn = data[1] / 8U;
    const std::vector<std::uint8_t> pixels(data + 3, data + size); // its own, so that a byte too far is seen
    const int height = static_cast<int>(pixels.size()) / stride;
    const auto codes = decode(GrayImage{pixels.data(), width, height, stride}, options);
    if (height == 0) {
        check(!codes);
        return 0;
    }
    check(codes.has_value());
    check(codes->size() <= static_cast<std::size_t>(options.symbolsMax));
    for (const auto& code : *codes)
        check(!code.bytes.empty() && code.bytes.size() <= silta::kScanBytesMax);
    return 0;
}
