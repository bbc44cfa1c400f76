// Token: what a coupon, a gift card, a member card or a pick-up code is on paper and on a phone's screen.
// 120 letters of Crockford's base 32, signed by the chain, so that any device believes it with no uplink. The
// format, and who signs: app/docs/tokens.md.
#pragma once

#include <silta/result.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silta {

enum class TokenKind { Coupon = 1, GiftCard = 2, MemberCard = 3, PickUp = 4 };
/// "coupon", "gift-card", "member-card", "pick-up".
const char* toString(TokenKind kind);

inline constexpr std::size_t kTokenLetters = 120; ///< version 5 of a QR code, level M, in alphanumeric mode
inline constexpr int kTokenVersion = 1;
inline constexpr int kTokenKeyIdMax = 31;
inline constexpr int kTokenCampaignMax = 0xffff;
inline constexpr std::int64_t kTokenSerialMax = (std::int64_t{1} << 40) - 1;
inline constexpr std::size_t kTokenSignatureBytes = 64; // Ed25519

/// Thread: a value.
struct Token {
    TokenKind kind = TokenKind::Coupon;
    int keyId = 1;    ///< 1..31: which of the chain's keys signed it
    int campaign = 0; ///< 1..65,535; what it is worth stands in the campaign. Pick-up: the store's number
    std::int64_t serial = 0; ///< 0 to 2^40 - 1. Pick-up: the order's number
    /// Good to the end of this day in the store's zone; nothing: no end of its own. 2020-01-02 to 2199-06-06.
    std::optional<std::chrono::sys_days> lastDay;
    bool operator==(const Token&) const = default;
};

/// True for a day that a token can end on.
bool isTokenDay(std::chrono::sys_days day);
/// A member card's 16-digit number is in campaign and serial.
Token memberCardToken(std::int64_t number, int keyId);
std::int64_t memberNumberOf(const Token& token);

/// A token as it was read. Nothing in it is to be believed before its signature is verified.
struct ReadToken {
    Token token;
    std::string signature; ///< kTokenSignatureBytes
};

/// What the chain's key signs.
std::string tokenSignedText(const Token& token);
/// 120 letters. `signature`: kTokenSignatureBytes of tokenSignedText().
std::string writeToken(const Token& token, std::string_view signature);
/// True for 120 letters that begin with an S.
bool looksLikeToken(std::string_view text);
/// Small letters are large ones, O is 0, I and L are 1; anything else is refused, blanks and hyphens too.
/// Errors: Invalid (no token, or one that cannot be), Unsupported (a newer version, an unknown kind).
/// Source: Douglas Crockford, "Base 32".
Result<ReadToken> readToken(std::string_view text);

} // namespace silta
