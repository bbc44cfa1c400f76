#include "hub/nonce.h"

#include <silta/crypto.h>

#include <array>

namespace silta::hub {

namespace {

constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kRandomBytes = 8;
constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kBodyBytes = 2 * kTimeBytes + kRandomBytes;

void putTime(std::string& bytes, UtcMs time) {
    for (std::size_t i = 0; i < kTimeBytes; ++i)
        bytes.push_back(static_cast<char>((static_cast<std::uint64_t>(time) >> (8 * i)) & 0xff));
}

UtcMs timeAt(std::string_view bytes) {
    std::uint64_t time = 0;
    for (std::size_t i = kTimeBytes; i-- > 0;)
        time = (time << 8) | static_cast<unsigned char>(bytes[i]);
    return static_cast<UtcMs>(time);
}

} // namespace

std::string makeNonce(UtcMs nowMs, std::string_view key, Random& random, UtcMs turnMs) {
    std::string bytes;
    putTime(bytes, nowMs);
    putTime(bytes, turnMs);
    std::array<std::byte, kRandomBytes> salt{};
    random.fill(salt);
    for (const auto b : salt)
        bytes.push_back(static_cast<char>(b));
    bytes += hmacSha256(key, bytes).substr(0, kMacBytes);
    return toBase64(bytes);
}

std::optional<OpenedNonce> openNonce(std::string_view nonce, std::string_view key) {
    const auto bytes = fromBase64(nonce);
    if (!bytes || bytes->size() != kBodyBytes + kMacBytes) return std::nullopt;
    const auto body = std::string_view(*bytes).substr(0, kBodyBytes);
    if (!sameBytes(hmacSha256(key, body).substr(0, kMacBytes), bytes->substr(body.size())))
        return std::nullopt;
    return OpenedNonce{timeAt(body), timeAt(body.substr(kTimeBytes))};
}

bool isFreshNonce(std::string_view nonce, UtcMs nowMs, std::string_view key) {
    const auto opened = openNonce(nonce, key);
    if (!opened) return false;
    const auto age = nowMs - opened->madeMs;
    return age >= 0 && age <= kNonceLifetimeMs;
}

} // namespace silta::hub
