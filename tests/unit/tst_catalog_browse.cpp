// Facets, choices and order against a scan of all products by hand.
#include "catalog_fixture.h"

#include <silta/browse.h>

#include <set>

using namespace silta;
using namespace silta::test;

namespace {

constexpr UtcMs kNow = 1'750'000'000'000;
constexpr UtcMs kDay = 86'400'000;

struct Item {
    ProductRecord record;
    int here = 0, near = 0, far = 0;
};

std::vector<Item> makeItems(unsigned seed) {
    std::mt19937 random(seed);
    const auto upTo = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    constexpr std::array kDepartments = {"Kitchen > Coffee", "Kitchen > Tea", "Kitchen", "Garden > Pots"};
    constexpr std::array kColors = {"", "blue", "red", "Green"};
    constexpr std::array kSizes = {"", "S", "M", "XL", "38", "9"};
    std::vector<Item> items;
    for (int i = 0; i < 400; ++i) {
        Item item;
        auto& record = item.record;
        record = product("SKU-" + std::to_string(i), (upTo(2) == 0 ? "Kettle " : "Lamp ") + std::to_string(i),
                         kDepartments[static_cast<std::size_t>(upTo(4))]);
        if (upTo(3) == 0) record.group = "g" + std::to_string(upTo(30));
        record.brand = upTo(5) == 0 ? "" : "Brand " + std::to_string(upTo(7));
        record.texts[0].color = kColors[static_cast<std::size_t>(upTo(4))];
        record.texts[0].size = kSizes[static_cast<std::size_t>(upTo(6))];
        record.price = priceOf(1 + upTo(30'000));
        if (upTo(6) == 0) record.price.reset();
        if (record.price && upTo(4) == 0) {
            record.price->sale = Money{record.price->regular.minor / 2, kEur};
            record.price->saleFrom = kNow + (upTo(3) - 1) * kDay;
            record.price->saleTo = *record.price->saleFrom + kDay;
        }
        if (upTo(2) == 0) {
            record.rating.count = 1 + upTo(20);
            record.rating.average = 1 + upTo(41) / 10.0;
        }
        item.here = upTo(3) == 0 ? 1 + upTo(9) : 0;
        item.near = upTo(3) == 0 ? 1 : 0;
        item.far = upTo(2);
        items.push_back(std::move(item));
    }
    return items;
}

bool write(const TemporaryCatalog& catalog, const std::vector<Item>& items) {
    auto writer = catalog.create();
    if (writer == nullptr || !writer->begin()) return false;
    bool isDone = writer->putStore(store("1")) && writer->putStore(store("2", 60.25)) &&
                  writer->putStore(store("3", 65.0));
    for (const auto& [record, here, near, far] : items) {
        const std::vector<StockRecord> cells = {cell(record.sku, "1", here), cell(record.sku, "2", near),
                                                cell(record.sku, "3", far)};
        isDone = isDone && writer->putProduct(record) && writer->putStock(record.sku, cells);
    }
    return isDone && writer->setPosition("epoch", 1) && writer->commit() && writer->finish();
}

/// An empty page where it fails.
BrowsePage pageOf(const CatalogReader& reader, const BrowseQuery& query) {
    auto page = reader.browse(query);
    return page ? std::move(*page) : BrowsePage{};
}

enum class Leave { Nothing, Brand, Color, Size, Price, Stars, Stock };

std::optional<std::int64_t> priceNow(const ProductRecord& record) {
    return record.price ? std::optional(record.price->at(kNow).minor) : std::nullopt;
}

bool fits(const Item& item, const BrowseQuery& query, Leave leave) {
    const auto& record = item.record;
    const auto isOneOf = [](const std::vector<std::string>& keys, const std::string& key) {
        return keys.empty() || (!key.empty() && std::ranges::count(keys, key) > 0);
    };
    if (!query.text.empty() && record.texts[0].title.find("Kettle") != 0) return false;
    if (leave != Leave::Brand && !isOneOf(query.brands, foldText(record.brand))) return false;
    if (leave != Leave::Color && !isOneOf(query.colors, foldText(record.texts[0].color))) return false;
    if (leave != Leave::Size &&
        !isOneOf(query.sizes, QString::fromStdString(record.texts[0].size).toLower().toStdString()))
        return false;
    if (leave != Leave::Price && query.price) {
        const auto price = priceNow(record);
        if (!price || *price < query.price->from || (query.price->to && *price >= *query.price->to))
            return false;
    }
    if (leave != Leave::Stars && query.starsMin > 0 &&
        (record.rating.count == 0 || record.rating.average < query.starsMin))
        return false;
    if (leave == Leave::Stock || query.stock == BrowseStock::Anywhere) return true;
    return item.here > 0 || (query.stock == BrowseStock::Nearby && item.near > 0);
}

/// Distinct cards of what fits and has the property.
template <class Has>
int countOf(const std::vector<Item>& items, const BrowseQuery& query, Leave leave, Has has) {
    std::set<std::string> cards;
    for (const auto& item : items)
        if (fits(item, query, leave) && has(item))
            cards.insert(item.record.group.empty() ? item.record.sku : "group " + item.record.group);
    return static_cast<int>(cards.size());
}

void compareWithScan(const BrowsePage& page, const std::vector<Item>& items, const BrowseQuery& query) {
    const auto any = [](const Item&) { return true; };
    QCOMPARE(page.total, countOf(items, query, Leave::Nothing, any));
    QCOMPARE(page.anywhere, countOf(items, query, Leave::Stock, any));
    QCOMPARE(page.here, countOf(items, query, Leave::Stock, [](const Item& item) { return item.here > 0; }));
    std::set<std::string> brands;
    for (const auto& item : items)
        if (fits(item, query, Leave::Brand) && !item.record.brand.empty()) brands.insert(item.record.brand);
    for (const auto& key : query.brands)
        brands.insert(key); // a chosen one is there with 0, too
    for (const auto& value : page.brands)
        QCOMPARE(value.cards, countOf(items, query, Leave::Brand, [&](const Item& item) {
                     return foldText(item.record.brand) == value.key;
                 }));
    QVERIFY(page.brands.size() <= brands.size());
    for (const auto& value : page.colors)
        QCOMPARE(value.cards, countOf(items, query, Leave::Color, [&](const Item& item) {
                     return foldText(item.record.texts[0].color) == value.key;
                 }));
    for (const auto& value : page.sizes)
        QCOMPARE(value.cards, countOf(items, query, Leave::Size, [&](const Item& item) {
                     return item.record.texts[0].size == value.title;
                 }));
    for (const auto& [band, cards] : page.prices)
        QCOMPARE(cards, countOf(items, query, Leave::Price, [&](const Item& item) {
                     const auto price = priceNow(item.record);
                     return price && *price >= band.from && (!band.to || *price < *band.to);
                 }));
    for (int stars = 1; stars <= 5; ++stars)
        QCOMPARE(page.stars[static_cast<std::size_t>(stars - 1)],
                 countOf(items, query, Leave::Stars, [&](const Item& item) {
                     return item.record.rating.count > 0 && item.record.rating.average >= stars;
                 }));
}

} // namespace

class TestCatalogBrowse : public QObject {
    Q_OBJECT

private slots:
    void countsAsAScanDoes();
    void bandsPartAllPrices();
    void ordersByPriceAndRating();
    void countsDepartmentsBelow();
    void namesValuesInTheAskedLanguage();
    void sortsSizesAsTheyAreWorn();
    void seesOffersBeginAndEnd();
    void seesWhatWasWrittenSince();
    void refusesTooMuch();
};

void TestCatalogBrowse::countsAsAScanDoes() {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        const auto items = makeItems(seed);
        const TemporaryCatalog catalog;
        QVERIFY(write(catalog, items));
        const auto reader = catalog.reader();
        QVERIFY(reader != nullptr);
        std::mt19937 random(seed);
        for (int round = 0; round < 40; ++round) {
            BrowseQuery query;
            query.now = kNow;
            if (random() % 2 == 0) query.text = "kettle ";
            if (random() % 3 == 0) query.brands = {"brand 1", "brand 4"};
            if (random() % 3 == 0) query.colors = {"green"};
            if (random() % 4 == 0) query.sizes = {"m", "38"};
            if (random() % 4 == 0)
                query.price = PriceBand{2'000, random() % 2 == 0 ? std::optional(10'000) : std::nullopt};
            if (random() % 4 == 0) query.starsMin = 3;
            query.stock = static_cast<BrowseStock>(random() % 3);
            query.order = static_cast<BrowseOrder>(random() % 4);
            const auto page = reader->browse(query);
            SILTA_OK(page);
            compareWithScan(*page, items, query);
            if (QTest::currentTestFailed()) return;
            QCOMPARE(page->storesNearby, 1);
            QCOMPARE(page->cards.size(), static_cast<std::size_t>(std::min(page->total, 60)));
        }
    }
}

void TestCatalogBrowse::bandsPartAllPrices() {
    const auto items = makeItems(7);
    const TemporaryCatalog catalog;
    QVERIFY(write(catalog, items));
    const auto reader = catalog.reader();
    BrowseQuery query;
    query.now = kNow;
    const auto page = reader->browse(query);
    SILTA_OK(page);
    QVERIFY(page->prices.size() > 2 && page->prices.size() <= static_cast<std::size_t>(kPriceBandsMax));
    QVERIFY(page->currency == kEur);
    QCOMPARE(page->prices.front().band.from, 0);
    QVERIFY(!page->prices.back().band.to);
    for (std::size_t i = 1; i < page->prices.size(); ++i)
        QCOMPARE(*page->prices[i - 1].band.to, page->prices[i].band.from);
    // What a band says is what choosing it gives.
    for (const auto& [band, cards] : page->prices) {
        query.price = band;
        const auto chosen = reader->browse(query);
        SILTA_OK(chosen);
        QCOMPARE(chosen->total, cards);
        QVERIFY(chosen->prices == page->prices);
    }
}

void TestCatalogBrowse::ordersByPriceAndRating() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->begin());
    const auto put = [&](const char* sku, std::int64_t price, int reviews, double average) {
        auto record = product(sku, "Kettle");
        record.price = priceOf(price);
        record.rating.count = reviews;
        record.rating.average = average;
        return writer->putProduct(record);
    };
    SILTA_OK(put("DEAR", 9'000, 200, 4.6));
    SILTA_OK(put("CHEAP", 1'000, 1, 5.0));
    SILTA_OK(put("MIDDLE", 5'000, 0, 0));
    SILTA_OK(writer->commit());
    SILTA_OK(writer->finish());
    const auto reader = catalog.reader();
    const auto skus = [&](BrowseOrder order) {
        BrowseQuery query;
        query.order = order;
        QString list;
        const auto page = pageOf(*reader, query);
        for (const auto& card : page.cards)
            list += QString::fromStdString(card.sku) + ' ';
        return list;
    };
    QCOMPARE(skus(BrowseOrder::PriceUp), QString("CHEAP MIDDLE DEAR "));
    QCOMPARE(skus(BrowseOrder::PriceDown), QString("DEAR MIDDLE CHEAP "));
    // One enthusiast does not outweigh two hundred.
    QCOMPARE(skus(BrowseOrder::Rating), QString("DEAR CHEAP MIDDLE "));
}

void TestCatalogBrowse::countsDepartmentsBelow() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->begin());
    SILTA_OK(writer->putProduct(product("A", "Press", "Kitchen > Coffee")));
    SILTA_OK(writer->putProduct(product("B", "Pot", "Kitchen > Coffee > Pots")));
    SILTA_OK(writer->putProduct(product("C", "Board", "Kitchen")));
    SILTA_OK(writer->putProduct(product("D", "Spade", "Garden")));
    SILTA_OK(writer->commit());
    SILTA_OK(writer->finish());
    const auto reader = catalog.reader();
    const auto list = [&](std::int64_t department) {
        BrowseQuery query;
        query.department = department;
        QString text;
        const auto page = pageOf(*reader, query);
        for (const auto& each : page.departments)
            text += QString::fromStdString(each.title) + ' ' + QString::number(each.products) + ' ';
        return text;
    };
    QCOMPARE(list(0), QString("Kitchen 3 Garden 1 "));
    BrowseQuery query;
    const auto top = reader->browse(query);
    const auto kitchen = top->departments.front().id;
    QCOMPARE(list(kitchen), QString("Coffee 2 "));
    query.department = kitchen;
    QCOMPARE(reader->browse(query)->total, 3);
}

void TestCatalogBrowse::namesValuesInTheAskedLanguage() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->begin());
    for (const auto* color : {"Blue", "blue", "red"}) {
        auto record = product(std::string("SKU-") + color, "Mug");
        record.texts[0].color = color;
        record.texts.push_back(text("fi", "Muki", {}, color[0] == 'r' ? "punainen" : "sininen"));
        SILTA_OK(writer->putProduct(record));
    }
    SILTA_OK(writer->commit());
    SILTA_OK(writer->finish());
    BrowseQuery query;
    query.lang = "fi";
    query.colors = {"red"};
    const auto page = catalog.reader()->browse(query);
    SILTA_OK(page);
    QCOMPARE(page->colors.size(), std::size_t{2});
    QVERIFY((page->colors[0] == FacetValue{"blue", "sininen", 2}));
    QVERIFY((page->colors[1] == FacetValue{"red", "punainen", 1}));
    QCOMPARE(page->total, 1);
}

void TestCatalogBrowse::sortsSizesAsTheyAreWorn() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->begin());
    for (const auto* size : {"XL", "S", "38", "9", "1,5 l", "M", "1.2 l", "one size"}) {
        auto record = product(std::string("SKU-") + size, "Thing");
        record.texts[0].size = size;
        SILTA_OK(writer->putProduct(record));
    }
    SILTA_OK(writer->commit());
    SILTA_OK(writer->finish());
    QString sizes;
    const auto page = pageOf(*catalog.reader(), {});
    for (const auto& value : page.sizes)
        sizes += QString::fromStdString(value.title) + '|';
    QCOMPARE(sizes, QString("1.2 l|1,5 l|9|38|S|M|XL|one size|"));
}

void TestCatalogBrowse::seesOffersBeginAndEnd() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->begin());
    auto record = product("A", "Kettle");
    record.price = Price{Money{9'000, kEur}, Money{4'000, kEur}, kNow, kNow + kDay};
    SILTA_OK(writer->putProduct(record));
    SILTA_OK(writer->commit());
    SILTA_OK(writer->finish());
    const auto reader = catalog.reader();
    const auto cheap = [&](UtcMs now) {
        BrowseQuery query;
        query.now = now;
        query.price = PriceBand{0, 5'000};
        return reader->browse(query)->total;
    };
    QCOMPARE(cheap(kNow - 1), 0);
    QCOMPARE(cheap(kNow), 1);
    QCOMPARE(cheap(kNow + kDay - 1), 1);
    QCOMPARE(cheap(kNow + kDay), 0);
}

void TestCatalogBrowse::seesWhatWasWrittenSince() {
    const TemporaryCatalog catalog;
    auto made = catalog.create();
    SILTA_OK(made->begin());
    SILTA_OK(made->putStore(store("1")));
    SILTA_OK(made->putProduct(product("A", "Kettle")));
    SILTA_OK(made->commit());
    SILTA_OK(made->finish());
    const auto reader = catalog.reader();
    QCOMPARE(reader->browse({})->total, 1);
    QCOMPARE(reader->browse({})->here, 0);
    auto writer = CatalogWriter::open(catalog.path);
    SILTA_OK(writer);
    SILTA_OK((*writer)->begin());
    auto record = product("B", "Lamp");
    record.brand = "Aava";
    SILTA_OK((*writer)->putProduct(record));
    SILTA_OK((*writer)->setPosition("epoch", 2));
    SILTA_OK((*writer)->commit());
    SILTA_OK((*writer)->begin());
    SILTA_OK((*writer)->putStock("A", std::vector{cell("A", "1", 2)}));
    SILTA_OK((*writer)->commit());
    const auto page = reader->browse({});
    SILTA_OK(page);
    QCOMPARE(page->total, 2);
    QCOMPARE(page->here, 1);
    QCOMPARE(page->brands.size(), std::size_t{1});
}

void TestCatalogBrowse::refusesTooMuch() {
    const TemporaryCatalog catalog;
    QVERIFY(write(catalog, makeItems(1)));
    const auto reader = catalog.reader();
    BrowseQuery query;
    query.text = std::string(kQueryBytesMax + 1, 'a');
    QCOMPARE(reader->browse(query).error().code, Errc::Limit);
    query.text.clear();
    query.colors.assign(kFacetChoicesMax + 1, "red");
    QCOMPARE(reader->browse(query).error().code, Errc::Limit);
    query.colors.clear();
    query.starsMin = 6;
    QCOMPARE(reader->browse(query)->total, 0);
}

QTEST_GUILESS_MAIN(TestCatalogBrowse)
#include "tst_catalog_browse.moc"
