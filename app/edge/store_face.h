// StoreFace: what a guest sees of the store before signing in: its name, hours and offers.
//
// Read from the catalogue at most every few seconds, however many guests ask: while one request reads, the
// others get what was read before.
#pragma once

#include "core/json.h"
#include "shopper/wishlist_repository.h"

#include <silta/catalog.h>
#include <silta/result.h>
#include <silta/time.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace silta {

inline constexpr int kGuestOffersMax = 24; ///< in one answer
inline constexpr int kGuestOffersDefault = 8;
inline constexpr std::size_t kGuestListShownMax = 10; ///< of a wishlist: a page of a phone

/// Thread: any. The clock must outlive it.
class StoreFace {
public:
    /// Opens the catalogue as it is now, for a home store. Errors: NotFound (none has come yet), Corrupt.
    using OpenCatalog = std::function<Result<std::unique_ptr<CatalogReader>>(const std::string& storeCode)>;
    StoreFace(OpenCatalog open, const Clock& clock) : open_(std::move(open)), clock_(clock) {}

    /// Errors: Unavailable (no catalogue, or the store is not in it), Corrupt, Io.
    Result<StoreRecord> store(const std::string& storeCode);
    /// `{"offers": […]}`: what is on sale and in stock here, biggest discount first, the departments taking
    /// turns. Errors: as store().
    Result<std::string> offers(const std::string& storeCode, const std::string& lang, int limit);

    /// `{"items": […], "count"}`: the first kGuestListShownMax of a shopper's list that the catalogue knows,
    /// and how many it has in all; fewer where reading takes long. Read anew for each who asks. Errors: as
    /// OpenCatalog.
    Result<Json> list(const std::string& storeCode, const std::vector<WishlistItem>& items,
                      const std::string& lang) const;

    /// Opens what the folder's pointer leads to at the moment.
    static OpenCatalog openerOf(std::string catalogFolder);

private:
    struct Shown {
        StoreRecord store;
        std::map<std::string, std::vector<std::string>> offers; ///< JSON texts by language
    };
    /// Reads again what is old.
    Result<std::shared_ptr<const Shown>> shown(const std::string& storeCode);
    Result<std::shared_ptr<const Shown>> read(const std::string& storeCode) const;

    OpenCatalog open_;
    const Clock& clock_;
    std::mutex mutex_;                   ///< guards what follows
    std::shared_ptr<const Shown> shown_; ///< shared with requests that are being answered from it
    std::optional<Error> failure_;       ///< of the last reading
    std::int64_t nextReadMs_ = 0;
    bool reading_ = false;
};

} // namespace silta
