// A picture of anybody's: the decoders stay within their limits, and what comes out is as small as wished.
#include "fuzz_check.h"
#include "portal/thumbnail/limits.h"
#include "portal/thumbnail/thumbnail.h"

#include <cstddef>
#include <cstdint>

using namespace silta::portal;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view picture(reinterpret_cast<const char*>(data), size);
    const auto orientation = orientationOf(picture);
    check(orientation >= 1 && orientation <= 8);
    constexpr ThumbnailWish kWish{48, 32, 1'000};
    const auto made = makeThumbnail(picture, kWish);
    if (!made) return 0;
    check(!made->empty() && made->size() <= kWish.bytesMax && made->starts_with("RIFF"));
    const auto small = readPicture(*made, kWish);
    check(small.has_value() && small->width <= kWish.width && small->height <= kWish.height);
    return 0;
}
