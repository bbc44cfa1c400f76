#include "core/crockford.h"

#include <silta/token.h>

#include <array>
#include <cassert>

namespace silta {

namespace {

// 75 bytes, the most significant bit first:
//   5 bits   25, so that the first letter is S
//   3 bits   version
//   3 bits   kind
//   5 bits   key
//  16 bits   campaign
//  40 bits   serial
//  16 bits   last day, days after 2020-01-01; 0: none
// 512 bits   signature
constexpr std::size_t kFieldBytes = 11;
constexpr std::size_t kTokenBytes = kFieldBytes + kTokenSignatureBytes;
constexpr unsigned kByteBits = 8;
constexpr unsigned kFirstLetter = 25; // S
constexpr unsigned kVersionBits = 3;
constexpr unsigned kKeyBits = 5;
constexpr std::size_t kCampaignBytes = 2;
constexpr std::size_t kSerialBytes = 5;
constexpr std::size_t kDayBytes = 2;
constexpr int kSerialBits = 40;
constexpr std::int64_t kLastDayMax = 0xffff;
constexpr std::int64_t kMemberNumberMax = 9'999'999'999'999'999; // 16 digits
constexpr std::string_view kContext = "silta-token:";
const std::chrono::sys_days kFirstDay{std::chrono::year(2020) / 1 / 1};

static_assert(kTokenBytes * kByteBits == kTokenLetters * kCrockfordBits);

void append(std::string& bytes, std::int64_t value, std::size_t count) {
    for (auto left = count; left > 0; --left)
        bytes.push_back(static_cast<char>(value >> ((left - 1) * kByteBits) & 0xff));
}

std::int64_t take(std::string_view& bytes, std::size_t count) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << kByteBits | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(count);
    return value;
}

std::string fieldsOf(const Token& token) {
    assert(token.keyId >= 1 && token.keyId <= kTokenKeyIdMax);
    assert(token.campaign >= 0 && token.campaign <= kTokenCampaignMax);
    assert(token.serial >= 0 && token.serial <= kTokenSerialMax);
    assert(!token.lastDay || isTokenDay(*token.lastDay));
    std::string bytes;
    append(bytes, kFirstLetter << kVersionBits | unsigned{kTokenVersion}, 1);
    append(bytes, static_cast<unsigned>(token.kind) << kKeyBits | static_cast<unsigned>(token.keyId), 1);
    append(bytes, token.campaign, kCampaignBytes);
    append(bytes, token.serial, kSerialBytes);
    append(bytes, token.lastDay ? (*token.lastDay - kFirstDay).count() : 0, kDayBytes);
    return bytes;
}

/// The bytes of 120 letters; empty when a letter is none.
std::string bytesOf(std::string_view text) {
    std::string bytes;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const auto letter = crockfordLetter(c);
        if (letter == '\0') return {};
        bits = bits << kCrockfordBits | static_cast<unsigned>(kCrockfordLetters.find(letter));
        held += kCrockfordBits;
        if (held < kByteBits) continue;
        held -= kByteBits;
        bytes.push_back(static_cast<char>(bits >> held & 0xff));
        bits &= (1U << held) - 1;
    }
    return bytes;
}

Error noToken(const char* why) {
    return {Errc::Invalid, std::string("read token: ") + why};
}

} // namespace

const char* toString(TokenKind kind) {
    constexpr std::array kNames = {"", "coupon", "gift-card", "member-card", "pick-up"};
    return kNames.at(static_cast<std::size_t>(kind));
}

bool isTokenDay(std::chrono::sys_days day) {
    const auto days = (day - kFirstDay).count();
    return days >= 1 && days <= kLastDayMax;
}

Token memberCardToken(std::int64_t number, int keyId) {
    assert(number >= 0 && number <= kMemberNumberMax);
    return {TokenKind::MemberCard, keyId, static_cast<int>(number >> kSerialBits), number & kTokenSerialMax,
            std::nullopt};
}

std::int64_t memberNumberOf(const Token& token) {
    return std::int64_t{token.campaign} << kSerialBits | token.serial;
}

std::string tokenSignedText(const Token& token) {
    return std::string(kContext) + fieldsOf(token);
}

std::string writeToken(const Token& token, std::string_view signature) {
    assert(signature.size() == kTokenSignatureBytes);
    const auto bytes = fieldsOf(token) + std::string(signature);
    std::string text;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : bytes) {
        bits = bits << kByteBits | static_cast<unsigned char>(c);
        held += kByteBits;
        for (; held >= kCrockfordBits; bits &= (1U << held) - 1) {
            held -= kCrockfordBits;
            text.push_back(kCrockfordLetters[bits >> held]);
        }
    }
    return text;
}

bool looksLikeToken(std::string_view text) {
    if (text.size() != kTokenLetters || crockfordLetter(text.front()) != kCrockfordLetters[kFirstLetter])
        return false;
    for (const char c : text)
        if (crockfordLetter(c) == '\0') return false;
    return true;
}

Result<ReadToken> readToken(std::string_view text) {
    if (!looksLikeToken(text)) return noToken("not 120 letters that begin with S");
    const auto all = bytesOf(text);
    std::string_view bytes(all);
    if ((take(bytes, 1) & ((1 << kVersionBits) - 1)) != kTokenVersion)
        return Error{Errc::Unsupported, "read token: another version"};
    const auto kindAndKey = take(bytes, 1);
    const auto kind = kindAndKey >> kKeyBits;
    if (kind < static_cast<int>(TokenKind::Coupon) || kind > static_cast<int>(TokenKind::PickUp))
        return Error{Errc::Unsupported, "read token: an unknown kind"};
    ReadToken read;
    read.token.kind = static_cast<TokenKind>(kind);
    read.token.keyId = static_cast<int>(kindAndKey & kTokenKeyIdMax);
    read.token.campaign = static_cast<int>(take(bytes, kCampaignBytes));
    read.token.serial = take(bytes, kSerialBytes);
    if (const auto days = take(bytes, kDayBytes); days > 0)
        read.token.lastDay = kFirstDay + std::chrono::days(days);
    read.signature = bytes;
    if (read.token.keyId == 0) return noToken("no key is number 0");
    if (read.token.kind == TokenKind::MemberCard && memberNumberOf(read.token) > kMemberNumberMax)
        return noToken("a member number of more than 16 digits");
    const bool hasCampaign = read.token.kind == TokenKind::Coupon || read.token.kind == TokenKind::GiftCard;
    if (hasCampaign && read.token.campaign == 0) return noToken("no campaign is number 0");
    return read;
}

} // namespace silta
