// Guests of the store's Wi-Fi as they travel: sign-ups with what was agreed to, and counts of what happened.
#pragma once

#include "shopper/consent.h"

#include <silta/result.h>
#include <silta/time.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

/// Ways to sign in to the Wi-Fi.
inline constexpr std::array<std::string_view, 5> kGuestWays = {"email", "phone", "loyalty", "voucher",
                                                               "terms"};
inline constexpr std::array<std::string_view, 4> kGuestEvents = {"wifi.login", "wifi.logout", "wifi.extend",
                                                                 "offer.tap"};
inline constexpr std::size_t kMemberNumberDigits = 16;

/// The data of a `wifi.signup` operation: a guest whom the store can talk to again, and no member for it.
struct GuestSignUp {
    std::string signUpId; ///< UUID made where the form was filled in
    std::string way;      ///< one of kGuestWays
    std::string lang;
    std::string sealed;       ///< base64url of the box of {"email"} or {"phone"}; with these ways only
    std::string memberNumber; ///< with "loyalty" only
    std::string challenge;    ///< with "phone": the one-time code that showed whose number it is, or empty
    std::vector<Consent> consents;
    /// The guest said who they are. Of others there is nothing to keep but a count.
    [[nodiscard]] bool isSomebody() const { return way == "email" || way == "phone" || way == "loyalty"; }
};

Json toJson(const GuestSignUp& signUp);
/// Errors: Invalid (a member is missing, malformed or of another way; the terms were not agreed to), Limit.
Result<GuestSignUp> parseGuestSignUp(const Json& json);

/// How often something happened on one day. `way` may be empty.
struct GuestCount {
    std::string kind, way;
    std::int64_t count = 0;
};
inline constexpr std::int64_t kGuestCountMax = 100'000'000; ///< a day; more is no count
inline constexpr std::size_t kGuestCountsMax = kGuestEvents.size() * (kGuestWays.size() + 1);

bool isGuestEvent(std::string_view kind);
/// One of kGuestWays, or empty.
bool isGuestWayOrNone(std::string_view way);

/// "2026-11-22", in UTC.
std::string dayOf(UtcMs ms);
/// The data of a `wifi.counts` operation.
Json countsJson(const std::string& day, const std::vector<GuestCount>& counts);
struct GuestCounts {
    std::string day;
    std::vector<GuestCount> counts;
};
/// Errors: Invalid, Limit.
Result<GuestCounts> parseGuestCounts(const Json& json);

} // namespace silta
