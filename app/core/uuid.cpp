#include <silta/uuid.h>

#include <fmt/format.h>

namespace silta {

std::string makeUuid(const Clock& clock, Random& random) {
    const auto ms = static_cast<std::uint64_t>(clock.nowMs()) & 0xffff'ffff'ffffULL;
    const auto a = random.next64();
    const auto b = random.next64();
    return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", ms >> 16, ms & 0xffff, a & 0xfff,
                       0x8000 | (a >> 16 & 0x3fff), b & 0xffff'ffff'ffffULL);
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
