// The search index of a catalogue file: what of a product goes into it, and keeping the two together.
//
// The index lies beside the catalogue ("catalog.db.index"). The catalogue's table "meta" holds a random
// number, index_source, that the index repeats: so an index of another catalogue is told apart. Each
// transaction that changes what is found counts index_change up and lists its products in "index_log"; an
// index says which change it was built at, and a reader adds what the log lists since. Making a new index
// renames it into place first and cuts the log afterwards (index_from), so whatever is cut short leaves an
// index that fits.
#pragma once

#include "catalog/index/live_index.h"
#include "catalog/product_row.h"
#include "catalog/statements.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace silta {

/// Columns of the index's facets.
inline constexpr std::size_t kDepartmentFacet = 0;
inline constexpr std::size_t kCatalogFacets = 1;

using PathText = std::function<std::string_view(std::int64_t)>;

/// What is found of a product: titles, brand, colours, sizes and departments of all languages, sku, GTIN.
ChangedProduct indexContentOf(const ProductRow& row, const PathText& pathText);

/// What the catalogue says about its index; part of "meta".
struct IndexState {
    std::int64_t source = 0;
    std::int64_t change = 0; ///< counts transactions that changed what is found
    std::int64_t from = 0;   ///< later changes are in the log
    bool operator==(const IndexState&) const = default;
};

/// "…/catalog.db.index"
std::string searchIndexPath(const std::string& catalogPath);
/// Puts all products into a builder. Within the caller's transaction. Errors: Corrupt, Busy, Limit.
Result<IndexBuilder> collectIndex(Statements& statements, const IndexState& state, const PathText& pathText);
/// The index file, if it belongs to the catalogue and the log reaches back to it. Errors: NotFound, Corrupt,
/// Io.
Result<std::shared_ptr<const IndexFile>> openIndexOf(const std::string& catalogPath, const IndexState& state);

/// A reader's index: the file, or one made in memory where there is none, and the changes since. What a
/// reader makes in memory is bounded (limits.h); beyond that it goes on with the index that it has until the
/// catalogue's writer has made a file (refreshSearchIndex). Thread: the connection's owner.
class CatalogIndex {
public:
    explicit CatalogIndex(std::string catalogPath) : catalogPath_(std::move(catalogPath)) {}
    /// The index as of the caller's transaction, or older where there are more changes than a reader takes
    /// in. Errors: Corrupt, Busy (also: too many products and no file yet), Limit.
    Result<LiveIndex*> at(Statements& statements, const IndexState& state, const PathText& pathText);

private:
    [[nodiscard]] bool isStale(const IndexState& state) const;
    Result<void> open(Statements& statements, const IndexState& state, const PathText& pathText);
    Result<void> catchUp(Statements& statements, const IndexState& state, const PathText& pathText);

    std::string catalogPath_;
    std::unique_ptr<LiveIndex> live_;
    std::optional<std::filesystem::file_time_type>
        tried_;         ///< of the file that was there; another one is newer
    IndexState opened_; ///< when the file was opened
    std::int64_t applied_ = 0;
    std::int64_t refused_ = -1; ///< the change at which there was too much to take in
};

} // namespace silta
