// What staff may offer the member whose card is there, as one line: see sales.md, "What to say next".
#pragma once

#include "core/json.h"
#include "shopper/token_rules.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

class Engine;
class TillProducts;

inline constexpr int kCouponEndsSoonDays = 7;

/// The coupon for members that ends first, within kCouponEndsSoonDays of `today` (YYYY-MM-DD), and is good in
/// that store today; of several the one of the lowest number. Null: none.
const Campaign* couponEndingSoon(const TokenRules& rules, const std::string& storeCode,
                                 std::string_view today);

/// The first of `wishes` (skus) that lies in this store, else the coupon. `kind` is "wishlist" (`sku`,
/// `name`, `aisle`?) or "coupon" (`title`, `lastDay`). Nothing: there is nothing to say.
std::optional<Json> nextThing(const Engine& engine, TillProducts& products,
                              const std::vector<std::string>& wishes, const std::string& lang,
                              const std::string& otherLang);

} // namespace silta
