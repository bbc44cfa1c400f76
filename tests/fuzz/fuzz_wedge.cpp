// Bytes of an input device, in pieces whose sizes the first byte gives.
#include "drivers/wedge_decoder.h"
#include "fuzz_check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t step = data[0] % 64 + 1U;
    auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    drivers::InputEventReader reader;
    drivers::WedgeDecoder decoder;
    const auto take = [](const std::optional<std::string>& code) {
        if (code) check(!code->empty() && code->size() <= kScanBytesMax);
    };
    while (!bytes.empty()) {
        const auto piece = bytes.first(std::min(step, bytes.size()));
        bytes = bytes.subspan(piece.size());
        for (const auto& event : reader.feed(piece))
            take(decoder.feed(event));
    }
    const auto last = decoder.pause();
    take(last);
    check(!decoder.pause());
    return 0;
}
