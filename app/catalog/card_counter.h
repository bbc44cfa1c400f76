// CardCounter: exact numbers of cards by facet, and which cards come first.
#pragma once

#include "catalog/facet_table.h"

#include <silta/browse.h>

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace silta {

enum Facet : std::size_t { kDepartments, kBrands, kColors, kSizes, kPrices, kStars, kStock, kFacets };
inline constexpr std::uint32_t kStarsMax = 5;
inline constexpr std::uint32_t kHundredths = 100; ///< of a star

/// Takes products one by one. One that is a card of its own is counted at once; variants are kept, put
/// together by their groups at the end, and what they have in common counts once. Thread: its owner's.
class CardCounter {
public:
    using FacetSet = std::uint32_t; ///< a bit each
    static constexpr FacetSet kEveryFacet = (1U << kFacets) - 1;

    /// `steps`: of each department, the one below the asked one that leads to it; 0 = none.
    /// `table` must live as long as this.
    CardCounter(const FacetTable& table, std::vector<std::uint32_t> steps, BrowseOrder order,
                std::size_t cardsMax);
    /// Of products that fit, the first come first. `facets`: what it counts for; it is shown if that is all.
    void add(std::uint32_t product, const FacetTable::Row& row, FacetSet facets, bool isHere);
    /// Nothing can be added afterwards.
    void finish();

    // ---- after finish()
    /// Cards that are shown.
    [[nodiscard]] int total() const { return total_; }
    /// Products that stand for the first `cardsMax` of them, in their order.
    [[nodiscard]] std::vector<std::uint32_t> first() const;
    /// Cards by value; by number of stars and more.
    [[nodiscard]] const std::vector<int>& counts(Facet facet) const { return counts_[facet]; }
    [[nodiscard]] int anywhere() const { return anywhere_; } ///< counted for kStock
    [[nodiscard]] int here() const { return counts_[kStock][1]; }
    /// At most kPriceBandsMax bands that part the products as evenly as round prices can.
    [[nodiscard]] std::vector<PriceBandCount> prices() const;

private:
    using Row = FacetTable::Row;
    struct Variant {
        std::uint32_t product, place;
        std::uint8_t facets;
        bool isHere;
    };
    struct Shown {
        std::int64_t key = 0; ///< smaller comes first
        std::uint32_t place = 0, product = 0;
        auto operator<=>(const Shown&) const = default;
    };
    [[nodiscard]] std::int64_t keyOf(const Row& row) const;
    void countCard(const Row& row, FacetSet facets, bool isHere);
    void countGroup(std::span<const Variant> variants);
    void show(const Shown& shown);

    const FacetTable& table_;
    std::vector<std::uint32_t> steps_;
    BrowseOrder order_;
    std::size_t cardsMax_;
    std::uint32_t places_ = 0;
    int total_ = 0, anywhere_ = 0;
    std::array<std::vector<int>, kFacets> counts_;
    std::vector<Shown> shown_;                            ///< the best, and some more until they are cut
    std::array<int, FacetTable::kPriceBands> products_{}; ///< by price
    std::array<int, FacetTable::kPriceBands> singles_{};  ///< of those, that are cards of their own
    std::vector<std::uint32_t> groupBands_; ///< of each group with prices: its bands, a bit each
    std::vector<Variant> variants_;
    std::vector<std::uint32_t> values_; ///< of one group and facet
};

} // namespace silta
