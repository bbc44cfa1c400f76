// ShelfFigures: what the hub's catalogue says lies on the shelves of the stores, and at what price.
#pragma once

#include <silta/catalog.h>
#include <silta/money.h>
#include <silta/store.h>
#include <silta/time.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace silta::hub {

struct ShelfFigure {
    std::string store;
    std::int64_t quantity = 0; ///< above 0
    UtcMs asOf = 0;            ///< of the figure or of the store's last full report, whichever is newer
};

/// Where the catalogue is. On SQLite that is the operations' own connection, so that a transaction which has
/// written does not wait for itself; with operations on PostgreSQL the importer's file beside it.
struct CatalogPlace {
    Database* database = nullptr; ///< null: no catalogue
    std::mutex* guard = nullptr;  ///< held while it is read; null: nobody else has the connection
};

/// Thread: the place's. A hub whose importer has never run knows of nothing.
class ShelfFigures {
public:
    explicit ShelfFigures(CatalogPlace place) : place_(place) {}

    /// All stores that have it.
    Result<std::vector<ShelfFigure>> of(const std::string& sku) const;
    /// Nothing for a product that is not sold, or has no price.
    Result<std::optional<Money>> priceOf(const std::string& sku, UtcMs nowMs) const;
    /// Great circles to each of the others; 0 where one of the two stores is unknown.
    Result<std::vector<double>> kmFrom(const std::string& store,
                                       const std::vector<std::string>& others) const;

private:
    /// Nothing for one that is unknown.
    Result<std::optional<StoreRecord>> storeNamed(const std::string& code) const;
    /// The first row's first column for one text; nothing where there is none.
    Result<std::optional<std::string>> textOf(const char* sql, const std::string& key) const;
    CatalogPlace place_;
};

} // namespace silta::hub
