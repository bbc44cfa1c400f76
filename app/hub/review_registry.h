// Reviews that members write of what they bought: who is asked, what they answer, what headquarters makes of
// it.
#pragma once

#include "hub/hub_keys.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

inline constexpr std::size_t kReviewedProductsMax = 3; ///< nobody fills in a longer page
inline constexpr std::int64_t kReviewLifeMs = std::int64_t{30} * 86'400'000;  ///< of an invitation
inline constexpr std::int64_t kReviewQuietMs = std::int64_t{14} * 86'400'000; ///< between two to one member
/// Sales that reach the hub later than this are too old to ask about.
inline constexpr std::int64_t kReviewSaleAgeMaxMs = std::int64_t{60} * 86'400'000;
inline constexpr int kReviewDaysMax = 60; ///< from a sale to its invitation
inline constexpr int kReviewStarsMax = 5;
inline constexpr std::size_t kReviewWrittenCharactersMax = 1'000; ///< as the feed carries them
inline constexpr std::size_t kReviewTextBytesMax = 4 * kReviewWrittenCharactersMax; ///< in UTF-8
inline constexpr int kReviewSalesAtOnceMax = 200; ///< looked at in one transaction
inline constexpr std::size_t kReviewKeyLetters = 32;

/// A message to be sent.
struct ReviewCall {
    std::string phone, lang; ///< of the member
    std::string key;         ///< of the page
};

/// What a page asks about.
struct ReviewInvitation {
    std::string saleId, memberId, storeCode, lang;
    std::vector<std::string> skus;
    UtcMs madeMs = 0, usedMs = 0; ///< usedMs: 0 = not yet
};

struct ReviewAnswer {
    std::string sku;
    int stars = 0;    ///< 1 to kReviewStarsMax
    std::string text; ///< plain, may be empty
};

/// Of UTF-8: no longer than kReviewWrittenCharactersMax.
bool isReviewText(std::string_view utf8);

enum class ReviewState { Waiting, Approved, Refused };
/// "waiting", "approved", "refused".
std::string_view toString(ReviewState state);
std::optional<ReviewState> reviewStateNamed(std::string_view name);

struct ReviewRow {
    std::string id, sku, lang, text;
    int stars = 0;
    UtcMs atMs = 0;
    ReviewState state = ReviewState::Waiting;
};

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class ReviewRegistry {
public:
    ReviewRegistry(Database& database, const HubKeys& keys, Random& random, UtcMs nowMs)
        : database_(database), keys_(keys), random_(random), nowMs_(nowMs) {}

    using IsSold = std::function<bool(const std::string& sku)>;
    /// Looks at the sales that the hub has had for `days` and that nobody looked at before, at most
    /// kReviewSalesAtOnceMax, and makes an invitation for each whose member said yes to text messages and has
    /// a phone. Errors: Busy, Full, Io, Corrupt.
    Result<std::vector<ReviewCall>> invite(int days, const IsSold& isSold);
    /// Errors: NotFound.
    Result<ReviewInvitation> find(std::string_view key) const;
    /// Of products of the invitation; notes that it is used. Errors: Invalid (another product, stars, text),
    /// Conflict (it is used), Busy, Full, Io.
    Result<void> take(const ReviewInvitation& invitation, const std::vector<ReviewAnswer>& answers);
    /// Oldest first. Errors: Corrupt.
    Result<std::vector<ReviewRow>> list(std::optional<ReviewState> state) const;
    /// All that a member wrote, or was asked.
    Result<void> forget(const std::string& memberId);
    /// Errors: NotFound.
    Result<void> judge(const std::string& id, ReviewState state);

private:
    struct Candidate {
        std::string saleId, storeCode, member;
        std::string document; ///< encrypted
        UtcMs atMs = 0, receivedMs = 0;
    };
    Result<std::vector<Candidate>> candidates(int days) const;
    /// Nothing: that one is not asked.
    Result<std::optional<ReviewCall>> inviteFor(const Candidate& candidate, const IsSold& isSold);
    Result<std::vector<std::string>> skusOf(const Candidate& candidate, const std::string& memberId,
                                            const IsSold& isSold) const;
    Result<bool> mayBeAsked(const std::string& memberId) const;

    Database& database_;
    const HubKeys& keys_;
    Random& random_;
    const UtcMs nowMs_;
};

} // namespace silta::hub
