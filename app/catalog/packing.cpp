#include "catalog/packing.h"

#include <bit>

namespace silta {

void PackWriter::number(std::uint64_t value) {
    while (value >= 0x80) {
        bytes_.push_back(static_cast<char>((value & 0x7f) | 0x80));
        value >>= 7;
    }
    bytes_.push_back(static_cast<char>(value));
}

void PackWriter::text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
}

void PackWriter::real(double value) {
    auto bits = std::bit_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, bits >>= 8)
        bytes_.push_back(static_cast<char>(bits & 0xff));
}

std::uint64_t PackReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) return value;
    }
    ok_ = false;
    rest_ = {};
    return 0;
}

std::string_view PackReader::text() {
    const auto size = number();
    if (!ok_ || size > rest_.size()) {
        ok_ = false;
        rest_ = {};
        return {};
    }
    const auto value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return value;
}

char PackReader::byte() {
    if (rest_.empty()) {
        ok_ = false;
        return 0;
    }
    const char value = rest_.front();
    rest_.remove_prefix(1);
    return value;
}

double PackReader::real() {
    if (rest_.size() < 8) {
        ok_ = false;
        rest_ = {};
        return 0;
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;)
        bits = bits << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(8);
    return std::bit_cast<double>(bits);
}

} // namespace silta
