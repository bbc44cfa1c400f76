// The chain's words for search: how they are read, and what they do to a search.
#include "catalog/search_words.h"
#include "unit/catalog_fixture.h"

#include <silta/store.h>

#include <QtTest>

using namespace silta;
using namespace silta::test;

class SearchWordsTest : public QObject {
    Q_OBJECT
private slots:
    void readsGroupsAndRedirects();
    void putsOneFormForAnother_data();
    void putsOneFormForAnother();
    void refuses_data();
    void refuses();
    void keepsItsLimits_data();
    void keepsItsLimits();
    void findsWhatMeansTheSame();
    void followsRedirects();
    void followsChangesAndSurvivesDamage();
};

namespace {

constexpr std::string_view kText = "# the chain's\n"
                                   "tv = televisio = telkkari\r\n"
                                   "\n"
                                   "pyykinpesukone=washing machine\n"
                                   "Palautus -> department Services > Returns\n"
                                   "lahjakortti ->product GIFT-50";

QString joinedWith(const std::vector<std::string>& list) {
    QStringList all;
    for (const auto& each : list)
        all << QString::fromStdString(each);
    return all.join('|');
}

QString skusOf(const Result<std::vector<ProductCard>>& cards) {
    if (!cards) return QString::fromStdString(cards.error().what);
    std::vector<std::string> skus;
    for (const auto& card : *cards)
        skus.push_back(card.sku);
    return joinedWith(skus);
}

std::string linesOf(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += "a" + std::to_string(i) + "=b" + std::to_string(i) + "\n";
    return text;
}

} // namespace

void SearchWordsTest::readsGroupsAndRedirects() {
    const auto words = SearchWords::parse(kText);
    QVERIFY2(words.has_value(), words ? "" : words.error().what.c_str());
    const auto* returns = words->redirectOf("PALAUTUS ");
    QVERIFY(returns != nullptr);
    QCOMPARE(returns->department, std::string("Services > Returns"));
    QVERIFY(returns->sku.empty());
    const auto* gift = words->redirectOf("lahjakortti");
    QVERIFY(gift != nullptr);
    QCOMPARE(gift->sku, std::string("GIFT-50"));
    QVERIFY(words->redirectOf("lahjakortti 50") == nullptr);
    QVERIFY(words->redirectOf("") == nullptr);
    QVERIFY(SearchWords::parse("").has_value());
}

void SearchWordsTest::putsOneFormForAnother_data() {
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QString>("others");
    QTest::newRow("a word") << QByteArray("tv") << "televisio|telkkari";
    QTest::newRow("as folded") << QByteArray("TV") << "televisio|telkkari";
    QTest::newRow("among others") << QByteArray("musta tv 55") << "musta televisio 55|musta telkkari 55";
    QTest::newRow("ended") << QByteArray("telkkari ") << "tv |televisio ";
    QTest::newRow("two words") << QByteArray("white washing machine") << "white pyykinpesukone";
    QTest::newRow("a part of two words") << QByteArray("washing") << "";
    QTest::newRow("a beginning") << QByteArray("tele") << "";
    QTest::newRow("two places") << QByteArray("tv pyykinpesukone")
                                << "televisio pyykinpesukone|telkkari pyykinpesukone|tv washing machine";
    QTest::newRow("nothing") << QByteArray("") << "";
    QTest::newRow("at most eight") << QByteArray("tv tv tv tv tv")
                                   << "televisio tv tv tv tv|telkkari tv tv tv tv|tv televisio tv tv tv|"
                                      "tv telkkari tv tv tv|tv tv televisio tv tv|tv tv telkkari tv tv|"
                                      "tv tv tv televisio tv|tv tv tv telkkari tv";
}

void SearchWordsTest::putsOneFormForAnother() {
    QFETCH(QByteArray, typed);
    QFETCH(QString, others);
    const auto words = SearchWords::parse(kText);
    QVERIFY(words.has_value());
    QCOMPARE(joinedWith(words->otherWordings(typed.toStdString())), others);
}

void SearchWordsTest::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("what");
    QTest::newRow("one form") << QByteArray("a=b\ntv") << "line 2: neither \"=\" nor \"->\"";
    QTest::newRow("an empty form") << QByteArray("tv = = tele") << "line 1: a word is missing";
    QTest::newRow("signs alone") << QByteArray("tv = !") << "line 1: a word is missing";
    QTest::newRow("a form twice") << QByteArray("tv = TV")
                                  << "line 1: \"tv\" stands here or in another line already";
    QTest::newRow("in two lines") << QByteArray("tv = a\nb = tv")
                                  << "line 2: \"tv\" stands here or in another line already";
    QTest::newRow("two ways") << QByteArray("a -> product 1\nA -> product 2")
                              << "line 2: it leads somewhere in another line already";
    QTest::newRow("nowhere") << QByteArray("a ->")
                             << "line 1: it leads neither to \"department PATH\" nor to \"product SKU\"";
    QTest::newRow("to a page") << QByteArray("a -> page 1")
                               << "line 1: it leads neither to \"department PATH\" nor to \"product SKU\"";
    QTest::newRow("to no product")
        << QByteArray("a -> product  ")
        << "line 1: it leads neither to \"department PATH\" nor to \"product SKU\"";
    QTest::newRow("from nothing") << QByteArray("-> product 1") << "line 1: a word is missing";
    QTest::newRow("not UTF-8") << QByteArray("a = \xff") << "line 1: not UTF-8";
}

void SearchWordsTest::refuses() {
    QFETCH(QByteArray, text);
    QFETCH(QString, what);
    const auto done = checkSearchWords(text.toStdString());
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, Errc::Invalid);
    QCOMPARE(QString::fromStdString(done.error().what), "read search words: " + what);
}

void SearchWordsTest::keepsItsLimits_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char* name, const std::string& text, bool fits) {
        QTest::newRow((std::string(name) + (fits ? ", just" : ", one more")).c_str())
            << QByteArray::fromStdString(text) << fits;
    };
    for (const std::size_t more : {0U, 1U}) {
        row("lines", linesOf(kSearchWordsLinesMax + more), more == 0);
        row("bytes", std::string(kSearchWordsBytesMax + more, '\n'), more == 0);
        row("a line", std::string(kSearchWordsLineBytesMax + more, '#'), more == 0);
        row("a form", "a = " + std::string(kSearchWordsFormBytesMax + more, 'x'), more == 0);
        row("a form's words", more == 0 ? "a = b c d e" : "a = b c d e f", more == 0);
        row("forms", more == 0 ? "a=b=c=d=e=f=g=h" : "a=b=c=d=e=f=g=h=i", more == 0);
        row("a sku", "a -> product " + std::string(50 + more, 'x'), more == 0);
        row("a department", "a -> department " + std::string(3'000 + more, 'x'), more == 0);
    }
}

void SearchWordsTest::keepsItsLimits() {
    QFETCH(QByteArray, text);
    QFETCH(bool, fits);
    const auto done = checkSearchWords(text.toStdString());
    QCOMPARE(done.has_value(), fits);
    if (!fits) QCOMPARE(done.error().code, Errc::Limit);
}

void SearchWordsTest::findsWhatMeansTheSame() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("bench", "TV-taso")));
    SILTA_OK(writer->putProduct(product("lg", "LG televisio 55")));
    SILTA_OK(writer->putProduct(product("tcl", "TCL televisio 43")));
    SILTA_OK(writer->putProduct(product("radio", "Radio")));
    SILTA_OK(writer->finish());
    const auto found = [&catalog](const char* text) {
        return skusOf(catalog.reader()->search({text, "en", 10, 0, false}));
    };
    QCOMPARE(found("tv"), QString("bench"));
    const auto put = putSearchWords(catalog.path, kText);
    QVERIFY(put.has_value() && *put);
    QCOMPARE(found("tv"), QString("bench|lg|tcl"));
    QCOMPARE(found("tv 43"), QString("tcl"));
    QCOMPARE(found("telkkari"), QString("bench|lg|tcl"));
    QCOMPARE(found("radio"), QString("radio"));
}

void SearchWordsTest::followsRedirects() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("card", "Palautuskortti")));
    auto service = product("return", "Bring it back");
    service.texts = {text("en", "Bring it back")};
    service.texts[0].department = "Services > Returns";
    SILTA_OK(writer->putProduct(service));
    SILTA_OK(writer->putProduct(product("GIFT-50", "A present")));
    SILTA_OK(writer->putProduct(product("book", "Lahjakortti")));
    SILTA_OK(writer->finish());
    const auto found = [&catalog](const char* text) {
        return skusOf(catalog.reader()->search({text, "en", 10, 0, false}));
    };
    QCOMPARE(found("palautus"), QString("card"));
    QVERIFY(putSearchWords(catalog.path, kText).has_value());
    QCOMPARE(found("palautus"), QString("return"));
    QCOMPARE(found("palautusk"), QString("card")); // not the whole of it
    QCOMPARE(found("lahjakortti"), QString("GIFT-50|book"));
    // What is not there leads nowhere.
    QVERIFY(
        putSearchWords(catalog.path, "palautus -> department Gone\nlahjakortti -> product GONE").has_value());
    QCOMPARE(found("palautus"), QString("card"));
    QCOMPARE(found("lahjakortti"), QString("book"));
}

void SearchWordsTest::followsChangesAndSurvivesDamage() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("lg", "LG televisio")));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader(); // one that is open all the while
    const auto found = [&reader] { return skusOf(reader->search({"tv", "en", 10, 0, false})); };
    QCOMPARE(found(), QString());
    QVERIFY(*putSearchWords(catalog.path, "tv = televisio"));
    QCOMPARE(found(), QString("lg"));
    const auto again = putSearchWords(catalog.path, "tv = televisio");
    QVERIFY(again.has_value() && !*again);
    QCOMPARE(putSearchWords(catalog.path, "tv").error().code, Errc::Invalid);
    QCOMPARE(found(), QString("lg"));
    QVERIFY(*putSearchWords(catalog.path, ""));
    QCOMPARE(found(), QString());
    QVERIFY(*putSearchWords(catalog.path, "tv = televisio"));
    auto database = Database::open(catalog.path, OpenMode::Replica);
    QVERIFY(database.has_value());
    SILTA_OK(database->exec("UPDATE meta SET value = 'tv' WHERE key = 'search_words'"));
    QCOMPARE(found(), QString());
    QCOMPARE(putSearchWords(catalog.path + ".none", "a = b").error().code, Errc::NotFound);
}

QTEST_GUILESS_MAIN(SearchWordsTest)
#include "tst_search_words.moc"
