#include "hub/feed_tsv.h"
#include "unit/hub_fixture.h"

using namespace silta;
using namespace silta::test;

class FeedTsvTest : public QObject {
    Q_OBJECT
private slots:
    void readsHeaderNamesInAnyForm_data();
    void readsHeaderNamesInAnyForm();
    void readsQuotedValues();
    void countsLinesThroughQuotedNewlines();
    void readsCarriageReturnsAndByteOrderMark();
    void givesTheSameWhateverThePieces();
    void skipsBlankLines();
    void reportsWrongColumnCount();
    void acceptsEmptyColumnsAtTheEnd();
    void goesOnAfterAStrayQuote();
    void goesOnAfterTextBehindAClosingQuote();
    void goesOnAfterALineThatIsTooLong();
    void acceptsTheLongestLine();
    void reportsBytesThatAreNotText_data();
    void reportsBytesThatAreNotText();
    void refusesAHeader_data();
    void refusesAHeader();
    void namesHowAFileEnds_data();
    void namesHowAFileEnds();
    void keepsWorkLinearForStrayQuotes();
};

void FeedTsvTest::readsHeaderNamesInAnyForm_data() {
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"item_group_id", "Item Group ID", "ITEM-GROUP-ID", "g:item_group_id", " item_group_id "})
        QTest::newRow(name) << name;
}

void FeedTsvTest::readsHeaderNamesInAnyForm() {
    QFETCH(QString, name);
    RememberingSink sink;
    const auto text = "ID\tTitle\t" + name.toStdString() + "\n1\tCup\tcups\n";
    const auto end = readText(text, sink);
    QVERIFY(end);
    QCOMPARE(sink.products.size(), std::size_t{1});
    QCOMPARE(sink.products[0].group, std::string("cups"));
}

void FeedTsvTest::readsQuotedValues() {
    RememberingSink sink;
    const auto end = readText("id\ttitle\tdescription\n"
                              "1\t\"A \"\"big\"\" cup\"\t\"first\tline\nsecond\"\n"
                              "2\t24\" pan\tflat\n",
                              sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QCOMPARE(sink.products.size(), std::size_t{2});
    QCOMPARE(sink.products[0].texts[0].title, std::string("A \"big\" cup"));
    QCOMPARE(sink.products[0].texts[0].description, std::string("first\tline\nsecond"));
    QCOMPARE(sink.products[1].texts[0].title, std::string("24\" pan"));
}

void FeedTsvTest::countsLinesThroughQuotedNewlines() {
    RememberingSink sink;
    QVERIFY(readText("id\ttitle\n1\t\"a\nb\nc\"\n2\tx\n\n3\ty\n", sink));
    QCOMPARE(sink.lines, (std::vector<std::int64_t>{2, 5, 7}));
}

void FeedTsvTest::readsCarriageReturnsAndByteOrderMark() {
    RememberingSink sink;
    const auto end = readText("\xEF\xBB\xBFid\ttitle\r\n1\tCup\r\n2\t\"Pan\"\r\n", sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QVERIFY(sink.bad.empty());
    QCOMPARE(sink.products[0].texts[0].title, std::string("Cup"));
    QCOMPARE(sink.products[1].texts[0].title, std::string("Pan"));
}

void FeedTsvTest::givesTheSameWhateverThePieces() {
    const std::string text =
        "id\ttitle\tdescription\r\n1\t\"a \"\"b\"\"\"\t\"x\ny\"\r\n2\t\"stray\tz\n3\tc\td\n"
        "4\tfew\n5\te\tf";
    std::vector<std::string> whole;
    for (std::size_t size = text.size(); size > 0; --size) {
        RememberingSink sink;
        TsvReader reader(sink, requiredOfProducts());
        for (std::size_t i = 0; i < text.size(); i += size)
            QVERIFY(reader.feed(text.substr(i, size)));
        const auto end = reader.finish();
        QVERIFY(end);
        std::vector<std::string> seen = {std::to_string(static_cast<int>(end->how)),
                                         std::to_string(end->line)};
        for (const auto& product : sink.products)
            seen.push_back(product.sku + "|" + product.texts[0].title + "|" + product.texts[0].description);
        for (const auto& bad : sink.bad)
            seen.push_back(std::to_string(bad.line) + ":" + bad.reason);
        if (whole.empty()) whole = seen;
        QCOMPARE(seen, whole);
    }
    QCOMPARE(whole[2], std::string("1|a \"b\"|x\ny"));
    QVERIFY(std::find(whole.begin(), whole.end(), "3|c|d") != whole.end());
    QVERIFY(std::find(whole.begin(), whole.end(), "5|e|f") != whole.end());
}

void FeedTsvTest::skipsBlankLines() {
    RememberingSink sink;
    QVERIFY(readText("\n\nid\ttitle\n\n1\tCup\n \t \n\n", sink));
    QCOMPARE(sink.lines, (std::vector<std::int64_t>{5}));
    QVERIFY(sink.bad.empty());
}

void FeedTsvTest::reportsWrongColumnCount() {
    RememberingSink sink;
    const auto end = readText("id\ttitle\tbrand\n1\tCup\n2\tPan\tFiskars\tmore\n3\tPot\tHackman\n", sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QCOMPARE(sink.products.size(), std::size_t{1});
    QCOMPARE(sink.bad.size(), std::size_t{2});
    QCOMPARE(sink.bad[0].line, std::int64_t{2});
    QCOMPARE(sink.bad[0].reason, std::string("2 columns instead of 3"));
    QCOMPARE(sink.bad[0].id, std::string("1"));
    QCOMPARE(sink.bad[1].line, std::int64_t{3});
}

void FeedTsvTest::acceptsEmptyColumnsAtTheEnd() {
    RememberingSink sink;
    QVERIFY(readText("id\ttitle\n1\tCup\t\t\n", sink));
    QCOMPARE(sink.products.size(), std::size_t{1});
}

void FeedTsvTest::goesOnAfterAStrayQuote() {
    std::string text = "id\ttitle\n1\t\"never closed\n";
    for (int i = 2; i < 1000; ++i)
        text += std::to_string(i) + "\tCup\n";
    RememberingSink sink;
    const auto end = readText(text, sink);
    QVERIFY(end);
    QCOMPARE(sink.products.size(), std::size_t{998});
    QCOMPARE(sink.bad.size(), std::size_t{1});
    QCOMPARE(sink.bad[0].line, std::int64_t{2});
    QCOMPARE(sink.bad[0].id, std::string("1"));
    QVERIFY(end->how == FeedEnd::How::Whole);
}

void FeedTsvTest::goesOnAfterTextBehindAClosingQuote() {
    RememberingSink sink;
    QVERIFY(readText("id\ttitle\n1\t\"Cup\" blue\n2\tPan\n", sink));
    QCOMPARE(sink.bad.size(), std::size_t{1});
    QCOMPARE(sink.bad[0].line, std::int64_t{2});
    QCOMPARE(sink.products.size(), std::size_t{1});
}

void FeedTsvTest::goesOnAfterALineThatIsTooLong() {
    RememberingSink sink;
    const auto text = "id\ttitle\n1\t" + std::string(kRowBytesMax, 'x') + "\n2\tPan\n";
    const auto end = readText(text, sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QCOMPARE(sink.bad.size(), std::size_t{1});
    QVERIFY(contains(sink.bad[0].reason, "longer than"));
    QCOMPARE(sink.bad[0].id, std::string("1"));
    QCOMPARE(sink.products.size(), std::size_t{1});
    QCOMPARE(sink.lines, (std::vector<std::int64_t>{3}));
}

void FeedTsvTest::acceptsTheLongestLine() {
    RememberingSink sink;
    const std::string begin = "1\tCup\t";
    QVERIFY(
        readText("id\ttitle\tother\n" + begin + std::string(kRowBytesMax - begin.size(), 'x') + "\n", sink));
    QCOMPARE(sink.products.size(), std::size_t{1});
}

void FeedTsvTest::reportsBytesThatAreNotText_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zero") << QByteArray("Cu\0p", 4);
    QTest::newRow("escape") << QByteArray("Cu\x1bp");
    QTest::newRow("latin 1") << QByteArray("K\xE4"
                                           "ffchen");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80");
}

void FeedTsvTest::reportsBytesThatAreNotText() {
    QFETCH(QByteArray, bytes);
    RememberingSink sink;
    QVERIFY(readText("id\ttitle\n1\t" + bytes.toStdString() + "\n2\tPan\n", sink));
    QCOMPARE(sink.bad.size(), std::size_t{1});
    QCOMPARE(sink.bad[0].line, std::int64_t{2});
    for (const char c : sink.bad[0].excerpt)
        QVERIFY(static_cast<unsigned char>(c) >= 0x20);
    QCOMPARE(sink.products.size(), std::size_t{1});
}

void FeedTsvTest::refusesAHeader_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty file") << QByteArray() << "empty";
    QTest::newRow("only blank lines") << QByteArray("\n\n") << "empty";
    QTest::newRow("no title") << QByteArray("id\tname\n1\tCup\n") << "title";
    QTest::newRow("commas") << QByteArray("id,title\n1,Cup\n") << "tabs";
    QTest::newRow("utf-16") << QByteArray("\xFF\xFEi\0d\0", 6) << "UTF-16";
    QTest::newRow("json") << QByteArray("[{}]") << "JSON";
    QTest::newRow("open quote") << QByteArray("\"id\ttitle\n1\tCup\n") << "header";
    QTest::newRow("too many columns") << QByteArray("id\ttitle") + QByteArray(600, '\t') + "\n"
                                      << "columns";
}

void FeedTsvTest::refusesAHeader() {
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    RememberingSink sink;
    const auto end = readText(text.toStdString(), sink);
    QVERIFY(!end);
    QVERIFY(contains(end.error().what, words.toStdString()));
    QVERIFY(sink.products.empty() && sink.bad.empty());
}

void FeedTsvTest::namesHowAFileEnds_data() {
    using How = FeedEnd::How;
    QTest::addColumn<QByteArray>("lastRow");
    QTest::addColumn<int>("how");
    QTest::addColumn<int>("products");
    QTest::newRow("whole") << QByteArray("2\tPan\t1.00 EUR\n") << int(How::Whole) << 2;
    QTest::newRow("no newline") << QByteArray("2\tPan\t1.00 EUR") << int(How::NoNewline) << 2;
    QTest::newRow("too few columns") << QByteArray("2\tPa") << int(How::Cut) << 1;
    QTest::newRow("only an id") << QByteArray("2") << int(How::Cut) << 1;
    QTest::newRow("last value cut") << QByteArray("2\tPan\t1.00 EU") << int(How::Cut) << 1;
    QTest::newRow("inside quotes") << QByteArray("2\t\"Pan, the gr") << int(How::Cut) << 1;
    QTest::newRow("inside quotes, later line") << QByteArray("2\t\"Pan\nthe gr") << int(How::Cut) << 1;
    QTest::newRow("inside quotes, at a newline") << QByteArray("2\t\"Pan\n") << int(How::Cut) << 1;
    QTest::newRow("long line") << QByteArray(int(kRowBytesMax) + 100, 'x') << int(How::Cut) << 1;
    QTest::newRow("inside a character") << QByteArray("2\tPan\t1.00 EUR\xC3") << int(How::Cut) << 1;
}

void FeedTsvTest::namesHowAFileEnds() {
    QFETCH(QByteArray, lastRow);
    QFETCH(int, how);
    QFETCH(int, products);
    RememberingSink sink;
    const auto end = readText("id\ttitle\tprice\n1\tCup\t2.00 EUR\n" + lastRow.toStdString(), sink);
    QVERIFY(end);
    QCOMPARE(int(end->how), how);
    QCOMPARE(int(sink.products.size()), products);
    if (end->how != FeedEnd::How::Whole) QCOMPARE(end->line, std::int64_t{3});
    if (end->how == FeedEnd::How::Cut) QVERIFY(!end->reason.empty());
}

void FeedTsvTest::keepsWorkLinearForStrayQuotes() {
    std::string text = "id\ttitle\n";
    for (int i = 0; i < 200'000; ++i)
        text += "\"" + std::to_string(i) + "\tCup\n";
    RememberingSink sink;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(readText(text, sink));
    QVERIFY(timer.elapsed() < 20'000); // quadratic work would take hours
    QVERIFY(sink.products.empty());
    QVERIFY(!sink.bad.empty());
}

QTEST_GUILESS_MAIN(FeedTsvTest)
#include "tst_feed_tsv.moc"
