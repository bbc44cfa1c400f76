#include "drivers/sim_line.h"
#include "fuzz_check.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto code = drivers::parseSimLine(std::string_view(reinterpret_cast<const char*>(data), size));
    if (code)
        check(!code->bytes.empty() && code->bytes.size() <= kScanBytesMax && code->bytes.size() <= size);
    return 0;
}
