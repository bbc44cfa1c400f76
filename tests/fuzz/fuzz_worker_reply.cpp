// What a decoder that a picture took over may answer; and what was packed reads as itself.
#include "drivers/worker/protocol.h"
#include "fuzz_check.h"

#include <cstddef>
#include <cstdint>

using namespace silta::drivers;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto codes = unpackReply({reinterpret_cast<const std::byte*>(data), size});
    if (!codes) return 0;
    check(codes->size() <= kSymbolsMax);
    const auto packed = packReply(*codes);
    check(packed.size() <= kWorkerReplyBytesMax);
    const auto again = unpackReply(packed);
    check(again.has_value() && again->size() == codes->size());
    for (std::size_t i = 0; i < codes->size(); ++i)
        check((*again)[i].bytes == (*codes)[i].bytes && (*again)[i].right == (*codes)[i].right);
    return 0;
}
