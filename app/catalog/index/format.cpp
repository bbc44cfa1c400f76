#include "catalog/index/format.h"

#include <cstring>

namespace silta {

void IndexSum::mix(std::uint64_t word) {
    state_ = (state_ ^ word) * 0xff51afd7ed558ccd; // odd, so that the product is a bijection
    state_ ^= state_ >> 32;
}

void IndexSum::add(std::span<const std::uint8_t> bytes) {
    length_ += bytes.size();
    const auto* at = bytes.data();
    auto left = bytes.size();
    while (left > 0 && pendingBytes_ > 0) {
        pending_ |= static_cast<std::uint64_t>(*at++) << (8 * pendingBytes_);
        --left;
        if (++pendingBytes_ == sizeof(pending_)) {
            mix(pending_);
            pending_ = 0;
            pendingBytes_ = 0;
        }
    }
    for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t), at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof(word));
        mix(word);
    }
    for (; left > 0; --left)
        pending_ |= static_cast<std::uint64_t>(*at++) << (8 * pendingBytes_++);
}

std::uint64_t IndexSum::value() const {
    IndexSum end = *this;
    if (end.pendingBytes_ > 0) end.mix(end.pending_);
    end.mix(end.length_);
    return end.state_;
}

std::uint64_t indexSum(std::span<const std::uint8_t> bytes) {
    IndexSum sum;
    sum.add(bytes);
    return sum.value();
}

} // namespace silta
