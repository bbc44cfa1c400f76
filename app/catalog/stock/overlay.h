// StockOverlay: what has changed of the stock since it was last folded into the catalogue, in memory.
#pragma once

#include "catalog/stock/cells.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace silta {

/// All that was told, the newest word on an item in front: 32 bytes each, and 64 for a moment while there is
/// no room for the next. Thread: its owner's.
class StockOverlay {
public:
    /// `cell.aisle` is a number that aisleId() gave; quantity 0 ends the cell.
    void put(std::int64_t product, const StockCell& cell);
    /// Adds the product's changes to `cells`, sorted by store and, for one store, in the order in which they
    /// were told; leaves it alone when there are none.
    void addTo(std::int64_t product, std::vector<StockCell>& cells) const;
    /// Of one store: nullptr when it has not changed.
    [[nodiscard]] const StockCell* find(std::int64_t product, std::int32_t store) const;
    /// All products that it knows, in ascending order.
    [[nodiscard]] std::vector<std::int64_t> products() const;

    /// A number below zero for a name, so that it is no row of the catalogue; 0 for an empty one.
    std::int32_t aisleId(std::string_view name);
    [[nodiscard]] std::string_view aisle(std::int32_t id) const;

private:
    struct Entry {
        StockCell cell;
        std::uint32_t product = 0;
        std::uint32_t next = 0; ///< the one before of the same product, + 1; 0 = none
    };
    /// The place in heads_ of the product, or where it goes.
    [[nodiscard]] std::size_t slotOf(std::uint32_t product) const;
    void grow();

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> heads_; ///< entry + 1, open addressing by product; a power of two of them
    std::size_t products_ = 0;
    std::unordered_map<std::string, std::int32_t> aisleIds_;
    std::vector<std::string> aisles_; ///< [-id - 1]
};

} // namespace silta
