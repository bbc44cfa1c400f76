#include "catalog/card_counter.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace silta {

namespace {

constexpr std::size_t kShownRoom = 4'096; // cards that are kept before the best are picked out

constexpr CardCounter::FacetSet bitOf(Facet facet) {
    return 1U << facet;
}

std::uint32_t starsOf(const FacetTable::Row& row) {
    return std::min(row.rating / kHundredths, kStarsMax);
}

} // namespace

CardCounter::CardCounter(const FacetTable& table, std::vector<std::uint32_t> steps, BrowseOrder order,
                         std::size_t cardsMax)
    : table_(table), steps_(std::move(steps)), order_(order), cardsMax_(cardsMax) {
    counts_[kDepartments].resize(steps_.size() + 1);
    counts_[kBrands].resize(table.brands().size());
    counts_[kColors].resize(table.colors().size());
    counts_[kSizes].resize(table.sizes().size());
    counts_[kStars].resize(kStarsMax + 1);
    counts_[kStock].resize(2);
    shown_.reserve(cardsMax_ + kShownRoom);
}

std::int64_t CardCounter::keyOf(const Row& row) const {
    constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
    switch (order_) {
    case BrowseOrder::PriceUp:
        return row.price == 0 ? kLast : row.price;
    case BrowseOrder::PriceDown:
        return row.price == 0 ? kLast : -std::int64_t{row.price};
    case BrowseOrder::Rating:
        return -std::int64_t{row.weighed};
    case BrowseOrder::BestMatch:
        break;
    }
    return 0; // as they came
}

void CardCounter::show(const Shown& shown) {
    ++total_;
    if (shown_.size() == cardsMax_ + kShownRoom) {
        std::ranges::nth_element(shown_, shown_.begin() + static_cast<std::ptrdiff_t>(cardsMax_) - 1);
        shown_.resize(cardsMax_);
    }
    // Of the best so far the worst is the last, once they have been picked out.
    if (total_ > static_cast<int>(cardsMax_ + kShownRoom) && shown_[cardsMax_ - 1] < shown) return;
    shown_.push_back(shown);
}

std::vector<std::uint32_t> CardCounter::first() const {
    auto best = shown_;
    std::ranges::sort(best);
    if (best.size() > cardsMax_) best.resize(cardsMax_);
    std::vector<std::uint32_t> products;
    products.reserve(best.size());
    for (const auto& each : best)
        products.push_back(each.product);
    return products;
}

void CardCounter::countCard(const Row& row, FacetSet facets, bool isHere) {
    const auto isCounted = [facets](Facet facet) { return facets >> facet & 1; };
    // What has no value counts as 0, which nobody reads.
    counts_[kDepartments][steps_[row.department]] += static_cast<int>(isCounted(kDepartments));
    counts_[kBrands][row.brand] += static_cast<int>(isCounted(kBrands));
    counts_[kColors][row.color] += static_cast<int>(isCounted(kColors));
    counts_[kSizes][row.size] += static_cast<int>(isCounted(kSizes));
    counts_[kStars][starsOf(row)] += static_cast<int>(isCounted(kStars));
    counts_[kStock][isHere ? 1 : 0] += static_cast<int>(isCounted(kStock));
    anywhere_ += static_cast<int>(isCounted(kStock));
    if (isCounted(kPrices) == 0) return;
    ++products_[row.priceBand];
    ++singles_[row.priceBand];
}

void CardCounter::add(std::uint32_t product, const Row& row, FacetSet facets, bool isHere) {
    const auto place = places_++;
    if (row.group != 0) {
        variants_.push_back({product, place, static_cast<std::uint8_t>(facets), isHere});
        return;
    }
    countCard(row, facets, isHere);
    if (facets == kEveryFacet) show({keyOf(row), place, product});
}

void CardCounter::countGroup(std::span<const Variant> variants) {
    FacetSet all = 0;
    std::uint32_t stars = 0, bands = 0;
    bool isHere = false, isShown = false;
    Shown best;
    for (const auto& each : variants) {
        const auto& row = *table_.row(each.product);
        all |= each.facets;
        if ((each.facets & bitOf(kStars)) != 0) stars = std::max(stars, starsOf(row));
        if ((each.facets & bitOf(kStock)) != 0) isHere |= each.isHere;
        if ((each.facets & bitOf(kPrices)) != 0) {
            ++products_[row.priceBand];
            bands |= 1U << row.priceBand;
        }
        if (each.facets != kEveryFacet) continue;
        const Shown shown{keyOf(row), each.place, each.product};
        if (!isShown || shown < best) best = shown;
        isShown = true;
    }
    if (isShown) show(best);
    if (bands != 0) groupBands_.push_back(bands);
    counts_[kStars][stars] += static_cast<int>(all >> kStars & 1);
    if ((all & bitOf(kStock)) != 0) {
        ++anywhere_;
        ++counts_[kStock][isHere ? 1 : 0];
    }
    const auto countValues = [&](Facet facet, auto valueOf) {
        values_.clear();
        for (const auto& each : variants)
            if ((each.facets >> facet & 1) != 0) values_.push_back(valueOf(*table_.row(each.product)));
        std::ranges::sort(values_);
        for (std::size_t i = 0; i < values_.size(); ++i)
            if (i == 0 || values_[i] != values_[i - 1]) ++counts_[facet][values_[i]];
    };
    countValues(kDepartments, [this](const Row& row) { return steps_[row.department]; });
    countValues(kBrands, [](const Row& row) { return row.brand; });
    countValues(kColors, [](const Row& row) { return row.color; });
    countValues(kSizes, [](const Row& row) { return row.size; });
}

// Groups are numbers without gaps, so that putting variants in their order is two passes, not a sort.
void CardCounter::finish() {
    std::vector<std::uint32_t> next(table_.groups() + 2);
    for (const auto& each : variants_)
        ++next[table_.row(each.product)->group + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<Variant> sorted(variants_.size());
    for (const auto& each : variants_)
        sorted[next[table_.row(each.product)->group]++] = each;
    variants_ = {};
    std::uint32_t begin = 0; // next[i] has become the end of group i
    for (const auto end : next) {
        if (begin < end) countGroup(std::span(sorted).subspan(begin, end - begin));
        begin = std::max(begin, end);
    }
    for (auto stars = kStarsMax; stars > 1; --stars)
        counts_[kStars][stars - 1] += counts_[kStars][stars];
}

// Of two neighbouring bands that together hold the fewest, the bound between them goes, until there are few
// enough. What is cheaper than the cheapest, or dearer than the dearest, is no band of its own.
std::vector<PriceBandCount> CardCounter::prices() const {
    struct Band {
        std::uint32_t first, end; ///< of the table's bands
        int products;
    };
    std::vector<Band> bands;
    for (std::uint32_t band = 1; band < products_.size(); ++band) {
        if (bands.empty() && products_[band] == 0) continue;
        bands.push_back({band, band + 1, products_[band]});
    }
    while (!bands.empty() && bands.back().products == 0)
        bands.pop_back();
    while (bands.size() > static_cast<std::size_t>(kPriceBandsMax)) {
        std::size_t best = 1;
        for (std::size_t i = 2; i < bands.size(); ++i)
            if (bands[i - 1].products + bands[i].products < bands[best - 1].products + bands[best].products)
                best = i;
        bands[best - 1].end = bands[best].end;
        bands[best - 1].products += bands[best].products;
        bands.erase(bands.begin() + static_cast<std::ptrdiff_t>(best));
    }
    std::vector<PriceBandCount> counts;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const auto& band = bands[i];
        int cards = std::accumulate(singles_.begin() + band.first, singles_.begin() + band.end, 0);
        const auto mask = (1U << (band.end - 1) << 1) - (1U << band.first);
        cards += static_cast<int>(
            std::ranges::count_if(groupBands_, [mask](std::uint32_t group) { return (group & mask) != 0; }));
        if (cards == 0) continue;
        PriceBand range{i == 0 ? 0 : table_.priceBandFrom(band.first), std::nullopt};
        if (i + 1 < bands.size()) range.to = table_.priceBandFrom(band.end);
        counts.push_back({range, cards});
    }
    return counts;
}

} // namespace silta
