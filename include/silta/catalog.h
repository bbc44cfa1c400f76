// The chain's products, prices, stores and stock: records as they travel, and the device's read-only replica.
#pragma once

#include <silta/gtin.h>
#include <silta/money.h>
#include <silta/result.h>
#include <silta/time.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

/// Languages of shopper-facing texts, in the order in which one stands in for another that is missing.
inline constexpr std::array<std::string_view, 4> kLanguages = {"en", "fi", "sv", "pl"};

// ---- records: what feeds deliver, segments carry and the replica stores
// ------------------------------------------

/// Texts of one product in one language. `department` is the path "Kitchen > Coffee > Filter coffee".
struct ProductText {
    std::string lang;
    std::string title;
    std::string description;
    std::string department;
    std::string color;
    std::string size;
};

struct Rating {
    std::int32_t count = 0;
    double average = 0;                      ///< 1..5
    std::array<std::int32_t, 5> histogram{}; ///< [0] = one star
};

struct Review {
    std::int32_t stars = 0; ///< 1..5
    std::string lang;
    std::string title;
    std::string text;
    std::string date; ///< YYYY-MM-DD
};

struct Price {
    Money regular;
    std::optional<Money> sale;             ///< lower than `regular`, same currency
    std::optional<UtcMs> saleFrom, saleTo; ///< half-open interval; absent = unbounded
    [[nodiscard]] Money at(UtcMs now) const;
    [[nodiscard]] bool isOffer(UtcMs now) const;
};

/// One sellable item. `sku` is the merchant's id, at most 50 characters; it is the key in feeds.
struct ProductRecord {
    std::string sku;
    std::optional<Gtin> gtin;
    std::string group; ///< item_group_id: items that are variants of each other share it; empty = no variants
    std::string brand;
    std::optional<Price> price;
    std::string picture;            ///< SHA-256 (hex) of the picture's bytes, or empty
    std::vector<ProductText> texts; ///< at least one; the first is the feed's own language
    std::vector<std::pair<std::string, std::string>> attributes; ///< e.g. {"material", "steel"}
    Rating rating;
    std::vector<Review> reviews; ///< newest first, at most kReviewsMax
    bool operator==(const ProductRecord&) const;
};

inline constexpr std::size_t kReviewsMax = 8;

/// Minutes after midnight, store time. `to` may be up to 2,880 for hours that pass midnight.
struct OpenInterval {
    std::int32_t fromMinute = 0;
    std::int32_t toMinute = 0;
    bool operator==(const OpenInterval&) const = default;
};

struct SpecialDay {
    std::string date;               ///< YYYY-MM-DD, store time
    std::vector<OpenInterval> open; ///< empty = closed all day
    bool operator==(const SpecialDay&) const = default;
};

struct OpeningHours {
    std::array<std::vector<OpenInterval>, 7> week; ///< [0] = Monday
    std::vector<SpecialDay> special;
    bool operator==(const OpeningHours&) const = default;
};

struct StoreRecord {
    std::string code; ///< schema.org branchCode, the feed's store_code; at most 64 characters
    std::string name, street, city, postcode, country, phone; ///< country: ISO 3166-1 alpha-2
    double latitude = 0, longitude = 0;                       ///< degrees, WGS 84
    std::string timeZone;                                     ///< IANA name
    OpeningHours hours;
    bool operator==(const StoreRecord&) const = default;
};

/// Absolute stock of one item in one store. Quantity 0 removes the cell.
struct StockRecord {
    std::string sku;
    std::string storeCode;
    std::int32_t quantity = 0; ///< 0..kQuantityMax
    UtcMs asOf = 0;            ///< when the figure was true
    std::string aisle;         ///< where in the store, at most 20 bytes ("A12"), or empty
};

inline constexpr std::int32_t kQuantityMax = 1'000'000;

/// Up to which of the hub's numbers the stock of a region's stores is known. Without regions there is one,
/// whose name is empty.
struct StockPosition {
    std::string region;
    std::int64_t seq = 0;
    bool operator==(const StockPosition&) const = default;
};

/// All of a store's stock was true at that time: what it names, and that it has nothing else.
struct StoreReport {
    std::string storeCode;
    UtcMs asOf = 0;
};

// ---- the replica, for reading
// ------------------------------------------------------------------------------------

enum class Availability { Unknown, InStock, LastFew, Out };
const char* toString(Availability availability); ///< "unknown", "in-stock", "last-few", "out"
/// LastFew for 1..kLastFewMax.
Availability availabilityOf(std::int32_t quantity);
inline constexpr std::int32_t kLastFewMax = 3;

/// One line of a result list; variants of one group are folded into one card.
struct ProductCard {
    std::int64_t id = 0; ///< the replica's own row number; not stable across snapshots
    std::string sku;
    std::optional<Gtin> gtin;
    std::string title;
    std::string brand;
    std::optional<Price> price;
    std::string picture;
    Rating rating;
    int variants = 1;
    Availability here = Availability::Unknown; ///< best of the group in the home store
};

struct ProductVariant {
    std::int64_t id = 0;
    std::string sku;
    std::string color, size; ///< in the asked language
    std::string picture;
    std::optional<Price> price;
    Availability here = Availability::Unknown;
};

struct ProductPage {
    ProductRecord record;
    std::int64_t id = 0;
    ProductText text;                     ///< in the asked language, or the nearest that exists
    std::vector<ProductVariant> variants; ///< the whole group, this item included; empty without a group
};

struct StoreStock {
    std::shared_ptr<const StoreRecord> store; ///< shared with the reader: its hours and address are long
    double distanceKm = 0;                    ///< from the home store, great circle
    std::int32_t quantity = 0;
    Availability availability = Availability::Unknown;
    bool isEstimate = false; ///< another store's: nobody here has looked at the shelf
    UtcMs asOf = 0;          ///< of this cell or of the store's last full report, whichever is newer
    std::string aisle;       ///< empty when not known
};

struct Department {
    std::int64_t id = 0;
    std::string title; ///< in the asked language
    int products = 0;  ///< cards in it, sub-departments included
};

struct CatalogInfo {
    std::int64_t catalogSeq = 0, stockSeq = 0; ///< hub sequence numbers; stock's is that of the oldest region
    std::vector<StockPosition> stock;          ///< by region
    std::int64_t products = 0, stores = 0;
    UtcMs stockAsOf = 0; ///< newest stock figure in the replica
    std::string epoch;
    std::string reports; ///< name of the file of reports that was put last; empty when none was named
};

struct SearchQuery {
    std::string text;
    std::string lang = "en";
    int limit = 20;              ///< 1..kSearchLimitMax
    std::int64_t department = 0; ///< 0 = all; an empty text then browses it
    bool hereOnly = false;       ///< only what the home store has in stock
};

inline constexpr int kSearchLimitMax = 200;
inline constexpr std::size_t kQueryBytesMax = 256;

struct BrowseQuery; // browse.h
struct BrowsePage;

/// Read access to one catalog file. Thread: its owner's; open one for each thread.
class CatalogReader {
public:
    /// Errors: NotFound, Corrupt, Unsupported (schema newer than the program), Io.
    static Result<std::unique_ptr<CatalogReader>> open(const std::string& path, std::string homeStoreCode);
    virtual ~CatalogReader() = default;

    virtual Result<CatalogInfo> info() const = 0;
    /// Best first. Unknown words give an empty list. Errors: Limit (text too long), Busy, Corrupt.
    virtual Result<std::vector<ProductCard>> search(const SearchQuery& query) const = 0;
    /// The same, with facets, choices and order. Takes as long as there are products that fit, and the first
    /// call on a file reads a column of each product: not for a screen's thread. Errors: Limit (text too
    /// long, too many choices), Busy, Corrupt.
    virtual Result<BrowsePage> browse(const BrowseQuery& query) const = 0;
    /// Offers valid at `now`, those in stock here first.
    virtual Result<std::vector<ProductCard>> offers(std::string_view lang, UtcMs now, int limit) const = 0;
    /// Top-level departments with at least one product, by size.
    virtual Result<std::vector<Department>> departments(std::string_view lang) const = 0;
    /// Errors: NotFound, Busy, Corrupt.
    virtual Result<ProductPage> product(std::int64_t id, std::string_view lang) const = 0;
    virtual Result<std::int64_t> idOfSku(std::string_view sku) const = 0;
    virtual Result<std::int64_t> idOfGtin(const Gtin& gtin) const = 0;
    /// All stores, nearest first, the home store leading; quantity 0 where the item is out.
    virtual Result<std::vector<StoreStock>> stock(std::int64_t productId) const = 0;
    /// The home store, and of the others those that have it, nearest first: a tenth of the time.
    virtual Result<std::vector<StoreStock>> storesWithStock(std::int64_t productId) const = 0;
    virtual Result<std::vector<StoreRecord>> stores() const = 0;
    /// SHA-256 names of all pictures that products refer to, each once.
    virtual Result<std::vector<std::string>> pictures() const = 0;
};

// ---- the replica, for writing
// ------------------------------------------------------------------------------------

/// Writes a catalog file: a new one (hub, or a test), or the live one (silta-edge). Thread: its owner's.
class CatalogWriter {
public:
    /// A new file; `finish` makes it readable. Errors: Conflict (the file exists), Full, Io.
    static Result<std::unique_ptr<CatalogWriter>> create(const std::string& path);
    /// An existing file. Errors: NotFound, Corrupt, Unsupported.
    static Result<std::unique_ptr<CatalogWriter>> open(const std::string& path);
    virtual ~CatalogWriter() = default;

    virtual Result<void> begin() = 0;
    virtual Result<void> commit() = 0;
    virtual Result<void> putStore(const StoreRecord& store) = 0;
    virtual Result<void> removeStore(std::string_view code) = 0;
    virtual Result<void> putProduct(const ProductRecord& product) = 0;
    virtual Result<void> removeProduct(std::string_view sku) = 0;
    /// All for one sku in one call where possible: they share a row. Unknown skus or stores are skipped.
    virtual Result<void> putStock(std::string_view sku, std::span<const StockRecord> cells) = 0;
    /// A store without any report is of unknown stock where it names none. Unknown stores are skipped, and
    /// reports older than the last one.
    virtual Result<void> putReports(std::span<const StoreReport> reports) = 0;
    /// Names the file that the reports came from; part of the open transaction. Errors: also Invalid (longer
    /// than the name of a file by its content).
    virtual Result<void> setReportsName(std::string_view name) = 0;
    /// Sets the sequence numbers that products and stores, or the stock of a region, now stand for; part of
    /// the open transaction. Of a live file, what was put of stock is on the disk right after the rest, with
    /// the stock's position: a transaction that is cut short between the two has told products and stores,
    /// and no stock. So one that sets the position of products and stores must not put stock.
    virtual Result<void> setPosition(std::string_view epoch, std::int64_t catalogSeq) = 0;
    virtual Result<void> setStockPosition(const StockPosition& position) = 0;
    /// Optimises, checks and closes a file made by create().
    virtual Result<void> finish() = 0;
};

/// How closely an index is looked at before it is kept.
enum class IndexCheck { Quick, Whole };
/// Makes the search index beside a catalogue file anew when there is none that fits, when it is damaged, or
/// when too many products have changed since it was made. True when it did. Readers go on meanwhile, and take
/// the new one with their next search; without any they make their own of a small catalogue, in memory.
/// `forPath`: where the catalogue will be, when it is to be renamed; its index is then always made anew.
/// Thread: any but a screen's; takes seconds for a million products, on a thread of low priority. Errors:
/// NotFound, Corrupt, Busy, Full, Io, Limit.
Result<bool> refreshSearchIndex(const std::string& catalogPath, IndexCheck check,
                                const std::string& forPath = {});

enum class StockFold { WhenLarge, Now };
/// Writes the changes of stock that lie beside a live catalogue into its rows, and begins their log anew;
/// true when it did. WhenLarge does a part of it, some seconds of a memory card, and false tells that there
/// may be more to do with the next call. Readers go on meanwhile. Thread: the writer's, with no transaction
/// open; on a thread of low priority. Errors: NotFound, Corrupt, Busy, Full, Io.
Result<bool> foldStock(const std::string& catalogPath, StockFold when);

/// The chain's words for search, as a text of lines (search_words.h says of what form): what means the same,
/// and what leads somewhere.
inline constexpr std::size_t kSearchWordsBytesMax = std::size_t{64} * 1024;
/// Errors: Invalid (with the number of the line), Limit.
Result<void> checkSearchWords(std::string_view text);
/// Puts them into a catalogue file; readers go by them from their next call on. True when they are others
/// than those before. Thread: the one that writes the file. Errors: as checkSearchWords(), NotFound, Busy,
/// Corrupt, Full, Io.
Result<bool> putSearchWords(const std::string& catalogPath, std::string_view text);

/// One line of a segment file (NDJSON): what changed. Exactly one member is set.
struct CatalogChange {
    std::optional<StoreRecord> store;
    std::optional<ProductRecord> product;
    std::string removedStore;
    std::string removedSku;
    std::vector<StockRecord> stock; ///< all of one sku
    std::vector<StoreReport> reports;
};
/// Does what the line says, in the writer's open transaction. Errors: the writer's.
Result<void> applyChange(CatalogWriter& writer, const CatalogChange& change);
/// The line without a newline.
std::string toLine(const CatalogChange& change);
/// Errors: Invalid, Limit.
Result<CatalogChange> parseChange(std::string_view line);

// ---- time and place
// ----------------------------------------------------------------------------------------------

/// What to tell about a store's door at a moment. Minutes are minutes after midnight, store time.
struct OpenState {
    bool open = false;
    std::optional<std::int32_t> closesAtMinute; ///< set when open
    std::optional<std::int32_t> opensAtMinute;  ///< set when closed and it opens within the next 7 days
    int opensInDays = 0;                        ///< 0 = today
};
/// Whether anybody said when the store is open. One that opens on no day at all is not closed for ever: its
/// feed left the hours out.
bool areHoursKnown(const OpeningHours& hours);
/// `localDate` is YYYY-MM-DD and `minute` 0..1439, both in store time. Hours that are not known are closed.
OpenState openState(const OpeningHours& hours, std::string_view localDate, int minute);
/// Great-circle distance in kilometres.
double distanceKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB);
/// Lower case without diacritics, words parted by one space: the form in which texts are indexed and
/// searched.
std::string foldText(std::string_view utf8);

} // namespace silta
