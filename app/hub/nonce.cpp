#include "hub/nonce.h"

#include <silta/crypto.h>

#include <array>

namespace silta::hub {

namespace {

constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kRandomBytes = 8;
constexpr std::size_t kMacBytes = 16;

} // namespace

std::string makeNonce(UtcMs nowMs, std::string_view key, Random& random) {
    std::string bytes;
    for (std::size_t i = 0; i < kTimeBytes; ++i)
        bytes.push_back(static_cast<char>((static_cast<std::uint64_t>(nowMs) >> (8 * i)) & 0xff));
    std::array<std::byte, kRandomBytes> salt{};
    random.fill(salt);
    for (const auto b : salt)
        bytes.push_back(static_cast<char>(b));
    bytes += hmacSha256(key, bytes).substr(0, kMacBytes);
    return toBase64(bytes);
}

bool isFreshNonce(std::string_view nonce, UtcMs nowMs, std::string_view key) {
    const auto bytes = fromBase64(nonce);
    if (!bytes || bytes->size() != kTimeBytes + kRandomBytes + kMacBytes) return false;
    const auto body = std::string_view(*bytes).substr(0, kTimeBytes + kRandomBytes);
    if (!sameBytes(hmacSha256(key, body).substr(0, kMacBytes), bytes->substr(body.size()))) return false;
    std::uint64_t made = 0;
    for (std::size_t i = kTimeBytes; i-- > 0;)
        made = (made << 8) | static_cast<unsigned char>(body[i]);
    const auto age = nowMs - static_cast<UtcMs>(made);
    return age >= 0 && age <= kNonceLifetimeMs;
}

} // namespace silta::hub
