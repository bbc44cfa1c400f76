#include "shopper/join_invitation.h"

#include "core/digits.h"

#include <silta/uuid.h>

#include <cstdint>

namespace silta {

namespace {

constexpr char kVersion = 1;
constexpr std::size_t kDeviceBytes = 10, kUuidBytes = 16, kNumberBytes = 8, kTimeBytes = 4;
constexpr std::size_t kSaidBytes = 1 + kDeviceBytes + kUuidBytes + kNumberBytes + kTimeBytes;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kNumberDigits = 16;
constexpr UtcMs kMsPerSecond = 1'000;
constexpr std::string_view kDomain = "silta-join:";

int valueOfHex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Empty where it is not hex.
std::string bytesOfHex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        const auto high = valueOfHex(hex[i]);
        const auto low = valueOfHex(hex[i + 1]);
        if (high < 0 || low < 0) return {};
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

std::string hexOf(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const auto c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex.push_back(kDigits[byte >> 4U]);
        hex.push_back(kDigits[byte & 15U]);
    }
    return hex;
}

std::string bytesOfNumber(std::uint64_t value, std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t i = count; i-- > 0; value >>= 8U)
        bytes[i] = static_cast<char>(value & 0xFFU);
    return bytes;
}

std::uint64_t numberOfBytes(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const auto c : bytes)
        value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

std::string signedText(std::string_view said) {
    return std::string(kDomain).append(said);
}

} // namespace

std::string signInvitation(const JoinInvitation& invitation, const KeyPair& keys) {
    const auto& [deviceId, memberId, number, madeMs] = invitation;
    const auto digits = parseNumber<std::uint64_t>(number);
    if (deviceId.size() != 1 + 2 * kDeviceBytes || !isUuid(memberId) || number.size() != kNumberDigits ||
        !digits || madeMs < 0)
        return {};
    std::string uuid;
    for (const auto c : memberId)
        if (c != '-') uuid.push_back(c);
    auto said = std::string(1, kVersion) + bytesOfHex(std::string_view(deviceId).substr(1)) +
                bytesOfHex(uuid) + bytesOfNumber(*digits, kNumberBytes) +
                bytesOfNumber(static_cast<std::uint64_t>(madeMs / kMsPerSecond), kTimeBytes);
    if (said.size() != kSaidBytes) return {};
    const auto signature = sign(signedText(said), keys);
    return toBase64(said + signature);
}

Result<JoinInvitation> readInvitation(std::string_view letters) {
    const Error invalid{Errc::Invalid, "read invitation: not one"};
    if (letters.size() != kInvitationLetters) return invalid;
    const auto bytes = fromBase64(letters);
    if (!bytes || bytes->size() != kSaidBytes + kSignatureBytes || bytes->front() != kVersion) return invalid;
    std::string_view rest = std::string_view(*bytes).substr(1);
    const auto next = [&rest](std::size_t count) {
        const auto part = rest.substr(0, count);
        rest.remove_prefix(count);
        return part;
    };
    JoinInvitation invitation;
    invitation.deviceId = "d" + hexOf(next(kDeviceBytes));
    auto uuid = hexOf(next(kUuidBytes));
    for (const auto at : {8U, 13U, 18U, 23U})
        uuid.insert(at, "-");
    invitation.memberId = uuid;
    const auto digits = std::to_string(numberOfBytes(next(kNumberBytes)));
    if (digits.size() > kNumberDigits) return invalid;
    invitation.number = std::string(kNumberDigits - digits.size(), '0') + digits;
    invitation.madeMs = static_cast<UtcMs>(numberOfBytes(next(kTimeBytes))) * kMsPerSecond;
    return invitation;
}

bool isInvitationBy(std::string_view letters, std::string_view publicKey) {
    const auto bytes = fromBase64(letters);
    if (!bytes || bytes->size() != kSaidBytes + kSignatureBytes) return false;
    const std::string_view all = *bytes;
    return verify(signedText(all.substr(0, kSaidBytes)), all.substr(kSaidBytes), publicKey);
}

} // namespace silta
