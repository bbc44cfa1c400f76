#include "catalog/facet_table.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "catalog/packing.h"
#include "silta/catalog.h"

#include <algorithm>
#include <cmath>

namespace silta {

namespace {

constexpr double kMiddleRating = 3.5;
constexpr double kMiddleWeight = 4; // so many reviews weigh as much as none at all
constexpr double kInHundredths = 100;
constexpr double kRatingMax = 5;
constexpr UtcMs kNever = std::numeric_limits<UtcMs>::max();
constexpr std::uint64_t kPriceMax = std::numeric_limits<std::uint32_t>::max() - 1;

Error damagedColumns() {
    return Error{Errc::Corrupt, "read facets: damaged row"};
}

/// 0, 1, 2, 5, 10, …, in minor units.
std::vector<std::int64_t> roundPrices(const Currency& currency) {
    std::int64_t power = 1;
    for (int digit = 0; digit < currency.exponent(); ++digit)
        power *= 10;
    std::vector<std::int64_t> prices = {0};
    for (; power <= static_cast<std::int64_t>(kPriceMax); power *= 10)
        for (const auto digit : {1, 2, 5})
            if (power * digit <= static_cast<std::int64_t>(kPriceMax)) prices.push_back(power * digit);
    return prices;
}

std::uint16_t hundredthsOf(double stars) {
    return static_cast<std::uint16_t>(std::lround(std::clamp(stars, 0.0, kRatingMax) * kInHundredths));
}

} // namespace

FacetNames::FacetNames() : names_(1) {}

std::uint32_t FacetNames::add(const std::string& key, std::string_view title, std::uint32_t product) {
    const auto [at, isNew] = numbers_.try_emplace(key, static_cast<std::uint32_t>(names_.size()));
    if (isNew) names_.push_back(Name{key, std::string(title), product});
    return at->second;
}

std::uint32_t FacetNames::find(const std::string& key) const {
    const auto at = numbers_.find(key);
    return at == numbers_.end() ? 0 : at->second;
}

Result<void> FacetTable::refresh(Statements& statements, std::string_view change, UtcMs now) {
    if (isRead_ && change == change_ && now < validTo_) return {};
    isRead_ = false;
    rows_.clear();
    groups_ = 0;
    brands_ = colors_ = sizes_ = FacetNames();
    currency_.reset();
    priceBounds_.clear();
    validTo_ = kNever;
    auto query = statements.get("SELECT id, department, brand, group_key, currency, regular, sale, sale_from,"
                                " sale_to, texts, rating FROM products ORDER BY id");
    if (!query) return query.error();
    for (;;) {
        auto more = (*query)->step();
        if (!more) return more.error();
        if (!*more) break;
        if (auto done = take(**query, now); !done) return done;
    }
    groupNumbers_ = {};
    change_ = change;
    isRead_ = true;
    return {};
}

std::uint32_t FacetTable::priceOf(const Statement& row, UtcMs now) {
    if (row.isNull(4) || row.isNull(5)) return 0;
    if (!currency_) {
        if (const auto currency = Currency::parse(row.text(4)); currency) {
            currency_ = *currency;
            priceBounds_ = roundPrices(*currency);
        }
    }
    if (!currency_ || currency_->code() != row.text(4)) return 0;
    auto minor = row.integer(5);
    if (!row.isNull(6)) {
        const auto from = row.isNull(7) ? std::numeric_limits<UtcMs>::min() : row.integer(7);
        const auto to = row.isNull(8) ? kNever : row.integer(8);
        if (now < from)
            validTo_ = std::min(validTo_, from);
        else if (now < to) {
            validTo_ = std::min(validTo_, to);
            minor = std::min(minor, row.integer(6));
        }
    }
    return static_cast<std::uint32_t>(
        std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(minor, 0)), kPriceMax) + 1);
}

Result<void> FacetTable::take(const Statement& statement, UtcMs now) {
    const auto id = statement.integer(0);
    const auto department = statement.integer(1);
    if (id <= 0 || id > kProductIdMax || department < 0 || department > kProductIdMax)
        return damagedColumns();
    const auto product = static_cast<std::uint32_t>(id);
    Row row;
    row.department = static_cast<std::uint32_t>(department);
    if (const auto brand = statement.text(2); !brand.empty())
        row.brand = brands_.add(foldText(brand), brand, product);
    if (!statement.isNull(3))
        row.group = groupNumbers_
                        .try_emplace(std::string(statement.text(3)),
                                     static_cast<std::uint32_t>(groupNumbers_.size() + 1))
                        .first->second;
    groups_ = groupNumbers_.size();
    row.price = priceOf(statement, now);
    if (row.price != 0)
        row.priceBand = static_cast<std::uint8_t>(
            std::ranges::upper_bound(priceBounds_, std::int64_t{row.price} - 1) - priceBounds_.begin());
    PackReader texts(statement.blob(9));
    const auto count = texts.number();
    if (count == 0 || count > kTextsMax) return damagedColumns();
    [[maybe_unused]] const auto lang = texts.text();
    [[maybe_unused]] const auto title = texts.text();
    const auto color = texts.text();
    const auto size = texts.text();
    if (!texts.ok()) return damagedColumns();
    if (!color.empty()) row.color = colors_.add(foldText(color), color, product);
    if (!size.empty()) row.size = sizes_.add(lowerText(size), size, product); // "1,5" is not "15"
    if (const auto rating = statement.blob(10); !rating.empty()) {
        PackReader in(rating);
        const auto reviews = static_cast<double>(in.number() & 0x7fffffff);
        const auto average = in.real();
        if (!in.ok() || !std::isfinite(average)) return damagedColumns();
        if (reviews > 0) {
            row.rating = hundredthsOf(average);
            row.weighed =
                hundredthsOf((average * reviews + kMiddleRating * kMiddleWeight) / (reviews + kMiddleWeight));
        }
    }
    if (rows_.size() <= product) {
        Row none;
        none.department = kNoProduct;
        rows_.resize(product + 1, none);
    }
    rows_[product] = row;
    return {};
}

} // namespace silta
