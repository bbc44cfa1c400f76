// CatalogStore: the hub's products, stores and stock with the sequence number of each row's last change.
//
// Two streams number what changes: "catalog" (stores and products) and "stock" (cells). A row keeps only its
// latest number; a removed row stays as a tombstone, so that everything after a number can be told without a
// log.
#pragma once

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// Tables of this module; running it again does no harm. They share a file with the hub's other tables.
extern const char* const kHubCatalogSchema;

/// Rows read from the hub's file in one go: no other writer waits longer than that takes (about 10 ms).
inline constexpr int kSliceRows = 5000;
/// Page cache for the imports' own connection: the tree of a million keys fits.
inline constexpr int kImportCacheKib = 64 * 1024;

struct HubPosition {
    std::int64_t catalogSeq = 0, stockSeq = 0;
    bool operator==(const HubPosition&) const = default;
};

struct HubStore {
    std::int64_t id = 0;
    std::string code;
    bool removed = false;
    std::int64_t seq = 0;
    UtcMs reportedAt = 0; ///< as-of time of its last stock report; 0 = never
    std::string body;     ///< a segment line (toLine) without its newline; empty when removed
};

struct HubProduct {
    std::int64_t id = 0;
    std::string sku;
    std::string group;
    std::int64_t gtin = 0; ///< 0 = none
    bool removed = false;
    std::int64_t seq = 0;
    std::string inputs; ///< digest of the feed rows that it was made of; see Importer
    std::string body;   ///< a segment line (toLine) without its newline; empty when removed
};

struct HubCell {
    std::int64_t product = 0, store = 0;
    std::int32_t quantity = 0; ///< 0 = a tombstone
    UtcMs asOf = 0;
    std::int64_t seq = 0;
    std::string aisle;
};

class CatalogUpdate;

/// Thread: its owner's. Every reading call releases the file between slices.
class CatalogStore {
public:
    /// Opens or creates the tables in the hub's file. `random` makes the epoch once. Errors: as Database.
    static Result<CatalogStore> open(const std::string& path, Random& random);

    [[nodiscard]] const std::string& epoch() const { return epoch_; }
    [[nodiscard]] Database& database() { return database_; }
    Result<HubPosition> position() const;
    /// For a copy that takes the hub's place: what devices have of numbers that it has forgotten is another
    /// catalogue's, and they take the next snapshot. Errors: Busy, Full, Io.
    Result<void> startEpoch(Random& random);

    /// The chain's words for search; none before any have been set.
    Result<std::optional<std::string>> searchWords() const;
    /// Empty: there are none any more, which devices must hear of. Errors: as checkSearchWords(), Busy, Full.
    Result<void> setSearchWords(std::string_view text);

    Result<std::vector<HubStore>> stores() const;
    /// Without bodies; in the order of ids. Stops at the first error of `take`, which may use the store.
    Result<void> forEachProduct(const std::function<Result<void>(const HubProduct&)>& take) const;
    /// With bodies, those with `seq` > `after` only; in the order of ids when `after` is 0, else of sequence
    /// numbers.
    Result<void> forEachProductAfter(std::int64_t after,
                                     const std::function<Result<void>(const HubProduct&)>& take) const;
    /// All cells by (product, store), tombstones included.
    Result<void> forEachCell(const std::function<Result<void>(const HubCell&)>& take) const;
    /// Errors: NotFound.
    Result<std::string> productBody(std::int64_t id) const;
    Result<std::string> skuOf(std::int64_t id) const;
    /// Segment lines of what is in the range now. Errors: NotFound.
    Result<std::string> bodyOfSku(std::string_view sku) const;
    Result<std::string> bodyOfStore(std::string_view code) const;
    /// The largest id in use, removed products included.
    Result<std::int64_t> lastProductId() const;

private:
    friend class CatalogUpdate;
    explicit CatalogStore(Database database) : database_(std::move(database)) {}
    template <class Key>
    Result<std::string> textOf(const char* sql, Key key) const;
    Database database_;
    std::string epoch_;
};

/// One transaction that applies a difference; each put or remove takes the next number of its stream.
/// Rolls back unless committed. Must not outlive its store.
class CatalogUpdate {
public:
    /// Errors: Busy (another writer), Io.
    static Result<CatalogUpdate> begin(CatalogStore& store);

    Result<void> putStore(std::int64_t id, const std::string& code, const std::string& body);
    Result<void> removeStore(std::int64_t id);
    Result<void> putProduct(const HubProduct& product);
    Result<void> removeProduct(std::int64_t id);
    /// Remembers new inputs of a product that did not change by them; takes no number.
    Result<void> setInputs(std::int64_t id, const std::string& inputs);
    /// `cell.seq` is ignored.
    Result<void> putCell(const HubCell& cell);
    /// Takes no number; an older report than the last is ignored.
    Result<void> reportStore(std::int64_t id, UtcMs asOf);
    /// The position after everything so far.
    [[nodiscard]] HubPosition position() const { return position_; }
    Result<void> commit();

private:
    CatalogUpdate(Transaction transaction, std::vector<Statement> statements, HubPosition position);

    Transaction transaction_;
    std::vector<Statement> statements_;
    HubPosition position_;
};

} // namespace silta::hub
