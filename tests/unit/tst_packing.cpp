#include "catalog/limits.h"
#include "catalog/packing.h"

#include <QtTest>
#include <map>
#include <random>

using namespace silta;

class PackingTest : public QObject {
    Q_OBJECT
private slots:
    void bringsCellsBack_data();
    void bringsCellsBack();
    void staysSmallForTypicalStock();
    void refusesCutOffCells();
    void survivesAnyBytes();
    void bringsIdsBack();
    void readsNumbersOfAllLengths();
};

void PackingTest::bringsCellsBack_data() {
    QTest::addColumn<int>("seed");
    QTest::addColumn<bool>("wholeSeconds");
    for (int seed = 1; seed <= 40; ++seed)
        QTest::addRow("seed %d", seed) << seed << (seed % 2 == 0);
}

void PackingTest::bringsCellsBack() {
    QFETCH(int, seed);
    QFETCH(bool, wholeSeconds);
    std::mt19937 random(static_cast<unsigned>(seed));
    for (int round = 0; round < 100; ++round) {
        std::map<std::int64_t, StockCell> oracle;
        const auto count = random() % 200;
        for (unsigned i = 0; i < count; ++i) {
            StockCell cell;
            cell.store = 1 + static_cast<std::int64_t>(random() % 5'000);
            cell.quantity = 1 + static_cast<std::int32_t>(random() % (random() % 4 == 0 ? 1'000'000U : 20U));
            cell.asOf = static_cast<UtcMs>(random()) * (wholeSeconds ? 1'000 : 1);
            cell.aisle = random() % 3 == 0 ? 0 : static_cast<std::int64_t>(random() % 300);
            oracle[cell.store] = cell;
        }
        std::vector<StockCell> cells;
        for (const auto& [id, cell] : oracle)
            cells.push_back(cell);
        const auto packed = packCells(cells);
        const auto back = unpackCells(packed);
        QVERIFY(back.has_value());
        QVERIFY(*back == cells);
        for (int probe = 0; probe < 20; ++probe) {
            const auto store = 1 + static_cast<std::int64_t>(random() % 5'000);
            const auto found = oracle.find(store);
            const auto quantity = quantityInStore(packed, store);
            QVERIFY(quantity.has_value());
            QCOMPARE(*quantity, found == oracle.end() ? 0 : found->second.quantity);
        }
    }
}

void PackingTest::staysSmallForTypicalStock() {
    std::vector<StockCell> cells;
    for (std::int64_t store = 1; store <= 1'000; store += 2)
        cells.push_back({store, 5, 1'760'000'000'000 + store * 60'000, 1 + store % 50});
    QVERIFY(packCells(cells).size() < cells.size() * 6);
}

void PackingTest::refusesCutOffCells() {
    const auto packed = packCells({{3, 200, 1'760'000'000'000, 200}, {900, 7, 1'760'000'100'000, 0}});
    std::size_t refused = 0;
    for (std::size_t size = 1; size < packed.size(); ++size) {
        const auto cells = unpackCells(std::string_view(packed).substr(0, size));
        if (!cells) {
            QCOMPARE(cells.error().code, Errc::Corrupt);
            ++refused;
        } else {
            QVERIFY(cells->size() < 2); // cut between two cells
        }
    }
    QVERIFY(refused >= packed.size() / 2);
}

void PackingTest::survivesAnyBytes() {
    std::mt19937 random(7);
    for (int round = 0; round < 50'000; ++round) {
        std::string bytes;
        const auto size = random() % 24;
        for (unsigned i = 0; i < size; ++i)
            bytes.push_back(static_cast<char>(random() % (round % 2 == 0 ? 256 : 8)));
        if (const auto cells = unpackCells(bytes))
            for (const auto& cell : *cells)
                QVERIFY(cell.store > 0 && cell.quantity > 0 && cell.asOf >= 0);
        [[maybe_unused]] const auto quantity = quantityInStore(bytes, 3);
        [[maybe_unused]] const auto ids = unpackIds(bytes);
    }
}

void PackingTest::bringsIdsBack() {
    for (const auto& ids :
         std::vector<std::vector<std::int64_t>>{{}, {1}, {1, 2, 3}, {5, 500, 70'000, kProductIdMax}}) {
        const auto back = unpackIds(packIds(ids));
        QVERIFY(back.has_value());
        QVERIFY(*back == ids);
    }
    QVERIFY(!unpackIds("\x80"));
}

void PackingTest::readsNumbersOfAllLengths() {
    PackWriter out;
    for (unsigned shift = 0; shift < 64; ++shift)
        out.number(std::uint64_t{1} << shift);
    out.number(UINT64_MAX);
    out.real(-0.5);
    out.text("å");
    PackReader in(out.bytes());
    for (unsigned shift = 0; shift < 64; ++shift)
        QCOMPARE(in.number(), std::uint64_t{1} << shift);
    QCOMPARE(in.number(), UINT64_MAX);
    QCOMPARE(in.real(), -0.5);
    QVERIFY(in.text() == "å");
    QVERIFY(in.ok() && in.atEnd());
    QCOMPARE(in.number(), std::uint64_t{0});
    QVERIFY(!in.ok());
}

QTEST_GUILESS_MAIN(PackingTest)
#include "tst_packing.moc"
