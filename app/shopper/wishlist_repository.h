// Wishlists as observed-remove sets: they converge whatever the order in which adds and removes arrive.
//
// Each add makes a tag (the id of its operation). A remove names the tags that it saw. An item is on the list
// while it has a live tag; its quantity and note are those of the live tag with the newest clock. A remove
// that arrives before its add leaves a tombstone. The same tables stand in the device's journal and in the
// hub's database.
#pragma once

#include <silta/gtin.h>
#include <silta/hlc.h>
#include <silta/result.h>
#include <silta/store.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr const char* kWishlistTables = R"sql(
CREATE TABLE IF NOT EXISTS wishlist_tag(
  list TEXT NOT NULL,
  tag TEXT NOT NULL,
  sku TEXT NOT NULL,
  gtin INTEGER,
  quantity INTEGER NOT NULL,
  hlc INTEGER NOT NULL,
  PRIMARY KEY(list, tag)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wishlist_tombstone(
  list TEXT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY(list, tag)
) STRICT, WITHOUT ROWID;
)sql";

/// What came later.
inline constexpr const char* kWishlistNote =
    "ALTER TABLE wishlist_tag ADD COLUMN note TEXT NOT NULL DEFAULT '';";

inline constexpr int kWishlistAddVersion = 2;             // of the operation's data; 1 had no note
inline constexpr std::size_t kWishlistNoteBytesMax = 400; // 100 characters of up to 4 bytes
inline constexpr int kWishlistItemsMax = 200;             // more is no wishlist but a script
inline constexpr int kWishlistQuantityMax = 999;
inline constexpr std::size_t kSkuBytesMax = 200; // 50 characters of up to 4 bytes

struct WishlistItem {
    std::string sku;
    std::optional<Gtin> gtin;
    int quantity = 1;
    std::string note;
    std::vector<std::string> tags; ///< all live ones
};

struct WishlistAdd {
    std::string list, tag, sku;
    std::optional<Gtin> gtin;
    int quantity = 1;
    std::string note;
    Hlc hlc;
};

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class WishlistRepository {
public:
    explicit WishlistRepository(Database& database) : database_(database) {}

    /// Idempotent by (list, tag). Limits on a list are the business of where people add to it.
    Result<void> add(std::span<const WishlistAdd> adds);
    Result<void> add(const WishlistAdd& one) { return add({&one, 1}); }
    /// Idempotent.
    Result<void> remove(std::string_view list, const std::vector<std::string>& tags);
    /// In the order in which they were first put on the list. An unknown list is an empty one.
    Result<std::vector<WishlistItem>> items(std::string_view list) const;

private:
    Database& database_;
};

} // namespace silta
