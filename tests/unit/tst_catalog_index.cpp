// The search index beside a catalogue file: made, followed, made anew, damaged, and never in the way.
#include "catalog/schema.h"
#include "unit/catalog_fixture.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

using namespace silta;
using namespace silta::test;

namespace {

struct IndexedCatalog : TemporaryCatalog {
    std::string indexPath = path + ".index";

    IndexedCatalog() {
        auto writer = create();
        for (int i = 0; i < 50; ++i)
            put(*writer, i, "lamp");
        if (!writer->finish()) qFatal("no catalogue");
    }

    static void put(CatalogWriter& writer, int i, const std::string& title) {
        if (!writer.putProduct(product("s" + std::to_string(i), title))) qFatal("no product");
    }

    void change(int i, const std::string& title) const {
        auto writer = std::move(*CatalogWriter::open(path));
        if (!writer->begin()) qFatal("no transaction");
        put(*writer, i, title);
        if (!writer->commit()) qFatal("no commit");
    }
};

std::size_t count(const CatalogReader& reader, const std::string& text) {
    const auto cards = reader.search({text, "en", 200, 0, false});
    return cards ? cards->size() : 9'999;
}

} // namespace

class TestCatalogIndex : public QObject {
    Q_OBJECT

private slots:
    void findsWithoutAFileAndTakesItWhenItComes();
    void followsChangesWithAFile();
    void makesItAnewOnlyWhenItMust();
    void isMadeAnewWhenDamaged();
    void ignoresTheIndexOfAnotherCatalogue();
    void leavesAnIndexThatFitsWhenCutShort();
    void movesWithItsCatalogue();
    void takesACatalogueOfTheVersionBefore();
    void goesOnWithWhatItHasWhenTooMuchChanges();
    void makesNoLargeIndexInMemory();
};

void TestCatalogIndex::findsWithoutAFileAndTakesItWhenItComes() {
    const IndexedCatalog catalog;
    auto reader = catalog.reader();
    QCOMPARE(count(*reader, "lamp"), std::size_t{50});
    QVERIFY(!std::filesystem::exists(catalog.indexPath));
    const auto made = refreshSearchIndex(catalog.path, IndexCheck::Quick);
    SILTA_OK(made);
    QVERIFY(*made);
    QVERIFY(std::filesystem::exists(catalog.indexPath));
    QCOMPARE(count(*reader, "lamp"), std::size_t{50});
    QCOMPARE(count(*catalog.reader(), "lamp"), std::size_t{50});
}

void TestCatalogIndex::followsChangesWithAFile() {
    const IndexedCatalog catalog;
    SILTA_OK(refreshSearchIndex(catalog.path, IndexCheck::Quick));
    auto reader = catalog.reader();
    QCOMPARE(count(*reader, "kettle"), std::size_t{0});
    for (int i = 0; i < 20; ++i) {
        catalog.change(i, "kettle");
        QCOMPARE(count(*reader, "kettle"), static_cast<std::size_t>(i + 1));
    }
    QCOMPARE(count(*reader, "lamp"), std::size_t{30});
    QCOMPARE(count(*catalog.reader(), "kettle"), std::size_t{20}); // one that was not there before
}

void TestCatalogIndex::makesItAnewOnlyWhenItMust() {
    const IndexedCatalog catalog;
    QVERIFY(*refreshSearchIndex(catalog.path, IndexCheck::Quick));
    QVERIFY(!*refreshSearchIndex(catalog.path, IndexCheck::Quick));
    QVERIFY(!*refreshSearchIndex(catalog.path, IndexCheck::Whole));
    catalog.change(1, "kettle");
    QVERIFY(!*refreshSearchIndex(catalog.path, IndexCheck::Quick));
    auto reader = catalog.reader();
    QCOMPARE(count(*reader, "kettle"), std::size_t{1});
    {
        auto writer = std::move(*CatalogWriter::open(catalog.path));
        SILTA_OK(writer->begin());
        for (int i = 0; i < 10'050; ++i)
            IndexedCatalog::put(*writer, i, i % 100 == 0 ? "toaster" : "kettle");
        SILTA_OK(writer->commit());
    }
    QCOMPARE(count(*reader, "toaster"), std::size_t{101});
    QVERIFY(*refreshSearchIndex(catalog.path, IndexCheck::Quick));
    QCOMPARE(count(*reader, "toaster"), std::size_t{101});
    QCOMPARE(count(*reader, "lamp"), std::size_t{0});
    catalog.change(3, "lamp");
    QCOMPARE(count(*reader, "lamp"), std::size_t{1});
}

void TestCatalogIndex::isMadeAnewWhenDamaged() {
    const IndexedCatalog catalog;
    SILTA_OK(refreshSearchIndex(catalog.path, IndexCheck::Quick));
    const auto size = std::filesystem::file_size(catalog.indexPath);
    {
        std::fstream file(catalog.indexPath, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(sizeof(std::uint64_t) * 70));
        file.write("\xff\xff\xff", 3);
    }
    QVERIFY(count(*catalog.reader(), "lamp") <= 50); // whatever it finds
    QVERIFY(*refreshSearchIndex(catalog.path, IndexCheck::Whole));
    QCOMPARE(std::filesystem::file_size(catalog.indexPath), size);
    QCOMPARE(count(*catalog.reader(), "lamp"), std::size_t{50});
    std::filesystem::resize_file(catalog.indexPath, size / 2);
    QCOMPARE(count(*catalog.reader(), "lamp"), std::size_t{50}); // refused: the reader makes its own
    QVERIFY(*refreshSearchIndex(catalog.path, IndexCheck::Quick));
}

void TestCatalogIndex::ignoresTheIndexOfAnotherCatalogue() {
    const IndexedCatalog one;
    const IndexedCatalog other;
    other.change(1, "kettle");
    SILTA_OK(refreshSearchIndex(one.path, IndexCheck::Quick));
    std::filesystem::copy_file(one.indexPath, other.indexPath);
    QCOMPARE(count(*other.reader(), "kettle"), std::size_t{1});
    QVERIFY(*refreshSearchIndex(other.path, IndexCheck::Quick));
}

// A new index is renamed into place before the log is cut: what a crash between the two leaves.
void TestCatalogIndex::leavesAnIndexThatFitsWhenCutShort() {
    const IndexedCatalog catalog;
    SILTA_OK(refreshSearchIndex(catalog.path, IndexCheck::Quick));
    catalog.change(1, "kettle");
    const auto before = catalog.dir.filePath("before.db").toStdString();
    std::filesystem::copy_file(catalog.path, before);
    std::filesystem::remove(catalog.indexPath);
    QVERIFY(*refreshSearchIndex(catalog.path, IndexCheck::Quick));
    std::filesystem::rename(before, catalog.path); // the log was never cut
    std::ofstream(catalog.indexPath + ".new") << "half an index";
    QCOMPARE(count(*catalog.reader(), "kettle"), std::size_t{1});
    QCOMPARE(count(*catalog.reader(), "lamp"), std::size_t{49});
    QVERIFY(!*refreshSearchIndex(catalog.path, IndexCheck::Whole));
    catalog.change(2, "kettle");
    QCOMPARE(count(*catalog.reader(), "kettle"), std::size_t{2});
}

void TestCatalogIndex::movesWithItsCatalogue() {
    const IndexedCatalog catalog;
    catalog.change(1, "kettle");
    SILTA_OK(refreshSearchIndex(catalog.path, IndexCheck::Quick, catalog.path + ".moved"));
    std::filesystem::rename(catalog.path, catalog.path + ".moved");
    auto reader = CatalogReader::open(catalog.path + ".moved", "1");
    SILTA_OK(reader);
    QCOMPARE(count(**reader, "kettle"), std::size_t{1});
    QVERIFY(!*refreshSearchIndex(catalog.path + ".moved", IndexCheck::Whole));
}

// Format 1 had the search inside the database, and no log.
void TestCatalogIndex::takesACatalogueOfTheVersionBefore() {
    const IndexedCatalog catalog;
    const auto old = catalog.dir.filePath("old.db").toStdString();
    {
        auto database = Database::open(old, OpenMode::BuildOnce);
        SILTA_OK(database);
        SILTA_OK(database->exec(fmt::format("PRAGMA application_id={}", kCatalogApplicationId).c_str()));
        SILTA_OK(database->migrate(std::span(kCatalogMigrations).first(1)));
        SILTA_OK(database->exec(
            fmt::format("ATTACH '{}' AS today; INSERT INTO products SELECT * FROM today.products;"
                        "INSERT INTO paths SELECT * FROM today.paths; INSERT INTO departments SELECT * FROM "
                        "today.departments;"
                        "INSERT INTO meta SELECT * FROM today.meta WHERE key NOT LIKE 'index_%'",
                        catalog.path)
                .c_str()));
    }
    auto countOf = [&old](const std::string& text) {
        auto reader = CatalogReader::open(old, "1");
        return reader ? count(**reader, text) : 9'999;
    };
    QCOMPARE(countOf("lamp"), std::size_t{50});
    QVERIFY(*refreshSearchIndex(old, IndexCheck::Quick));
    QCOMPARE(countOf("lamp"), std::size_t{50});
    auto writer = std::move(*CatalogWriter::open(old));
    SILTA_OK(writer->begin());
    IndexedCatalog::put(*writer, 1, "kettle");
    SILTA_OK(writer->commit());
    QCOMPARE(countOf("kettle"), std::size_t{1});
    QCOMPARE(countOf("lamp"), std::size_t{49});
    QVERIFY(*refreshSearchIndex(old, IndexCheck::Quick)); // the first transaction gave the file its number
    QVERIFY(!*refreshSearchIndex(old, IndexCheck::Whole));
    QCOMPARE(countOf("kettle"), std::size_t{1});
}

namespace {

/// Rows as a large catalogue has them, without the time that the writer takes.
void addManyProducts(const std::string& path, int many, bool isLogged) {
    auto database = Database::open(path, OpenMode::Replica);
    SILTA_OK(database);
    const auto rows = fmt::format("WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE "
                                  "i < {}) ",
                                  1000 + many);
    SILTA_OK(
        database->exec((rows + "INSERT INTO products (id, sku, rank, department, brand, texts) "
                               "SELECT i, 'x' || i, p.rank, p.department, '', p.texts FROM n, (SELECT * FROM "
                               "products WHERE id = (SELECT min(id) FROM products)) p")
                           .c_str()));
    if (!isLogged) return;
    SILTA_OK(database->exec("UPDATE meta SET value = value + 1 WHERE key = 'index_change'"));
    SILTA_OK(database->exec("INSERT INTO index_log SELECT id, (SELECT value FROM meta WHERE key = "
                            "'index_change') FROM products WHERE id >= 1000"));
}

} // namespace

void TestCatalogIndex::goesOnWithWhatItHasWhenTooMuchChanges() {
    const IndexedCatalog catalog;
    SILTA_OK(refreshSearchIndex(catalog.path, IndexCheck::Quick));
    auto reader = catalog.reader();
    QCOMPARE(count(*reader, "lamp"), std::size_t{50});
    addManyProducts(catalog.path, 31'000, true);
    QCOMPARE(count(*reader, "lamp"), std::size_t{50}); // not yet
    SILTA_OK(refreshSearchIndex(catalog.path, IndexCheck::Quick));
    QCOMPARE(count(*reader, "lamp"), std::size_t{200});
}

void TestCatalogIndex::makesNoLargeIndexInMemory() {
    const IndexedCatalog catalog;
    addManyProducts(catalog.path, 51'000, false);
    auto reader = catalog.reader();
    QCOMPARE(reader->search({"lamp"}).error().code, Errc::Busy);
    SILTA_OK(refreshSearchIndex(catalog.path, IndexCheck::Quick));
    QCOMPARE(count(*reader, "lamp"), std::size_t{200});
}

QTEST_APPLESS_MAIN(TestCatalogIndex)
#include "tst_catalog_index.moc"
