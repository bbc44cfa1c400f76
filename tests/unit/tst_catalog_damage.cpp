#include "unit/catalog_fixture.h"

using namespace silta;
using namespace silta::test;

/// A damaged file is refused or answers something; it never crashes and never hangs.
class CatalogDamageTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void survivesTruncation();
    void survivesFlippedBytes_data();
    void survivesFlippedBytes();
    void survivesZeroedPages();

private:
    /// Uses every function of a reader and of a writer. True when something was refused.
    bool exercise(const std::string& path);

    QByteArray whole_;
};

void CatalogDamageTest::initTestCase() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    QVERIFY(writer);
    for (int i = 0; i < 12; ++i)
        SILTA_OK(writer->putStore(store(std::to_string(i), 60 + i * 0.1, 25)));
    for (int i = 0; i < 150; ++i) {
        auto record = fullProduct();
        record.sku = "sku" + std::to_string(i);
        record.gtin = gtinOf(std::to_string(643'001'000'000 + i));
        record.group = "g" + std::to_string(i / 3);
        record.texts[0].title += " number " + std::to_string(i);
        record.rating.count = i;
        SILTA_OK(writer->putProduct(record));
        std::vector<StockRecord> cells;
        for (int k = i % 5; k < 12; k += 2)
            cells.push_back(cell(record.sku, std::to_string(k), i % 9, 1'000 * k, "A1"));
        SILTA_OK(writer->putStock(record.sku, cells));
    }
    SILTA_OK(writer->setPosition("e", 1));
    SILTA_OK(writer->setStockPosition({"", 1}));
    SILTA_OK(writer->finish());
    QFile file(QString::fromStdString(catalog.path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    whole_ = file.readAll();
    QVERIFY(whole_.size() > 100'000);
    QVERIFY(!exercise(catalog.path));
}

bool CatalogDamageTest::exercise(const std::string& path) {
    bool refused = false;
    const auto note = [&refused](const auto& result) { refused = refused || !result; };
    if (auto reader = CatalogReader::open(path, "1")) {
        const auto& catalog = **reader;
        note(catalog.info());
        for (const char* query :
             {"c", "coffee", "coffee maker 1", "kahvinkeitin", "cofee", "keitin", "sku14", "643001000"})
            for (const bool here : {false, true})
                note(catalog.search({query, "fi", 30, 0, here}));
        note(catalog.offers("en", 1'750'000'000'000, 30));
        note(catalog.departments("fi"));
        note(catalog.search({"", "en", 200, 1, false}));
        note(catalog.idOfSku("sku7"));
        note(catalog.idOfGtin(gtinOf("643001000007")));
        note(catalog.stores());
        note(catalog.pictures());
        for (std::int64_t id = 1; id <= 150; id += 9) {
            note(catalog.product(id, "sv"));
            note(catalog.stock(id));
        }
    } else {
        refused = true;
    }
    if (auto writer = CatalogWriter::open(path)) {
        note((*writer)->begin());
        auto record = product("sku7", "Another title");
        note((*writer)->putProduct(record));
        note((*writer)->removeProduct("sku9"));
        const auto stock = cell("sku11", "3", 4);
        note((*writer)->putStock("sku11", std::span(&stock, 1)));
        note((*writer)->commit());
    } else {
        refused = true;
    }
    return refused;
}

void CatalogDamageTest::survivesTruncation() {
    QTemporaryDir dir;
    const auto path = dir.filePath("cut.db");
    int refused = 0;
    int tried = 0;
    for (qsizetype size = 0; size < whole_.size(); size += 3'571) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(whole_.left(size));
        file.close();
        QFile::remove(path + "-journal");
        const bool isRefused = exercise(path.toStdString());
        if (!isRefused) qWarning("taken for whole: %lld of %lld bytes", size, whole_.size());
        refused += isRefused ? 1 : 0;
        ++tried;
    }
    QCOMPARE(refused, tried); // a file cut off is never taken for whole
}

void CatalogDamageTest::survivesFlippedBytes_data() {
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("flips");
    for (int seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %d", seed) << seed << (seed % 3 == 0 ? 400 : seed % 3 == 1 ? 1 : 20);
}

void CatalogDamageTest::survivesFlippedBytes() {
    QFETCH(int, seed);
    QFETCH(int, flips);
    std::mt19937 random(static_cast<unsigned>(seed));
    QTemporaryDir dir;
    const auto path = dir.filePath("flipped.db");
    for (int round = 0; round < 60; ++round) {
        auto bytes = whole_;
        for (int i = 0; i < flips; ++i) {
            const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()));
            bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random() % 255));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(bytes);
        file.close();
        QFile::remove(path + "-journal");
        exercise(path.toStdString());
    }
}

void CatalogDamageTest::survivesZeroedPages() {
    QTemporaryDir dir;
    const auto path = dir.filePath("zeroed.db");
    constexpr qsizetype kPage = 4'096;
    for (qsizetype page = 0; page < whole_.size() / kPage; ++page) {
        auto bytes = whole_;
        bytes.replace(page * kPage, kPage, QByteArray(kPage, page % 2 == 0 ? '\0' : '\xff'));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(bytes);
        file.close();
        QFile::remove(path + "-journal");
        exercise(path.toStdString());
    }
}

QTEST_GUILESS_MAIN(CatalogDamageTest)
#include "tst_catalog_damage.moc"
