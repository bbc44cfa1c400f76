// What a reader keeps in memory of one catalog file, and how it reads rows: shared by the reader and the
// search.
#pragma once

#include "catalog/catalog_index.h"
#include "catalog/product_row.h"
#include "catalog/search_words.h"
#include "catalog/statements.h"
#include "catalog/stock/view.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace silta {

/// Thread: its owner's.
class ReplicaView {
public:
    struct Store {
        std::int32_t id = 0;
        StoreRecord record;
        double distanceKm = 0;
    };
    using Stores = std::vector<Store>;

    /// `path`: the file's, beside which its search index and its stock log are looked for.
    ReplicaView(Database database, std::string homeCode, const std::string& path)
        : database_(std::move(database)), homeCode_(std::move(homeCode)), stock_(statements_, path),
          index_(path) {}

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
    /// Nearest first, the home store leading. Whoever keeps the pointer keeps the list as it was.
    [[nodiscard]] const std::shared_ptr<const Stores>& stores() const { return stores_; }
    /// Whether the home store is in this file, and so leads stores().
    [[nodiscard]] bool isHomeKnown() const { return homeStore_ != 0; }
    /// Place in stores() of a store's row number; nothing for one that is gone.
    [[nodiscard]] std::optional<std::size_t> placeOf(std::int32_t store) const;
    /// When the store in that place last told all of its stock; nothing when it never has.
    [[nodiscard]] std::optional<UtcMs> reportedAt(std::size_t place) const { return reportedAt_[place]; }
    [[nodiscard]] StockView& stock() { return stock_; }
    [[nodiscard]] std::string_view pathText(std::int64_t id) const;
    /// Of a cell of stock().
    [[nodiscard]] std::string_view aisle(std::int32_t id) const;
    /// True when `department` is `ancestor` or lies below it.
    [[nodiscard]] bool isBelow(std::int64_t department, std::int64_t ancestor) const;
    [[nodiscard]] std::size_t departmentCount() const { return parents_.size(); }
    [[nodiscard]] std::int64_t parentOf(std::int64_t department) const;
    /// 0 when there is none. Errors: Busy, Corrupt.
    Result<std::int64_t> departmentAt(std::string_view path);
    /// In the asked language, or the nearest that exists. Errors: Busy, Corrupt.
    Result<std::string> departmentTitle(std::int64_t id, std::string_view lang);
    [[nodiscard]] const SearchWords& searchWords() const { return searchWords_; }

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
    Result<bool> refreshTables();
    Result<void> readMeta();
    void readSearchWords(std::string text);
    Result<void> readStores();
    void takeReports();
    Result<void> readNames();

    Database database_;
    Statements statements_{database_};
    std::string homeCode_;
    std::int32_t homeStore_ = 0; ///< 0 = not in this file
    bool fresh_ = false;
    std::int64_t dataVersion_ = 0;
    CatalogInfo info_;
    StockState stockState_;
    std::int64_t storesChange_ = 0, storesRead_ = -1;
    std::int64_t namesChange_ = 0, namesRead_ = -1;
    std::shared_ptr<const Stores> stores_ = std::make_shared<Stores>();
    std::vector<std::uint32_t> places_;            ///< in stores_ + 1, by row number; 0 = none
    std::vector<std::optional<UtcMs>> reportedAt_; ///< by place in stores_
    std::vector<std::string> paths_, aisles_;
    std::vector<std::int64_t> parents_; ///< of departments
    StockView stock_;
    IndexState indexState_;
    std::string searchWordsText_; ///< what searchWords_ was made of
    SearchWords searchWords_;
    CatalogIndex index_;
};

} // namespace silta
