// Looking through what a search or a department gives: facets with exact counts, choices, order, pages.
#pragma once

#include <silta/catalog.h>

#include <optional>
#include <string>
#include <vector>

namespace silta {

enum class BrowseOrder { BestMatch, PriceUp, PriceDown, Rating };
/// Where the stock must be of what is shown.
enum class BrowseStock { Anywhere, Here, Nearby };

/// Stores so near count as nearby, the home store among them: a drive of half an hour.
inline constexpr double kNearbyKm = 25;
inline constexpr int kPriceBandsMax = 5;           ///< what stands in two lines of a screen
inline constexpr std::size_t kFacetValuesMax = 60; ///< of one facet, those with the most cards
inline constexpr std::size_t kFacetChoicesMax = 60;

/// Minor units, half open.
struct PriceBand {
    std::int64_t from = 0;
    std::optional<std::int64_t> to; ///< absent: no upper end
    bool operator==(const PriceBand&) const = default;
};

/// Choices within one facet widen the result, facets narrow it. A card is shown for a group of variants when
/// one of them fits all choices at once.
struct BrowseQuery {
    std::string text; ///< as SearchQuery::text; empty browses
    std::string lang = "en";
    std::int64_t department = 0; ///< 0 = all
    UtcMs now = 0;               ///< for prices of offers
    BrowseStock stock = BrowseStock::Anywhere;
    std::vector<std::string> brands, colors, sizes; ///< FacetValue::key; at most kFacetChoicesMax each
    std::optional<PriceBand> price;
    int starsMin = 0; ///< 0 = all; else 1..5
    BrowseOrder order = BrowseOrder::BestMatch;
    std::size_t limit = 60; ///< 1..kSearchLimitMax
};

struct FacetValue {
    std::string key;   ///< stays the same with another language and another snapshot
    std::string title; ///< in the asked language
    int cards = 0;
    bool operator==(const FacetValue&) const = default;
};
struct PriceBandCount {
    PriceBand band;
    int cards = 0;
    bool operator==(const PriceBandCount&) const = default;
};

/// All counts are exact numbers of cards. Those of a facet leave its own choice out: they say what choosing
/// another would give. A chosen value is in its list with 0 cards, too.
struct BrowsePage {
    std::vector<ProductCard> cards; ///< at most `limit`
    int total = 0;                  ///< cards that fit
    int anywhere = 0, here = 0; ///< cards that fit but for BrowseQuery::stock; of those, in the home store
    int storesNearby = 0;       ///< other stores within kNearbyKm; 0 = "nearby" means nothing here
    std::vector<Department> departments;    ///< one step below the asked one, most cards first
    std::vector<FacetValue> brands, colors; ///< most cards first
    std::vector<FacetValue> sizes;          ///< smallest first
    std::vector<PriceBandCount> prices;     ///< ascending
    std::array<int, 5> stars{};             ///< [n - 1] = cards of n stars and more
    std::optional<Currency> currency;       ///< of `prices`
};

} // namespace silta
