#include "unit/catalog_fixture.h"

#include <silta/store.h>

#include <fcntl.h>
#include <unistd.h>

using namespace silta;
using namespace silta::test;

class CatalogTest : public QObject {
    Q_OBJECT
private slots:
    void bringsARecordBackWhole();
    void findsByKeys();
    void givesTheNearestLanguage_data();
    void givesTheNearestLanguage();
    void listsVariants();
    void countsDepartments();
    void listsOffers();
    void listsPictures();
    void listsStockOfAllStores();
    void matchesAnOracleAfterRandomStock_data();
    void matchesAnOracleAfterRandomStock();
    void keepsIdsAndPositionInAFile();
    void rollsBackWhatWasNotCommitted();
    void refusesWritesOutsideATransaction();
    void refusesBadRecordsAndGoesOn();
    void buildsOnlyWholeFiles();
    void refusesForeignAndNewerFiles();
    void takesNoLockFromItsOwnProcess();
};

void CatalogTest::bringsARecordBackWhole() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    QVERIFY(writer);
    SILTA_OK(writer->begin());
    const auto record = fullProduct();
    SILTA_OK(writer->putProduct(record));
    auto plain = product("plain", "Plain");
    plain.price.reset();
    SILTA_OK(writer->putProduct(plain));
    SILTA_OK(writer->commit());
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    QVERIFY(reader);
    const auto id = reader->idOfSku("SKU-1");
    SILTA_OK(id);
    const auto page = reader->product(*id, "fi");
    SILTA_OK(page);
    QVERIFY(page->record == record);
    QCOMPARE(page->id, *id);
    QVERIFY(page->text.title == "Kahvinkeitin" && page->text.description == "Keittää kahvia.");
    const auto plainPage = reader->product(*reader->idOfSku("plain"), "en");
    SILTA_OK(plainPage);
    QVERIFY(plainPage->record == plain);
    QVERIFY(plainPage->variants.empty());
    QCOMPARE(reader->product(99, "en").error().code, Errc::NotFound);
}

void CatalogTest::findsByKeys() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    auto record = product("A", "One");
    record.gtin = gtinOf("643001234567");
    SILTA_OK(writer->putProduct(record));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    SILTA_OK(reader->idOfGtin(*record.gtin));
    QCOMPARE(*reader->idOfGtin(*record.gtin), *reader->idOfSku("A"));
    QCOMPARE(reader->idOfGtin(gtinOf("643001234568")).error().code, Errc::NotFound);
    QCOMPARE(reader->idOfSku("a").error().code, Errc::NotFound);
    QCOMPARE(reader->idOfSku("' OR 1=1 --").error().code, Errc::NotFound);
}

void CatalogTest::givesTheNearestLanguage_data() {
    QTest::addColumn<QString>("lang");
    QTest::addColumn<QString>("title");
    QTest::newRow("asked") << "sv"
                           << "Svenska";
    QTest::newRow("english instead") << "pl"
                                     << "English";
    QTest::newRow("unknown") << ""
                             << "English";
}

void CatalogTest::givesTheNearestLanguage() {
    QFETCH(QString, lang);
    QFETCH(QString, title);
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    auto record = product("A", "English");
    record.texts.insert(record.texts.begin(), text("sv", "Svenska"));
    SILTA_OK(writer->putProduct(record));
    auto finnish = product("B", "");
    finnish.texts[0] = text("fi", "Suomi");
    SILTA_OK(writer->putProduct(finnish));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    const auto page = reader->product(*reader->idOfSku("A"), lang.toStdString());
    QCOMPARE(QString::fromStdString(page->text.title), title);
    QVERIFY(reader->product(*reader->idOfSku("B"), lang.toStdString())->text.title == "Suomi");
}

void CatalogTest::listsVariants() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putStore(store("1")));
    for (const char* size : {"S", "M", "L"}) {
        auto record = product(std::string("shirt-") + size, "Shirt");
        record.group = "shirt";
        record.texts[0].size = size;
        SILTA_OK(writer->putProduct(record));
    }
    const auto stock = cell("shirt-M", "1", 2);
    SILTA_OK(writer->putStock("shirt-M", std::span(&stock, 1)));
    const StoreReport report{"1", 1'000};
    SILTA_OK(writer->putReports(std::span(&report, 1)));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    const auto page = reader->product(*reader->idOfSku("shirt-L"), "en");
    SILTA_OK(page);
    QCOMPARE(page->variants.size(), std::size_t{3});
    QVERIFY(page->variants[0].size == "S" && page->variants[1].size == "M" &&
            page->variants[2].sku == "shirt-L");
    QCOMPARE(page->variants[0].here, Availability::Out);
    QCOMPARE(page->variants[1].here, Availability::LastFew);
    const auto cards = reader->search({"shirt", "en", 20, 0, false});
    SILTA_OK(cards);
    QCOMPARE(cards->size(), std::size_t{1});
    QCOMPARE(cards->front().variants, 3);
    QCOMPARE(cards->front().here, Availability::LastFew);
}

void CatalogTest::countsDepartments() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    auto put = [&](const char* sku, const char* path, const char* finnish = "", const char* group = "") {
        auto record = product(sku, "t", path);
        if (*finnish != 0) record.texts.push_back(text("fi", "t", finnish));
        record.group = group;
        QVERIFY(writer->putProduct(record).has_value());
    };
    put("1", "Kitchen > Coffee", "Keittiö > Kahvi");
    put("2", "Kitchen > Coffee");
    put("3", "Kitchen");
    put("4", "Garden > Tools", "", "rake");
    put("5", "Garden > Tools", "", "rake");
    put("6", "");
    SILTA_OK(writer->finish());
    const auto check = [&](const char* lang, std::vector<std::pair<std::string, int>> expected) {
        const auto list = catalog.reader()->departments(lang);
        QVERIFY(list.has_value());
        QCOMPARE(list->size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(QString::fromStdString((*list)[i].title), QString::fromStdString(expected[i].first));
            QCOMPARE((*list)[i].products, expected[i].second);
            const auto cards = catalog.reader()->search({"", lang, 200, (*list)[i].id, false});
            QVERIFY(cards.has_value());
            QCOMPARE(static_cast<int>(cards->size()), expected[i].second);
        }
    };
    check("fi", {{"Keittiö", 3}, {"Garden", 1}});
    auto live = CatalogWriter::open(catalog.path);
    SILTA_OK(live);
    writer = std::move(*live);
    SILTA_OK(writer->begin());
    put("2", "Garden > Tools");
    put("4", "Garden > Tools", "", "");
    put("7", "Toys > Trains");
    put("8", "Toys > Trains", "", "loco");
    put("9", "Toys > Trains", "", "loco");
    SILTA_OK(writer->removeProduct("3"));
    SILTA_OK(writer->removeProduct("8"));
    SILTA_OK(writer->commit());
    check("en", {{"Garden", 3}, {"Toys", 2}, {"Kitchen", 1}});
}

void CatalogTest::listsOffers() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putStore(store("1")));
    auto put = [&](const char* sku, std::optional<std::int64_t> sale, std::optional<UtcMs> from,
                   std::optional<UtcMs> to, int reviews = 0, const char* group = "") {
        auto record = product(sku, sku);
        if (sale) record.price->sale = Money{*sale, kEur};
        record.price->saleFrom = from;
        record.price->saleTo = to;
        record.rating.count = reviews;
        record.group = group;
        QVERIFY(writer->putProduct(record).has_value());
    };
    put("none", std::nullopt, std::nullopt, std::nullopt);
    put("always", 500, std::nullopt, std::nullopt);
    put("popular", 500, std::nullopt, std::nullopt, 100);
    put("not yet", 500, 1'001, std::nullopt);
    put("starts now", 500, 1'000, std::nullopt);
    put("ends now", 500, std::nullopt, 1'000);
    put("dearer", 995, std::nullopt, std::nullopt);
    put("here", 500, std::nullopt, std::nullopt);
    put("red", 500, std::nullopt, std::nullopt, 0, "pair");
    put("blue", 500, std::nullopt, std::nullopt, 0, "pair");
    for (const char* sku : {"here", "blue"}) {
        const auto stock = cell(sku, "1", 9);
        SILTA_OK(writer->putStock(sku, std::span(&stock, 1)));
    }
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    const auto offers = reader->offers("en", 1'000, 20);
    SILTA_OK(offers);
    std::string skus;
    for (const auto& card : *offers) {
        QVERIFY(card.price->isOffer(1'000));
        skus += card.sku + ",";
    }
    QCOMPARE(QString::fromStdString(skus), QString("here,blue,popular,always,starts now,"));
    QCOMPARE(reader->offers("en", 1'000, 2)->size(), std::size_t{2});
    QVERIFY(reader->offers("en", 1'000, 0)->size() == 1 &&
            reader->offers("en", 1'000, 1'000'000).has_value());
}

void CatalogTest::listsPictures() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    const char* names[] = {"a", "b", "a", ""};
    for (int i = 0; i < 4; ++i) {
        auto record = product("p" + std::to_string(i), "t");
        if (*names[i] != 0) record.picture = std::string(63, 'c') + names[i];
        SILTA_OK(writer->putProduct(record));
    }
    SILTA_OK(writer->finish());
    auto pictures = catalog.reader()->pictures();
    SILTA_OK(pictures);
    std::ranges::sort(*pictures);
    QVERIFY((*pictures == std::vector<std::string>{std::string(63, 'c') + "a", std::string(63, 'c') + "b"}));
}

void CatalogTest::listsStockOfAllStores() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putStore(store("far", 65.01, 25.47)));
    SILTA_OK(writer->putStore(store("home", 60.17, 24.94)));
    SILTA_OK(writer->putStore(store("near", 60.20, 24.94)));
    SILTA_OK(writer->putStore(store("silent", 61.50, 23.76)));
    SILTA_OK(writer->putProduct(product("A", "One")));
    const std::vector<StockRecord> cells = {cell("A", "far", 7, 5'000, "B2"), cell("A", "home", 0, 6'000),
                                            cell("A", "near", 3, 7'123), cell("A", "nowhere", 3, 9'000)};
    SILTA_OK(writer->putStock("A", cells));
    const auto unknown = cell("other", "silent", 4, 9'000);
    SILTA_OK(writer->putStock("other", std::span(&unknown, 1)));
    const std::vector<StoreReport> reports = {
        {"home", 8'000}, {"home", 7'000}, {"far", 6'000}, {"near", 7'000}, {"nowhere", 1}};
    SILTA_OK(writer->putReports(reports));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader("home");
    const auto list = reader->stock(*reader->idOfSku("A"));
    SILTA_OK(list);
    QCOMPARE(list->size(), std::size_t{4});
    const auto check = [&](std::size_t i, const char* code, int quantity, Availability availability,
                           UtcMs asOf) {
        QVERIFY((*list)[i].store->code == code);
        QCOMPARE((*list)[i].quantity, quantity);
        QCOMPARE((*list)[i].availability, availability);
        QCOMPARE((*list)[i].asOf, asOf);
    };
    check(0, "home", 0, Availability::Out, 8'000);
    check(1, "near", 3, Availability::LastFew, 7'123);
    check(2, "silent", 0, Availability::Unknown, 0);
    check(3, "far", 7, Availability::InStock, 6'000);
    QVERIFY((*list)[3].aisle == "B2" && (*list)[1].aisle.empty());
    QVERIFY(std::abs((*list)[1].distanceKm - 3.336) < 0.01 && (*list)[0].distanceKm == 0);
    QCOMPARE(reader->info()->stockAsOf, UtcMs{8'000});
    QCOMPARE(reader->stock(99).error().code, Errc::NotFound);
    QCOMPARE(reader->stores()->size(), std::size_t{4});
    QVERIFY(reader->stores()->front().code == "home");
    QCOMPARE(catalog.reader("no such store")->stock(1)->size(), std::size_t{4});
    QCOMPARE(catalog.reader("no such store")->search({"one", "en", 5, 0, false})->front().here,
             Availability::Unknown);
}

void CatalogTest::matchesAnOracleAfterRandomStock_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

// A map of cells is what the file must say after any sequence of changes, whether they came while building or
// later.
void CatalogTest::matchesAnOracleAfterRandomStock() {
    QFETCH(int, seed);
    constexpr int kProducts = 40;
    constexpr int kStores = 30;
    std::mt19937 random(static_cast<unsigned>(seed));
    TemporaryCatalog catalog;
    std::map<std::pair<std::string, std::string>, StockRecord> oracle;
    std::map<std::string, UtcMs> reports;
    std::map<std::string, bool> stores;
    std::map<std::string, bool> skus;
    auto writer = catalog.create();
    SILTA_OK(writer->begin());
    std::unique_ptr<CatalogReader> reader;
    for (int round = 0; round < 12; ++round) {
        for (int step = 0; step < 60; ++step) {
            const auto sku = "sku" + std::to_string(random() % kProducts);
            const auto code = std::to_string(random() % kStores);
            switch (random() % 12) {
            case 0:
                SILTA_OK(writer->putStore(store(code)));
                stores[code] = true;
                break;
            case 1:
                if (random() % 4 != 0) break;
                SILTA_OK(writer->removeStore(code));
                stores.erase(code);
                reports.erase(code);
                std::erase_if(oracle, [&](const auto& item) { return item.first.second == code; });
                break;
            case 2:
            case 3:
                SILTA_OK(writer->putProduct(product(sku, "Title " + sku)));
                skus[sku] = true;
                break;
            case 4:
                if (random() % 3 != 0) break;
                SILTA_OK(writer->removeProduct(sku));
                skus.erase(sku);
                std::erase_if(oracle, [&](const auto& item) { return item.first.first == sku; });
                break;
            case 5: {
                const StoreReport report{code, static_cast<UtcMs>(random() % 90'000)};
                SILTA_OK(writer->putReports(std::span(&report, 1)));
                if (!stores.contains(code)) break;
                auto& asOf = reports.try_emplace(code, report.asOf).first->second;
                asOf = std::max(asOf, report.asOf);
                break;
            }
            default: {
                std::vector<StockRecord> cells;
                for (auto count = random() % 6; count-- > 0;)
                    cells.push_back(cell(sku, std::to_string(random() % kStores),
                                         static_cast<std::int32_t>(random() % 5),
                                         static_cast<UtcMs>(random() % 90'000),
                                         random() % 2 == 0 ? "" : "A" + std::to_string(random() % 9)));
                SILTA_OK(writer->putStock(sku, cells));
                for (const auto& item : cells) {
                    if (!stores.contains(item.storeCode) || !skus.contains(sku)) continue;
                    if (item.quantity == 0)
                        oracle.erase({sku, item.storeCode});
                    else
                        oracle[{sku, item.storeCode}] = item;
                }
            }
            }
        }
        SILTA_OK(writer->commit());
        if (round == 0) {
            SILTA_OK(writer->finish());
            writer = std::move(*CatalogWriter::open(catalog.path));
            reader = catalog.reader("3");
            QVERIFY(reader);
        }
        QCOMPARE(reader->info()->products, static_cast<std::int64_t>(skus.size()));
        QCOMPARE(reader->info()->stores, static_cast<std::int64_t>(stores.size()));
        std::size_t hereExpected = 0;
        for (const auto& [sku, known] : skus) {
            const auto list = reader->stock(*reader->idOfSku(sku));
            SILTA_OK(list);
            QCOMPARE(list->size(), stores.size());
            for (const auto& item : *list) {
                const auto found = oracle.find({sku, item.store->code});
                const bool reported = reports.contains(item.store->code);
                if (found == oracle.end()) {
                    QCOMPARE(item.quantity, 0);
                    QCOMPARE(item.availability, reported ? Availability::Out : Availability::Unknown);
                    QCOMPARE(item.asOf, reported ? reports[item.store->code] : 0);
                } else {
                    QCOMPARE(item.quantity, found->second.quantity);
                    QCOMPARE(item.asOf,
                             std::max(found->second.asOf, reported ? reports[item.store->code] : 0));
                    QVERIFY(item.aisle == found->second.aisle);
                }
            }
            hereExpected += oracle.contains({sku, "3"}) ? 1 : 0;
        }
        // The reader keeps a picture of the home store and follows the log of changes.
        QCOMPARE(reader->search({"", "en", 200, 0, true})->size(), hereExpected);
        if (round < 11) SILTA_OK(writer->begin());
    }
}

void CatalogTest::keepsIdsAndPositionInAFile() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    for (const char* sku : {"a", "b", "c"})
        SILTA_OK(writer->putProduct(product(sku, sku)));
    SILTA_OK(writer->setPosition("epoch-1", 10));
    SILTA_OK(writer->setStockPosition({"", 20}));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    const auto id = *reader->idOfSku("b");
    const auto last = *reader->idOfSku("c");
    auto live = CatalogWriter::open(catalog.path);
    SILTA_OK(live);
    SILTA_OK((*live)->begin());
    SILTA_OK((*live)->putProduct(product("b", "other title")));
    SILTA_OK((*live)->removeProduct("c"));
    SILTA_OK((*live)->putProduct(product("d", "d")));
    SILTA_OK((*live)->setPosition("epoch-1", 11));
    SILTA_OK((*live)->setStockPosition({"", 21}));
    QCOMPARE(reader->info()->catalogSeq, 10);
    SILTA_OK((*live)->commit());
    QCOMPARE(*reader->idOfSku("b"), id);
    QVERIFY(*reader->idOfSku("d") > last); // a row number is never given again
    QCOMPARE(reader->product(last, "en").error().code, Errc::NotFound);
    const auto info = reader->info();
    QVERIFY(info->epoch == "epoch-1");
    QCOMPARE(info->catalogSeq, 11);
    QCOMPARE(info->stockSeq, 21);
}

void CatalogTest::rollsBackWhatWasNotCommitted() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("a", "before")));
    SILTA_OK(writer->finish());
    {
        auto live = CatalogWriter::open(catalog.path);
        SILTA_OK((*live)->begin());
        SILTA_OK((*live)->putProduct(product("a", "after", "New > Path")));
        SILTA_OK((*live)->putProduct(product("b", "after")));
        SILTA_OK((*live)->setPosition("x", 5));
        SILTA_OK((*live)->setStockPosition({"", 5}));
    }
    auto reader = catalog.reader();
    QCOMPARE(reader->info()->products, 1);
    QVERIFY(reader->product(1, "en")->text.title == "before");
    QVERIFY(reader->search({"after", "en", 5, 0, false})->empty());
    auto live = CatalogWriter::open(catalog.path);
    SILTA_OK((*live)->begin());
    SILTA_OK((*live)->putProduct(product("c", "dropped", "New > Path")));
    SILTA_OK((*live)->begin()); // starts anew
    SILTA_OK((*live)->putProduct(product("d", "kept", "New > Other")));
    SILTA_OK((*live)->commit());
    QVERIFY(reader->search({"dropped", "en", 5, 0, false})->empty());
    QCOMPARE(reader->search({"kept", "en", 5, 0, false})->size(), std::size_t{1});
    QCOMPARE(reader->info()->products, 2);
    QCOMPARE(reader->departments("en")->size(), std::size_t{1});
}

void CatalogTest::refusesWritesOutsideATransaction() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->finish());
    QCOMPARE(writer->putProduct(product("a", "a")).error().code, Errc::Conflict);
    QCOMPARE(writer->finish().error().code, Errc::Conflict);
    auto live = CatalogWriter::open(catalog.path);
    QCOMPARE((*live)->putProduct(product("a", "a")).error().code, Errc::Conflict);
    QCOMPARE((*live)->commit().error().code, Errc::Conflict);
    QCOMPARE((*live)->finish().error().code, Errc::Conflict);
}

void CatalogTest::refusesBadRecordsAndGoesOn() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    QCOMPARE(writer->putProduct(product("", "t")).error().code, Errc::Invalid);
    QCOMPARE(writer->putProduct(product(std::string(51, 'a'), "t")).error().code, Errc::Limit);
    auto none = product("a", "t");
    none.texts.clear();
    QCOMPARE(writer->putProduct(none).error().code, Errc::Invalid);
    QCOMPARE(writer->putStore(store("")).error().code, Errc::Invalid);
    QCOMPARE(writer->putStore(store("1", std::nan(""), 0)).error().code, Errc::Invalid);
    const auto bad = cell("a", "1", -1);
    QCOMPARE(writer->putStock("a", std::span(&bad, 1)).error().code, Errc::Invalid);
    for (const StoreReport& report : {StoreReport{"", 1}, StoreReport{"1", -1}})
        QCOMPARE(writer->putReports(std::span(&report, 1)).error().code, Errc::Invalid);
    SILTA_OK(writer->putProduct(product("a", "t")));
    SILTA_OK(writer->finish());
    QCOMPARE(catalog.reader()->info()->products, 1);
}

void CatalogTest::buildsOnlyWholeFiles() {
    TemporaryCatalog catalog;
    {
        auto writer = catalog.create();
        SILTA_OK(writer->begin());
        SILTA_OK(writer->putProduct(product("a", "t")));
        SILTA_OK(writer->commit());
    }
    QCOMPARE(CatalogReader::open(catalog.path, "1").error().code, Errc::Corrupt);
    QCOMPARE(CatalogWriter::create(catalog.path).error().code, Errc::Conflict);
    QCOMPARE(CatalogReader::open(catalog.path + "-none", "1").error().code, Errc::NotFound);
    QCOMPARE(CatalogWriter::open(catalog.path + "-none").error().code, Errc::NotFound);
}

void CatalogTest::refusesForeignAndNewerFiles() {
    TemporaryCatalog catalog;
    SILTA_OK(catalog.create()->finish());
    {
        auto database = Database::open(catalog.path, OpenMode::Replica);
        SILTA_OK(database);
        SILTA_OK(database->exec("PRAGMA user_version=1000"));
    }
    QCOMPARE(CatalogReader::open(catalog.path, "1").error().code, Errc::Unsupported);
    QCOMPARE(CatalogWriter::open(catalog.path).error().code, Errc::Unsupported);
    {
        auto database = Database::open(catalog.path, OpenMode::Replica);
        SILTA_OK(database->exec("PRAGMA user_version=1; PRAGMA application_id=7"));
    }
    QCOMPARE(CatalogReader::open(catalog.path, "1").error().code, Errc::Corrupt);
    QFile text(catalog.dir.filePath("text"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write(QByteArray(10'000, 'x'));
    text.close();
    QCOMPARE(CatalogReader::open(text.fileName().toStdString(), "1").error().code, Errc::Corrupt);
}

// The portal opens a reader in the process that writes: the kiosk must go on seeing the writer's lock.
void CatalogTest::takesNoLockFromItsOwnProcess() {
    TemporaryCatalog catalog;
    SILTA_OK(catalog.create()->finish());
    const int descriptor = ::open(catalog.path.c_str(), O_RDWR | O_CLOEXEC);
    QVERIFY(descriptor >= 0);
    const auto isLocked = [descriptor] { // as another process would see it
        constexpr off_t kLockBytesAt = 0x40000000, kLockBytes = 512;
        struct flock lock = {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = kLockBytesAt;
        lock.l_len = kLockBytes;
        return ::fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    };
    auto writer = std::move(*CatalogWriter::open(catalog.path));
    QVERIFY(!isLocked());
    SILTA_OK(writer->begin());
    QVERIFY(isLocked());
    QVERIFY(catalog.reader());
    QVERIFY(isLocked());
    SILTA_OK(writer->commit());
    ::close(descriptor);
}

QTEST_GUILESS_MAIN(CatalogTest)
#include "tst_catalog.moc"
