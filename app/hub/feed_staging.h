// Staging: what an import has read, in a temporary SQLite file, so that memory stays flat and the hub's own
// file is not locked while feeds are read and compared.
#pragma once

#include "hub/catalog_store.h"
#include "hub/feed_reviews.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// A product of the feed as it was staged.
struct StagedProduct {
    std::string sku;
    std::int64_t line = 0;
    std::string group;
    std::int64_t gtin = 0;
    std::string base; ///< segment line of the feed's row alone
};

/// A product that the hub knows, copied at the import's start and kept up to date with its changes.
struct KnownProduct {
    std::int64_t id = 0;
    bool removed = false;
    std::string group;
    std::string inputs;
};

struct StagedCell {
    std::int64_t product = 0, store = 0;
    std::optional<std::int32_t> quantity; ///< absent: the row was bad, leave the cell as it is
    std::string aisle;
    std::int64_t line = 0;
};

/// What happens to one product or cell when the difference is applied.
struct ProductChange {
    bool isRemoval = false;
    bool isInputsOnly = false; ///< nothing for devices, but new digests of what it was made of
    HubProduct product;
};

struct RatingSum {
    Rating rating;
    std::vector<Review> newest;
};

/// One import's temporary file; deleted with the object. Thread: its owner's.
class Staging {
public:
    /// Errors: Io, Full.
    static Result<Staging> create(const std::string& path);
    Staging(Staging&&) noexcept;
    Staging& operator=(Staging&&) = delete;
    ~Staging();

    /// False when the sku is there already.
    Result<bool> addProduct(const StagedProduct& product);
    /// A bad row of this sku: what the hub knows of it stays.
    Result<void> keepProduct(std::string_view sku);
    /// Good products in the order of the feed.
    Result<void> forEachProduct(const std::function<Result<void>(const StagedProduct&)>& take);
    /// Whether the feed names the sku, with a good row or a bad one.
    Result<bool> names(std::string_view sku);

    Result<void> addKnown(const HubProduct& product);
    Result<std::optional<KnownProduct>> known(std::string_view sku);
    Result<void> setKnown(std::string_view sku, std::int64_t id, bool removed);
    /// Makes looking up by GTIN fast; for reviews.
    Result<void> indexGtins();
    /// Marks the products of forEachUnnamed as removed.
    Result<void> removeUnnamed();
    /// Live products of the hub that the feed does not name.
    Result<void>
    forEachUnnamed(const std::function<Result<void>(std::int64_t id, const std::string& sku)>& take);
    Result<void>
    forEachKnown(const std::function<Result<void>(const std::string& sku, const KnownProduct&)>& take);

    /// False when there is one already. Absent text: the row was bad, leave the text as it is.
    Result<bool> addTitle(std::string_view sku, std::string_view lang,
                          const std::optional<ProductText>& text);
    struct StagedTitle {
        std::optional<ProductText> text;
    };
    /// Nothing when the language feed does not name the sku.
    Result<std::optional<StagedTitle>> title(std::string_view sku, std::string_view lang);

    /// Groups (or single items) that a sku or GTIN stands for, see ratingKey.
    Result<void> addKeysOfSku(std::string_view sku, std::vector<std::string>& keys);
    Result<void> addKeysOfGtin(std::int64_t gtin, std::vector<std::string>& keys);
    /// False when the review's id is there already; an empty id is never a duplicate.
    Result<bool> addReview(const FeedReview& review, const std::vector<std::string>& keys);
    Result<std::optional<RatingSum>> rating(const std::string& key);

    Result<void> addCell(const StagedCell& cell);
    /// By product and store; of the rows for one cell good ones first, then by line.
    Result<Statement> sortedCells();
    static StagedCell cellOf(const Statement& row);

    Result<void> addChange(const ProductChange& change);
    Result<void> forEachChange(const std::function<Result<void>(const ProductChange&)>& take);
    Result<void> addChange(const HubCell& cell);
    Result<void> forEachCellChange(const std::function<Result<void>(const HubCell&)>& take);

private:
    enum Prepared : std::size_t;
    Staging(std::string path, Database database) : path_(std::move(path)), database_(std::move(database)) {}
    Statement& sql(Prepared which);

    std::string path_;
    Database database_;
    std::vector<Statement> statements_;
};

/// Reviews count for a whole group of variants: "g:" and the group, or "s:" and the sku of an item without
/// one.
std::string ratingKey(std::string_view sku, std::string_view group);

} // namespace silta::hub
