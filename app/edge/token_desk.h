// TokenDesk: what a till may do with a coupon or a gift card, decided on this device's disk.
//
// Uses of a token are rights of a pool of its own (`token/<campaign>/<serial>`). With the uplink a device
// asks for them as a lease, which no other device can have at the same time. Without it uses are taken from
// the device's share of the campaign's offline budget (`offline/<campaign>`), which bounds what the chain can
// lose. See app/docs/tokens.md.
#pragma once

#include "shopper/token_rules.h"
#include "sync/journal.h"
#include "sync/lease_book.h"
#include "sync/lease_exchange.h"

#include <silta/time.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace silta {

/// Why, for whoever has to say it aloud.
enum class TokenWord {
    Valid,         ///< may be redeemed
    Done,          ///< is redeemed, loaded or taken back
    Asking,        ///< the hub is being asked; the same request again tells
    Unknown,       ///< no token, not of this chain, or of a campaign that is over for good
    WrongKind,     ///< a token of another kind than was asked about
    Revoked,       ///< the chain has called it back
    NotYet,        ///< its campaign has not begun
    Expired,       ///< it, or its campaign, has ended
    NotHere,       ///< not for this store
    MembersOnly,   ///< show a member card first
    MinPurchase,   ///< the purchase is too small
    OtherProducts, ///< it is for products that are not being bought
    UsedHere,      ///< this device has redeemed it
    UsedElsewhere, ///< all its uses are spent
    HeldElsewhere, ///< another till has it at this moment
    NeedsUplink,   ///< nobody here can know, and the offline budget does not cover it
    TooMuch,       ///< more than the card holds
    Empty,         ///< the card holds nothing
    NoSuchUse,     ///< to be taken back: this device has not redeemed that
};
/// "valid", "done", "asking", "unknown", "wrong-kind", "revoked", "not-yet", "expired", "not-here",
/// "members-only", "min-purchase", "other-products", "used-here", "used-elsewhere", "held-elsewhere",
/// "needs-uplink", "too-much", "empty", "no-such-use".
const char* toString(TokenWord word);

/// What stands at the till.
struct TokenCase {
    std::string letters; ///< the token as it was scanned
    TokenKind kind = TokenKind::Coupon;
    std::string staff;               ///< who asks: written down with what is done
    std::string request;             ///< UUID: asking again with it does nothing twice
    bool hasMember = false;          ///< a member card was shown
    std::int64_t purchaseMinor = -1; ///< -1: not told
    std::vector<std::string> skus;   ///< what is being bought; empty: not told
};

struct TokenAnswer {
    TokenWord word = TokenWord::Unknown;
    Token token;                      ///< nothing in it counts with Unknown
    std::optional<Campaign> campaign; ///< of a token of a campaign that is known here
    std::optional<std::int64_t> left; ///< uses, or minor units, where the hub has confirmed them
    std::int64_t offlineLeft = 0;     ///< of those, what may be used at the expense of the offline budget
    bool isOffline = false;           ///< Valid, Done: it is used in that way
    std::string operationId;          ///< with Done
};

/// What is being asked of the hub, and what it has said just now. Lives as long as the process.
struct TokenEscrow {
    struct Refusal {
        std::string why; ///< see LeaseRefusal
        std::int64_t steadyMs = 0;
    };
    std::map<std::string, std::int64_t> asked; ///< by pool: when it was last wanted (Clock::steadyMs)
    std::map<std::string, Refusal> refused;    ///< by pool
};

/// Thread: the journal's owner. A call is over when its work is safe on disk; none waits for the hub.
class TokenDesk {
public:
    struct Setting {
        std::string storeCode, today; ///< YYYY-MM-DD in the store's zone
        UtcMs nowMs = 0;
        std::int64_t steadyMs = 0;
        bool isOnline = false;    ///< the hub answered last
        bool isTimeKnown = false; ///< the hub has told it since the start: before, no day is trusted to end
                                  ///< anything
    };
    TokenDesk(Journal& journal, const TokenRules& rules, TokenEscrow& escrow, Random& random,
              const Clock& clock, Setting setting)
        : journal_(journal), rules_(rules), escrow_(escrow), random_(random), clock_(clock),
          setting_(std::move(setting)) {}

    /// Redeems nothing. Of a gift card `left` is the balance. Errors: Full, Io.
    Result<TokenAnswer> check(const TokenCase& wanted);
    /// One use of a coupon, or `minor` of a gift card. Errors: Conflict (the request was another one, or was
    /// taken back since), Full, Io.
    Result<TokenAnswer> redeem(const TokenCase& wanted, std::int64_t minor = 1);
    /// Puts money on a gift card; needs no uplink. Errors: as redeem().
    Result<TokenAnswer> load(const TokenCase& wanted, std::int64_t minor);
    /// Takes back what this device redeemed with the request `of`, though its key has ended since. Errors: as
    /// redeem().
    Result<TokenAnswer> reverse(const TokenCase& wanted, const std::string& of);
    /// Gives back what nobody wants any more, and asks for shares of offline budgets. True when there is
    /// something to push or to ask. Errors: Full, Io.
    Result<bool> tend();
    void noteRefusals(const std::vector<LeaseRefusal>& refusals);
    /// What was done longer ago than any campaign's tokens are asked about, and is told. Nothing while the
    /// time is not known. Errors: Full, Io.
    Result<void> forgetOldUses();

private:
    /// Whose the uses of a token are now.
    enum class Hold { Here, Asking, Refused, Offline };
    struct Examined {
        TokenAnswer answer;
        Hold hold = Hold::Offline;
    };
    struct PastUse {
        std::string operationId, pool, kind;
        std::int64_t amount = 0;
        bool isOffline = false, isReversed = false;
    };
    struct Doing {
        std::string kind; ///< "redeem", "load", "reverse": of the operation
        std::string pool;
        std::int64_t amount = 1;
        std::string leasePool = {}; ///< whose rights are spent; empty: nobody counts
        bool isOffline = false;
        std::string of = {};        ///< the operation that is taken back
        std::string ofRequest = {}; ///< the request that it was
    };
    /// What can be said without asking anybody; Valid when there is nothing against it so far.
    [[nodiscard]] TokenWord wordOf(const TokenCase& wanted, TokenAnswer& answer) const;
    Result<Examined> examine(const TokenCase& wanted, std::int64_t amount);
    Result<Hold> holdOf(const std::string& pool, std::int64_t rights, std::int64_t& left);
    [[nodiscard]] Result<bool> isAsked(const std::string& pool) const;
    [[nodiscard]] Result<std::int64_t> offlineFor(const Campaign& campaign, const std::string& pool) const;
    [[nodiscard]] Result<std::int64_t> usedHere(const std::string& pool) const;
    /// What was spent of it with no uplink and is still to be told.
    [[nodiscard]] Result<std::int64_t> waitingOffline(const std::string& pool) const;
    [[nodiscard]] Result<std::optional<PastUse>> findUse(const std::string& request) const;
    /// Of whatever the letters say, whoever signed them: what the journal has of the pool is the proof. Fills
    /// in what is known of the token; empty: they are none.
    std::string poolOf(const TokenCase& wanted, TokenAnswer& answer) const;
    /// The answer to the same request before. `kind`: as the journal has it. Errors: Conflict (it was another
    /// one, or was taken back since).
    Result<std::optional<TokenAnswer>> doneBefore(const TokenCase& wanted, const std::string& kind,
                                                  std::int64_t amount);
    /// One transaction: the lease's rights, the journal's row, the operation. Gives the operation's id.
    Result<std::string> record(const TokenCase& wanted, const Doing& doing);
    Result<void> ask(const std::string& pool, std::int64_t rights);
    [[nodiscard]] Result<bool> isIdle(const Lease& lease) const;
    Result<bool> closeIdle();
    [[nodiscard]] bool wantsShare(std::string_view pool) const;
    Result<bool> wantShares();

    Journal& journal_;
    const TokenRules& rules_;
    TokenEscrow& escrow_;
    Random& random_;
    const Clock& clock_;
    Setting setting_;
};

} // namespace silta
