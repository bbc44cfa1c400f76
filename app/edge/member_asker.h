// MemberAsker: asks the hub whether somebody is a member. What comes back names nobody.
#pragma once

#include "edge/hub_asker.h"

#include <silta/random.h>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace silta {

inline constexpr std::size_t kMemberAnswersMax = 256; ///< remembered, for as long as a till may come for them
inline constexpr std::size_t kStandingsMax = 1'000;   ///< a day's cards; of more the oldest are forgotten
inline constexpr std::size_t kWishesHeardMax = 10;    ///< of one member
inline constexpr std::int64_t kStandingKeptMs = 24 * 3'600'000;

struct MemberAnswer {
    enum class State { Asking, Known, Unknown, Unavailable };
    State state = State::Asking;
    UtcMs sinceMs = 0;                  ///< with Known
    std::string lastDigits;             ///< of their number, with Known: four
    std::optional<std::int64_t> points; ///< with Known, where a card was asked for
    std::string tier;                   ///< with points
    std::vector<std::string> wishes;    ///< with points: skus that they wish for, if we may say so
};

/// What the hub said last of the card.
struct KeptStanding {
    std::int64_t points = 0;
    std::string tier;
    UtcMs asOfMs = 0;
};

/// Thread: any. Must outlive the asker's thread, which tells it the answers.
class MemberAsker {
public:
    MemberAsker(HubAsker& hub, const Clock& clock, Random& random)
        : hub_(hub), clock_(clock), random_(random) {}

    /// `sealed`: base64url of a sealed box of {"email"} or {"phone"}. Gives the question's name. Errors: as
    /// HubAsker::ask.
    Result<std::string> askContact(const std::string& sealed);
    Result<std::string> askNumber(const std::string& number);
    /// In memory only, for kStandingKeptMs. Nothing: the hub said nothing of that card.
    std::optional<KeptStanding> kept(const std::string& number) const;
    /// Errors: NotFound (never heard of, or forgotten).
    Result<MemberAnswer> answer(const std::string& id) const;

private:
    Result<std::string> ask(Json body);
    void keep(const std::string& number, const MemberAnswer& answer); ///< call with mutex_ held
    struct Known {
        MemberAnswer answer;
        std::int64_t untilMs = 0; ///< steady
    };

    HubAsker& hub_;
    const Clock& clock_;
    Random& random_;
    mutable std::mutex mutex_; ///< guards what follows
    std::map<std::string, Known> known_;
    struct Standing {
        KeptStanding standing;
        std::int64_t untilMs = 0; ///< steady
    };
    std::map<std::string, Standing> standings_; ///< by number
};

} // namespace silta
