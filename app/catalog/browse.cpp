// A product is looked at once. It counts as shown when it fits all choices; for a facet, when it fits all
// choices but that facet's own. Variants of a group make one card, so what they have in common counts once:
// of groups, pairs of value and group are collected and their doubles dropped at the end.
#include "catalog/browse.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "catalog/search.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_set>

namespace silta {

namespace {

constexpr std::uint32_t kHundredths = 100; // of a star
constexpr std::uint32_t kStarsMax = 5;

enum Facet : std::size_t { kDepartments, kBrands, kColors, kSizes, kPrices, kStars, kStock, kFacets };

/// Counts cards by value.
class CardCounter {
public:
    void add(std::uint32_t value, std::uint32_t group) {
        if (group != 0) return pairs_.push_back(std::uint64_t{value} << 32 | group);
        if (counts_.size() <= value) counts_.resize(value + 1);
        ++counts_[value];
    }
    /// Cards by value, once everything was added.
    const std::vector<int>& counts() {
        std::ranges::sort(pairs_);
        pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
        for (const auto pair : pairs_)
            add(static_cast<std::uint32_t>(pair >> 32), 0);
        pairs_.clear();
        return counts_;
    }

private:
    std::vector<std::uint64_t> pairs_;
    std::vector<int> counts_;
};

int at(const std::vector<int>& counts, std::size_t value) {
    return value < counts.size() ? counts[value] : 0;
}

/// Whose order is by size: figures as figures ("38", "1,5 l"), clothes as they are cut (XS to XXL), the rest
/// by the alphabet.
std::pair<double, std::string> sizeKeyOf(const std::string& title) {
    constexpr std::array kCuts = {"xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"};
    const auto text = lowerText(title);
    double figure = 0;
    double unit = 1;
    bool isAfterPoint = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if ((c == '.' || c == ',') && i > 0 && !isAfterPoint) {
            isAfterPoint = true;
        } else if (c >= '0' && c <= '9') {
            unit = isAfterPoint ? unit / 10 : 1;
            figure = isAfterPoint ? figure + unit * (c - '0') : figure * 10 + (c - '0');
        } else {
            break;
        }
    }
    if (i > 0) return {figure, text};
    constexpr double kAfterFigures = 1e12;
    const auto cut = std::ranges::find(kCuts, text);
    return {kAfterFigures + static_cast<double>(cut - kCuts.begin()), text};
}

class Browse {
public:
    Browse(ReplicaView& view, const FacetTable& table, const BrowseQuery& query)
        : view_(view), table_(table), query_(query), department_(query.department) {}
    Result<BrowsePage> run();

private:
    using Row = FacetTable::Row;
    struct Shown {
        std::uint32_t product, group;
        std::int64_t key; ///< of the order; smaller comes first
    };

    Result<void> resolve();
    Result<void> collect();
    void findChosen();
    void findNearby();
    Result<void> look(std::uint32_t product);
    Result<bool> isStockFit(std::uint32_t product);
    void count(const Row& row, std::size_t missed, Facet lastMissed, bool isHere);
    [[nodiscard]] std::uint32_t departmentBelow(std::uint32_t department) const;
    [[nodiscard]] bool isPriceFit(const Row& row) const;
    [[nodiscard]] std::int64_t keyOf(const Row& row) const;
    Result<void> showCards();
    Result<void> nameDepartments();
    Result<std::vector<FacetValue>> valuesOf(Facet facet, const FacetNames& names);
    Result<std::string> titleOf(Facet facet, const FacetNames& names, std::uint32_t number);
    void bandPrices();

    ReplicaView& view_;
    const FacetTable& table_;
    const BrowseQuery& query_;
    std::int64_t department_;
    std::string text_;
    std::vector<std::uint32_t> products_;           ///< what fits the text, best first
    std::array<std::vector<bool>, kFacets> chosen_; ///< of brands, colours and sizes, by number; empty = all
    const HomeStock* home_ = nullptr;
    std::vector<std::int32_t> nearby_; ///< row numbers of stores, ascending
    std::array<CardCounter, kFacets> counters_;
    CardCounter anywhere_;
    std::vector<std::pair<std::int64_t, std::uint32_t>> prices_; ///< price in minor units, group
    std::vector<Shown> shown_;
    BrowsePage page_;
};

// ---- what fits the text

/// What leads to a department is as if that had been opened.
Result<void> Browse::resolve() {
    text_ = query_.text;
    if (std::ranges::all_of(text_, [](char c) { return c == ' '; })) text_.clear();
    const auto* redirect = text_.empty() ? nullptr : view_.searchWords().redirectOf(text_);
    if (redirect == nullptr || redirect->department.empty()) return {};
    const auto department = view_.departmentAt(redirect->department);
    if (!department) return department.error();
    if (*department == 0 || (department_ != 0 && !view_.isBelow(*department, department_))) return {};
    department_ = *department;
    text_.clear();
    return {};
}

// The search says what comes first. What it found beyond the words as they were typed is all there is of
// that; of the words themselves there may be more than it looks at, and variants that it folds into a card.
Result<void> Browse::collect() {
    SearchQuery query;
    query.text = text_;
    query.lang = query_.lang;
    query.limit = kSearchLimitMax;
    query.department = department_;
    const auto first = searchProducts(view_, query);
    if (!first) return first.error();
    auto index = view_.searchIndex();
    if (!index) return index.error();
    const auto rest = (*index)->productsWith(TypedText::parse(text_));
    std::vector<bool> known;
    products_.reserve(first->size() + rest.size());
    const auto add = [&](std::uint32_t product) {
        if (known.size() <= product) known.resize(product + 1 + product / 2);
        if (known[product]) return;
        known[product] = true;
        products_.push_back(product);
    };
    for (const auto& card : *first)
        add(static_cast<std::uint32_t>(card.id));
    for (const auto product : rest)
        add(product);
    return {};
}

// ---- one product

void Browse::findChosen() {
    const auto find = [this](Facet facet, const FacetNames& names, const std::vector<std::string>& keys) {
        if (keys.empty()) return;
        chosen_[facet].resize(names.size());
        for (const auto& key : keys)
            if (const auto number = names.find(key); number != 0) chosen_[facet][number] = true;
    };
    find(kBrands, table_.brands(), query_.brands);
    find(kColors, table_.colors(), query_.colors);
    find(kSizes, table_.sizes(), query_.sizes);
}

void Browse::findNearby() {
    if (!view_.isHomeKnown()) return;
    for (const auto& store : *view_.stores())
        if (store.distanceKm <= kNearbyKm) nearby_.push_back(store.id);
    page_.storesNearby = static_cast<int>(nearby_.size()) - 1;
    std::ranges::sort(nearby_);
}

/// The step that leads to `department` from the asked one; 0 when it is that itself.
std::uint32_t Browse::departmentBelow(std::uint32_t department) const {
    std::int64_t step = department;
    while (step != 0 && view_.parentOf(step) != department_)
        step = view_.parentOf(step);
    return static_cast<std::uint32_t>(step);
}

bool Browse::isPriceFit(const Row& row) const {
    if (!query_.price) return true;
    const auto minor = std::int64_t{row.price} - 1;
    return row.price != 0 && minor >= query_.price->from && (!query_.price->to || minor < *query_.price->to);
}

std::int64_t Browse::keyOf(const Row& row) const {
    constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
    switch (query_.order) {
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

Result<bool> Browse::isStockFit(std::uint32_t product) {
    if (query_.stock == BrowseStock::Anywhere) return true;
    if (home_->has(product)) return true;
    if (query_.stock == BrowseStock::Here) return false;
    const auto cells = view_.stock().cells(product);
    if (!cells) return cells.error();
    return std::ranges::any_of(*cells, [this](const StockCell& cell) {
        return cell.quantity > 0 && std::ranges::binary_search(nearby_, cell.store);
    });
}

Result<void> Browse::look(std::uint32_t product) {
    const auto* row = table_.row(product);
    if (row == nullptr) return {}; // an index may be a moment ahead of the catalogue
    if (department_ != 0 && !view_.isBelow(row->department, department_)) return {};
    std::size_t missed = 0;
    Facet lastMissed = kFacets;
    const auto miss = [&](Facet facet, bool isFit) {
        if (isFit) return;
        lastMissed = facet;
        ++missed;
    };
    const auto isChosen = [this](Facet facet, std::uint32_t number) {
        return chosen_[facet].empty() || (number != 0 && chosen_[facet][number]);
    };
    miss(kBrands, isChosen(kBrands, row->brand));
    miss(kColors, isChosen(kColors, row->color));
    miss(kSizes, isChosen(kSizes, row->size));
    miss(kPrices, isPriceFit(*row));
    miss(kStars, row->rating >= static_cast<std::uint32_t>(query_.starsMin) * kHundredths);
    if (missed > 1) return {};
    const auto isThere = isStockFit(product);
    if (!isThere) return isThere.error();
    miss(kStock, *isThere);
    if (missed > 1) return {};
    if (missed == 0) shown_.push_back({product, row->group, keyOf(*row)});
    count(*row, missed, lastMissed, home_->has(product));
    return {};
}

void Browse::count(const Row& row, std::size_t missed, Facet lastMissed, bool isHere) {
    const auto counts = [&](Facet facet) { return missed == 0 || lastMissed == facet; };
    const auto add = [&](Facet facet, std::uint32_t value) {
        if (value != 0 && counts(facet)) counters_[facet].add(value, row.group);
    };
    add(kDepartments, departmentBelow(row.department));
    add(kBrands, row.brand);
    add(kColors, row.color);
    add(kSizes, row.size);
    for (std::uint32_t stars = 1; stars <= kStarsMax; ++stars)
        if (row.rating >= stars * kHundredths) add(kStars, stars);
    if (counts(kPrices) && row.price != 0) prices_.emplace_back(std::int64_t{row.price} - 1, row.group);
    if (!counts(kStock)) return;
    anywhere_.add(1, row.group);
    if (isHere) counters_[kStock].add(1, row.group);
}

// ---- what is told

Result<void> Browse::showCards() {
    std::ranges::stable_sort(shown_, {}, &Shown::key);
    std::unordered_set<std::uint32_t> groups;
    const auto limit = static_cast<std::size_t>(std::clamp<std::size_t>(query_.limit, 1, kSearchLimitMax));
    for (const auto& shown : shown_) {
        if (shown.group != 0 && !groups.insert(shown.group).second) continue;
        ++page_.total;
        if (page_.cards.size() == limit) continue;
        const auto row = view_.row(shown.product);
        if (!row) return row.error();
        auto card = view_.card(*row, query_.lang);
        if (!card) return card.error();
        page_.cards.push_back(std::move(*card));
    }
    return {};
}

Result<void> Browse::nameDepartments() {
    const auto& counts = counters_[kDepartments].counts();
    for (std::size_t id = 1; id < counts.size(); ++id) {
        if (counts[id] == 0) continue;
        auto title = view_.departmentTitle(static_cast<std::int64_t>(id), query_.lang);
        if (!title) return title.error();
        page_.departments.push_back({static_cast<std::int64_t>(id), std::move(*title), counts[id]});
    }
    std::ranges::sort(page_.departments, [](const Department& a, const Department& b) {
        return a.products != b.products ? a.products > b.products : a.title < b.title;
    });
    return {};
}

/// As a product that has it says it in the asked language.
Result<std::string> Browse::titleOf(Facet facet, const FacetNames& names, std::uint32_t number) {
    if (facet == kBrands) return names.title(number);
    const auto row = view_.row(names.product(number));
    if (!row && row.error().code == Errc::NotFound) return names.title(number);
    if (!row) return row.error();
    const auto& text = textFor(row->texts, query_.lang);
    const auto& title = facet == kColors ? text.color : text.size;
    return title.empty() ? names.title(number) : title;
}

Result<std::vector<FacetValue>> Browse::valuesOf(Facet facet, const FacetNames& names) {
    const auto& counts = counters_[facet].counts();
    const auto isChosen = [&](std::uint32_t number) {
        return !chosen_[facet].empty() && chosen_[facet][number];
    };
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = 1; number < names.size(); ++number)
        if (at(counts, number) > 0 || isChosen(number)) numbers.push_back(number);
    std::ranges::sort(numbers, [&](std::uint32_t a, std::uint32_t b) {
        if (isChosen(a) != isChosen(b)) return isChosen(a); // so that it is never cut off
        const int less = at(counts, b) - at(counts, a);
        return less != 0 ? less < 0 : names.key(a) < names.key(b);
    });
    if (numbers.size() > kFacetValuesMax) numbers.resize(kFacetValuesMax);
    std::vector<FacetValue> values;
    for (const auto number : numbers) {
        auto title = titleOf(facet, names, number);
        if (!title) return title.error();
        values.push_back({names.key(number), std::move(*title), at(counts, number)});
    }
    // A choice does not move what is chosen from.
    std::ranges::sort(values, [&](const FacetValue& a, const FacetValue& b) {
        if (facet == kSizes) return sizeKeyOf(a.title) < sizeKeyOf(b.title);
        return a.cards != b.cards ? a.cards > b.cards : a.key < b.key;
    });
    return values;
}

// From all round prices those are left that part the cards most evenly: of the two neighbours that together
// hold the fewest, the bound between them goes, until there are few enough.
void Browse::bandPrices() {
    if (prices_.empty()) return;
    page_.currency = table_.currency();
    std::int64_t unit = 1;
    for (int digit = 0; digit < page_.currency->exponent(); ++digit)
        unit *= 10;
    std::ranges::sort(prices_);
    const auto last = prices_.back().first;
    std::vector<std::int64_t> bounds = {0};
    for (auto power = unit; power <= last; power *= 10)
        for (const auto digit : {1, 2, 5})
            if (power * digit > prices_.front().first && power * digit <= last)
                bounds.push_back(power * digit);
    const auto bandOf = [&](std::int64_t price) {
        return static_cast<std::size_t>(std::ranges::upper_bound(bounds, price) - bounds.begin() - 1);
    };
    std::vector<int> sizes(bounds.size());
    for (const auto& [price, group] : prices_)
        ++sizes[bandOf(price)];
    while (bounds.size() > static_cast<std::size_t>(kPriceBandsMax)) {
        std::size_t best = 1;
        for (std::size_t i = 2; i < bounds.size(); ++i)
            if (sizes[i - 1] + sizes[i] < sizes[best - 1] + sizes[best]) best = i;
        sizes[best - 1] += sizes[best];
        sizes.erase(sizes.begin() + static_cast<std::ptrdiff_t>(best));
        bounds.erase(bounds.begin() + static_cast<std::ptrdiff_t>(best));
    }
    CardCounter cards;
    for (const auto& [price, group] : prices_)
        cards.add(static_cast<std::uint32_t>(bandOf(price)), group);
    const auto& counts = cards.counts();
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (at(counts, i) == 0) continue;
        PriceBand band{bounds[i], std::nullopt};
        if (i + 1 < bounds.size()) band.to = bounds[i + 1];
        page_.prices.push_back({band, at(counts, i)});
    }
}

Result<BrowsePage> Browse::run() {
    if (auto done = resolve(); !done) return done.error();
    if (auto done = collect(); !done) return done.error();
    const auto home = view_.homeStock();
    if (!home) return home.error();
    home_ = *home;
    findChosen();
    findNearby();
    for (const auto product : products_)
        if (auto done = look(product); !done) return done.error();
    if (auto done = showCards(); !done) return done.error();
    if (auto done = nameDepartments(); !done) return done.error();
    const auto take = [this](std::vector<FacetValue>& target, Facet facet,
                             const FacetNames& names) -> Result<void> {
        auto values = valuesOf(facet, names);
        if (!values) return values.error();
        target = std::move(*values);
        return {};
    };
    if (auto done = take(page_.brands, kBrands, table_.brands()); !done) return done.error();
    if (auto done = take(page_.colors, kColors, table_.colors()); !done) return done.error();
    if (auto done = take(page_.sizes, kSizes, table_.sizes()); !done) return done.error();
    const auto& stars = counters_[kStars].counts();
    for (std::size_t i = 0; i < page_.stars.size(); ++i)
        page_.stars[i] = at(stars, i + 1);
    page_.anywhere = at(anywhere_.counts(), 1);
    page_.here = at(counters_[kStock].counts(), 1);
    bandPrices();
    return std::move(page_);
}

} // namespace

Result<BrowsePage> browseProducts(ReplicaView& view, FacetTable& table, const BrowseQuery& query) {
    if (query.text.size() > kQueryBytesMax) return Error{Errc::Limit, "browse products: text too long"};
    for (const auto* keys : {&query.brands, &query.colors, &query.sizes})
        if (keys->size() > kFacetChoicesMax) return Error{Errc::Limit, "browse products: too many choices"};
    if (query.department < 0 || query.starsMin < 0 || query.starsMin > static_cast<int>(kStarsMax))
        return BrowsePage{};
    const auto& info = view.info();
    const auto change = info.epoch + '/' + std::to_string(info.catalogSeq) + '/' +
                        std::to_string(view.indexState().source) + '/' +
                        std::to_string(view.indexState().change);
    if (auto done = table.refresh(view.statements(), change, query.now); !done) return done.error();
    return Browse(view, table, query).run();
}

} // namespace silta
