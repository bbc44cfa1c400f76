#include "catalog/limits.h"
#include "catalog/stock/fold.h"
#include "catalog/stock/log.h"
#include "catalog/stock/overlay.h"
#include "catalog/writer.h"
#include "unit/catalog_fixture.h"

#include <silta/store.h>

using namespace silta;
using namespace silta::test;

/// When the log of stock goes into the rows, and what of it.
class StockFoldTest : public QObject {
    Q_OBJECT
private slots:
    void waitsForTheBound();
    void goesOnWhereItStopped();
    void putsALargeSegmentIntoRows();
    void putsAFullLogIntoRows();
    void foldsFiguresOfAislesWithoutRoom();
    void takesManyChangesOfOneItem();
    void refusesDamagedRowNumbers();
};

namespace {

constexpr int kProducts = 25, kStores = 10;

std::string skuOf(int i) {
    return "p" + std::to_string(i);
}

/// A live catalogue of some products and stores; all stock is told through its log.
struct Live : TemporaryCatalog {
    Live() {
        auto writer = create();
        bool done = true;
        for (int i = 1; i <= kStores; ++i)
            done = done && writer->putStore(store(std::to_string(i))).has_value();
        for (int i = 0; i < kProducts; ++i)
            done = done && writer->putProduct(product(skuOf(i), "Thing")).has_value();
        if (!done || !writer->finish()) qFatal("cannot build");
    }
    /// `quantity` of everything in the first `stores` stores.
    Result<void> tell(int seq, int quantity, int stores, std::int64_t entriesMax = kStockLogEntriesMax,
                      const std::string& aisle = "A1") const {
        auto writer = openCatalogWriter(path, entriesMax);
        if (!writer) return writer.error();
        if (auto done = (*writer)->begin(); !done) return done;
        for (int i = 0; i < kProducts; ++i) {
            std::vector<StockRecord> records;
            for (int code = 1; code <= stores; ++code)
                records.push_back(cell(skuOf(i), std::to_string(code), quantity, seq * 1'000, aisle));
            if (auto done = (*writer)->putStock(skuOf(i), records); !done) return done;
        }
        if (auto done = (*writer)->setStockPosition({"", seq}); !done) return done;
        return (*writer)->commit();
    }
    /// Of all items, in store `code`; -1 when they differ.
    static int quantityOf(const CatalogReader& reader, const std::string& code, const std::string& aisle) {
        std::optional<int> common;
        for (int i = 0; i < kProducts; ++i) {
            const auto list = reader.stock(*reader.idOfSku(skuOf(i)));
            if (!list) return -1;
            for (const auto& item : *list)
                if (item.store->code == code) {
                    if (common.value_or(item.quantity) != item.quantity || item.aisle != aisle) return -1;
                    common = item.quantity;
                }
        }
        return common.value_or(-1);
    }
    [[nodiscard]] std::uintmax_t logBytes() const { return std::filesystem::file_size(stockLogPath(path)); }
    [[nodiscard]] Database database() const { return std::move(*Database::open(path, OpenMode::Replica)); }
};

} // namespace

void StockFoldTest::waitsForTheBound() {
    const Live live;
    SILTA_OK(live.tell(1, 5, 2)); // 51 entries: figures, the position and an aisle
    const auto before = live.logBytes();
    const auto shorter = foldStockLog(live.path, {.entriesMin = 53});
    SILTA_OK(shorter);
    QVERIFY(!*shorter);
    QCOMPARE(live.logBytes(), before);
    const auto reader = live.reader();
    const auto folded = foldStockLog(live.path, {.entriesMin = 52});
    SILTA_OK(folded);
    QVERIFY(*folded);
    QVERIFY(live.logBytes() < before);
    QCOMPARE(Live::quantityOf(*reader, "2", "A1"), 5);
    QCOMPARE(reader->info()->stockSeq, std::int64_t{1});
}

void StockFoldTest::goesOnWhereItStopped() {
    const Live live;
    SILTA_OK(live.tell(1, 5, 2));
    const FoldBounds bounds{.entriesMin = 1, .sliceProducts = 10, .slicesMax = 1};
    const auto reader = live.reader();
    for (const bool isLast : {false, false, true}) { // three slices; each call passes over those before
        const auto folded = foldStockLog(live.path, bounds);
        SILTA_OK(folded);
        QCOMPARE(*folded, isLast);
        QCOMPARE(Live::quantityOf(*reader, "2", "A1"), 5);
    }
    const auto nothing = foldStockLog(live.path, bounds);
    SILTA_OK(nothing);
    QVERIFY(!*nothing);
}

void StockFoldTest::putsALargeSegmentIntoRows() {
    const Live live;
    const auto reader = live.reader();
    SILTA_OK(live.tell(1, 5, 2));
    QCOMPARE(reader->search({"thing", "en", 100, 0, true})->size(), std::size_t{kProducts});
    SILTA_OK(live.tell(2, 0, 1)); // in the log: out everywhere in the home store
    QVERIFY(reader->search({"thing", "en", 100, 0, true})->empty());
    SILTA_OK(live.tell(3, 7, kStores, 100, "B2"));
    QVERIFY(live.logBytes() < 100); // a head only
    QCOMPARE(reader->info()->stockSeq, std::int64_t{3});
    QCOMPARE(Live::quantityOf(*reader, "1", "B2"), 7);
    QCOMPARE(Live::quantityOf(*reader, std::to_string(kStores), "B2"), 7);
    QCOMPARE(reader->search({"thing", "en", 100, 0, true})->size(), std::size_t{kProducts});
    SILTA_OK(live.tell(4, 9, 1)); // and on with the log
    QCOMPARE(Live::quantityOf(*reader, "1", "A1"), 9);
    QCOMPARE(Live::quantityOf(*live.reader(), "2", "B2"), 7);
}

void StockFoldTest::putsAFullLogIntoRows() {
    const Live live;
    const auto reader = live.reader();
    std::uintmax_t longest = 0;
    for (int seq = 1; seq <= 12; ++seq) {
        SILTA_OK(live.tell(seq, seq, 2, 170)); // three segments
        longest = std::max(longest, live.logBytes());
        QCOMPARE(Live::quantityOf(*reader, "2", "A1"), seq);
        QCOMPARE(reader->info()->stockSeq, std::int64_t{seq});
    }
    const Live endless;
    for (int seq = 1; seq <= 12; ++seq)
        SILTA_OK(endless.tell(seq, seq, 2));
    QVERIFY(longest * 2 < endless.logBytes());
}

void StockFoldTest::foldsFiguresOfAislesWithoutRoom() {
    const Live live;
    SILTA_OK(live.database().exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                                  " WHERE i < 200000) INSERT INTO aisles SELECT i, 'old ' || i FROM n"));
    QCOMPARE(kAislesMax, std::size_t{200'000});
    SILTA_OK(live.tell(1, 5, 2));
    const auto folded = foldStock(live.path, StockFold::Now);
    SILTA_OK(folded);
    QVERIFY(*folded);
    QCOMPARE(Live::quantityOf(*live.reader(), "2", ""), 5);
}

// Walking an item's changes for each new one of it would take minutes.
void StockFoldTest::takesManyChangesOfOneItem() {
    constexpr int kChanges = 400'000;
    StockOverlay overlay;
    for (int i = 1; i <= kChanges; ++i)
        overlay.put(7, {i, 1, 1'000, 0});
    overlay.put(7, {5, 3, 2'000, 0});
    overlay.put(7, {5, 0, 3'000, 0});
    QCOMPARE(overlay.find(7, 5)->asOf, UtcMs{3'000});
    std::vector<StockCell> cells, merged;
    overlay.addTo(7, cells);
    mergeCells({}, cells, merged);
    QCOMPARE(merged.size(), std::size_t{kChanges - 1}); // the last word on store 5 is that it has none
    QCOMPARE(overlay.products().size(), std::size_t{1});
}

void StockFoldTest::refusesDamagedRowNumbers() {
    const Live live;
    SILTA_OK(live.tell(1, 5, 2));
    SILTA_OK(foldStock(live.path, StockFold::Now));
    SILTA_OK(live.database().exec("UPDATE stock_cells SET product = 2000000000 WHERE product = 3"));
    const auto cards = live.reader()->search({"thing", "en", 100, 0, true});
    QVERIFY(!cards.has_value() && cards.error().code == Errc::Corrupt);
}

QTEST_GUILESS_MAIN(StockFoldTest)
#include "tst_stock_fold.moc"
