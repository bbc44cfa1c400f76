// Folding within bounds of the caller's; foldStock (silta/catalog.h) takes those of limits.h.
#pragma once

#include "catalog/limits.h"

#include <silta/result.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace silta {

struct FoldBounds {
    std::optional<std::int64_t>
        entriesMin; ///< a shorter log is left alone; nothing = by the catalogue's size
    std::size_t sliceProducts = kFoldSliceProducts;                  ///< of one transaction
    std::size_t slicesMax = std::numeric_limits<std::size_t>::max(); ///< that write something, at once
};

/// As foldStock: true when all of the log is folded. A fold that stops at its bound goes on with the next
/// call, and passes over what is written already.
Result<bool> foldStockLog(const std::string& catalogPath, const FoldBounds& bounds);

} // namespace silta
