// A product is looked at once. It counts as shown when it fits all choices; for a facet, when it fits all
// choices but that facet's own.
#include "catalog/browse.h"

#include "catalog/card_counter.h"
#include "catalog/fold.h"
#include "catalog/limits.h"
#include "catalog/search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <optional>
#include <span>

namespace silta {

namespace {

constexpr std::uint32_t kOutside = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kAhead = 16; // products whose rows are on their way

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

    Result<void> resolve();
    Result<void> collect();
    void findChosen();
    void findNearby();
    void findSteps();
    Result<void> lookAt(std::span<const std::uint32_t> products);
    Result<void> look(std::uint32_t product);
    Result<bool> isStockFit(std::uint32_t product);
    [[nodiscard]] bool isPriceFit(const Row& row) const;
    Result<void> showCards();
    Result<void> nameDepartments();
    Result<std::vector<FacetValue>> valuesOf(Facet facet, const FacetNames& names);
    Result<std::string> titleOf(Facet facet, const FacetNames& names, std::uint32_t number);

    ReplicaView& view_;
    const FacetTable& table_;
    const BrowseQuery& query_;
    std::int64_t department_;
    std::string text_;
    std::vector<std::uint32_t> first_, rest_;       ///< what fits the text, best first; some in both
    std::vector<std::uint32_t> steps_;              ///< by department: see CardCounter, or kOutside
    std::array<std::vector<bool>, kFacets> chosen_; ///< of brands, colours and sizes, by number; empty = all
    const HomeStock* home_ = nullptr;
    std::vector<std::int32_t> nearby_; ///< row numbers of stores, ascending
    std::optional<CardCounter> counter_;
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
    rest_ = (*index)->productsWith(TypedText::parse(text_));
    for (const auto& card : *first)
        first_.push_back(static_cast<std::uint32_t>(card.id));
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

void Browse::findSteps() {
    steps_.resize(view_.departmentCount() + 1);
    for (std::size_t id = 0; id < steps_.size(); ++id) {
        auto step = static_cast<std::int64_t>(id);
        if (department_ != 0 && !view_.isBelow(step, department_)) {
            steps_[id] = kOutside;
            continue;
        }
        if (step == department_) continue;
        while (view_.parentOf(step) != department_)
            step = view_.parentOf(step);
        steps_[id] = static_cast<std::uint32_t>(step);
    }
}

bool Browse::isPriceFit(const Row& row) const {
    if (!query_.price) return true;
    const auto minor = std::int64_t{row.price} - 1;
    return row.price != 0 && minor >= query_.price->from && (!query_.price->to || minor < *query_.price->to);
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
    if (row->department >= steps_.size() || steps_[row->department] == kOutside) return {};
    CardCounter::FacetSet missed = 0;
    const auto miss = [&](Facet facet, bool isFit) { missed |= (isFit ? 0U : 1U) << facet; };
    const auto isChosen = [this](Facet facet, std::uint32_t number) {
        return chosen_[facet].empty() || (number != 0 && chosen_[facet][number]);
    };
    miss(kBrands, isChosen(kBrands, row->brand));
    miss(kColors, isChosen(kColors, row->color));
    miss(kSizes, isChosen(kSizes, row->size));
    miss(kPrices, isPriceFit(*row));
    miss(kStars, row->rating >= static_cast<std::uint32_t>(query_.starsMin) * kHundredths);
    if (std::popcount(missed) > 1) return {};
    const auto isThere = isStockFit(product);
    if (!isThere) return isThere.error();
    miss(kStock, *isThere);
    if (std::popcount(missed) > 1) return {};
    counter_->add(product, *row, missed == 0 ? CardCounter::kEveryFacet : missed, home_->has(product));
    return {};
}

Result<void> Browse::lookAt(std::span<const std::uint32_t> products) {
    for (std::size_t i = 0; i < products.size(); ++i) {
        if (i + kAhead < products.size()) table_.prefetch(products[i + kAhead]);
        if (auto done = look(products[i]); !done) return done;
    }
    return {};
}

// ---- what is told

Result<void> Browse::showCards() {
    page_.total = counter_->total();
    for (const auto product : counter_->first()) {
        const auto row = view_.row(product);
        if (!row) return row.error();
        auto card = view_.card(*row, query_.lang);
        if (!card) return card.error();
        page_.cards.push_back(std::move(*card));
    }
    return {};
}

Result<void> Browse::nameDepartments() {
    const auto& counts = counter_->counts(kDepartments);
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
    const auto& counts = counter_->counts(facet);
    const auto isChosen = [&](std::uint32_t number) {
        return !chosen_[facet].empty() && chosen_[facet][number];
    };
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = 1; number < names.size(); ++number)
        if (at(counts, number) > 0 || isChosen(number)) numbers.push_back(number);
    const auto size = std::min(numbers.size(), kFacetValuesMax);
    const auto end = numbers.begin() + static_cast<std::ptrdiff_t>(size);
    std::ranges::partial_sort(numbers, end, [&](std::uint32_t a, std::uint32_t b) {
        if (isChosen(a) != isChosen(b)) return isChosen(a); // so that it is never cut off
        const int less = at(counts, b) - at(counts, a);
        return less != 0 ? less < 0 : names.key(a) < names.key(b);
    });
    numbers.resize(size);
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

Result<BrowsePage> Browse::run() {
    if (auto done = resolve(); !done) return done.error();
    if (auto done = collect(); !done) return done.error();
    const auto home = view_.homeStock();
    if (!home) return home.error();
    home_ = *home;
    findChosen();
    findNearby();
    findSteps();
    const auto cardsMax = std::clamp<std::size_t>(query_.limit, 1, kSearchLimitMax);
    auto steps = steps_;
    std::ranges::replace(steps, kOutside, 0U);
    counter_.emplace(table_, std::move(steps), query_.order, cardsMax);
    if (auto done = lookAt(first_); !done) return done.error();
    std::ranges::sort(first_);
    std::erase_if(rest_,
                  [this](std::uint32_t product) { return std::ranges::binary_search(first_, product); });
    if (auto done = lookAt(rest_); !done) return done.error();
    counter_->finish();
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
    const auto& stars = counter_->counts(kStars);
    for (std::size_t i = 0; i < page_.stars.size(); ++i)
        page_.stars[i] = at(stars, i + 1);
    page_.anywhere = counter_->anywhere();
    page_.here = counter_->here();
    page_.prices = counter_->prices();
    if (!page_.prices.empty()) page_.currency = table_.currency();
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
