// Campaign: what the chain promises with a kind of coupon, or a series of gift cards. A token names its
// campaign and says nothing of its worth: that stands here, and reaches the devices with the other
// TokenRules.
#pragma once

#include "core/json.h"

#include <silta/result.h>
#include <silta/token.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kTitleBytesMax = 200;
inline constexpr std::int64_t kMoneyMinorMax = 1'000'000; ///< of a coupon, a gift card, a purchase asked for
inline constexpr int kTokenUsesMax = 1'000;
inline constexpr std::size_t kCampaignStoresMax = 200;
inline constexpr std::size_t kCampaignSkusMax = 100;
inline constexpr std::int64_t kOfflineBudgetMax = 100'000'000;

/// By language: at least one of en, fi, sv, pl. Errors: Invalid.
Result<std::map<std::string, std::string>> parseTitles(const Json& titles);
/// In `lang`, else in `fallback`, else in any. `titles` is not empty.
const std::string& titleIn(const std::map<std::string, std::string>& titles, const std::string& lang,
                           const std::string& fallback);

/// Thread: a value.
struct Campaign {
    int id = 0;                                ///< 1..kTokenCampaignMax
    TokenKind kind = TokenKind::Coupon;        ///< Coupon or GiftCard
    std::map<std::string, std::string> titles; ///< see parseTitles()
    std::string firstDay, lastDay;             ///< YYYY-MM-DD in the store's zone, both included
    std::vector<std::string> stores;           ///< codes; empty: all
    std::string currency;                      ///< ISO 4217; of gift cards, and of any amount below

    // Of a coupon:
    std::int64_t amountMinor = 0; ///< off, in minor units of `currency`; 0: another worth
    int percent = 0;              ///< off, 1..100; 0: another worth. Neither: the title says what it is worth
    std::int64_t minPurchaseMinor = 0;
    std::vector<std::string> skus; ///< what it is for; empty: everything
    int uses = 1;                  ///< of each token; 0: as often as people like
    bool membersOnly = false;

    // With no uplink. Units: uses of a coupon, minor units of a gift card.
    std::int64_t offlineBudget = 0; ///< for the whole chain, and so the bound of what can be lost; 0: none
    std::int64_t offlineShare = 0;  ///< what a device holds of it
    std::int64_t offlinePerToken =
        0; ///< what one device lets one gift card spend before the hub has heard of it

    /// True when uses are counted: by the hub, or by a share of the offline budget.
    [[nodiscard]] bool isCounted() const { return kind == TokenKind::GiftCard || uses > 0; }
    bool operator==(const Campaign&) const = default;
};

Json toJson(const Campaign& campaign);
/// Errors: Invalid (a member is missing, malformed or beyond its limit).
Result<Campaign> parseCampaign(const Json& json);

struct TokenPlace {
    int campaign = 0;
    std::int64_t serial = 0;
};
/// The pool of rights that a token of its own is: `token/<campaign>/<serial>`. Units: uses, or minor units.
std::string tokenPool(const TokenPlace& place);
/// Errors: Invalid.
Result<TokenPlace> parseTokenPool(std::string_view pool);
/// The pool of what the devices of the chain may take with no uplink: `offline/<campaign>`.
std::string offlinePool(int campaign);

} // namespace silta
