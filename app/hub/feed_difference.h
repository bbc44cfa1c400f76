// What an import changes: the staged feeds compared with what the hub has.
#pragma once

#include "hub/feed_stage.h"

#include <string>
#include <unordered_set>
#include <vector>

namespace silta::hub {

/// Stores to write and to remove, with the ids that they will have.
struct StoreDifference {
    std::vector<StagedStore> put;
    std::vector<std::int64_t> removed;
    std::unordered_map<std::string, std::int64_t> ids; ///< by code, as they will be
    std::int64_t lastId = 0;
};

/// `stores` is absent when no store file was given.
Result<StoreDifference> compareStores(ImportState& state, const StagedStores* stores, bool removesUnnamed);

/// How one kind of file beside the product feed takes part.
struct CompareProducts {
    bool hasProducts = false;
    bool removesUnnamed = false;                      ///< products that the feed does not name go
    std::vector<std::pair<std::string, bool>> titles; ///< language; whether texts that it does not name go
    bool hasReviews = false;
    bool removesRatings = false; ///< products without a review lose theirs
};

/// Puts the changes into the staging file and brings its known products up to date. Returns the ids of
/// removed ones.
Result<std::unordered_set<std::int64_t>> compareProducts(ImportState& state, const CompareProducts& how);

struct CompareCells {
    bool hasInventory = false;
    bool removesUnnamed = false;
    const std::unordered_set<std::int64_t>& removedProducts;
    std::unordered_set<std::int64_t> removedStores;
};

/// Puts the changed cells into the staging file. Rows for the same cell are reported to `file`.
Result<void> compareCells(ImportState& state, const CompareCells& how, FileTally& file);

} // namespace silta::hub
