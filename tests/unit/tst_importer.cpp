#include "unit/hub_fixture.h"

#include <sys/resource.h>

#include <filesystem>

using namespace silta;
using namespace silta::test;

class ImporterTest : public QObject {
    Q_OBJECT
private slots:
    void importsAllKindsTogether();
    void givesNoNewNumbersForTheSameFeeds();
    void numbersOnlyWhatChanged();
    void removesWhatAFullFeedNoLongerLists();
    void removesNothingWhenPartial();
    void bringsBackWhatWasRemoved();
    void keepsWhatABadRowNames();
    void leavesAloneWhatNoFileIsGivenFor();
    void reportsBadRows();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void refusedFileStopsTheOthers();
    void removesNothingFromACutFile_data();
    void removesNothingFromACutFile();
    void removesNothingWithoutALastNewline();
    void reportsUnknownAndDoubleStock();
    void zeroesStockOfRemovedProductsAndStores();
    void ignoresOlderStock();
    void remembersStoreReports();
    void mergesLanguages();
    void dropsTextsThatAFullLanguageFeedOmits();
    void countsReviewsForTheWholeGroup();
    void keepsRatingsWhenReviewsAreCut();
    void storesPictures();
    void writesTheReport();
    void showsOnlyTheFirstProblems();
    void refusesArguments_data();
    void refusesArguments();
    void refusesASecondImportAtTheSameTime();
    void readsPackedFeeds();
    void staysSmallWhileFeedsAreLarge();
};

namespace {

const char* const kProducts = "id\ttitle\tgtin\tprice\titem_group_id\n"
                              "A\tCup\t6408430011261\t2.00 EUR\tcups\n"
                              "B\tCup, blue\t\t2.50 EUR\tcups\n"
                              "C\tPan\t\t30.00 EUR\t\n";
const char* const kStores = "code,name,country\n1,Kamppi,FI\n2,Turku,FI\n";
const char* const kInventory = "store_code\tid\tquantity\tinstore_product_location\n"
                               "1\tA\t5\tA1\n2\tA\t1\t\n1\tB\t2\t\n2\tC\t9\tB2\n";

struct Seeded : HubFolder {
    Seeded() {
        write("p.tsv", kProducts);
        write("s.csv", kStores);
        write("i.tsv", kInventory);
    }
    int importAll() {
        return import({"--products", path("p.tsv"), "--stores", path("s.csv"), "--inventory", path("i.tsv"),
                       "--no-publish"});
    }
    int importProducts(const std::string& text, bool partial = false) {
        std::vector<std::string> args = {"--products", write("p.tsv", text), "--no-publish"};
        if (partial) args.push_back("--partial");
        return import(args);
    }
    int importInventory(const std::string& rows, std::vector<std::string> more = {}) {
        more.insert(more.end(),
                    {"--inventory", write("i.tsv", "store_code\tid\tquantity\n" + rows), "--no-publish"});
        return import(more);
    }
};

std::string reviewXml(const std::string& id, const std::string& sku, int stars, const std::string& day) {
    return "<review><review_id>" + id + "</review_id><review_timestamp>2026-03-" + day +
           "T00:00:00Z</review_timestamp><title>T" + id +
           "</title><content>C</content><ratings><overall min=\"1\" "
           "max=\"5\">" +
           std::to_string(stars) + "</overall></ratings><products><product><product_ids>" + sku +
           "</product_ids></product></products></review>\n";
}

std::string reviewsXml(const std::string& reviews) {
    return "<feed><reviews>" + reviews + "</reviews></feed>";
}

} // namespace

void ImporterTest::importsAllKindsTogether() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QVERIFY(hub.err.empty());
    QVERIFY(contains(hub.out, "products  3 added, 0 changed, 0 unchanged, 0 removed"));
    QVERIFY(contains(hub.out, "stores    2 added"));
    QVERIFY(contains(hub.out, "stock     4 added"));
    QVERIFY(contains(hub.out, "0 of 9, skipped"));
    const auto products = hub.products();
    QCOMPARE(products.size(), std::size_t{3});
    QCOMPARE(products.at("A").gtin->toString(), std::string("06408430011261"));
    QCOMPARE(products.at("C").price->regular.minor, std::int64_t{3000});
    QCOMPARE(hub.cells(), (std::map<std::string, int>{{"A@1", 5}, {"A@2", 1}, {"B@1", 2}, {"C@2", 9}}));
    QVERIFY((hub.position() == HubPosition{5, 4}));
}

void ImporterTest::givesNoNewNumbersForTheSameFeeds() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    const auto before = hub.position();
    hub.clock.now += 3'600'000;
    QCOMPARE(hub.importAll(), 0);
    QVERIFY(hub.position() == before);
    QVERIFY(contains(hub.out, "products  0 added, 0 changed, 3 unchanged, 0 removed"));
    QVERIFY(contains(hub.out, "stores    0 added, 0 changed, 2 unchanged, 0 removed"));
    QVERIFY(contains(hub.out, "stock     0 added, 0 changed, 4 unchanged, 0 removed"));
}

void ImporterTest::numbersOnlyWhatChanged() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    hub.write("p.tsv", std::string(kProducts).replace(std::string(kProducts).find("30.00"), 5, "31.00"));
    hub.write("s.csv", "code,name,country\n1,Kamppi,FI\n2,Turku Centre,FI\n");
    hub.write("i.tsv", "store_code\tid\tquantity\tinstore_product_location\n"
                       "1\tA\t4\tA1\n2\tA\t1\tZ9\n1\tB\t2\t\n2\tC\t9\tB2\n");
    QCOMPARE(hub.importAll(), 0);
    QVERIFY(contains(hub.out, "products  0 added, 1 changed, 2 unchanged, 0 removed"));
    QVERIFY(contains(hub.out, "stores    0 added, 1 changed, 1 unchanged, 0 removed"));
    QVERIFY(contains(hub.out, "stock     0 added, 2 changed, 2 unchanged, 0 removed"));
    QVERIFY((hub.position() == HubPosition{7, 6}));
    QCOMPARE(hub.cells().at("A@1"), 4);
    QCOMPARE(hub.products().at("C").price->regular.minor, std::int64_t{3100});
}

void ImporterTest::removesWhatAFullFeedNoLongerLists() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.importProducts("id\ttitle\nA\tCup\n"), 0);
    QVERIFY(contains(hub.out, "1 changed, 0 unchanged, 2 removed"));
    QCOMPARE(hub.products().size(), std::size_t{1});
    QCOMPARE(hub.importInventory("1\tA\t5\n"), 0);
    QCOMPARE(hub.cells(), (std::map<std::string, int>{{"A@1", 5}}));
}

void ImporterTest::removesNothingWhenPartial() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.importProducts("id\ttitle\nA\tMug\nD\tPot\n", true), 0);
    QCOMPARE(hub.products().size(), std::size_t{4});
    QCOMPARE(hub.importInventory("2\tD\t3\n1\tA\t0\n", {"--partial"}), 0);
    QCOMPARE(hub.cells(), (std::map<std::string, int>{{"A@2", 1}, {"B@1", 2}, {"C@2", 9}, {"D@2", 3}}));
    QVERIFY(contains(hub.out, "stock     1 added, 0 changed, 3 unchanged, 1 removed"));
}

void ImporterTest::bringsBackWhatWasRemoved() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.importProducts("id\ttitle\nA\tCup\n"), 0);
    const auto gone = hub.cells();
    QVERIFY(!gone.contains("C@2"));
    hub.write("p.tsv", kProducts);
    hub.write("i.tsv", kInventory);
    QCOMPARE(hub.importAll(), 0);
    QVERIFY(contains(hub.out, "products  2 added, 1 changed"));
    QCOMPARE(hub.products().size(), std::size_t{3});
    QCOMPARE(hub.cells().at("C@2"), 9);
}

void ImporterTest::keepsWhatABadRowNames() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(
        hub.importProducts("id\ttitle\tgtin\nA\tCup\t6408430011262\nB\tCup\t\nC\t\t\nD\tPot\t\nE\tPot\t\n"),
        0);
    QVERIFY(contains(hub.out, "bad rows  2 of 5"));
    QVERIFY(contains(hub.out, "products  2 added, 1 changed, 0 unchanged, 0 removed"));
    QCOMPARE(hub.products().at("A").texts[0].title, std::string("Cup"));
    QCOMPARE(hub.products().at("C").texts[0].title, std::string("Pan"));
    QCOMPARE(hub.importInventory("1\tA\tmany\n2\tA\t7\n"), 0);
    QCOMPARE(hub.cells(), (std::map<std::string, int>{{"A@1", 5}, {"A@2", 7}}));
}

void ImporterTest::leavesAloneWhatNoFileIsGivenFor() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.import({"--stores", hub.path("s.csv"), "--no-publish"}), 0);
    QCOMPARE(hub.products().size(), std::size_t{3});
    QCOMPARE(hub.cells().size(), std::size_t{4});
    QVERIFY((hub.position() == HubPosition{5, 4}));
}

void ImporterTest::reportsBadRows() {
    HubFolder hub;
    const auto file =
        hub.write("p.tsv", "id\ttitle\tprice\nA\tCup\t1.00 EUR\nB\t\t1.00 EUR\nC\tPan\t1,00 EUR\n"
                           "D\tPot\nA\tCup again\t1.00 EUR\nE\tLid\t\nF\tLid\t\nG\tLid\t\n");
    QCOMPARE(hub.import({"--products", file, "--no-publish"}), 0);
    QVERIFY(contains(hub.err, file + ":3: title: missing\n"));
    QVERIFY(contains(hub.err, file + ":4: price: "));
    QVERIFY(contains(hub.err, file + ":5: row: 2 columns instead of 3\n"));
    QVERIFY(contains(hub.err, file + ":6: id: given twice"));
    QVERIFY(contains(hub.out, "bad rows  4 of 8"));
    QCOMPARE(hub.products().size(), std::size_t{4});
    QCOMPARE(hub.products().at("A").texts[0].title, std::string("Cup"));
}

void ImporterTest::refusesBadFiles_data() {
    QTest::addColumn<QByteArray>("products");
    QTest::addColumn<QString>("words");
    QTest::newRow("mostly bad") << QByteArray("id\ttitle\nA\tMug\nB\t\nC\t\n")
                                << "2 of 3 rows are bad; nothing was changed";
    QTest::newRow("all bad") << QByteArray("id\ttitle\nA\t\n") << "1 of 1 rows are bad; nothing was changed";
    QTest::newRow("header only") << QByteArray("id\ttitle\n") << "nothing was changed";
    QTest::newRow("no header") << QByteArray("A\tCup\n") << "no column id, title";
    QTest::newRow("empty") << QByteArray() << "empty";
    QTest::newRow("log-in page") << QByteArray("<html><body>Sign in") << "neither RSS 2.0 nor Atom";
    QTest::newRow("doctype") << QByteArray("<!DOCTYPE html><html>") << "document type";
    QTest::newRow("gzip") << QByteArray("\x1F\x8B\x08") << "gzip";
    QTest::newRow("rss without items")
        << QByteArray("<rss><channel></channel></rss>") << "nothing was changed";
}

void ImporterTest::refusesBadFiles() {
    QFETCH(QByteArray, products);
    QFETCH(QString, words);
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    const auto before = hub.position();
    QCOMPARE(hub.importProducts(products.toStdString()), 1);
    QVERIFY(contains(hub.err, words.toStdString()));
    QVERIFY(contains(hub.err, hub.path("p.tsv")));
    QVERIFY(hub.position() == before);
    QCOMPARE(hub.products().size(), std::size_t{3});
    // Exactly half is not most.
    QCOMPARE(hub.importProducts("id\ttitle\nA\tMug\nB\t\n"), 0);
}

void ImporterTest::refusedFileStopsTheOthers() {
    Seeded hub;
    hub.write("i.tsv", "store_code\tid\tquantity\n9\tA\t1\n9\tB\t1\n1\tC\t1\n");
    QCOMPARE(hub.importAll(), 1);
    QVERIFY(hub.products().empty());
    QVERIFY((hub.position() == HubPosition{0, 0}));
    QVERIFY(!std::filesystem::exists(hub.database() + ".staging"));
}

void ImporterTest::removesNothingFromACutFile_data() {
    QTest::addColumn<QByteArray>("feed");
    QTest::addColumn<int>("line");
    QTest::newRow("tsv") << QByteArray("id\ttitle\nA\tMug\nD\tPot\nE") << 4;
    QTest::newRow("quotes") << QByteArray("id\ttitle\nA\tMug\nD\tPot\nE\t\"Li") << 4;
    QTest::newRow("xml") << QByteArray("<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\n"
                                       "<item><g:id>A</g:id><title>Mug</title></item>\n"
                                       "<item><g:id>D</g:id><title>Pot</title></item>\n<item><g:id>E</g:id>")
                         << 4;
}

void ImporterTest::removesNothingFromACutFile() {
    QFETCH(QByteArray, feed);
    QFETCH(int, line);
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.importProducts(feed.toStdString()), 1);
    QVERIFY(contains(hub.err, "is cut at line " + std::to_string(line)));
    const auto products = hub.products();
    QCOMPARE(products.size(), std::size_t{4});
    QCOMPARE(products.at("A").texts[0].title, std::string("Mug"));
    QCOMPARE(products.at("C").texts[0].title, std::string("Pan"));
    QVERIFY(products.contains("D"));
    QCOMPARE(hub.cells().size(), std::size_t{4});
}

void ImporterTest::removesNothingWithoutALastNewline() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.importProducts("id\ttitle\nA\tMug\nD\tPot"), 0);
    QVERIFY(contains(hub.err, "without a newline"));
    QCOMPARE(hub.products().size(), std::size_t{4});
    QCOMPARE(hub.importInventory("1\tA\t5\n1\tD\t1"), 0);
    QVERIFY(contains(hub.err, "without a newline"));
    QCOMPARE(hub.cells().size(), std::size_t{5});
}

void ImporterTest::reportsUnknownAndDoubleStock() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.importInventory("1\tA\t5\n1\tX\t1\n9\tA\t1\n2\tA\t1\n1\tB\t2\n1\tA\t6\n2\tC\t9\n"), 0);
    const auto file = hub.path("i.tsv");
    QVERIFY(contains(hub.err, file + ":3: id: no such product"));
    QVERIFY(contains(hub.err, file + ":4: store_code: no such store"));
    QVERIFY(contains(hub.err, file + ":7: id: given twice for this store"));
    QVERIFY(contains(hub.out, "bad rows  3 of 7"));
    QCOMPARE(hub.cells().at("A@1"), 5);
}

void ImporterTest::zeroesStockOfRemovedProductsAndStores() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.import({"--stores", hub.write("s.csv", "code,name,country\n1,Kamppi,FI\n"), "--no-publish"}),
             0);
    QCOMPARE(hub.cells(), (std::map<std::string, int>{{"A@1", 5}, {"B@1", 2}}));
    QVERIFY((hub.position() == HubPosition{6, 6})); // two cells of the store
    QCOMPARE(hub.importProducts("id\ttitle\tprice\titem_group_id\nB\tCup, blue\t2.50 EUR\tcups\n"), 0);
    QCOMPARE(hub.cells(), (std::map<std::string, int>{{"B@1", 2}}));
    QVERIFY((hub.position() == HubPosition{8, 7}));
    // A store that is gone is unknown to the inventory, too.
    QCOMPARE(hub.importInventory("1\tB\t2\n2\tB\t2\n"), 0);
    QVERIFY(contains(hub.err, "no such store"));
}

void ImporterTest::ignoresOlderStock() {
    Seeded hub;
    QCOMPARE(hub.import({"--products", hub.path("p.tsv"), "--stores", hub.path("s.csv"), "--inventory",
                         hub.path("i.tsv"), "--as-of", "2026-05-01T12:00Z", "--no-publish"}),
             0);
    QCOMPARE(hub.importInventory("1\tA\t1\n", {"--as-of", "2026-05-01T11:00Z"}), 0);
    QVERIFY(contains(hub.err, "older"));
    QCOMPARE(hub.cells().size(), std::size_t{4});
    QCOMPARE(hub.cells().at("A@1"), 5);
    QCOMPARE(hub.importInventory("1\tA\t1\n", {"--as-of", "2026-05-01T12:00Z"}), 0);
    QCOMPARE(hub.cells(), (std::map<std::string, int>{{"A@1", 1}}));
}

void ImporterTest::remembersStoreReports() {
    Seeded hub;
    const auto reports = [&hub] {
        std::map<std::string, UtcMs> result;
        auto store = hub.store();
        const auto rows = store ? store->stores() : Result<std::vector<HubStore>>(store.error());
        if (rows)
            for (const auto& row : *rows)
                result[row.code] = row.reportedAt;
        return result;
    };
    const auto start = hub.clock.now;
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(reports(), (std::map<std::string, UtcMs>{{"1", start}, {"2", start}}));
    hub.clock.now += 1000;
    QCOMPARE(hub.importInventory("1\tA\t5\n"), 0);
    QCOMPARE(reports(), (std::map<std::string, UtcMs>{{"1", start + 1000}, {"2", start}}));
    // A part of the stock, or a file that lost its end, confirms nothing about the rest.
    hub.clock.now += 1000;
    QCOMPARE(hub.importInventory("1\tA\t5\n", {"--partial"}), 0);
    QCOMPARE(hub.importInventory("1\tA\t5\n2\tB\t1\n2\tA\t1\n2\t"), 1);
    QCOMPARE(reports().at("1"), start + 1000);
    hub.clock.now -= 5000;
    QCOMPARE(hub.importInventory("1\tA\t5\n"), 0);
    QCOMPARE(reports().at("1"), start + 1000);
}

void ImporterTest::mergesLanguages() {
    Seeded hub;
    const auto finnish = hub.write("fi.tsv", "id\ttitle\tcolor\nA\tKuppi\tpunainen\nB\tKuppi\tsininen\n");
    const auto swedish = hub.write("sv.tsv", "id\ttitle\nA\tKopp\nX\tOkänd\nB\t\nC\tPanna\n");
    QCOMPARE(hub.import({"--products", hub.path("p.tsv"), "--titles", "sv=" + swedish, "--titles",
                         "fi=" + finnish, "--no-publish"}),
             0);
    QVERIFY(contains(hub.err, swedish + ":3: id: no such product"));
    QVERIFY(contains(hub.err, swedish + ":4: title: missing"));
    auto a = hub.products().at("A");
    QCOMPARE(a.texts.size(), std::size_t{3});
    QCOMPARE(a.texts[0].lang + a.texts[1].lang + a.texts[2].lang, std::string("enfisv"));
    QCOMPARE(a.texts[1].title + a.texts[1].color, std::string("Kuppipunainen"));
    const auto position = hub.position();
    // The product feed alone keeps the other languages.
    QCOMPARE(hub.importProducts(kProducts), 0);
    QVERIFY(hub.position() == position);
    QCOMPARE(hub.importProducts(std::string(kProducts).replace(std::string(kProducts).find("Cup"), 3, "Mug")),
             0);
    a = hub.products().at("A");
    QCOMPARE(a.texts.size(), std::size_t{3});
    QCOMPARE(a.texts[0].title, std::string("Mug"));
    QVERIFY((hub.position() == HubPosition{position.catalogSeq + 1, 0}));
    // And a language feed alone keeps the rest.
    QCOMPARE(hub.import(
                 {"--titles", "fi=" + hub.write("fi.tsv", "id\ttitle\nA\tMuki\nB\tKuppi\n"), "--no-publish"}),
             0);
    a = hub.products().at("A");
    QCOMPARE(a.texts[0].title + a.texts[1].title + a.texts[2].title, std::string("MugMukiKopp"));
    QCOMPARE(a.price->regular.minor, std::int64_t{200});
}

void ImporterTest::dropsTextsThatAFullLanguageFeedOmits() {
    Seeded hub;
    const auto all = hub.write("fi.tsv", "id\ttitle\nA\tKuppi\nB\tKuppi\nC\tPannu\n");
    QCOMPARE(hub.import({"--products", hub.path("p.tsv"), "--titles", "fi=" + all, "--no-publish"}), 0);
    QCOMPARE(hub.products().at("C").texts.size(), std::size_t{2});
    const auto fewer = hub.write("fi.tsv", "id\ttitle\nA\tKuppi\nB\t\n");
    QCOMPARE(hub.import({"--titles", "fi=" + fewer, "--partial", "--no-publish"}), 0);
    QCOMPARE(hub.products().at("C").texts.size(), std::size_t{2});
    QCOMPARE(hub.import({"--titles", "fi=" + fewer, "--no-publish"}), 0);
    QCOMPARE(hub.products().at("A").texts.size(), std::size_t{2});
    QCOMPARE(hub.products().at("B").texts.size(), std::size_t{2}); // its row is bad, not gone
    QCOMPARE(hub.products().at("C").texts.size(), std::size_t{1});
}

void ImporterTest::countsReviewsForTheWholeGroup() {
    Seeded hub;
    std::string reviews;
    for (int i = 1; i <= 9; ++i)
        reviews += reviewXml(std::to_string(i), "<skus><sku>B</sku></skus>", 5, "0" + std::to_string(i));
    reviews += reviewXml("10", "<gtins><gtin>6408430011261</gtin></gtins>", 2, "20");
    reviews +=
        reviewXml("11", "<skus><sku>A</sku><sku>B</sku></skus>", 4, "21"); // of both variants: one review
    reviews += reviewXml("12", "<skus><sku>C</sku></skus>", 1, "22");
    reviews += reviewXml("12", "<skus><sku>C</sku></skus>", 1, "22");
    reviews += reviewXml("13", "<skus><sku>gone</sku></skus>", 1, "22");
    QCOMPARE(hub.import({"--products", hub.path("p.tsv"), "--reviews",
                         hub.write("r.xml", reviewsXml(reviews)), "--no-publish"}),
             0);
    QVERIFY(contains(hub.err, "review_id: given twice"));
    QVERIFY(contains(hub.out, "reviews   1 of products that are not sold here"));
    for (const char* sku : {"A", "B"}) {
        const auto product = hub.products().at(sku);
        QCOMPARE(product.rating.count, 11);
        QCOMPARE(product.rating.histogram, (std::array<std::int32_t, 5>{0, 1, 0, 1, 9}));
        QCOMPARE(product.rating.average, 4.64);
        QCOMPARE(product.reviews.size(), kReviewsMax);
        QCOMPARE(product.reviews[0].title, std::string("T11"));
        QCOMPARE(product.reviews[1].title, std::string("T10"));
        QCOMPARE(product.reviews[2].title, std::string("T9"));
        QCOMPARE(product.reviews[0].date, std::string("2026-03-21"));
    }
    QCOMPARE(hub.products().at("C").rating.count, 1);
    const auto position = hub.position();
    // Without a review file the ratings stay, also when the product changes.
    QCOMPARE(hub.importProducts(kProducts), 0);
    QVERIFY(hub.position() == position);
    // Reviews alone, of one product: the others lose theirs, unless the file holds changes only.
    const auto one = hub.write("r.xml", reviewsXml(reviewXml("1", "<skus><sku>C</sku></skus>", 3, "01")));
    QCOMPARE(hub.import({"--reviews", one, "--partial", "--no-publish"}), 0);
    QCOMPARE(hub.products().at("A").rating.count, 11);
    QCOMPARE(hub.products().at("C").rating.average, 3.0);
    QCOMPARE(hub.import({"--reviews", one, "--no-publish"}), 0);
    QCOMPARE(hub.products().at("A").rating.count, 0);
    QVERIFY(hub.products().at("A").reviews.empty());
}

void ImporterTest::keepsRatingsWhenReviewsAreCut() {
    Seeded hub;
    const auto whole = reviewsXml(reviewXml("1", "<skus><sku>C</sku></skus>", 5, "01") +
                                  reviewXml("2", "<skus><sku>C</sku></skus>", 1, "02"));
    QCOMPARE(
        hub.import({"--products", hub.path("p.tsv"), "--reviews", hub.write("r.xml", whole), "--no-publish"}),
        0);
    QCOMPARE(
        hub.import({"--reviews", hub.write("r.xml", whole.substr(0, whole.size() - 50)), "--no-publish"}), 1);
    QVERIFY(contains(hub.err, "ratings stay"));
    QCOMPARE(hub.products().at("C").rating.count, 2);
}

void ImporterTest::storesPictures() {
    HubFolder hub;
    hub.write("a.jpg", "\xFF\xD8\xFF picture");
    const auto feed =
        hub.write("p.tsv", "id\ttitle\timage_link\nA\tCup\ta.jpg\nB\tPan\thttps://shop.example/b.jpg\n"
                           "C\tPot\t../etc/passwd\nD\tLid\ta.jpg\n");
    QCOMPARE(hub.import({"--products", feed, "--no-publish"}), 0);
    QVERIFY(contains(hub.out, "pictures  2 stored, 1 not fetched yet, 1 refused"));
    QVERIFY(contains(hub.out, "bad rows  0 of 4"));
    QVERIFY(contains(hub.err, feed + ":4: image_link: "));
    const auto products = hub.products();
    QCOMPARE(products.size(), std::size_t{4});
    QCOMPARE(products.at("A").picture.size(), std::size_t{64});
    QCOMPARE(products.at("D").picture, products.at("A").picture);
    QVERIFY(products.at("B").picture.empty() && products.at("C").picture.empty());
    const auto name = products.at("A").picture;
    QCOMPARE(hub.read("hub.db.files/" + name.substr(0, 2) + "/" + name), std::string("\xFF\xD8\xFF picture"));
}

void ImporterTest::writesTheReport() {
    HubFolder hub;
    const auto feed = hub.write(
        "p.tsv", "id\ttitle\tgtin\nA\tCup\t\nB\tPan\t12\x1b[31m\nC\tPot\t1234567890123\nD\tLid\t\n");
    QCOMPARE(hub.import({"--products", feed, "--report", hub.path("report.tsv"), "--no-publish"}), 0);
    const auto report = hub.read("report.tsv");
    QVERIFY(report.starts_with("file\tline\tfield\tvalue\treason\n"));
    QVERIFY(contains(report, "\t3\trow\tB Pan 12?[31m\ta control character is in it\n"));
    QVERIFY(contains(report, "\t4\tgtin\t1234567890123\tcheck digit is 3, expected 8\n"));
}

void ImporterTest::showsOnlyTheFirstProblems() {
    HubFolder hub;
    std::string text = "id\ttitle\n";
    for (int i = 0; i < 30; ++i)
        text += "b" + std::to_string(i) + "\t\n" + "g" + std::to_string(i) + "\tCup\n";
    QCOMPARE(
        hub.import({"--products", hub.write("p.tsv", text), "--report", hub.path("r.tsv"), "--no-publish"}),
        0);
    QVERIFY(contains(hub.err, "… and 10 more\n"));
    QCOMPARE(std::count(hub.err.begin(), hub.err.end(), '\n'), std::ptrdiff_t{kProblemsShownMax + 1});
    const auto report = hub.read("r.tsv");
    QCOMPARE(std::count(report.begin(), report.end(), '\n'), std::ptrdiff_t{31});
}

void ImporterTest::refusesArguments_data() {
    QTest::addColumn<QStringList>("args");
    QTest::newRow("no file") << QStringList{};
    QTest::newRow("unknown") << QStringList{"--everything", "x"};
    QTest::newRow("no value") << QStringList{"--products"};
    QTest::newRow("empty value") << QStringList{"--products", ""};
    QTest::newRow("twice") << QStringList{"--products", "a", "--products", "b"};
    QTest::newRow("titles without language") << QStringList{"--titles", "a.tsv"};
    QTest::newRow("titles without file") << QStringList{"--titles", "fi="};
    QTest::newRow("titles twice") << QStringList{"--titles", "fi=a", "--titles", "fi=b"};
    QTest::newRow("time") << QStringList{"--stores", "s", "--as-of", "yesterday"};
    QTest::newRow("language") << QStringList{"--stores", "s", "--language", "suomi!"};
    QTest::newRow("second database") << QStringList{"--db", "x", "--stores", "s"};
}

void ImporterTest::refusesArguments() {
    QFETCH(QStringList, args);
    HubFolder hub;
    std::vector<std::string> list;
    for (const auto& arg : args)
        list.push_back(arg.toStdString());
    QCOMPARE(hub.import(list), 2);
    QVERIFY(contains(hub.err, "usage:"));
    QVERIFY(!std::filesystem::exists(hub.database()));
}

void ImporterTest::refusesASecondImportAtTheSameTime() {
    Seeded hub;
    QCOMPARE(hub.importAll(), 0);
    {
        const auto lock = ImportLock::take(hub.database());
        QVERIFY(lock);
        QCOMPARE(hub.importAll(), 1);
        QVERIFY(contains(hub.err, "another import"));
    }
    QCOMPARE(hub.importAll(), 0);
    QCOMPARE(hub.import({"--products", hub.path("nowhere.tsv")}), 1);
    QVERIFY(contains(hub.err, "nowhere.tsv"));
}

void ImporterTest::readsPackedFeeds() {
    // "id\ttitle\nA\tCup\nB\tPan\n" packed with zstd -19.
    const auto packed =
        QByteArray::fromHex("28b52ffd0468a900006964097469746c650a41094375700a420950616e0a5917f561");
    Seeded hub;
    QCOMPARE(hub.importProducts(packed.toStdString()), 0);
    QCOMPARE(hub.products().size(), std::size_t{2});
    QCOMPARE(hub.importProducts("id\ttitle\nA\tCup\nB\tPan\nC\tPot\n"), 0);
    // The end is missing, which only the packing shows.
    QCOMPARE(hub.importProducts(packed.left(packed.size() - 4).toStdString()), 1);
    QVERIFY(contains(hub.err, "packed file ends"));
    QCOMPARE(hub.products().size(), std::size_t{3});
}

void ImporterTest::staysSmallWhileFeedsAreLarge() {
    constexpr int kProductCount = 200'000;
    constexpr int kCells = 2;
    HubFolder hub;
    const std::string words(400, 'w');
    {
        std::ofstream products(hub.path("p.tsv"), std::ios::binary);
        std::ofstream inventory(hub.path("i.tsv"), std::ios::binary);
        products << "id\ttitle\tdescription\tprice\n";
        inventory << "store_code\tid\tquantity\n";
        for (int i = 0; i < kProductCount; ++i) {
            products << "sku-" << i << "\tCup number " << i << '\t' << words << "\t1.00 EUR\n";
            for (int k = 1; k <= kCells; ++k)
                inventory << k << "\tsku-" << i << '\t' << i % 50 + 1 << '\n';
        }
    }
    rusage before{};
    QCOMPARE(getrusage(RUSAGE_SELF, &before), 0);
    QCOMPARE(hub.import({"--products", hub.path("p.tsv"), "--inventory", hub.path("i.tsv"), "--stores",
                         hub.write("s.csv", kStores), "--no-publish"}),
             0);
    rusage after{};
    QCOMPARE(getrusage(RUSAGE_SELF, &after), 0);
    QVERIFY(contains(hub.out, "products  200000 added"));
    QVERIFY(contains(hub.out, "stock     400000 added"));
    const auto grownMib = (after.ru_maxrss - before.ru_maxrss) / 1024;
    qInfo("grown by %ld MiB for %lld MiB of feeds", grownMib,
          static_cast<long long>(std::filesystem::file_size(hub.path("p.tsv")) >> 20));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    // Two page caches of 64 MiB and the sorter's; the feeds themselves would be more than twice that in
    // memory.
    QVERIFY2(grownMib < 260, "memory grows with the feed");
#endif
}

QTEST_GUILESS_MAIN(ImporterTest)
#include "tst_importer.moc"
