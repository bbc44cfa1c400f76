// The body of a push as it travels: whatever comes, no more comes out than may, and what does can be packed
// again.
#include "fuzz_check.h"
#include "net/compression.h"

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kBytesMax = 4'096;
    const std::string_view frame(reinterpret_cast<const char*>(data), size);
    const auto text = decompress(frame, kBytesMax);
    if (!text) return 0;
    check(text->size() <= kBytesMax);
    const auto again = compressLines(*text);
    check(again.has_value());
    const auto read = decompress(*again, text->size());
    check(read && *read == *text);
    return 0;
}
