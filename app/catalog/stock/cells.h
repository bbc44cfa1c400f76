// One item's stock in all stores as a packed list: about 1.3 bytes a store that has some.
//
//   number  zigzag(reference - oldest)·8 + flags. Times count from `oldest`, in seconds, or in milliseconds
//           with flag 1 (a figure that is not on a whole second)
//   number  size of the next part in bytes; only with flag 2 or 4
//   cells   a byte each, (gap - 1)·16 + quantity, where gap is store - store before. 15 in either half means
//           that a number follows: gap - 16, then quantity - 15
//   times   with flag 2: pairs of numbers (cells, time - oldest), ended by 0 cells; the rest are as old as
//           `oldest`
//   aisles  with flag 4: pairs of numbers (cells, aisle), one or more up to the end; the rest have none
//
// `reference` is known to whoever keeps the list: figures of one import have one time, and cost a byte.
#pragma once

#include <silta/result.h>
#include <silta/time.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

/// One store's stock of one item; ids are the replica's own.
struct StockCell {
    std::int32_t store = 0; ///< from 1
    std::int32_t quantity = 0;
    UtcMs asOf = 0;
    std::int32_t aisle = 0; ///< 0 = not known
    bool operator==(const StockCell&) const = default;
};

/// `cells` sorted by store, without doubles. Nothing when there are none.
std::string packCells(std::span<const StockCell> cells, UtcMs reference);
/// Puts them behind what is in `cells`. Errors: Corrupt.
Result<void> unpackCells(std::string_view bytes, UtcMs reference, std::vector<StockCell>& cells);
/// The quantity of one store only, without building the list; 0 when absent. Errors: Corrupt.
Result<std::int32_t> quantityInStore(std::string_view bytes, std::int32_t store);

/// What is left when `news`, sorted by store, are told to who knows `old`: the last word on a store counts,
/// and a quantity of 0 ends its cell. `merged` is overwritten.
void mergeCells(std::span<const StockCell> old, std::span<const StockCell> news,
                std::vector<StockCell>& merged);

} // namespace silta
