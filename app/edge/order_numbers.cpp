#include "edge/order_numbers.h"

#include "core/durable_file.h"
#include "core/order_number.h"

#include <silta/crypto.h>

#include <span>

namespace silta {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr unsigned kHalfBits = 9; // two halves are the serial
constexpr unsigned kHalfMask = (1U << kHalfBits) - 1;
constexpr unsigned kRounds = 8; // four are enough for a large block; this one is small
static_assert((1U << (2 * kHalfBits)) - 1 == unsigned{kOrderSerialMax});

} // namespace

unsigned OrderNumbers::roundOf(unsigned round, unsigned half) const {
    const std::string block = {static_cast<char>(round), static_cast<char>(half >> 8U),
                               static_cast<char>(half & 0xFFU)};
    const auto mac = hmacSha256(key_, "silta-order:" + block);
    const auto byte = [&mac](std::size_t i) { return unsigned{static_cast<unsigned char>(mac[i])}; };
    return (byte(0) << 8U | byte(1)) & kHalfMask;
}

unsigned OrderNumbers::shuffle(unsigned serial) const {
    auto left = serial >> kHalfBits;
    auto right = serial & kHalfMask;
    for (unsigned round = 0; round < kRounds; ++round)
        left = std::exchange(right, left ^ roundOf(round, right));
    return (left << kHalfBits) | right;
}

unsigned OrderNumbers::unshuffle(unsigned serial) const {
    auto left = serial >> kHalfBits;
    auto right = serial & kHalfMask;
    for (unsigned round = kRounds; round-- > 0;)
        right = std::exchange(left, right ^ roundOf(round, left));
    return (left << kHalfBits) | right;
}

Result<std::string> OrderNumbers::make(int count) const {
    if (count < 1 || count > kOrderSerialMax) return Error{Errc::Limit, "make order number: none is left"};
    // 0 is no serial: whatever would become it takes the place of what 0 becomes.
    auto serial = shuffle(static_cast<unsigned>(count));
    if (serial == 0) serial = shuffle(0);
    return makeOrderNumber(deviceNumber_, static_cast<int>(serial));
}

std::optional<int> OrderNumbers::countOf(std::string_view number) const {
    const auto serial = orderSerialOf(number, deviceNumber_);
    if (!serial || *serial < 1) return std::nullopt;
    auto count = unshuffle(static_cast<unsigned>(*serial));
    if (count == 0) count = unshuffle(0);
    return static_cast<int>(count);
}

Result<std::string> loadOrMakeOrderKey(const std::string& folder, Random& random) {
    const auto path = folder + "/order.key";
    if (auto known = readFile(path); known && known->size() == kKeyBytes) return known;
    std::string key(kKeyBytes, '\0');
    random.fill(std::as_writable_bytes(std::span{key}));
    if (auto done = replaceFile(path, key, 0600); !done) return done.error();
    return key;
}

} // namespace silta
