// Segment lines come from the network: any bytes give a change or an error, and a change survives being
// written again.
#include <silta/catalog.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(static_cast<const char*>(static_cast<const void*>(data)), size);
    const auto change = silta::parseChange(line);
    if (!change) return 0;
    const auto written = silta::toLine(*change);
    const auto again = silta::parseChange(written);
    if (!again || silta::toLine(*again) != written) std::abort();
    if (change->product && !(*change->product == *again->product)) std::abort();
    if (change->store && !(*change->store == *again->store)) std::abort();
    return 0;
}
