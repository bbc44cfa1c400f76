#include "shopper/token_rules.h"

#include <algorithm>

namespace silta {

namespace {

constexpr std::size_t kPublicKeyBytes = 32;
constexpr std::size_t kRevokedBytes = 7; // 16 bits of the campaign, 40 of the serial
constexpr int kPackedSerialBits = 40;
constexpr int kBitsOfByte = 8;
constexpr std::size_t kRulesTagDigits = 16;

Error wrongRules(const char* what) {
    return {Errc::Invalid, std::string("read token rules: ") + what};
}

std::string packRevoked(const TokenRules& rules) {
    std::string bytes;
    for (const auto& [campaign, serial] : rules.revoked) {
        const auto both = std::int64_t{campaign} << kPackedSerialBits | serial;
        for (auto left = kRevokedBytes; left > 0; --left)
            bytes.push_back(static_cast<char>(both >> ((left - 1) * kBitsOfByte) & 0xff));
    }
    return toBase64(bytes);
}

Result<void> unpackRevoked(const std::string& text, TokenRules& rules) {
    const auto bytes = fromBase64(text);
    if (!bytes || bytes->size() % kRevokedBytes != 0) return wrongRules("what is revoked");
    if (bytes->size() / kRevokedBytes > kTokensRevokedMax)
        return Error{Errc::Limit, "read token rules: too many are revoked"};
    for (std::size_t at = 0; at < bytes->size(); at += kRevokedBytes) {
        std::int64_t both = 0;
        for (std::size_t i = 0; i < kRevokedBytes; ++i)
            both = both << kBitsOfByte | static_cast<unsigned char>((*bytes)[at + i]);
        rules.revoked.emplace(static_cast<int>(both >> kPackedSerialBits), both & kTokenSerialMax);
    }
    return {};
}

Result<TokenKey> parseKey(const Json& json) {
    TokenKey key;
    const auto id = integerMember(json, "id").value_or(0);
    const auto publicKey = fromBase64(textMember(json, "key").value_or(""));
    key.fromMs = integerMember(json, "from").value_or(-1);
    key.untilMs = integerMember(json, "until").value_or(-1);
    if (id < 1 || id > kTokenKeyIdMax || !publicKey || publicKey->size() != kPublicKeyBytes ||
        key.fromMs < 0 || key.untilMs < key.fromMs)
        return wrongRules("a key");
    key.id = static_cast<int>(id);
    key.publicKey = *publicKey;
    return key;
}

} // namespace

Json toJson(const TokenRules& rules) {
    Json json = {{"keys", Json::array()}, {"campaigns", Json::array()}, {"revoked", packRevoked(rules)}};
    for (const auto& key : rules.keys)
        json["keys"].push_back(
            {{"id", key.id}, {"key", toBase64(key.publicKey)}, {"from", key.fromMs}, {"until", key.untilMs}});
    for (const auto& [id, campaign] : rules.campaigns)
        json["campaigns"].push_back(toJson(campaign));
    return json;
}

Result<TokenRules> parseTokenRules(const Json& json) {
    const auto& keys = arrayMember(json, "keys");
    const auto& campaigns = arrayMember(json, "campaigns");
    const auto revoked = textMember(json, "revoked", kTokenRulesBytesMax);
    if (keys.is_null() || campaigns.is_null() || !revoked) return wrongRules("a member is missing");
    if (keys.size() > static_cast<std::size_t>(kTokenKeyIdMax) || campaigns.size() > kCampaignsMax)
        return Error{Errc::Limit, "read token rules: too many keys or campaigns"};
    TokenRules rules;
    for (const auto& entry : keys) {
        auto key = parseKey(entry);
        if (!key) return key.error();
        if (std::ranges::find(rules.keys, key->id, &TokenKey::id) != rules.keys.end())
            return wrongRules("two keys have one number");
        rules.keys.push_back(std::move(*key));
    }
    for (const auto& entry : campaigns) {
        auto campaign = parseCampaign(entry);
        if (!campaign) return campaign.error();
        const auto id = campaign->id;
        if (!rules.campaigns.emplace(id, std::move(*campaign)).second)
            return wrongRules("two campaigns have one number");
    }
    if (auto done = unpackRevoked(*revoked, rules); !done) return done.error();
    return rules;
}

Result<TokenRules> readTokenRules(std::string_view text) {
    auto json = parseJson(text, kTokenRulesBytesMax);
    if (!json) return json.error();
    return parseTokenRules(*json);
}

std::string tokenRulesText(std::string_view text) {
    return "silta-token-rules:" + std::string(text);
}

std::string tokenRulesTag(std::string_view text) {
    return sha256Hex(text).substr(0, kRulesTagDigits);
}

std::string signToken(const Token& token, const KeyPair& keys) {
    return writeToken(token, sign(tokenSignedText(token), keys));
}

Result<Token> believeToken(std::string_view letters, const TokenRules& rules, UtcMs nowMs) {
    auto read = readToken(letters);
    if (!read) return read.error();
    const auto key = std::ranges::find(rules.keys, read->token.keyId, &TokenKey::id);
    if (key == rules.keys.end() || nowMs < key->fromMs || nowMs >= key->untilMs)
        return Error{Errc::Denied, "believe token: no key of that number is good now"};
    if (!verify(tokenSignedText(read->token), read->signature, key->publicKey))
        return Error{Errc::Denied, "believe token: not signed by the chain"};
    return read->token;
}

} // namespace silta
