// TokenRegistry: the chain's signed tokens at the hub: keys, campaigns, what is issued, revoked and used.
//
// What a token has left is its pool's (LeaseRegistry). A use is taken whatever happened: the customer has had
// it. What goes beyond is flagged, and every device that used that token is told. See app/docs/tokens.md.
#pragma once

#include "hub/change_feed.h"
#include "hub/hub_keys.h"
#include "hub/lease_registry.h"
#include "shopper/token_rules.h"
#include "sync/operation.h"

#include <silta/random.h>

#include <optional>
#include <string>
#include <vector>

namespace silta::hub {

inline constexpr std::int64_t kTokensIssuedAtOnceMax = 100'000;
inline constexpr int kTokenKeyDaysDefault = 2 * 366;
inline constexpr int kTokenKeyDaysMax = 20 * 366;
// What a restored copy may have forgotten of each campaign's serials, of campaigns and of keys.
inline constexpr std::int64_t kRestoredSerialJump = 1'000'000;
inline constexpr std::int64_t kRestoredCampaignJump = 100;
inline constexpr std::int64_t kRestoredKeyJump = 4;

struct CampaignRow {
    Campaign campaign;
    std::int64_t issued = 0;
    UtcMs endedMs = 0; ///< 0 = it goes on
    std::int64_t uses = 0, offline = 0,
                 flagged = 0;       ///< of all that has come; taken back ones are not among them
    std::int64_t flaggedAmount = 0; ///< uses or minor units: what was lost
};

struct TokenUseRow {
    std::string device, operationId, pool, kind, staff, storeCode;
    std::int64_t amount = 0;
    UtcMs atMs = 0;
    bool isOffline = false, isFlagged = false, isReversed = false;
};

/// The rules as devices get them.
struct SignedRules {
    std::string text; ///< JSON of TokenRules
    std::string tag;  ///< tokenRulesTag(); empty as the text is
};

/// Thread: the connection's owner. Every call but the readers belongs into the caller's transaction.
class TokenRegistry {
public:
    TokenRegistry(Database& database, const HubKeys& keys, ChangeFeed feed, UtcMs nowMs)
        : database_(database), keys_(keys), feed_(feed), nowMs_(nowMs) {}

    /// Gives its number, and makes the pool of its offline budget. `campaign.id` 0: the next number.
    /// Errors: Invalid, Limit (too many go on), Conflict (the number is taken).
    Result<int> addCampaign(Campaign campaign);
    /// Its tokens are unknown to devices from then on. Errors: NotFound.
    Result<void> endCampaign(int id);
    Result<std::vector<CampaignRow>> campaigns() const;

    /// A key that signs from now on. Errors: Limit (31 are good).
    Result<int> makeKey(int days);
    /// Nothing that it signed is believed any more. Errors: NotFound.
    Result<void> retireKey(int id);
    Result<std::vector<TokenKey>> keys() const;

    struct Issue {
        int campaign = 0;
        std::int64_t count = 1;
        std::optional<std::chrono::sys_days> lastDay;
        std::int64_t balanceMinor = 0; ///< of each gift card
    };
    /// The letters of new tokens. Of a campaign whose tokens are not counted there is only one token, of
    /// serial 0. Errors: NotFound (no such campaign, or it has ended), Invalid, Limit.
    Result<std::vector<std::string>> issue(const Issue& wanted);
    /// Errors: NotFound (never issued), Limit (too many are).
    Result<void> revoke(const TokenPlace& token);

    /// Makes the rules that devices get anew. Call after a change of any of the above.
    Result<void> publish();
    /// A copy has taken the place of the database: numbers that it may have given out since it was made are
    /// not given again, and devices get no rules before the next change, so that they keep those they have.
    Result<void> noteRestored();
    Result<SignedRules> published() const;
    /// Empty before the first change, and after noteRestored() before the next. Devices ask for it every few
    /// seconds.
    Result<std::string> publishedTag() const;

    /// Makes the pool of a token that was issued. Gives why not, see LeaseRefusal; empty: it is there.
    Result<std::string> open(const TokenPlace& token);
    /// `token.redeem`, `token.load`, `token.reverse`: false when somebody should look. Errors: Invalid.
    Result<bool> apply(const DeviceRow& device, const Operation& operation, LeaseRegistry leases);

    /// The newest first.
    Result<std::vector<TokenUseRow>> uses(int campaign, int limit) const;

private:
    struct Use {
        std::string pool, staff;
        TokenPlace token;
        std::int64_t amount = 0;
        std::optional<Lease> lease;
        bool isOffline = false; ///< its lease is one of the offline budget
        std::string of;         ///< of a reversal
    };
    struct Known {
        Campaign campaign;
        std::int64_t issued = 0;
        bool hasEnded = false;
    };
    static Result<Use> parseUse(const Operation& operation);
    Result<std::string> setting(const char* name) const;
    Result<void> setSetting(const char* name, const std::string& value);
    /// 0 where there is none. Errors: Corrupt.
    Result<std::int64_t> number(const char* name) const;
    Result<std::optional<Known>> find(int id) const;
    Result<bool> isRevoked(const TokenPlace& token) const;
    Result<TokenRules> rules() const;
    Result<std::pair<int, KeyPair>> signingKey();
    Result<bool> redeem(const DeviceRow& device, const Operation& operation, const Use& use,
                        LeaseRegistry& leases);
    Result<bool> reverse(const DeviceRow& device, const Operation& operation, const Use& use,
                         LeaseRegistry& leases);
    Result<void> write(const DeviceRow& device, const Operation& operation, const Use& use, bool isCovered,
                       bool isFlagged);
    /// True where one of the token's uses went beyond what it had.
    Result<bool> isContested(const std::string& pool) const;
    Result<void> tellUsers(const std::string& pool);

    Database& database_;
    const HubKeys& keys_;
    ChangeFeed feed_;
    UtcMs nowMs_;
    bool isWithheld_ = false; ///< publish() publishes nothing
};

} // namespace silta::hub
