// FacetTable: what products are filtered and counted by, in memory.
#pragma once

#include "catalog/statements.h"

#include <silta/money.h>
#include <silta/time.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace silta {

/// Numbers the distinct values of a column from 1; 0 = none.
class FacetNames {
public:
    FacetNames();
    /// `key`: what makes two values the same. `product`: one that has it.
    std::uint32_t add(const std::string& key, std::string_view title, std::uint32_t product);
    /// 0 when no product has it.
    [[nodiscard]] std::uint32_t find(const std::string& key) const;
    [[nodiscard]] const std::string& key(std::uint32_t number) const { return names_[number].key; }
    [[nodiscard]] const std::string& title(std::uint32_t number) const { return names_[number].title; }
    [[nodiscard]] std::uint32_t product(std::uint32_t number) const { return names_[number].product; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

private:
    struct Name {
        std::string key, title;
        std::uint32_t product = 0;
    };
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<Name> names_; ///< [0] stands for none
};

/// 32 bytes a product. Thread: its owner's.
class FacetTable {
public:
    struct Row {
        std::uint32_t department = 0, brand = 0, color = 0, size = 0;
        std::uint32_t group = 0;    ///< 0 = a card of its own
        std::uint32_t price = 0;    ///< minor units plus one; 0 = none, or in another currency than the first
        std::uint16_t rating = 0;   ///< hundredths of a star; 0 = none
        std::uint16_t weighed = 0;  ///< the same, drawn to the middle where few have rated
        std::uint8_t priceBand = 0; ///< from 1; 0 = no price
    };
    static constexpr std::size_t kPriceBands = 32; ///< 1, 2, 5, 10, … of the currency, and 0, are fewer

    /// Reads all products unless it has read them for the same `change` and no offer has begun or ended
    /// since. Within the caller's snapshot. Errors: Corrupt, Busy.
    Result<void> refresh(Statements& statements, std::string_view change, UtcMs now);
    /// Nothing for a row number that is not there.
    [[nodiscard]] const Row* row(std::int64_t product) const {
        const auto at = static_cast<std::size_t>(product);
        return product > 0 && at < rows_.size() && rows_[at].department != kNoProduct ? &rows_[at] : nullptr;
    }
    [[nodiscard]] std::size_t groups() const { return groups_; }
    [[nodiscard]] const FacetNames& brands() const { return brands_; }
    [[nodiscard]] const FacetNames& colors() const { return colors_; }
    [[nodiscard]] const FacetNames& sizes() const { return sizes_; }
    [[nodiscard]] const std::optional<Currency>& currency() const { return currency_; }
    /// Minor units of the currency. `band`: one that a product has, or one more.
    [[nodiscard]] std::int64_t priceBandFrom(std::size_t band) const { return priceBounds_[band - 1]; }
    /// Lets the processor fetch a row that will be asked for.
    void prefetch(std::uint32_t product) const {
        if (product < rows_.size()) __builtin_prefetch(&rows_[product]);
    }

private:
    static constexpr std::uint32_t kNoProduct = std::numeric_limits<std::uint32_t>::max();
    Result<void> take(const Statement& row, UtcMs now);
    [[nodiscard]] std::uint32_t priceOf(const Statement& row, UtcMs now);

    std::string change_;
    UtcMs validTo_ = 0; ///< the next offer begins or ends
    bool isRead_ = false;
    std::vector<Row> rows_;
    std::size_t groups_ = 0;
    std::unordered_map<std::string, std::uint32_t> groupNumbers_; ///< while reading
    FacetNames brands_, colors_, sizes_;
    std::optional<Currency> currency_;
    std::vector<std::int64_t> priceBounds_; ///< where each price band begins
};

} // namespace silta
