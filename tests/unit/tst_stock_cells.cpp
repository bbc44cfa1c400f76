#include "catalog/stock/cells.h"

#include <QtTest>
#include <map>
#include <random>

using namespace silta;

class StockCellsTest : public QObject {
    Q_OBJECT
private slots:
    void bringsCellsBack_data();
    void bringsCellsBack();
    void staysSmall_data();
    void staysSmall();
    void refusesCutOffCells();
    void survivesAnyBytes();
    void mergesTheLastWord();
};

namespace {

constexpr UtcMs kNoon = 1'760'000'000'000;

std::vector<StockCell> unpacked(std::string_view bytes, UtcMs reference) {
    std::vector<StockCell> cells;
    return unpackCells(bytes, reference, cells) ? cells : std::vector<StockCell>{};
}

/// Stores that have the item, in a chain of a thousand.
std::vector<StockCell> typicalCells(std::mt19937& random) {
    std::vector<StockCell> cells;
    for (std::int32_t store = 1; store <= 1'000; ++store)
        if (random() % 1'000 < 175) cells.push_back({store, 1 + static_cast<int>(random() % 8), kNoon, 0});
    return cells;
}

} // namespace

void StockCellsTest::bringsCellsBack_data() {
    QTest::addColumn<int>("seed");
    QTest::addColumn<bool>("wholeSeconds");
    QTest::addColumn<int>("times"); // different ones
    for (int seed = 1; seed <= 40; ++seed)
        QTest::addRow("seed %d", seed) << seed << (seed % 2 == 0) << (seed % 3 == 0 ? 1 : seed * 3);
}

void StockCellsTest::bringsCellsBack() {
    QFETCH(int, seed);
    QFETCH(bool, wholeSeconds);
    QFETCH(int, times);
    std::mt19937 random(static_cast<unsigned>(seed));
    for (int round = 0; round < 100; ++round) {
        std::map<std::int32_t, StockCell> oracle;
        const auto count = random() % 200;
        for (unsigned i = 0; i < count; ++i) {
            StockCell cell;
            cell.store = 1 + static_cast<std::int32_t>(random() % (round % 2 == 0 ? 5'000U : 300U));
            cell.quantity = static_cast<std::int32_t>(random() % (random() % 4 == 0 ? 1'000'000U : 20U));
            cell.asOf = static_cast<UtcMs>(random() % static_cast<unsigned>(times)) * 61'001 *
                        (wholeSeconds ? 1'000 : 1);
            cell.aisle = random() % 3 == 0 ? 0 : static_cast<std::int32_t>(random() % 300);
            oracle[cell.store] = cell;
        }
        std::vector<StockCell> cells;
        for (const auto& [id, cell] : oracle)
            cells.push_back(cell);
        const UtcMs reference = round % 3 == 0 ? 1 : kNoon + round;
        const auto packed = packCells(cells, reference);
        QVERIFY(unpacked(packed, reference) == cells);
        for (int probe = 0; probe < 20; ++probe) {
            const auto store = 1 + static_cast<std::int32_t>(random() % 5'000);
            const auto found = oracle.find(store);
            const auto quantity = quantityInStore(packed, store);
            QVERIFY(quantity.has_value());
            QCOMPARE(*quantity, found == oracle.end() ? 0 : found->second.quantity);
        }
    }
}

void StockCellsTest::staysSmall_data() {
    QTest::addColumn<int>("newer"); // cells that are newer than the others
    QTest::addColumn<double>("bytesPerCell");
    QTest::newRow("one import") << 0 << 1.1;
    QTest::newRow("ten sold since") << 10 << 1.5;
}

void StockCellsTest::staysSmall() {
    QFETCH(int, newer);
    QFETCH(double, bytesPerCell);
    std::mt19937 random(3);
    std::size_t bytes = 0, count = 0;
    for (int item = 0; item < 100; ++item) {
        auto cells = typicalCells(random);
        for (int i = 0; i < newer; ++i)
            cells[random() % cells.size()].asOf += static_cast<UtcMs>(random() % 3'600) * 1'000;
        bytes += packCells(cells, kNoon).size();
        count += cells.size();
    }
    const auto each = static_cast<double>(bytes) / static_cast<double>(count);
    QVERIFY2(each <= bytesPerCell, qPrintable(QString::number(each)));
}

void StockCellsTest::refusesCutOffCells() {
    const auto packed = packCells({{{3, 200, kNoon, 200}, {900, 7, kNoon + 100'000, 0}}}, kNoon);
    for (std::size_t size = 1; size < packed.size(); ++size) {
        std::vector<StockCell> cells = {{1, 1, 1, 1}};
        const auto done = unpackCells(std::string_view(packed).substr(0, size), kNoon, cells);
        QVERIFY(!done.has_value());
        QCOMPARE(done.error().code, Errc::Corrupt);
        QCOMPARE(cells.size(), std::size_t{1}); // what was there is left alone
    }
}

void StockCellsTest::survivesAnyBytes() {
    std::mt19937 random(7);
    for (int round = 0; round < 50'000; ++round) {
        std::string bytes;
        const auto size = random() % 24;
        for (unsigned i = 0; i < size; ++i)
            bytes.push_back(static_cast<char>(random() % (round % 2 == 0 ? 256 : 8)));
        for (const auto& cell : unpacked(bytes, kNoon))
            QVERIFY(cell.store > 0 && cell.quantity >= 0 && cell.asOf >= 0 && cell.aisle >= 0);
        [[maybe_unused]] const auto quantity = quantityInStore(bytes, 3);
    }
}

void StockCellsTest::mergesTheLastWord() {
    const std::vector<StockCell> old = {{1, 5, 10, 0}, {3, 6, 10, 2}, {9, 7, 10, 0}};
    std::vector<StockCell> merged;
    mergeCells(old, std::vector<StockCell>{{2, 1, 11, 0}, {3, 0, 12, 0}, {9, 2, 12, 0}, {9, 4, 13, 1}},
               merged);
    const std::vector<StockCell> expected = {{1, 5, 10, 0}, {2, 1, 11, 0}, {9, 4, 13, 1}};
    QVERIFY(merged == expected);
}

QTEST_GUILESS_MAIN(StockCellsTest)
#include "tst_stock_cells.moc"
