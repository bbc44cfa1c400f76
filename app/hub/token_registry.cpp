#include "hub/token_registry.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace silta::hub {

namespace {

constexpr const char* kRulesSetting = "token_rules";
constexpr const char* kRulesTagSetting = "token_rules_tag";
constexpr const char* kLastCampaignSetting = "token_campaign_floor";
constexpr const char* kLastKeySetting = "token_key_floor";
constexpr UtcMs kDayMs = 86'400'000;

std::string keyContext(int id) {
    return fmt::format("token-key:{}", id);
}

Result<Campaign> readCampaign(std::string_view body) {
    auto json = parseJson(body, kTokenRulesBytesMax);
    if (!json) return json.error();
    return parseCampaign(*json);
}

} // namespace

// ---- campaigns
// ---------------------------------------------------------------------------------------------------

Result<std::optional<TokenRegistry::Known>> TokenRegistry::find(int id) const {
    auto query = database_.prepare("SELECT body, issued, ended_ms FROM campaign WHERE id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, id).step();
    if (!row) return row.error();
    if (!*row) return std::optional<Known>();
    auto campaign = readCampaign(query->text(0));
    if (!campaign) return campaign.error();
    return std::optional(Known{std::move(*campaign), query->integer(1), query->integer(2) > 0});
}

Result<int> TokenRegistry::addCampaign(Campaign campaign) {
    auto count = database_.prepare(
        "SELECT count(*), (SELECT coalesce(max(id), 0) FROM campaign) FROM campaign WHERE ended_ms = 0");
    if (!count) return count.error();
    if (auto row = count->step(); !row) return row.error();
    if (count->integer(0) >= static_cast<std::int64_t>(kCampaignsMax))
        return Error{Errc::Limit, fmt::format("add campaign: {} go on already; end one", kCampaignsMax)};
    auto floor = number(kLastCampaignSetting);
    if (!floor) return floor.error();
    if (campaign.id == 0) campaign.id = static_cast<int>(std::max(count->integer(1), *floor) + 1);
    count->reset();
    auto checked = parseCampaign(toJson(campaign));
    if (!checked) return checked.error();
    auto known = find(campaign.id);
    if (!known) return known.error();
    if (*known) return Error{Errc::Conflict, "add campaign: the number is taken"};
    auto insert = database_.prepare("INSERT INTO campaign(id, body) VALUES(?, ?)");
    if (!insert) return insert.error();
    const auto body = dumpJson(toJson(campaign));
    if (auto done = insert->bind(0, campaign.id).bind(1, body).run(); !done) return done.error();
    if (campaign.offlineBudget > 0) {
        LeaseRegistry leases(database_, keys_.sign, nowMs_);
        if (auto done = leases.setPool(offlinePool(campaign.id), campaign.offlineBudget); !done)
            return done.error();
    }
    return campaign.id;
}

Result<void> TokenRegistry::endCampaign(int id) {
    auto update = database_.prepare("UPDATE campaign SET ended_ms = ? WHERE id = ? AND ended_ms = 0");
    if (!update) return update.error();
    if (auto done = update->bind(0, nowMs_).bind(1, id).run(); !done) return done;
    if (database_.changes() == 1) return {};
    return Error{Errc::NotFound, "end campaign: there is none of that number that goes on"};
}

Result<std::vector<CampaignRow>> TokenRegistry::campaigns() const {
    auto query = database_.prepare(
        "SELECT c.body, c.issued, c.ended_ms, coalesce(sum(u.amount), 0), coalesce(sum(u.amount * "
        "u.offline), "
        "0), coalesce(sum(u.flagged), 0), coalesce(sum(u.amount * u.flagged), 0) FROM campaign AS c "
        "LEFT JOIN token_use AS u ON u.campaign = c.id AND u.kind = 'redeem' AND u.reversed = 0 "
        "GROUP BY c.id, c.body, c.issued, c.ended_ms ORDER BY c.id");
    if (!query) return query.error();
    std::vector<CampaignRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        auto campaign = readCampaign(query->text(0));
        if (!campaign) return campaign.error();
        rows.push_back({std::move(*campaign), query->integer(1), query->integer(2), query->integer(3),
                        query->integer(4), query->integer(5), query->integer(6)});
    }
}

// ---- keys
// --------------------------------------------------------------------------------------------------------

Result<std::vector<TokenKey>> TokenRegistry::keys() const {
    auto query = database_.prepare("SELECT id, public_key, from_ms, until_ms FROM token_key ORDER BY id");
    if (!query) return query.error();
    std::vector<TokenKey> keys;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return keys;
        keys.push_back({static_cast<int>(query->integer(0)), std::string(query->blob(1)), query->integer(2),
                        query->integer(3)});
    }
}

Result<int> TokenRegistry::makeKey(int days) {
    if (days < 1 || days > kTokenKeyDaysMax) return Error{Errc::Invalid, "make key: days are out of range"};
    auto known = keys();
    if (!known) return known.error();
    auto floor = number(kLastKeySetting);
    if (!floor) return floor.error();
    int id = 0;
    for (int step = 0; step < kTokenKeyIdMax && id == 0; ++step) {
        const auto each = static_cast<int>((*floor + step) % kTokenKeyIdMax) + 1;
        const auto found = std::ranges::find(*known, each, &TokenKey::id);
        if (found == known->end() || found->untilMs <= nowMs_) id = each;
    }
    if (id == 0) return Error{Errc::Limit, "make key: 31 are good already; retire one"};
    const auto pair = makeSigningKeys();
    const auto wrapped = encrypt(pair.secretKey, keys_.masterKey, keyContext(id));
    if (!wrapped) return wrapped.error();
    auto upsert = database_.prepare(
        "INSERT INTO token_key(id, public_key, wrapped, from_ms, until_ms) VALUES(?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT(id) DO UPDATE SET public_key = ?2, wrapped = ?3, from_ms = ?4, until_ms = ?5");
    if (!upsert) return upsert.error();
    upsert->bind(0, id).bindBlob(1, pair.publicKey).bindBlob(2, *wrapped).bind(3, nowMs_);
    if (auto done = upsert->bind(4, nowMs_ + days * kDayMs).run(); !done) return done.error();
    return id;
}

Result<void> TokenRegistry::retireKey(int id) {
    auto update = database_.prepare("UPDATE token_key SET until_ms = ?1 WHERE id = ?2 AND until_ms > ?1");
    if (!update) return update.error();
    if (auto done = update->bind(0, nowMs_).bind(1, id).run(); !done) return done;
    if (database_.changes() == 1) return {};
    return Error{Errc::NotFound, "retire key: no good one has that number"};
}

/// The newest that is good; the first one is made when it is needed.
Result<std::pair<int, KeyPair>> TokenRegistry::signingKey() {
    auto query = database_.prepare("SELECT id, public_key, wrapped FROM token_key WHERE from_ms <= ?1 AND "
                                   "until_ms > ?1 ORDER BY from_ms DESC, id DESC LIMIT 1");
    if (!query) return query.error();
    auto row = query->bind(0, nowMs_).step();
    if (!row) return row.error();
    if (!*row) {
        query->reset();
        if (auto made = makeKey(kTokenKeyDaysDefault); !made) return made.error();
        if (row = query->step(); !row) return row.error();
    }
    const auto id = static_cast<int>(query->integer(0));
    auto secret = decrypt(query->blob(2), keys_.masterKey, keyContext(id));
    if (!secret) return secret.error();
    KeyPair pair;
    pair.publicKey = query->blob(1);
    pair.secretKey = std::move(*secret);
    return std::pair(id, std::move(pair));
}

// ---- tokens
// ------------------------------------------------------------------------------------------------------

Result<std::vector<std::string>> TokenRegistry::issue(const Issue& wanted) {
    auto known = find(wanted.campaign);
    if (!known) return known.error();
    if (!*known || (*known)->hasEnded)
        return Error{Errc::NotFound, "issue tokens: there is no campaign of that number that goes on"};
    const auto& campaign = (*known)->campaign;
    const bool isCard = campaign.kind == TokenKind::GiftCard;
    if (wanted.count < 1 || wanted.count > kTokensIssuedAtOnceMax)
        return Error{Errc::Limit, fmt::format("issue tokens: 1 to {} at once", kTokensIssuedAtOnceMax)};
    if (wanted.balanceMinor < 0 || wanted.balanceMinor > kMoneyMinorMax ||
        (!isCard && wanted.balanceMinor != 0))
        return Error{Errc::Invalid,
                     "issue tokens: a balance of 0 to 1000000 minor units, of gift cards only"};
    if (!campaign.isCounted() && wanted.count != 1)
        return Error{Errc::Invalid, "issue tokens: it has one token, since nobody counts its uses"};
    auto key = signingKey();
    if (!key) return key.error();
    Token token{campaign.kind, key->first, campaign.id, 0, wanted.lastDay};
    if (!campaign.isCounted()) return std::vector{signToken(token, key->second)};
    auto update = database_.prepare("UPDATE campaign SET issued = issued + ? WHERE id = ? RETURNING issued");
    if (!update) return update.error();
    if (auto row = update->bind(0, wanted.count).bind(1, campaign.id).step(); !row) return row.error();
    const auto last = update->integer(0);
    update->reset();
    if (last > kTokenSerialMax) return Error{Errc::Limit, "issue tokens: the serials are used up"};
    LeaseRegistry leases(database_, keys_.sign, nowMs_);
    std::vector<std::string> letters;
    for (token.serial = last - wanted.count + 1; token.serial <= last; ++token.serial) {
        letters.push_back(signToken(token, key->second));
        if (wanted.balanceMinor == 0) continue;
        const auto pool = tokenPool({token.campaign, token.serial});
        // Added: money may have been loaded on a card that a restored copy does not know of.
        if (auto done = leases.addToPool(pool, wanted.balanceMinor); !done) return done.error();
    }
    return letters;
}

Result<void> TokenRegistry::revoke(const TokenPlace& token) {
    auto known = find(token.campaign);
    if (!known) return known.error();
    const auto first = *known && (*known)->campaign.isCounted() ? 1 : 0;
    if (!*known || token.serial < first || token.serial > (*known)->issued)
        return Error{Errc::NotFound, "revoke token: it was never issued"};
    auto count = database_.prepare("SELECT count(*) FROM token_revoked AS r JOIN campaign AS c ON c.id = "
                                   "r.campaign WHERE c.ended_ms = 0");
    if (!count) return count.error();
    if (auto row = count->step(); !row) return row.error();
    if (count->integer(0) >= static_cast<std::int64_t>(kTokensRevokedMax))
        return Error{Errc::Limit, "revoke token: too many are; end their campaign"};
    auto insert = database_.prepare(
        "INSERT INTO token_revoked(campaign, serial, at_ms) VALUES(?, ?, ?) ON CONFLICT DO NOTHING");
    if (!insert) return insert.error();
    return insert->bind(0, token.campaign).bind(1, token.serial).bind(2, nowMs_).run();
}

Result<bool> TokenRegistry::isRevoked(const TokenPlace& token) const {
    auto query = database_.prepare("SELECT 1 FROM token_revoked WHERE campaign = ? AND serial = ?");
    if (!query) return query.error();
    return query->bind(0, token.campaign).bind(1, token.serial).step();
}

Result<std::string> TokenRegistry::open(const TokenPlace& token) {
    auto known = find(token.campaign);
    if (!known) return known.error();
    if (!*known || (*known)->hasEnded || !(*known)->campaign.isCounted() || token.serial < 1 ||
        token.serial > (*known)->issued)
        return std::string("unknown");
    auto revoked = isRevoked(token);
    if (!revoked) return revoked.error();
    auto insert = database_.prepare("INSERT INTO pool(id, budget) VALUES(?, ?) ON CONFLICT DO NOTHING");
    if (!insert) return insert.error();
    const auto pool = tokenPool(token);
    const auto& campaign = (*known)->campaign;
    insert->bind(0, pool).bind(1, campaign.kind == TokenKind::GiftCard ? 0 : campaign.uses);
    if (auto done = insert->run(); !done) return done.error();
    return std::string(*revoked ? "revoked" : "");
}

// ---- what devices get
// ----------------------------------------------------------------------------------------------

Result<TokenRules> TokenRegistry::rules() const {
    TokenRules rules;
    auto known = keys();
    if (!known) return known.error();
    for (auto& key : *known)
        if (key.untilMs > nowMs_) rules.keys.push_back(std::move(key));
    auto query = database_.prepare("SELECT id, body FROM campaign WHERE ended_ms = 0");
    if (!query) return query.error();
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        auto campaign = readCampaign(query->text(1));
        if (!campaign) return campaign.error();
        rules.campaigns.emplace(static_cast<int>(query->integer(0)), std::move(*campaign));
    }
    auto revoked = database_.prepare("SELECT r.campaign, r.serial FROM token_revoked AS r JOIN campaign AS c "
                                     "ON c.id = r.campaign WHERE c.ended_ms = 0");
    if (!revoked) return revoked.error();
    for (;;) {
        auto row = revoked->step();
        if (!row) return row.error();
        if (!*row) return rules;
        rules.revoked.emplace(static_cast<int>(revoked->integer(0)), revoked->integer(1));
    }
}

Result<void> TokenRegistry::publish() {
    if (isWithheld_) return {};
    auto made = rules();
    if (!made) return made.error();
    const auto text = dumpJson(toJson(*made));
    if (text.size() > kTokenRulesBytesMax)
        return Error{Errc::Limit,
                     "publish token rules: too many stores and products in them; end a campaign"};
    if (auto done = setSetting(kRulesSetting, text); !done) return done;
    return setSetting(kRulesTagSetting, tokenRulesTag(text));
}

Result<void> TokenRegistry::noteRestored() {
    auto query = database_.prepare("SELECT (SELECT coalesce(max(id), 0) FROM campaign), "
                                   "(SELECT coalesce(max(id), 0) FROM token_key)");
    if (!query) return query.error();
    if (auto row = query->step(); !row) return row.error();
    const auto campaign = query->integer(0);
    const auto key = query->integer(1);
    query->reset();
    for (const auto& [name, last, jump] : {std::tuple(kLastCampaignSetting, campaign, kRestoredCampaignJump),
                                           std::tuple(kLastKeySetting, key, kRestoredKeyJump)}) {
        auto floor = number(name);
        if (!floor) return floor.error();
        if (auto done = setSetting(name, std::to_string(std::max(last, *floor) + jump)); !done) return done;
    }
    auto raise = database_.prepare("UPDATE campaign SET issued = issued + ?");
    if (!raise) return raise.error();
    if (auto done = raise->bind(0, kRestoredSerialJump).run(); !done) return done;
    isWithheld_ = true;
    if (auto done = setSetting(kRulesSetting, ""); !done) return done;
    return setSetting(kRulesTagSetting, "");
}

Result<void> TokenRegistry::setSetting(const char* name, const std::string& value) {
    auto upsert = database_.prepare("INSERT INTO hub_setting(name, value) VALUES(?1, ?2) "
                                    "ON CONFLICT(name) DO UPDATE SET value = ?2");
    if (!upsert) return upsert.error();
    return upsert->bind(0, name).bind(1, value).run();
}

Result<std::int64_t> TokenRegistry::number(const char* name) const {
    auto text = setting(name);
    if (!text) return text.error();
    std::int64_t value = 0;
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, value);
    if (!text->empty() && (read.ec != std::errc() || read.ptr != end || value < 0))
        return Error{Errc::Corrupt, std::string("read setting: ") + name};
    return value;
}

Result<std::string> TokenRegistry::setting(const char* name) const {
    auto query = database_.prepare("SELECT value FROM hub_setting WHERE name = ?");
    if (!query) return query.error();
    auto row = query->bind(0, name).step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<SignedRules> TokenRegistry::published() const {
    auto text = setting(kRulesSetting);
    if (!text) return text.error();
    // Not the one that is written beside it: between two reads another command may have changed both.
    auto tag = text->empty() ? std::string() : tokenRulesTag(*text);
    return SignedRules{std::move(*text), std::move(tag)};
}

Result<std::string> TokenRegistry::publishedTag() const {
    return setting(kRulesTagSetting);
}

Result<std::vector<TokenUseRow>> TokenRegistry::uses(int campaign, int limit) const {
    auto query =
        database_.prepare("SELECT device, operation_id, pool, kind, staff, store_code, amount, at_ms, "
                          "offline, flagged, reversed "
                          "FROM token_use WHERE campaign = ? ORDER BY at_ms DESC, operation_id DESC LIMIT ?");
    if (!query) return query.error();
    query->bind(0, campaign).bind(1, limit);
    std::vector<TokenUseRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back({query->string(0), query->string(1), query->string(2), query->string(3),
                        query->string(4), query->string(5), query->integer(6), query->integer(7),
                        query->integer(8) != 0, query->integer(9) != 0, query->integer(10) != 0});
    }
}

} // namespace silta::hub
