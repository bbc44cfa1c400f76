// The page that a shopper's phone opens from the kiosk's QR code.
#pragma once

#include "shopper/wishlist_repository.h"

#include <silta/catalog.h>
#include <silta/time.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

inline constexpr std::size_t kCarriedItemsMax = 30; // what a QR code that a phone reads at once can hold

/// What to show: the list as it was synced, or, until then, the skus that the code itself carries
/// ("sku~sku~sku", already URL-decoded: "~" needs no escape in a URL). `isComplete` is false in the latter
/// case.
struct ShownWishlist {
    std::vector<WishlistItem> items;
    bool isComplete = true;
};
ShownWishlist wishlistToShow(const std::vector<WishlistItem>& synced, std::string_view carried);

/// A whole HTML page: no script, no cookie, no outside asset; works on any phone.
std::string renderWishlist(const ShownWishlist& list,
                           const std::function<std::optional<ProductRecord>(const std::string&)>& products,
                           const std::string& chainName, std::string_view acceptLanguage, UtcMs now);

} // namespace silta::hub
