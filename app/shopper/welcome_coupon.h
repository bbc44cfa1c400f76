// The coupon that a sign-in to the Wi-Fi earns: one campaign of the whole chain, named at the hub.
//
// Every guest who says who they are is shown the same code, as often as they sign in. That one person uses it
// once is the till's rule for the code, as with a printed coupon: a device that keeps no index of people
// cannot know, and need not.
#pragma once

#include "core/json.h"

#include <silta/result.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kCouponCodeBytesMax = 128; // a token has 120 letters

struct WelcomeCoupon {
    std::map<std::string, std::string> titles; ///< by language; at least one
    std::string code;                          ///< what the till scans or types: A-Z a-z 0-9 - .
    std::string lastDay;                       ///< YYYY-MM-DD, in the store's zone
};

Json toJson(const WelcomeCoupon& coupon);
/// Errors: Invalid (a member is missing or malformed), Limit.
Result<WelcomeCoupon> parseWelcomeCoupon(const Json& json);

} // namespace silta
