// TokenRules: all that a device must know to judge a token with no uplink: keys, campaigns, and what is
// revoked. The hub signs them as a whole; see app/docs/tokens.md.
#pragma once

#include "shopper/campaign.h"

#include <silta/crypto.h>
#include <silta/time.h>
#include <silta/token.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace silta {

inline constexpr std::size_t kTokenRulesBytesMax = std::size_t{512} << 10;
inline constexpr std::size_t kCampaignsMax = 50; ///< a device holds leases of its own for each: kLeasesMax
inline constexpr std::size_t kTokensRevokedMax = 10'000; ///< eight bytes each

struct TokenKey {
    int id = 0;                    ///< 1..kTokenKeyIdMax
    std::string publicKey;         ///< 32 bytes
    UtcMs fromMs = 0, untilMs = 0; ///< believed from the one to before the other
};

/// Thread: a value.
struct TokenRules {
    std::vector<TokenKey> keys;
    std::map<int, Campaign> campaigns;
    std::set<std::pair<int, std::int64_t>> revoked; ///< campaign and serial
};

Json toJson(const TokenRules& rules);
/// Errors: Invalid, Limit.
Result<TokenRules> parseTokenRules(const Json& json);
/// The same from their text.
Result<TokenRules> readTokenRules(std::string_view text);

/// What the hub signs of the rules: `text` is their JSON.
std::string tokenRulesText(std::string_view text);

/// What tells one text of the rules from another: 16 hexadecimal digits of its SHA-256.
std::string tokenRulesTag(std::string_view text);

/// The letters of a token. `keys`: of the chain, of number token.keyId.
std::string signToken(const Token& token, const KeyPair& keys);
/// What the letters say, where a key of the rules that is good at `nowMs` has signed it.
/// Errors: Invalid, Unsupported (as readToken), Denied (no such key, not in its time, or another signature).
Result<Token> believeToken(std::string_view letters, const TokenRules& rules, UtcMs nowMs);

} // namespace silta
