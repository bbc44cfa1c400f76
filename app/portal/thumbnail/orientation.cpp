#include "portal/thumbnail/thumbnail.h"

#include <cstddef>
#include <optional>

namespace silta::portal {

namespace {

constexpr int kUpright = 1;
constexpr int kOrientationMax = 8;
constexpr unsigned kOrientationTag = 0x0112;

/// Numbers of a TIFF, in the order of bytes that it says. Past its end there is none.
class TiffReader {
public:
    explicit TiffReader(std::string_view bytes) : bytes_(bytes), isBigEndian_(bytes.starts_with("MM")) {}

    [[nodiscard]] std::optional<unsigned> number(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || size > bytes_.size() - at) return std::nullopt;
        unsigned value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const auto byte = static_cast<unsigned char>(bytes_[isBigEndian_ ? at + i : at + size - 1 - i]);
            value = value << 8U | byte;
        }
        return value;
    }

private:
    std::string_view bytes_;
    bool isBigEndian_;
};

int orientationIn(std::string_view tiff) {
    constexpr std::size_t kEntryBytes = 12;
    const TiffReader reader(tiff);
    const auto directory = reader.number(4, 4);
    const auto count = directory ? reader.number(*directory, 2) : std::nullopt;
    if (!count) return kUpright;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto entry = std::size_t{*directory} + 2 + i * kEntryBytes;
        const auto tag = reader.number(entry, 2);
        if (!tag) break;
        if (*tag != kOrientationTag) continue;
        const auto value = reader.number(entry + 8, 2);
        return value && *value >= kUpright && *value <= kOrientationMax ? static_cast<int>(*value) : kUpright;
    }
    return kUpright;
}

} // namespace

int orientationOf(std::string_view jpeg) {
    using namespace std::string_view_literals;
    constexpr auto kExif = "Exif\0\0"sv;
    const auto byteAt = [&jpeg](std::size_t i) { return static_cast<unsigned char>(jpeg[i]); };
    std::size_t at = 2; // behind the start marker
    while (at + 4 <= jpeg.size() && byteAt(at) == 0xff && byteAt(at + 1) != 0xda) {
        const std::size_t length = std::size_t{byteAt(at + 2)} << 8U | byteAt(at + 3);
        if (length < 2 || length > jpeg.size() - at - 2) break;
        const auto segment = jpeg.substr(at + 4, length - 2);
        if (byteAt(at + 1) == 0xe1 && segment.starts_with(kExif))
            return orientationIn(segment.substr(kExif.size()));
        at += 2 + length;
    }
    return kUpright;
}

} // namespace silta::portal
