// TillProducts: what the till shows of a product: price, stock here and near.
#pragma once

#include "core/json.h"

#include <silta/catalog.h>
#include <silta/result.h>
#include <silta/time.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace silta {

inline constexpr int kTillHitsMax = 8;     ///< products of a search
inline constexpr std::size_t kNearMax = 3; ///< other stores that have it
inline constexpr std::size_t kTillWordsBytesMax = kQueryBytesMax;

/// Thread: any; one reads at a time. The clock must outlive it.
class TillProducts {
public:
    TillProducts(std::string catalogFolder, const Clock& clock)
        : folder_(std::move(catalogFolder)), clock_(clock) {}

    /// `{"sku", "name", "brand"?, "variant"?, "gtin"?, "price"?, "regularPrice"?, "here": {"quantity",
    /// "aisle"?, "asOfMs"}?, "near": [{"store", "km", "quantity"}]}`. Errors: NotFound (no such product),
    /// Unavailable (no catalogue).
    Result<Json> byGtin(const Gtin& gtin, const std::string& storeCode, const std::string& lang);
    Result<Json> bySku(const std::string& sku, const std::string& storeCode, const std::string& lang);
    /// What a search finds, best first, each with `sku`, `name`, `brand`, `price`? and `here` (see toString
    /// of Availability). Errors: as above, Limit.
    Result<Json> byWords(const std::string& words, const std::string& storeCode, const std::string& lang);
    /// What the replica says lies on the store's shelf. Errors: as above.
    struct Shelf {
        std::int64_t quantity = 0;
        UtcMs asOf = 0;
        std::string aisle; ///< empty: not known
    };
    Result<Shelf> shelfOf(const std::string& sku, const std::string& storeCode);
    /// As it is called in that language. Errors: as above.
    Result<std::string> nameOf(const std::string& sku, const std::string& storeCode, const std::string& lang);
    /// Names of all stores by code. Errors: as above.
    Result<std::map<std::string, std::string>> storeNames(const std::string& storeCode);
    /// Two letters of ISO 3166-1. Errors: as above.
    Result<std::string> countryOf(const std::string& storeCode);

private:
    /// Call with mutex_ held.
    Result<const CatalogReader*> reader(const std::string& storeCode);
    Result<Json> pageOf(const CatalogReader& reader, std::int64_t id, const std::string& lang) const;

    const std::string folder_;
    const Clock& clock_;
    std::mutex mutex_; ///< guards what follows
    std::string path_, storeCode_;
    std::unique_ptr<CatalogReader> reader_;
};

} // namespace silta
