// What a reader keeps in memory of one catalog file, and how it reads rows: shared by the reader and the
// search.
#pragma once

#include "catalog/catalog_index.h"
#include "catalog/product_row.h"
#include "catalog/statements.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <string>
#include <vector>

namespace silta {

/// Which items the home store has: one bit a product, kept up to date from the stock log.
class HomeStock {
public:
    [[nodiscard]] bool isLoaded() const { return loaded_; }
    [[nodiscard]] bool has(std::int64_t product) const {
        return product >= 0 && static_cast<std::size_t>(product) < bits_.size() &&
               bits_[static_cast<std::size_t>(product)];
    }
    /// Reads all stock at first, later only what changed. About a second for a million items on a Raspberry
    /// Pi.
    Result<void> refresh(Statements& statements, std::int64_t homeStore, std::int64_t stockChange);

private:
    Result<void> loadAll(Statements& statements, std::int64_t homeStore);
    /// False when the log does not reach back to what is held here.
    Result<bool> applyLog(Statements& statements, std::int64_t homeStore, std::int64_t stockChange);
    Result<void> set(std::int64_t product, std::string_view cells, std::int64_t homeStore);

    bool loaded_ = false;
    std::int64_t homeStore_ = 0;
    std::int64_t change_ = 0;
    std::vector<bool> bits_;
};

/// Thread: its owner's.
class ReplicaView {
public:
    struct Store {
        std::int64_t id = 0;
        StoreRecord record;
        double distanceKm = 0;
        bool reported = false;
        UtcMs reportedAt = 0;
    };

    /// `path`: the file's, beside which its search index is looked for.
    ReplicaView(Database database, std::string homeCode, std::string path)
        : database_(std::move(database)), homeCode_(std::move(homeCode)), index_(std::move(path)) {}

    /// One consistent moment of the file, from construction to destruction. Do not nest.
    class Snapshot {
    public:
        explicit Snapshot(Database& database) : database_(&database) {}
        Snapshot(Snapshot&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
        Snapshot& operator=(Snapshot&&) = delete;
        ~Snapshot() {
            if (database_ == nullptr) return;
            [[maybe_unused]] const auto done = database_->exec("COMMIT");
        }

    private:
        Database* database_;
    };
    /// Also brings what is kept in memory up to date. Errors: Busy, Corrupt.
    Result<Snapshot> snapshot();

    Statements& statements() { return statements_; }
    [[nodiscard]] const CatalogInfo& info() const { return info_; }
    [[nodiscard]] const std::vector<Store>& stores() const { return stores_; }
    [[nodiscard]] std::string_view pathText(std::int64_t id) const;
    [[nodiscard]] std::string_view aisle(std::int64_t id) const;
    /// True when `department` is `ancestor` or lies below it.
    [[nodiscard]] bool isBelow(std::int64_t department, std::int64_t ancestor) const;
    [[nodiscard]] std::size_t departmentCount() const { return parents_.size(); }
    [[nodiscard]] std::int64_t parentOf(std::int64_t department) const;

    /// Errors: NotFound, Corrupt.
    Result<ProductRow> row(std::int64_t id);
    /// The row as the hub told it. Errors: Corrupt.
    Result<ProductRecord> record(const ProductRow& row);
    Result<Availability> availabilityHere(std::int64_t product);
    Result<ProductCard> card(const ProductRow& row, std::string_view lang);
    /// The group's items in their order of rows, at most kVariantsMax.
    Result<std::vector<std::int64_t>> variantsOf(const std::string& group);
    /// The home store's bits, read now if need be.
    Result<const HomeStock*> homeStock();
    /// The same if they have been read before, else nullptr.
    Result<const HomeStock*> homeStockIfLoaded();

    [[nodiscard]] const IndexState& indexState() const { return indexState_; }
    /// pathText() as a function. Lives as long as this.
    [[nodiscard]] PathText pathTexts() const {
        return [this](std::int64_t id) { return pathText(id); };
    }
    /// What the snapshot's products are found by. Errors: Corrupt, Busy, Limit.
    Result<LiveIndex*> searchIndex() { return index_.at(statements_, indexState_, pathTexts()); }

private:
    Result<void> refresh();
    Result<void> readMeta();
    Result<void> readStores();
    Result<void> readReports();
    Result<void> readNames();

    Database database_;
    Statements statements_{database_};
    std::string homeCode_;
    std::int64_t homeStore_ = 0; ///< 0 = not in this file
    bool homeReported_ = false;
    bool fresh_ = false;
    std::int64_t dataVersion_ = 0;
    CatalogInfo info_;
    std::int64_t stockChange_ = 0;
    std::int64_t storesChange_ = 0, storesRead_ = -1;
    std::int64_t namesChange_ = 0, namesRead_ = -1;
    std::vector<Store> stores_; ///< nearest first
    std::vector<std::string> paths_, aisles_;
    std::vector<std::int64_t> parents_; ///< of departments
    HomeStock homeStock_;
    IndexState indexState_;
    CatalogIndex index_;
};

} // namespace silta
