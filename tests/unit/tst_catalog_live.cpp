#include "catalog/limits.h"
#include "catalog/stock/fold.h"
#include "catalog/writer.h"
#include "unit/catalog_fixture.h"

#include <atomic>
#include <mutex>
#include <thread>

using namespace silta;
using namespace silta::test;

/// A kiosk reads while the edge applies segments to the same file.
class CatalogLiveTest : public QObject {
    Q_OBJECT
private slots:
    void readersSeeWholeSegmentsOnly();
    void readersSeeWholeStockOnly();
    void equalsAFileBuiltAtOnce();
};

namespace {

constexpr int kProducts = 250;
constexpr int kSegments = 25;

ProductRecord productIn(int i, int segment) {
    auto record = product("p" + std::to_string(i), "Segment s" + std::to_string(segment) + " thing", "All");
    record.price = priceOf(100 + segment);
    return record;
}

/// What a shopper could see of the file, as text.
std::string stateOf(const CatalogReader& reader) {
    std::string state;
    for (int i = 0; i < kProducts; ++i) {
        const auto id = reader.idOfSku("p" + std::to_string(i));
        state += std::to_string(i);
        if (!id) {
            state += " -\n";
            continue;
        }
        CatalogChange change;
        change.product = reader.product(*id, "en")->record;
        state += toLine(change);
        const auto stock = reader.stock(*id);
        for (const auto& item : *stock)
            state += item.store->code + "=" + std::to_string(item.quantity) + item.aisle + " ";
        state += "\n";
    }
    // How many cards, not which: of variants that fit alike, the one with the lower row number stands for
    // them.
    std::vector<std::string> queries = {"thing", "segment s7", "s2", "", "other", "deep thing"};
    for (int i = 0; i < kProducts; ++i)
        queries.push_back("p" + std::to_string(i) + " thing");
    for (const auto& query : queries) {
        const auto cards = reader.search({query, "en", 200, 0, false});
        state += query + ": " + std::to_string(cards->size()) + "\n";
    }
    const auto departments = reader.departments("en");
    for (const auto& department : *departments)
        state += department.title + std::to_string(department.products);
    return state;
}

} // namespace

void CatalogLiveTest::readersSeeWholeSegmentsOnly() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putStore(store("1")));
    for (int i = 0; i < kProducts; ++i)
        SILTA_OK(writer->putProduct(productIn(i, 0)));
    SILTA_OK(writer->setPosition("e", 0));
    SILTA_OK(writer->setStockPosition({"", 0}));
    SILTA_OK(writer->finish());
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0, failures = 0, rounds = 0;
    const auto read = [&] {
        auto reader = catalog.reader();
        std::int64_t before = 0;
        while (!done || rounds < 20) {
            const auto cards = reader->search({"thing", "en", 200, 0, false});
            const auto info = reader->info();
            if (!cards || !info) {
                const auto& error = cards ? info.error() : cards.error();
                if (error.code != Errc::Busy) ++failures;
                continue;
            }
            if (cards->size() != 200 || info->catalogSeq < before) ++torn;
            before = info->catalogSeq;
            for (const auto& card : *cards)
                if (card.price->regular.minor != cards->front().price->regular.minor ||
                    card.title != cards->front().title)
                    ++torn;
            ++rounds;
        }
    };
    std::jthread first(read);
    std::jthread second(read);
    auto live = std::move(*CatalogWriter::open(catalog.path));
    bool applied = true;
    for (int segment = 1; segment <= kSegments && applied; ++segment) {
        applied = live->begin().has_value();
        for (int i = 0; i < kProducts; ++i)
            applied = applied && live->putProduct(productIn(i, segment)).has_value();
        applied = applied && live->setPosition("e", segment).has_value();
        auto committed = live->commit();
        for (int tries = 0; !committed && committed.error().code == Errc::Busy && tries < 5; ++tries)
            committed = live->commit();
        applied = applied && committed.has_value();
    }
    done = true;
    first.join();
    second.join();
    QVERIFY(applied);
    QCOMPARE(torn.load(), 0);
    QCOMPARE(failures.load(), 0);
    QVERIFY(rounds.load() >= 20);
    const auto cards = catalog.reader()->search({"thing", "en", 200, 0, false});
    QVERIFY(cards->front().title == "Segment s" + std::to_string(kSegments) + " thing");
}

// One segment after the other says the same quantity of everything, folds go on between them, and some
// segments go into the rows at once.
void CatalogLiveTest::readersSeeWholeStockOnly() {
    constexpr int kItems = 40, kRounds = 60;
    TemporaryCatalog catalog;
    auto built = catalog.create();
    SILTA_OK(built->putStore(store("1")));
    for (int i = 0; i < kItems; ++i)
        SILTA_OK(built->putProduct(product("p" + std::to_string(i), "Thing")));
    SILTA_OK(built->finish());
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0, rounds = 0;
    std::mutex mutex;
    std::string failure;
    const auto read = [&] {
        auto reader = catalog.reader();
        std::int64_t before = 0;
        while (!done || rounds < 20) {
            // Each call is of one moment: what it shows is as new as what was seen before.
            const auto item = reader->stock(1 + rounds % kItems);
            const auto cards = reader->search({"thing", "en", 200, 0, true});
            const auto info = reader->info();
            if (!item || !cards || !info) {
                const auto& error = !item ? item.error() : !cards ? cards.error() : info.error();
                const std::lock_guard lock(mutex);
                if (error.code != Errc::Busy) failure = error.what;
                continue;
            }
            const auto quantity = std::int64_t{item->front().quantity};
            if (quantity < before || info->stockSeq < quantity) ++torn;
            if (before > 0 && cards->size() != kItems) ++torn;
            before = info->stockSeq;
            ++rounds;
        }
    };
    bool applied = true;
    {
        std::jthread first(read);
        std::jthread second(read);
        for (int seq = 1; seq <= kRounds && applied; ++seq) {
            // Readers hold the file for moments: what is busy is done again.
            const auto apply = [&]() -> Result<void> {
                auto writer =
                    openCatalogWriter(catalog.path, seq % 10 == 0 ? kItems / 2 : kStockLogEntriesMax);
                if (!writer) return writer.error();
                if (auto begun = (*writer)->begin(); !begun) return begun;
                for (int i = 0; i < kItems; ++i) {
                    const auto record = cell("p" + std::to_string(i), "1", seq, seq * 1'000, "A");
                    if (auto put = (*writer)->putStock(record.sku, std::span(&record, 1)); !put) return put;
                }
                if (auto put = (*writer)->setStockPosition({"", seq}); !put) return put;
                return (*writer)->commit();
            };
            auto told = apply();
            for (int tries = 0; !told && told.error().code == Errc::Busy && tries < 100; ++tries)
                told = apply();
            applied = told.has_value();
            if (seq % 4 != 0) continue;
            const auto folded = foldStockLog(catalog.path, {.entriesMin = 0, .sliceProducts = 16});
            applied = applied && (folded || folded.error().code == Errc::Busy);
        }
        done = true;
    }
    QVERIFY(applied);
    QCOMPARE(torn.load(), 0);
    QCOMPARE(QString::fromStdString(failure), QString());
    QVERIFY(rounds.load() >= 20);
    QCOMPARE(catalog.reader()->stock(1)->front().quantity, kRounds);
}

// The same records, once put into a new file and once arrived change by change, must look the same to a
// shopper.
void CatalogLiveTest::equalsAFileBuiltAtOnce() {
    std::mt19937 random(11);
    std::map<int, ProductRecord> products;
    std::map<int, std::map<std::string, StockRecord>> stock;
    TemporaryCatalog live;
    {
        auto writer = live.create();
        for (const char* code : {"1", "2", "3"})
            SILTA_OK(writer->putStore(store(code)));
        SILTA_OK(writer->finish());
    }
    auto reader = live.reader();
    auto writer = std::move(*CatalogWriter::open(live.path));
    for (int segment = 1; segment <= kSegments; ++segment) {
        SILTA_OK(writer->begin());
        for (int step = 0; step < 80; ++step) {
            const auto i = static_cast<int>(random() % kProducts);
            const auto sku = "p" + std::to_string(i);
            if (random() % 6 == 0) {
                SILTA_OK(writer->removeProduct(sku));
                products.erase(i);
                stock.erase(i);
            } else if (random() % 3 == 0 && products.contains(i)) {
                const auto code = std::to_string(1 + random() % 3);
                const auto record = cell(sku, code, static_cast<std::int32_t>(random() % 4), segment, "A");
                SILTA_OK(writer->putStock(sku, std::span(&record, 1)));
                if (record.quantity == 0)
                    stock[i].erase(code);
                else
                    stock[i][code] = record;
            } else {
                auto record = productIn(i, segment);
                record.rating.count = static_cast<std::int32_t>(random() % 50);
                if (random() % 4 == 0) record.group = "g" + std::to_string(i / 10);
                if (random() % 3 == 0) record.texts[0].department = "Other > Deep";
                SILTA_OK(writer->putProduct(record));
                products[i] = record;
            }
        }
        SILTA_OK(writer->commit());
        SILTA_OK(reader->search({"thing", "en", 20, 0, true}));
    }
    TemporaryCatalog built;
    {
        auto fresh = built.create();
        for (const char* code : {"1", "2", "3"})
            SILTA_OK(fresh->putStore(store(code)));
        for (const auto& [i, record] : products)
            SILTA_OK(fresh->putProduct(record));
        for (const auto& [i, cells] : stock)
            for (const auto& [code, record] : cells)
                SILTA_OK(fresh->putStock(record.sku, std::span(&record, 1)));
        SILTA_OK(fresh->finish());
    }
    const auto lines = QString::fromStdString(stateOf(*reader)).split('\n');
    const auto expected = QString::fromStdString(stateOf(*built.reader())).split('\n');
    QCOMPARE(lines.size(), expected.size());
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(lines[i], expected[i]);
    QVERIFY(products.size() > 100);
}

QTEST_GUILESS_MAIN(CatalogLiveTest)
#include "tst_catalog_live.moc"
