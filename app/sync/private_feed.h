// The private feed: what this device must know, told by the hub in the order in which it was decided.
#pragma once

#include "shopper/token_rules.h"
#include "sync/hub_client.h"
#include "sync/journal.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace silta {

/// Where the journal keeps what a sign-in to the Wi-Fi earns: JSON of a WelcomeCoupon, or nothing.
inline constexpr std::string_view kWelcomeCouponSetting = "welcome_coupon";
/// The setting of the journal that says up to where the feed has been applied.
inline constexpr std::string_view kFeedCursorSetting = "changes_cursor";

struct FeedOutcome {
    bool resends = false; ///< the hub has lost its newest state, or this device has: it is to be pushed to
    UtcMs hubNowMs = 0;   ///< what time it said it is; 0 = it did not
    std::int64_t shelfParts = 0; ///< of its store's shelf that are for this device, see shelfPool()
    std::string tokenRulesTag;   ///< of the newest TokenRules; empty: there are none
};

/// Takes what is new; changes and cursor are stored in one transaction. `journalMutex` is held while the
/// journal is read and written, never while waiting for the hub. Errors: as the call's; Invalid (the answer);
/// Full, Io.
Result<FeedOutcome> pullPrivateFeed(Journal& journal, std::mutex& journalMutex, HubClient& hub);

/// Where the journal keeps the text of the TokenRules.
inline constexpr std::string_view kTokenRulesSetting = "token_rules";
/// Takes the rules of that tag where the journal has others, none, or damaged ones. Nothing when it has them
/// already. Errors: as the call's; Invalid, Limit (the answer); Denied (not signed by the hub, or another
/// text than its tag says: ask again); Unsupported (the hub signed them, and they are not understood here);
/// Full, Io.
Result<std::optional<TokenRules>> pullTokenRules(Journal& journal, std::mutex& journalMutex, HubClient& hub,
                                                 const std::string& tag, const std::string& signKey);

} // namespace silta
