#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::uint64_t kFirstBitsMax = 0xfff;

std::string uuidOf(UtcMs at, std::uint64_t firstBits, std::uint64_t a, std::uint64_t b) {
    const auto ms = static_cast<std::uint64_t>(at) & 0xffff'ffff'ffffULL;
    return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", ms >> 16, ms & 0xffff, firstBits,
                       0x8000 | (a >> 16 & 0x3fff), b & 0xffff'ffff'ffffULL);
}

} // namespace

std::string makeUuid(const Clock& clock, Random& random) {
    const auto a = random.next64();
    const auto b = random.next64();
    return uuidOf(clock.nowMs(), a & kFirstBitsMax, a, b);
}

std::string makeUuid(Hlc stamp, Random& random) {
    const auto a = random.next64();
    const auto b = random.next64();
    return uuidOf(stamp.ms(), std::min<std::uint64_t>(stamp.counter(), kFirstBitsMax), a, b);
}

bool isUuid(std::string_view text) {
    constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text.size() != kShape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (kShape[i] == '-' ? c != '-' : !hex) return false;
    }
    return true;
}

} // namespace silta
