#include "core/json.h"
#include "ctl/commands.h"
#include "unit/catalog_fixture.h"

#include <sstream>

using namespace silta;
using namespace silta::test;

class CtlCatalogTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void searchWritesOneLineACard();
    void stockWritesOneLineAStore();
    void followsThePointerFile();
    void failsInWords_data();
    void failsInWords();

private:
    struct Outcome {
        int status = 0;
        std::vector<Json> lines;
        std::string err;
    };
    static Outcome run(std::vector<std::string> args);

    TemporaryCatalog catalog_;
    std::string gtin_;
};

CtlCatalogTest::Outcome CtlCatalogTest::run(std::vector<std::string> args) {
    std::ostringstream out;
    std::ostringstream err;
    ctl::CommandContext context{out, err, false, nullptr};
    Outcome outcome;
    outcome.status = ctl::runCommandLine(context, args);
    outcome.err = err.str();
    std::istringstream text(out.str());
    for (std::string line; std::getline(text, line);) {
        auto json = parseJson(line, 100'000);
        outcome.lines.push_back(json ? *json : Json());
    }
    return outcome;
}

void CtlCatalogTest::initTestCase() {
    auto writer = catalog_.create();
    QVERIFY(writer);
    SILTA_OK(writer->putStore(store("1", 60.17, 24.94)));
    SILTA_OK(writer->putStore(store("2", 60.45, 22.27)));
    const auto record = fullProduct();
    gtin_ = record.gtin->shortForm();
    SILTA_OK(writer->putProduct(record));
    SILTA_OK(writer->putProduct(product("cup", "Coffee cup")));
    const std::vector<StockRecord> cells = {cell("SKU-1", "2", 7, 1'000, "A1")};
    SILTA_OK(writer->putStock("SKU-1", cells));
    SILTA_OK(writer->finish());
}

void CtlCatalogTest::searchWritesOneLineACard() {
    const auto found = run({"search", "--catalog", catalog_.path, "--lang", "fi", "--store", "2", "kahvin"});
    QVERIFY2(found.status == ctl::kExitOk, found.err.c_str());
    QCOMPARE(found.lines.size(), std::size_t{1});
    const auto& line = found.lines.front();
    QVERIFY(line["sku"] == "SKU-1" && line["title"] == "Kahvinkeitin" && line["price"] == "129.95 EUR");
    QVERIFY(line["sale"] == "99.95 EUR" && line["here"] == "in-stock");
    QCOMPARE(run({"search", "--catalog", catalog_.path, "coffee"}).lines.size(), std::size_t{2});
    QCOMPARE(run({"search", "--catalog", catalog_.path, "coffee", "--limit", "1"}).lines.size(),
             std::size_t{1});
    QCOMPARE(run({"search", "--catalog", catalog_.path, "coffee", "cup"}).lines.size(), std::size_t{1});
    const auto nothing = run({"search", "--catalog", catalog_.path, "--", "--zzz"});
    QVERIFY(nothing.status == ctl::kExitOk && nothing.lines.empty());
}

void CtlCatalogTest::stockWritesOneLineAStore() {
    for (const auto& code : {std::string("SKU-1"), gtin_}) {
        const auto found = run({"stock", "--catalog", catalog_.path, "--store", "1", code});
        QVERIFY2(found.status == ctl::kExitOk, found.err.c_str());
        QCOMPARE(found.lines.size(), std::size_t{2});
        QVERIFY(found.lines[0]["store"] == "1" && found.lines[0]["availability"] == "unknown");
        QVERIFY(found.lines[1]["store"] == "2" && found.lines[1]["quantity"] == 7);
        QVERIFY(found.lines[1]["aisle"] == "A1" && found.lines[1]["asOf"] == 1'000);
        QVERIFY(found.lines[1]["km"].get<double>() > 140);
    }
}

void CtlCatalogTest::followsThePointerFile() {
    const auto state = catalog_.dir.path().toStdString();
    QFile pointer(catalog_.dir.filePath("catalog.current"));
    const auto point = [&pointer](const QByteArray& text) {
        QVERIFY(pointer.open(QIODevice::WriteOnly | QIODevice::Truncate));
        pointer.write(text);
        pointer.close();
    };
    QCOMPARE(run({"search", "--state", state, "cup"}).status, ctl::kExitFailed);
    point("catalog.db\n");
    QCOMPARE(run({"search", "--state", state, "cup"}).lines.size(), std::size_t{1});
    for (const QByteArray bad : {"", "\n", "../catalog.db\n", "none.db\n"}) {
        point(bad);
        const auto outcome = run({"search", "--state", state, "cup"});
        QCOMPARE(outcome.status, ctl::kExitFailed);
        QVERIFY(!outcome.err.empty());
    }
}

void CtlCatalogTest::failsInWords_data() {
    QTest::addColumn<QStringList>("args");
    QTest::addColumn<int>("status");
    QTest::newRow("no words") << QStringList{"search"} << ctl::kExitUsage;
    QTest::newRow("no code") << QStringList{"stock"} << ctl::kExitUsage;
    QTest::newRow("option") << QStringList{"search", "--colour", "x"} << ctl::kExitUsage;
    QTest::newRow("option without value") << QStringList{"search", "cup", "--lang"} << ctl::kExitUsage;
    QTest::newRow("limit no number") << QStringList{"search", "--limit", "2x", "cup"} << ctl::kExitUsage;
    QTest::newRow("limit zero") << QStringList{"search", "--limit", "0", "cup"} << ctl::kExitUsage;
    QTest::newRow("limit too large") << QStringList{"search", "--limit", "201", "cup"} << ctl::kExitUsage;
    QTest::newRow("no file") << QStringList{"search", "--catalog", "/nonexistent", "cup"} << ctl::kExitFailed;
    QTest::newRow("no state") << QStringList{"stock", "--state", "/nonexistent", "cup"} << ctl::kExitFailed;
    QTest::newRow("no such item") << QStringList{"stock", "--catalog", "CATALOG", "zzz"} << ctl::kExitFailed;
    QTest::newRow("too long") << QStringList{"search", "--catalog", "CATALOG", QString(300, 'a')}
                              << ctl::kExitFailed;
}

void CtlCatalogTest::failsInWords() {
    QFETCH(QStringList, args);
    QFETCH(int, status);
    std::vector<std::string> list;
    for (const auto& arg : args)
        list.push_back(arg == "CATALOG" ? catalog_.path : arg.toStdString());
    const auto outcome = run(list);
    QCOMPARE(outcome.status, status);
    QVERIFY(outcome.lines.empty() && !outcome.err.empty());
}

QTEST_GUILESS_MAIN(CtlCatalogTest)
#include "tst_ctl_catalog.moc"
