// A catalogue of a handful of items in memory, for tests of what reads one.
#pragma once

#include <silta/browse.h>
#include <silta/catalog.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace silta::test {

/// What the fake readers read; shared so that a test can change it between two openings.
struct FakeShelf {
    std::vector<ProductRecord> products;
    std::vector<StoreRecord> stores;
    std::map<std::pair<std::string, std::string>, StockRecord> stock; ///< by sku and store
    CatalogInfo info{1, 1, {}, 0, 0, 0, "test", {}};
    int searches = 0;
    std::string searched;   ///< the last text that was searched for
    BrowseQuery browsed;    ///< the last that was browsed by
    bool failing = false;   ///< every search answers Corrupt
    double kmBetween = 6.1; ///< from any store to any other
};

inline StoreRecord makeStore(const std::string& code, const std::string& name, double longitude) {
    StoreRecord store;
    store.code = code;
    store.name = name;
    store.street = "Katu 1";
    store.city = "Helsinki";
    store.country = "FI";
    store.latitude = 60.17;
    store.longitude = longitude;
    store.timeZone = "Europe/Helsinki";
    for (auto& day : store.hours.week)
        day = {{9 * 60, 21 * 60}};
    return store;
}

/// A mug in blue and red, a kettle, and a lamp that no store has; two stores.
inline FakeShelf makeShelf() {
    FakeShelf shelf;
    const Currency euro = *Currency::parse("EUR");
    const auto add = [&](const std::string& sku, const std::string& gtin, const std::string& group,
                         const std::string& title, const std::string& color, std::int64_t cents) {
        ProductRecord record;
        record.sku = sku;
        record.gtin = *Gtin::parse(gtin);
        record.group = group;
        record.brand = "Aava";
        record.price = Price{Money{cents, euro}, {}, {}, {}};
        record.picture = std::string(64, 'a');
        record.texts = {{"en", title, "A good " + title + ".", "Kitchen", color, ""},
                        {"fi", title + " (fi)", "", "Keittiö", color, ""}};
        shelf.products.push_back(record);
    };
    add("MUG-BLUE", "9520000000011", "mug", "Blue mug", "blue", 1295);
    add("MUG-RED", "9520000000028", "mug", "Red mug", "red", 1295);
    add("KETTLE", "9520000000035", "", "Kettle", "", 4900);
    add("LAMP", "9520000000042", "", "Lamp", "", 8900);
    shelf.products[2].price->sale = Money{3900, euro};
    shelf.products[2].rating = {4, 4.5, {0, 0, 0, 2, 2}};
    shelf.products[2].reviews = {{5, "en", "Good", "Boils.", "2026-05-01"}};
    shelf.stores = {makeStore("A", "Store A", 24.93), makeStore("B", "Store B", 25.04)};
    const auto put = [&](const std::string& sku, const std::string& store, int quantity) {
        shelf.stock[{sku, store}] = {sku, store, quantity, 1'789'999'700'000, quantity > 0 ? "C13" : ""};
    };
    put("MUG-BLUE", "A", 12);
    put("MUG-RED", "A", 2);
    put("KETTLE", "B", 5);
    shelf.info.stockAsOf = 1'789'999'700'000;
    return shelf;
}

class FakeCatalog final : public CatalogReader {
public:
    FakeCatalog(std::shared_ptr<FakeShelf> shelf, std::string home)
        : shelf_(std::move(shelf)), home_(std::move(home)) {}

    Result<CatalogInfo> info() const override { return shelf_->info; }

    Result<std::vector<ProductCard>> search(const SearchQuery& query) const override {
        ++shelf_->searches;
        shelf_->searched = query.text;
        if (shelf_->failing) return Error{Errc::Corrupt, "search: damaged"};
        std::vector<ProductCard> cards;
        for (std::size_t i = 0; i < shelf_->products.size(); ++i) {
            const auto card = cardOf(i, query.lang);
            const bool matches = foldText(card.title).find(foldText(query.text)) != std::string::npos;
            const bool isHere = card.here == Availability::InStock || card.here == Availability::LastFew;
            if (matches && (!query.hereOnly || isHere)) cards.push_back(card);
        }
        return cards;
    }

    /// Every item is a card of its own; facets are counted without regard to what is chosen.
    Result<BrowsePage> browse(const BrowseQuery& query) const override {
        const auto isChosen = [](const std::vector<std::string>& keys, const std::string& key) {
            return keys.empty() || std::find(keys.begin(), keys.end(), key) != keys.end();
        };
        const auto count = [](std::vector<FacetValue>& values, const std::string& key) {
            if (key.empty()) return;
            for (auto& value : values)
                if (value.key == key) return void(++value.cards);
            values.push_back({key, key, 1});
        };
        ++shelf_->searches;
        shelf_->browsed = query;
        if (shelf_->failing) return Error{Errc::Corrupt, "browse: damaged"};
        BrowsePage page;
        page.storesNearby = 1;
        page.departments = query.department == 0 ? *departments(query.lang) : std::vector<Department>{};
        page.currency = Currency::parse("EUR").value();
        page.prices = {{{0, 2'000}, 2}, {{2'000, {}}, 2}};
        page.stars = {1, 1, 1, 1, 0};
        for (std::size_t i = 0; i < shelf_->products.size(); ++i) {
            const auto card = cardOf(i, query.lang);
            const auto text = textOf(shelf_->products[i], query.lang);
            const auto price = card.price->at(query.now).minor;
            const bool isHere = card.here == Availability::InStock || card.here == Availability::LastFew;
            if (foldText(card.title).find(foldText(query.text)) == std::string::npos) continue;
            ++page.anywhere;
            if (isHere) ++page.here;
            count(page.brands, card.brand);
            count(page.colors, text.color);
            count(page.sizes, text.size);
            if ((query.stock == BrowseStock::Here && !isHere) || !isChosen(query.brands, card.brand) ||
                !isChosen(query.colors, text.color) || !isChosen(query.sizes, text.size) ||
                (query.price &&
                 (price < query.price->from || (query.price->to && price >= *query.price->to))) ||
                (query.starsMin > 0 && card.rating.average < query.starsMin))
                continue;
            ++page.total;
            page.cards.push_back(card);
        }
        if (query.order == BrowseOrder::PriceUp || query.order == BrowseOrder::PriceDown)
            std::stable_sort(page.cards.begin(), page.cards.end(), [&](const auto& a, const auto& b) {
                return query.order == BrowseOrder::PriceUp ? a.price->at(query.now) < b.price->at(query.now)
                                                           : b.price->at(query.now) < a.price->at(query.now);
            });
        if (page.cards.size() > query.limit) page.cards.resize(query.limit);
        return page;
    }

    Result<std::vector<ProductCard>> offers(std::string_view lang, UtcMs now, int) const override {
        std::vector<ProductCard> cards;
        for (std::size_t i = 0; i < shelf_->products.size(); ++i)
            if (shelf_->products[i].price->isOffer(now)) cards.push_back(cardOf(i, lang));
        return cards;
    }

    Result<std::vector<Department>> departments(std::string_view lang) const override {
        return std::vector<Department>{{1, lang == "fi" ? "Keittiö" : "Kitchen", 4}};
    }

    Result<ProductPage> product(std::int64_t id, std::string_view lang) const override {
        if (id < 1 || id > static_cast<std::int64_t>(shelf_->products.size()))
            return Error{Errc::NotFound, "read product: no such row"};
        ProductPage page;
        page.id = id;
        page.record = shelf_->products[static_cast<std::size_t>(id - 1)];
        page.text = textOf(page.record, lang);
        if (page.record.group.empty()) return page;
        for (std::size_t i = 0; i < shelf_->products.size(); ++i) {
            const auto& other = shelf_->products[i];
            if (other.group != page.record.group) continue;
            const auto text = textOf(other, lang);
            page.variants.push_back({static_cast<std::int64_t>(i + 1), other.sku, text.color, text.size,
                                     other.picture, other.price, hereOf(other.sku)});
        }
        return page;
    }

    Result<std::int64_t> idOfSku(std::string_view sku) const override {
        return find([&](const ProductRecord& record) { return record.sku == sku; });
    }
    Result<std::int64_t> idOfGtin(const Gtin& gtin) const override {
        return find([&](const ProductRecord& record) { return record.gtin == gtin; });
    }

    Result<std::vector<StoreStock>> stock(std::int64_t productId) const override {
        const auto& sku = shelf_->products[static_cast<std::size_t>(productId - 1)].sku;
        std::vector<StoreStock> rows;
        for (const auto& store : shelf_->stores) {
            const auto cell = shelf_->stock.find({sku, store.code});
            StoreStock row;
            row.store = std::make_shared<StoreRecord>(store);
            row.isEstimate = store.code != home_;
            row.distanceKm = store.code == home_ ? 0 : shelf_->kmBetween;
            row.quantity = cell == shelf_->stock.end() ? 0 : cell->second.quantity;
            row.availability = availabilityOf(row.quantity);
            row.asOf = shelf_->info.stockAsOf;
            row.aisle = cell == shelf_->stock.end() ? "" : cell->second.aisle;
            rows.insert(store.code == home_ ? rows.begin() : rows.end(), row);
        }
        return rows;
    }
    Result<std::vector<StoreStock>> storesWithStock(std::int64_t productId) const override {
        auto rows = stock(productId);
        if (rows)
            std::erase_if(*rows, [](const StoreStock& row) { return row.isEstimate && row.quantity == 0; });
        return rows;
    }
    Result<std::vector<StoreRecord>> stores() const override { return shelf_->stores; }
    Result<std::vector<std::string>> pictures() const override {
        return std::vector<std::string>{std::string(64, 'a')};
    }

private:
    static ProductText textOf(const ProductRecord& record, std::string_view lang) {
        const auto text = std::find_if(record.texts.begin(), record.texts.end(),
                                       [&](const ProductText& entry) { return entry.lang == lang; });
        return text == record.texts.end() ? record.texts.front() : *text;
    }
    Availability hereOf(const std::string& sku) const {
        const auto cell = shelf_->stock.find({sku, home_});
        return availabilityOf(cell == shelf_->stock.end() ? 0 : cell->second.quantity);
    }
    ProductCard cardOf(std::size_t index, std::string_view lang) const {
        const auto& record = shelf_->products[index];
        ProductCard card;
        card.id = static_cast<std::int64_t>(index + 1);
        card.sku = record.sku;
        card.gtin = record.gtin;
        card.title = textOf(record, lang).title;
        card.brand = record.brand;
        card.price = record.price;
        card.picture = record.picture;
        card.rating = record.rating;
        card.here = hereOf(record.sku);
        return card;
    }
    template <class Match>
    Result<std::int64_t> find(Match match) const {
        const auto at = std::find_if(shelf_->products.begin(), shelf_->products.end(), match);
        if (at == shelf_->products.end()) return Error{Errc::NotFound, "find product: none"};
        return std::int64_t{at - shelf_->products.begin() + 1};
    }

    std::shared_ptr<FakeShelf> shelf_;
    std::string home_;
};

/// Opens a shelf for whatever store is at home.
inline auto openerOf(std::shared_ptr<FakeShelf> shelf) {
    return [shelf = std::move(shelf)](const std::string& home) -> Result<std::unique_ptr<CatalogReader>> {
        return std::unique_ptr<CatalogReader>(new FakeCatalog(shelf, home));
    };
}

} // namespace silta::test
