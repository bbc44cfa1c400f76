#include "unit/hub_fixture.h"

using namespace silta;
using namespace silta::test;

class FeedItemsTest : public QObject {
    Q_OBJECT
private slots:
    void readsEveryAttribute();
    void readsTheSameFromRssAndAtom();
    void prefersGoogleNames();
    void keepsLimits_data();
    void keepsLimits();
    void refusesAProduct_data();
    void refusesAProduct();
    void readsASale_data();
    void readsASale();
    void givesLinesThatDevicesRead();
    void tidiesDepartments_data();
    void tidiesDepartments();
    void readsStock_data();
    void readsStock();
    void refusesStock_data();
    void refusesStock();
    void readsMoments_data();
    void readsMoments();
    void namesHowXmlEnds_data();
    void namesHowXmlEnds();
    void refusesForeignXml_data();
    void refusesForeignXml();
    void reportsLinesOfXmlItems();
    void boundsXmlItems();
    void boundsDetails();
};

namespace {

const char* const kRssBegin = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" "
                              "xmlns:g=\"http://base.google.com/ns/1.0\"><channel><title>Shop</title>\n";

FeedRow rowOf(std::initializer_list<std::pair<Field, std::string>> values) {
    FeedRow row;
    row.line = 2;
    row[Field::Id] = "1";
    row[Field::Title] = "Cup";
    row[Field::StoreCode] = "HEL";
    for (const auto& [field, value] : values)
        row[field] = value;
    return row;
}

} // namespace

void FeedItemsTest::readsEveryAttribute() {
    RememberingSink sink;
    const auto end = readText("id\ttitle\tdescription\tgtin\tprice\tsale_price\tsale_price_effective_"
                              "date\titem_group_id\tcolor\tsize\t"
                              "product_type\timage_link\tbrand\tmaterial\tpattern\tgender\tage_group\tunit_"
                              "pricing_measure\tproduct_detail\n"
                              "A-1\tCup\tA cup.\t6408430011261\t12.95 EUR\t9.95 "
                              "EUR\t2026-02-24T11:00+0200/2026-03-01\tCUPS\tblue\tL\t"
                              "Kitchen > Cups\timages/1.jpg\tArabia\tstone\tdots\tunisex\tadult\t500 "
                              "ml\tGeneral:Volume:0.5 l,Care:Washer:yes\\, please\n",
                              sink);
    QVERIFY(end);
    QVERIFY2(sink.bad.empty(), sink.bad.empty() ? "" : sink.bad[0].reason.c_str());
    QCOMPARE(sink.products.size(), std::size_t{1});
    const auto& product = sink.products[0];
    QCOMPARE(product.sku, std::string("A-1"));
    QCOMPARE(product.gtin->toString(), std::string("06408430011261"));
    QCOMPARE(product.group, std::string("CUPS"));
    QCOMPARE(product.brand, std::string("Arabia"));
    QCOMPARE(product.price->regular.minor, std::int64_t{1295});
    QCOMPARE(product.price->sale->minor, std::int64_t{995});
    QCOMPARE(*product.price->saleFrom, *parseMoment("2026-02-24T09:00Z", false));
    QCOMPARE(*product.price->saleTo, *parseMoment("2026-03-02", false));
    QCOMPARE(product.texts.size(), std::size_t{1});
    const auto& text = product.texts[0];
    QCOMPARE(text.lang, std::string("en"));
    QCOMPARE(text.department, std::string("Kitchen > Cups"));
    QCOMPARE(text.color + text.size, std::string("blueL"));
    QCOMPARE(sink.links[0], std::string("images/1.jpg"));
    const std::vector<std::pair<std::string, std::string>> attributes = {{"material", "stone"},
                                                                         {"pattern", "dots"},
                                                                         {"gender", "unisex"},
                                                                         {"age_group", "adult"},
                                                                         {"unit_pricing_measure", "500 ml"},
                                                                         {"Volume", "0.5 l"},
                                                                         {"Washer", "yes, please"}};
    QCOMPARE(product.attributes.size(), attributes.size());
    QVERIFY(product.attributes == attributes);
}

void FeedItemsTest::readsTheSameFromRssAndAtom() {
    RememberingSink tsv;
    QVERIFY(readText("id\ttitle\tdescription\tprice\timage_link\tproduct_type\tproduct_detail\n"
                     "1\tCup & saucer\tOne\t2.00 EUR\ta.jpg\tKitchen > Cups\tGeneral:Volume:1 l,:Feet:none\n"
                     "2\tÄmpäri\tTwo\t3.00 EUR\t\t\t\n",
                     tsv));
    RememberingSink rss;
    QVERIFY(readText(
        std::string(kRssBegin) +
            "<item><g:id>1</g:id><g:title>Cup &amp; saucer</g:title><g:description> One </g:description>"
            "<g:price>2.00 EUR</g:price><g:image_link>a.jpg</g:image_link>"
            "<g:product_type><![CDATA[Kitchen > Cups]]></g:product_type>"
            "<g:product_detail><g:section_name>General</g:section_name>"
            "<g:attribute_name>Volume</g:attribute_name><g:attribute_value>1 l</g:attribute_value>"
            "</g:product_detail><g:product_detail><g:attribute_name>Feet</g:attribute_name>"
            "<g:attribute_value>none</g:attribute_value></g:product_detail></item>\n"
            "<item><g:id>2</g:id><title>&#xC4;mp\xC3\xA4ri</title><description>Two</description>"
            "<g:price>3.00 EUR</g:price></item></channel></rss>",
        rss));
    RememberingSink atom;
    QVERIFY(readText("<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:m=\"http://base.google.com/ns/1.0\">"
                     "<title>Shop</title><id>x</id><entry><m:id>1</m:id><title>Cup &amp; saucer</title>"
                     "<summary>One</summary><m:price>2.00 EUR</m:price><m:image_link>a.jpg</m:image_link>"
                     "<m:product_type>Kitchen &gt; Cups</m:product_type>"
                     "<m:product_detail>General:Volume:1 l,:Feet:none</m:product_detail></entry>"
                     "<entry><id>urn:2</id><m:id>2</m:id><m:title>Ämpäri</m:title><content>Two</content>"
                     "<m:price>3.00 EUR</m:price></entry></feed>",
                     atom));
    QVERIFY(tsv.bad.empty() && rss.bad.empty() && atom.bad.empty());
    QCOMPARE(tsv.products.size(), std::size_t{2});
    QVERIFY(tsv.products == rss.products);
    QVERIFY(tsv.products == atom.products);
    QCOMPARE(rss.links, tsv.links);
}

void FeedItemsTest::prefersGoogleNames() {
    RememberingSink sink;
    QVERIFY(readText(
        std::string(kRssBegin) +
            "<item><title>RSS</title><g:title>Google</g:title><id>x</id><g:id>1</g:id></item>"
            "<item><g:title>Google</g:title><title>RSS</title><g:id>2</g:id><g:title>More</g:title></item>"
            "</channel></rss>",
        sink));
    QCOMPARE(sink.products.size(), std::size_t{2});
    for (const auto& product : sink.products)
        QCOMPARE(product.texts[0].title, std::string("Google"));
    QCOMPARE(sink.products[0].sku, std::string("1"));
}

void FeedItemsTest::keepsLimits_data() {
    QTest::addColumn<int>("field");
    QTest::addColumn<int>("limit");
    const std::pair<Field, std::size_t> rows[] = {
        {Field::Id, 50},           {Field::Title, 150},      {Field::Description, 5000},
        {Field::ItemGroupId, 50},  {Field::Color, 100},      {Field::Size, 100},
        {Field::ProductType, 750}, {Field::ImageLink, 2000}, {Field::Brand, 70}};
    for (const auto& [field, limit] : rows)
        QTest::newRow(toString(field)) << int(field) << int(limit);
}

void FeedItemsTest::keepsLimits() {
    QFETCH(int, field);
    QFETCH(int, limit);
    ProductRecord product;
    std::string longest;
    for (int i = 0; i < limit; ++i)
        longest += "ä"; // characters count, not bytes
    const auto good = readProduct(rowOf({{static_cast<Field>(field), longest}}), "en", product);
    QVERIFY2(!good, good ? good->reason.c_str() : "");
    const auto bad = readProduct(rowOf({{static_cast<Field>(field), longest + "x"}}), "en", product);
    QVERIFY(bad);
    QCOMPARE(bad->field, std::string(toString(static_cast<Field>(field))));
    QVERIFY(contains(bad->reason, std::to_string(limit)));
    QVERIFY(bad->excerpt.size() <= kExcerptBytesMax + 3);
}

void FeedItemsTest::refusesAProduct_data() {
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("reported");
    const auto row = [](const char* name, Field field, const char* value, const char* reported = nullptr) {
        QTest::newRow(name) << int(field) << QString(value) << QString(reported ? reported : toString(field));
    };
    row("no id", Field::Id, "");
    row("no title", Field::Title, "");
    row("id of two lines", Field::Id, "A\nB");
    row("check digit", Field::Gtin, "6408430011262");
    row("gtin with a dash", Field::Gtin, "640-8430011261");
    row("gtin of 9 digits", Field::Gtin, "123456789");
    row("price without currency", Field::Price, "12.95");
    row("currency first", Field::Price, "EUR 12.95");
    row("comma", Field::Price, "12,95 EUR");
    row("negative", Field::Price, "-1.00 EUR");
    row("unknown currency", Field::Price, "1.00 XYZ");
    row("enormous", Field::Price, "99999999999.00 EUR");
    row("sale without price", Field::SalePrice, "1.00 EUR", "price");
}

void FeedItemsTest::refusesAProduct() {
    QFETCH(int, field);
    QFETCH(QString, value);
    QFETCH(QString, reported);
    ProductRecord product;
    const auto bad = readProduct(rowOf({{static_cast<Field>(field), value.toStdString()}}), "en", product);
    QVERIFY(bad);
    QCOMPARE(bad->field, reported.toStdString());
    QVERIFY(!bad->reason.empty());
}

void FeedItemsTest::readsASale_data() {
    QTest::addColumn<QString>("sale");
    QTest::addColumn<QString>("interval");
    QTest::addColumn<QString>("bad"); // field, or empty
    QTest::addColumn<bool>("isOnSale");
    QTest::newRow("lower") << "9.00 EUR"
                           << ""
                           << "" << true;
    QTest::newRow("equal") << "10.00 EUR"
                           << ""
                           << "" << false;
    QTest::newRow("higher") << "11.00 EUR"
                            << ""
                            << "sale_price" << false;
    QTest::newRow("other currency") << "9.00 SEK"
                                    << ""
                                    << "sale_price" << false;
    QTest::newRow("interval") << "9.00 EUR"
                              << "2026-01-01/2026-02-01"
                              << "" << true;
    QTest::newRow("interval without sale") << ""
                                           << "2026-01-01/2026-02-01"
                                           << "" << false;
    QTest::newRow("no slash") << "9.00 EUR"
                              << "2026-01-01"
                              << "sale_price_effective_date" << false;
    QTest::newRow("backwards") << "9.00 EUR"
                               << "2026-02-01/2026-01-01"
                               << "sale_price_effective_date" << false;
    QTest::newRow("not a date") << "9.00 EUR"
                                << "soon/later"
                                << "sale_price_effective_date" << false;
}

void FeedItemsTest::readsASale() {
    QFETCH(QString, sale);
    QFETCH(QString, interval);
    QFETCH(QString, bad);
    QFETCH(bool, isOnSale);
    ProductRecord product;
    const auto fault = readProduct(rowOf({{Field::Price, "10.00 EUR"},
                                          {Field::SalePrice, sale.toStdString()},
                                          {Field::SalePriceEffectiveDate, interval.toStdString()}}),
                                   "en", product);
    QCOMPARE(fault ? fault->field : std::string{}, bad.toStdString());
    if (fault) return;
    QCOMPARE(product.price->sale.has_value(), isOnSale);
    QCOMPARE(product.price->saleFrom.has_value(), isOnSale && !interval.isEmpty());
}

// What comes out must be what devices read back, or one row would keep them from a whole segment.
void FeedItemsTest::givesLinesThatDevicesRead() {
    ProductRecord product;
    QVERIFY(!readProduct(rowOf({{Field::Price, "10.00 EUR"},
                                {Field::SalePrice, "9.00 EUR"},
                                {Field::SalePriceEffectiveDate, "1970-01-01/9999-12-31"},
                                {Field::Title, "Two\nlines"},
                                {Field::Brand, "A\tB"}}),
                         "en", product));
    QCOMPARE(product.texts[0].title + product.brand, std::string("Two linesA B"));
    CatalogChange change;
    change.product = product;
    const auto back = parseChange(toLine(change));
    QVERIFY2(back, back ? "" : back.error().what.c_str());
    QVERIFY(*back->product == product);
}

void FeedItemsTest::tidiesDepartments_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("category");
    QTest::addColumn<QString>("department");
    QTest::newRow("plain") << "A > B"
                           << ""
                           << "A > B";
    QTest::newRow("tight") << "A>B>C"
                           << ""
                           << "A > B > C";
    QTest::newRow("ragged") << "> A >  > B >"
                            << ""
                            << "A > B";
    QTest::newRow("google words") << ""
                                  << "Home > Kitchen"
                                  << "Home > Kitchen";
    QTest::newRow("google number") << ""
                                   << "2271"
                                   << "";
    QTest::newRow("own first") << "A"
                               << "B"
                               << "A";
}

void FeedItemsTest::tidiesDepartments() {
    QFETCH(QString, type);
    QFETCH(QString, category);
    QFETCH(QString, department);
    ProductRecord product;
    QVERIFY(!readProduct(rowOf({{Field::ProductType, type.toStdString()},
                                {Field::GoogleProductCategory, category.toStdString()}}),
                         "en", product));
    QCOMPARE(product.texts[0].department, department.toStdString());
}

void FeedItemsTest::readsStock_data() {
    QTest::addColumn<QString>("quantity");
    QTest::addColumn<QString>("availability");
    QTest::addColumn<int>("expected");
    QTest::newRow("figure") << "7"
                            << "" << 7;
    QTest::newRow("zero") << "0"
                          << "in_stock" << 0;
    QTest::newRow("most") << "1000000"
                          << "in stock" << 1000000;
    QTest::newRow("only in stock") << ""
                                   << "In Stock" << kQuantityInStock;
    QTest::newRow("only limited") << ""
                                  << "limited_availability" << kQuantityLimited;
    QTest::newRow("only out") << ""
                              << "out-of-stock" << 0;
    QTest::newRow("out beats figure") << "5"
                                      << "out_of_stock" << 0;
    QTest::newRow("on display only") << "1"
                                     << "on_display_to_order" << 0;
}

void FeedItemsTest::readsStock() {
    QFETCH(QString, quantity);
    QFETCH(QString, availability);
    QFETCH(int, expected);
    StockRecord cell;
    const auto bad = readStock(rowOf({{Field::Quantity, quantity.toStdString()},
                                      {Field::Availability, availability.toStdString()},
                                      {Field::InstoreProductLocation, "12345678901234567890"}}),
                               cell);
    QVERIFY2(!bad, bad ? bad->reason.c_str() : "");
    QCOMPARE(cell.quantity, expected);
    QCOMPARE(cell.aisle.empty(), expected == 0);
    QCOMPARE(availabilityOf(kQuantityInStock), Availability::InStock);
    QCOMPARE(availabilityOf(kQuantityLimited), Availability::LastFew);
}

void FeedItemsTest::refusesStock_data() {
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, Field field, const QString& value) {
        QTest::newRow(name) << int(field) << value;
    };
    row("no store", Field::StoreCode, "");
    row("no id", Field::Id, "");
    row("id with a tab", Field::Id, "A\tB");
    row("store code of two lines", Field::StoreCode, "A\rB");
    row("no figure", Field::Quantity, "");
    row("negative", Field::Quantity, "-1");
    row("too many", Field::Quantity, "1000001");
    row("beyond numbers", Field::Quantity, "99999999999999999999");
    row("not whole", Field::Quantity, "1.5");
    row("words", Field::Quantity, "many");
    row("availability", Field::Availability, "perhaps");
    row("aisle of 21 bytes", Field::InstoreProductLocation, "123456789012345678901");
    row("aisle of 11 letters, 22 bytes", Field::InstoreProductLocation, "äääääääääää");
    row("store code of 65", Field::StoreCode, QString(65, 'x'));
}

void FeedItemsTest::refusesStock() {
    QFETCH(int, field);
    QFETCH(QString, value);
    StockRecord cell;
    auto row = rowOf({{Field::Quantity, "1"}});
    row[static_cast<Field>(field)] = value.toStdString();
    const auto bad = readStock(row, cell);
    QVERIFY(bad);
    QCOMPARE(bad->field, std::string(toString(static_cast<Field>(field))));
}

void FeedItemsTest::readsMoments_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isEnd");
    QTest::addColumn<qint64>("expected"); // -1: refused
    QTest::newRow("date") << "1970-01-02" << false << qint64{86'400'000};
    QTest::newRow("end date") << "1970-01-02" << true << qint64{172'800'000};
    QTest::newRow("utc") << "1970-01-01T00:01Z" << false << qint64{60'000};
    QTest::newRow("no zone") << "1970-01-01T00:01:02" << false << qint64{62'000};
    QTest::newRow("east") << "1970-01-01T02:00+0200" << false << qint64{0};
    QTest::newRow("west") << "1970-01-01T00:00-01:30" << false << qint64{5'400'000};
    QTest::newRow("fraction") << "1970-01-01T00:00:01.250Z" << false << qint64{1'000};
    QTest::newRow("leap day") << "2024-02-29" << false << qint64{1'709'164'800'000};
    for (const char* bad :
         {"", "2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024-01-01T", "2024-01-01T25:00",
          "2024-01-01T10:60", "2024-01-01T10:00+", "2024-01-01T10:00Zx", "2024-01-01x", "1969-12-31"})
        QTest::newRow(*bad ? bad : "empty") << bad << false << qint64{-1};
}

void FeedItemsTest::readsMoments() {
    QFETCH(QString, text);
    QFETCH(bool, isEnd);
    QFETCH(qint64, expected);
    const auto moment = parseMoment(text.toStdString(), isEnd);
    QCOMPARE(moment ? qint64{*moment} : qint64{-1}, expected);
}

void FeedItemsTest::namesHowXmlEnds_data() {
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("isCut");
    QTest::newRow("whole") << QByteArray("</channel></rss>\n") << false;
    QTest::newRow("no newline") << QByteArray("</channel></rss>") << false;
    QTest::newRow("between items") << QByteArray() << true;
    QTest::newRow("inside an item") << QByteArray("<item><g:id>2</g:id>") << true;
    QTest::newRow("inside a tag") << QByteArray("<item><g:i") << true;
    QTest::newRow("inside a character") << QByteArray("<item><g:title>\xC3") << true;
    QTest::newRow("wrong end tag") << QByteArray("</item></channel></rss>") << true;
    QTest::newRow("bare ampersand") << QByteArray("<item><g:title>a & b</g:title></item></channel></rss>")
                                    << true;
    QTest::newRow("unknown entity") << QByteArray("<item><g:title>&nbsp;</g:title></item></channel></rss>")
                                    << true;
    QTest::newRow("too deep") << QByteArray("<x>").repeated(40) << true;
    QTest::newRow("more behind") << QByteArray("</channel></rss><rss/>") << true;
}

void FeedItemsTest::namesHowXmlEnds() {
    QFETCH(QByteArray, rest);
    QFETCH(bool, isCut);
    RememberingSink sink;
    const auto end = readText(kRssBegin + std::string("<item><g:id>1</g:id><g:title>Cup</g:title></item>\n") +
                                  rest.toStdString(),
                              sink);
    QVERIFY(end);
    QCOMPARE(end->how == FeedEnd::How::Cut, isCut);
    QCOMPARE(sink.products.size(), std::size_t{1});
    if (isCut) QVERIFY(end->line >= 3 && !end->reason.empty());
}

void FeedItemsTest::refusesForeignXml_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("log-in page") << QByteArray("<html><body>Sign in</body></html>");
    QTest::newRow("other feed") << QByteArray("<feed><entry/></feed>");
    QTest::newRow("doctype") << QByteArray(
        "<!DOCTYPE rss [<!ENTITY a \"aaaa\">]><rss><channel><item>&a;</item>"
        "</channel></rss>");
    QTest::newRow("html doctype") << QByteArray("<!DOCTYPE html><html></html>");
}

void FeedItemsTest::refusesForeignXml() {
    QFETCH(QByteArray, text);
    RememberingSink sink;
    const auto end = readText(text.toStdString(), sink);
    // Either refused at once, or nothing came of it and the rest was not read.
    QVERIFY(!end || end->how == FeedEnd::How::Cut);
    QVERIFY(sink.products.empty() && sink.bad.empty());
}

void FeedItemsTest::reportsLinesOfXmlItems() {
    RememberingSink sink;
    QVERIFY(readText(std::string(kRssBegin) +
                         "<item>\n<g:id>1</g:id>\n</item>\n<item><g:id>2</g:id><g:title>T</g:title></item>"
                         "</channel></rss>",
                     sink));
    QCOMPARE(sink.lines, (std::vector<std::int64_t>{3, 6}));
    QCOMPARE(sink.bad.size(), std::size_t{1});
    QCOMPARE(sink.bad[0].line, std::int64_t{3});
    QCOMPARE(sink.bad[0].field, std::string("title"));
}

void FeedItemsTest::boundsXmlItems() {
    RememberingSink sink;
    const auto text = std::string(kRssBegin) + "<item><g:id>1</g:id><g:title>" +
                      std::string(kRowBytesMax, 'x') +
                      "</g:title></item><item><g:id>2</g:id><g:title>T</g:title></item></channel></rss>";
    QVERIFY(readText(text, sink));
    QCOMPARE(sink.products.size(), std::size_t{1});
    QCOMPARE(sink.products[0].sku, std::string("2"));
    QCOMPARE(sink.bad.size(), std::size_t{1});
    QVERIFY(contains(sink.bad[0].reason, "longer"));
}

void FeedItemsTest::boundsDetails() {
    std::string details;
    for (int i = 0; i < 1000; ++i)
        details += (i ? ",S:n" : "S:n") + std::to_string(i) + ":v";
    RememberingSink sink;
    QVERIFY(readText("id\ttitle\tproduct_detail\n1\tCup\t" + details + "\n", sink));
    QCOMPARE(sink.products[0].attributes.size(), kDetailsMax);
    FeedRow row = rowOf({});
    row.details = {{"", std::string(kDetailNameCharactersMax + 1, 'n'), "v"}};
    ProductRecord product;
    QVERIFY(readProduct(row, "en", product));
    row.details = {{"", "n", std::string(kDetailValueCharactersMax + 1, 'v')}};
    QVERIFY(readProduct(row, "en", product));
    row.details = {{"", "n", std::string(kDetailValueCharactersMax, 'v')}};
    QVERIFY(!readProduct(row, "en", product));
}

QTEST_GUILESS_MAIN(FeedItemsTest)
#include "tst_feed_items.moc"
