#include "catalog/browse.h"
#include "catalog/codec.h"
#include "catalog/limits.h"
#include "catalog/replica_view.h"
#include "catalog/schema.h"
#include "catalog/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace silta {

namespace {

class SqliteCatalogReader final : public CatalogReader {
public:
    SqliteCatalogReader(Database database, std::string homeStoreCode, const std::string& path)
        : view_(std::move(database), std::move(homeStoreCode), path) {}

    /// Reads what is kept in memory, so that a damaged file is refused at once.
    Result<void> load() {
        auto snapshot = view_.snapshot();
        if (!snapshot) return snapshot.error();
        return {};
    }

    Result<CatalogInfo> info() const override;
    Result<std::vector<ProductCard>> search(const SearchQuery& query) const override;
    Result<BrowsePage> browse(const BrowseQuery& query) const override;
    Result<std::vector<ProductCard>> offers(std::string_view lang, UtcMs now, int limit) const override;
    Result<std::vector<Department>> departments(std::string_view lang) const override;
    Result<ProductPage> product(std::int64_t id, std::string_view lang) const override;
    Result<std::int64_t> idOfSku(std::string_view sku) const override;
    Result<std::int64_t> idOfGtin(const Gtin& gtin) const override;
    Result<std::vector<StoreStock>> stock(std::int64_t productId) const override;
    Result<std::vector<StoreStock>> storesWithStock(std::int64_t productId) const override;
    Result<std::vector<StoreRecord>> stores() const override;
    Result<std::vector<std::string>> pictures() const override;

private:
    Result<ProductVariant> variant(std::int64_t id, std::string_view lang) const;
    Result<std::vector<std::int64_t>> offerIds(UtcMs now, std::size_t limit) const;
    Result<std::span<const StockCell>> cellsOf(std::int64_t productId) const;
    [[nodiscard]] StoreStock withoutCell(std::size_t place) const;
    void putCell(const StockCell& cell, StoreStock& item) const;

    // Caches and prepared statements; what a caller sees does not depend on them.
    mutable ReplicaView view_;
    mutable FacetTable facets_;
};

Result<CatalogInfo> SqliteCatalogReader::info() const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    return view_.info();
}

Result<std::vector<ProductCard>> SqliteCatalogReader::search(const SearchQuery& query) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    return searchProducts(view_, query);
}

Result<BrowsePage> SqliteCatalogReader::browse(const BrowseQuery& query) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    return browseProducts(view_, facets_, query);
}

// ---- offers
// --------------------------------------------------------------------------------------------------------

/// At most `limit` products, one a group: those in stock here first, each part in the order of rank.
Result<std::vector<std::int64_t>> SqliteCatalogReader::offerIds(UtcMs now, std::size_t limit) const {
    const auto home = view_.homeStock();
    if (!home) return home.error();
    auto query = view_.statements().get("SELECT id, group_key FROM products INDEXED BY products_sale"
                                        " WHERE sale IS NOT NULL AND sale < regular"
                                        " AND (sale_from IS NULL OR sale_from <= ?1)"
                                        " AND (sale_to IS NULL OR sale_to > ?1) ORDER BY rank LIMIT ?2");
    if (!query) return query.error();
    (*query)->bind(0, now).bind(1, kOffersScanMax);
    std::vector<std::int64_t> here, elsewhere;
    std::unordered_set<std::string> groupsHere, groupsElsewhere;
    while (here.size() < limit) {
        auto more = (*query)->step();
        if (!more) return more.error();
        if (!*more) break;
        const auto id = (*query)->integer(0);
        const auto group = (*query)->string(1);
        const bool isHere = (*home)->has(id);
        auto& ids = isHere ? here : elsewhere;
        if (ids.size() >= limit || (!group.empty() && groupsHere.contains(group))) continue;
        if (!group.empty() && !(isHere ? groupsHere : groupsElsewhere).insert(group).second) continue;
        ids.push_back(id);
    }
    here.insert(here.end(), elsewhere.begin(), elsewhere.end());
    return here;
}

Result<std::vector<ProductCard>> SqliteCatalogReader::offers(std::string_view lang, UtcMs now,
                                                             int limit) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    const auto size = static_cast<std::size_t>(std::clamp(limit, 1, kSearchLimitMax));
    const auto ids = offerIds(now, size);
    if (!ids) return ids.error();
    std::vector<ProductCard> cards;
    std::unordered_set<std::string> groups;
    for (const auto id : *ids) {
        if (cards.size() == size) break;
        auto row = view_.row(id);
        if (!row) return row.error();
        if (!row->group.empty() && !groups.insert(row->group).second) continue;
        auto card = view_.card(*row, lang);
        if (!card) return card.error();
        cards.push_back(std::move(*card));
    }
    return cards;
}

// ---- departments
// ---------------------------------------------------------------------------------------------------

Result<std::vector<Department>> SqliteCatalogReader::departments(std::string_view lang) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    std::vector<std::int64_t> cards(view_.departmentCount() + 1);
    {
        auto query = view_.statements().get("SELECT id, cards FROM departments");
        if (!query) return query.error();
        for (;;) {
            auto more = (*query)->step();
            if (!more) return more.error();
            if (!*more) break;
            const auto id = (*query)->integer(0);
            if (id > 0 && static_cast<std::size_t>(id) < cards.size())
                cards[static_cast<std::size_t>(id)] =
                    std::clamp<std::int64_t>((*query)->integer(1), 0, kProductIdMax);
        }
    }
    // A child's row number is larger than its parent's.
    std::vector<Department> list;
    for (std::size_t id = cards.size(); id-- > 1;) {
        const auto parent = view_.parentOf(static_cast<std::int64_t>(id));
        if (parent != 0) {
            cards[static_cast<std::size_t>(parent)] += cards[id];
        } else if (cards[id] > 0) {
            auto title = view_.departmentTitle(static_cast<std::int64_t>(id), lang);
            if (!title) return title.error();
            const auto count = static_cast<int>(std::min<std::int64_t>(cards[id], kProductIdMax));
            list.push_back({static_cast<std::int64_t>(id), std::move(*title), count});
        }
    }
    std::ranges::sort(list, [](const Department& a, const Department& b) {
        return a.products != b.products ? a.products > b.products : a.title < b.title;
    });
    return list;
}

// ---- one product
// ---------------------------------------------------------------------------------------------------

Result<ProductVariant> SqliteCatalogReader::variant(std::int64_t id, std::string_view lang) const {
    auto row = view_.row(id);
    if (!row) return row.error();
    const auto here = view_.availabilityHere(id);
    if (!here) return here.error();
    const auto& text = textFor(row->texts, lang);
    return ProductVariant{id, row->sku, text.color, text.size, row->picture, row->price, *here};
}

Result<ProductPage> SqliteCatalogReader::product(std::int64_t id, std::string_view lang) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    auto row = view_.row(id);
    if (!row) return row.error();
    ProductPage page;
    page.id = id;
    auto read = view_.record(*row);
    if (!read) return read.error();
    page.record = std::move(*read);
    const auto& record = page.record;
    page.text = textFor(record.texts, lang);
    if (record.group.empty()) return page;
    const auto ids = view_.variantsOf(record.group);
    if (!ids) return ids.error();
    for (const auto variantId : *ids) {
        auto item = variant(variantId, lang);
        if (!item) return item.error();
        page.variants.push_back(std::move(*item));
    }
    return page;
}

Result<std::int64_t> SqliteCatalogReader::idOfSku(std::string_view sku) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    auto query = view_.statements().get("SELECT id FROM products WHERE sku = ?");
    if (!query) return query.error();
    auto more = (*query)->bind(0, sku).step();
    if (!more) return more.error();
    if (!*more) return Error{Errc::NotFound, "find product: no such sku"};
    return (*query)->integer(0);
}

Result<std::int64_t> SqliteCatalogReader::idOfGtin(const Gtin& gtin) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    auto query = view_.statements().get("SELECT id FROM products WHERE gtin = ? ORDER BY id LIMIT 1");
    if (!query) return query.error();
    auto more = (*query)->bind(0, gtin.number()).step();
    if (!more) return more.error();
    if (!*more) return Error{Errc::NotFound, "find product: no such gtin"};
    return (*query)->integer(0);
}

// ---- stock and stores
// ----------------------------------------------------------------------------------------------

/// What to tell of the store in that place when the item has no cell there.
StoreStock SqliteCatalogReader::withoutCell(std::size_t place) const {
    const auto& stores = view_.stores();
    const auto& store = (*stores)[place];
    const auto reported = view_.reportedAt(place);
    StoreStock item;
    item.store = std::shared_ptr<const StoreRecord>(stores, &store.record);
    item.distanceKm = store.distanceKm;
    item.isEstimate = place > 0 || !view_.isHomeKnown();
    item.asOf = reported.value_or(0);
    item.availability = reported ? Availability::Out : Availability::Unknown;
    return item;
}

void SqliteCatalogReader::putCell(const StockCell& cell, StoreStock& item) const {
    item.quantity = cell.quantity;
    item.availability = availabilityOf(cell.quantity);
    item.asOf = std::max(cell.asOf, item.asOf);
    item.aisle = view_.aisle(cell.aisle);
}

/// Errors: also NotFound (no such product).
Result<std::span<const StockCell>> SqliteCatalogReader::cellsOf(std::int64_t productId) const {
    auto cells = view_.stock().cells(productId);
    if (!cells || !cells->empty()) return cells;
    auto query = view_.statements().get("SELECT 1 FROM products WHERE id = ?");
    if (!query) return query.error();
    auto found = (*query)->bind(0, productId).step();
    if (!found) return found.error();
    if (!*found) return Error{Errc::NotFound, "read stock: no such product"};
    return cells;
}

Result<std::vector<StoreStock>> SqliteCatalogReader::stock(std::int64_t productId) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    const auto cells = cellsOf(productId);
    if (!cells) return cells.error();
    std::vector<StoreStock> list;
    list.reserve(view_.stores()->size());
    for (std::size_t place = 0; place < view_.stores()->size(); ++place)
        list.push_back(withoutCell(place));
    for (const auto& cell : *cells)
        if (const auto place = view_.placeOf(cell.store)) putCell(cell, list[*place]);
    return list;
}

Result<std::vector<StoreStock>> SqliteCatalogReader::storesWithStock(std::int64_t productId) const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    const auto cells = cellsOf(productId);
    if (!cells) return cells.error();
    std::vector<std::pair<std::uint32_t, const StockCell*>> found;
    found.reserve(cells->size() + 1);
    if (view_.isHomeKnown()) found.emplace_back(0, nullptr);
    for (const auto& cell : *cells) {
        const auto place = view_.placeOf(cell.store);
        if (!place) continue;
        if (*place == 0 && view_.isHomeKnown())
            found.front().second = &cell;
        else
            found.emplace_back(static_cast<std::uint32_t>(*place), &cell);
    }
    std::ranges::sort(found);
    std::vector<StoreStock> list;
    list.reserve(found.size());
    for (const auto& [place, cell] : found) {
        list.push_back(withoutCell(place));
        if (cell != nullptr) putCell(*cell, list.back());
    }
    return list;
}

Result<std::vector<StoreRecord>> SqliteCatalogReader::stores() const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    std::vector<StoreRecord> list;
    list.reserve(view_.stores()->size());
    for (const auto& store : *view_.stores())
        list.push_back(store.record);
    return list;
}

Result<std::vector<std::string>> SqliteCatalogReader::pictures() const {
    auto snapshot = view_.snapshot();
    if (!snapshot) return snapshot.error();
    auto query = view_.statements().get("SELECT DISTINCT picture FROM products WHERE picture IS NOT NULL");
    if (!query) return query.error();
    std::vector<std::string> list;
    for (;;) {
        auto more = (*query)->step();
        if (!more) return more.error();
        if (!*more) return list;
        list.push_back(unpackPicture((*query)->blob(0)));
    }
}

} // namespace

Result<std::unique_ptr<CatalogReader>> CatalogReader::open(const std::string& path,
                                                           std::string homeStoreCode) {
    auto database = Database::open(path, OpenMode::ReadOnly);
    if (!database) return database.error();
    if (auto header = checkCatalogHeader(*database); !header) return header.error();
    const auto settings = fmt::format("PRAGMA busy_timeout={}", kReaderBusyMs);
    if (auto done = database->exec(settings.c_str()); !done) return done.error();
    auto reader = std::make_unique<SqliteCatalogReader>(std::move(*database), std::move(homeStoreCode), path);
    if (auto done = reader->load(); !done) return done.error();
    return std::unique_ptr<CatalogReader>(std::move(reader));
}

} // namespace silta
