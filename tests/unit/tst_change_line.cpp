#include "catalog/limits.h"
#include "core/json.h"
#include "unit/catalog_fixture.h"

using namespace silta;
using namespace silta::test;

class ChangeLineTest : public QObject {
    Q_OBJECT
private slots:
    void bringsAProductBack();
    void bringsASmallProductBack();
    void bringsAStoreBack();
    void bringsStockBack();
    void bringsReportsBack();
    void bringsRemovalsBack();
    void leavesOutASaleInAnotherCurrency();
    void passesOverUnknownMembers();
    void refuses_data();
    void refuses();
    void keepsTheLimits_data();
    void keepsTheLimits();
};

namespace {

std::string lineOf(const char* kind, const Json& json) {
    return dumpJson(Json{{kind, json}});
}

Json productJson() {
    return {{"sku", "a"}, {"texts", Json::array({{{"lang", "en"}, {"title", "t"}}})}};
}

} // namespace

void ChangeLineTest::bringsAProductBack() {
    CatalogChange change;
    change.product = fullProduct();
    const auto line = toLine(change);
    QVERIFY(line.find('\n') == std::string::npos);
    const auto back = parseChange(line);
    SILTA_OK(back);
    QVERIFY(back->product.has_value() && !back->store && back->stock.empty());
    QVERIFY(*back->product == *change.product);
    QCOMPARE(toLine(*back), line);
}

void ChangeLineTest::bringsASmallProductBack() {
    CatalogChange change;
    change.product = product("x", "");
    change.product->price.reset();
    const auto back = parseChange(toLine(change));
    SILTA_OK(back);
    QVERIFY(*back->product == *change.product);
}

void ChangeLineTest::bringsAStoreBack() {
    CatalogChange change;
    change.store = store("HEL-1", -33.8688, 151.20930000000001);
    change.store->street = "Mannerheimintie 1";
    change.store->hours.week[6] = {};
    change.store->hours.week[4] = {{0, 720}, {780, 2880}};
    change.store->hours.special = {{"2025-12-25", {}}, {"2025-12-31", {{600, 900}}}};
    const auto back = parseChange(toLine(change));
    SILTA_OK(back);
    QVERIFY(back->store.has_value());
    QVERIFY(*back->store == *change.store);
}

void ChangeLineTest::bringsStockBack() {
    CatalogChange change;
    change.stock = {cell("a", "1", 5, 1'760'000'000'123, "A12"), cell("a", "2", 0, 0),
                    cell("a", "3", kQuantityMax)};
    const auto back = parseChange(toLine(change));
    SILTA_OK(back);
    QCOMPARE(back->stock.size(), change.stock.size());
    for (std::size_t i = 0; i < change.stock.size(); ++i) {
        QVERIFY(back->stock[i].sku == "a" && back->stock[i].storeCode == change.stock[i].storeCode);
        QCOMPARE(back->stock[i].quantity, change.stock[i].quantity);
        QCOMPARE(back->stock[i].asOf, change.stock[i].asOf);
        QVERIFY(back->stock[i].aisle == change.stock[i].aisle);
    }
}

void ChangeLineTest::bringsReportsBack() {
    CatalogChange change;
    change.reports = {{"1", 1'760'000'000'123}, {"FI-HEL-01", 0}};
    const auto back = parseChange(toLine(change));
    SILTA_OK(back);
    QCOMPARE(back->reports.size(), std::size_t{2});
    QVERIFY(back->reports[0].storeCode == "1" && back->reports[1].storeCode == "FI-HEL-01");
    QCOMPARE(back->reports[0].asOf, UtcMs{1'760'000'000'123});
    QCOMPARE(back->reports[1].asOf, UtcMs{0});
}

void ChangeLineTest::bringsRemovalsBack() {
    CatalogChange sku;
    sku.removedSku = "Ä-1";
    const auto backSku = parseChange(toLine(sku));
    SILTA_OK(backSku);
    QVERIFY(backSku->removedSku == "Ä-1" && backSku->removedStore.empty());
    CatalogChange code;
    code.removedStore = "7";
    const auto backCode = parseChange(toLine(code));
    SILTA_OK(backCode);
    QVERIFY(backCode->removedStore == "7" && backCode->removedSku.empty());
}

void ChangeLineTest::leavesOutASaleInAnotherCurrency() {
    CatalogChange change;
    change.product = product("a", "t");
    change.product->price->sale = Money{1, *Currency::parse("SEK")};
    QVERIFY(!change.product->price->isOffer(0));
    const auto back = parseChange(toLine(change));
    SILTA_OK(back);
    QVERIFY(!back->product->price->sale);
}

void ChangeLineTest::passesOverUnknownMembers() {
    auto json = productJson();
    json["colour_of_the_box"] = {1, 2, {{"deep", true}}};
    json["price"] = {{"currency", "EUR"}, {"regular", 5}, {"loyalty", "x"}};
    json["group"] = nullptr;
    auto line = Json{{"product", json}, {"trace", "abc"}};
    const auto back = parseChange(dumpJson(line));
    SILTA_OK(back);
    QCOMPARE(back->product->price->regular.minor, 5);
}

void ChangeLineTest::refuses_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("no json") << QByteArray("hello");
    QTest::newRow("html") << QByteArray("<html><body>Log in to the Wi-Fi</body></html>");
    QTest::newRow("cut off") << QByteArray(R"({"removed_sku":"a)");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("number") << QByteArray("1");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("unknown only") << QByteArray(R"({"future":1})");
    QTest::newRow("two changes") << QByteArray(R"({"removed_sku":"a","removed_store":"b"})");
    QTest::newRow("two lines") << QByteArray("{\"removed_sku\":\"a\"}\n{\"removed_sku\":\"b\"}");
    QTest::newRow("empty sku") << QByteArray(R"({"removed_sku":""})");
    QTest::newRow("sku a number") << QByteArray(R"({"removed_sku":5})");
    QTest::newRow("sku with a NUL") << QByteArray(R"({"removed_sku":"a\u0000b"})");
    QTest::newRow("not utf-8") << QByteArray("{\"removed_sku\":\"a\xff\"}");
    QTest::newRow("lone surrogate") << QByteArray(R"({"removed_sku":"\ud800"})");
    QTest::newRow("deep") << QByteArray(R"({"product":)") + QByteArray(1'000, '[') + QByteArray(1'000, ']') +
                                 "}";
    const auto product = [](const char* name, const char* member, Json value) {
        auto json = productJson();
        json[member] = std::move(value);
        QTest::newRow(name) << QByteArray::fromStdString(lineOf("product", json));
    };
    product("no texts", "texts", Json::array());
    product("texts an object", "texts", Json::object());
    product("text without language", "texts", Json::array({{{"title", "t"}}}));
    product("title a number", "texts", Json::array({{{"lang", "en"}, {"title", 5}}}));
    product("gtin check digit", "gtin", "6430012345671");
    product("gtin a number", "gtin", std::int64_t{6430012345671});
    product("brand a list", "brand", Json::array({"a"}));
    product("picture a path", "picture", "../../etc/passwd");
    product("picture upper case", "picture", std::string(64, 'A'));
    product("price without currency", "price", {{"regular", 5}});
    product("price negative", "price", {{"currency", "EUR"}, {"regular", -1}});
    product("price a fraction", "price", {{"currency", "EUR"}, {"regular", 1.5}});
    product("price huge", "price", {{"currency", "EUR"}, {"regular", 9'000'000'000'000'000}});
    product("price unknown currency", "price", {{"currency", "QQQ"}, {"regular", 5}});
    product("rating above five", "rating", {{"count", 1}, {"average", 5.5}});
    product("histogram short", "rating", {{"count", 1}, {"average", 5}, {"histogram", {1, 2}}});
    product("histogram negative", "rating", {{"count", 1}, {"average", 5}, {"histogram", {1, 2, 3, 4, -1}}});
    product("attributes not pairs", "attributes", Json::array({{"a"}}));
    product("review stars", "reviews", Json::array({{{"stars", 6}}}));
    const auto storeWith = [](const char* name, const char* member, Json value) {
        Json json = {{"code", "1"}};
        json[member] = std::move(value);
        QTest::newRow(name) << QByteArray::fromStdString(lineOf("store", json));
    };
    storeWith("latitude", "latitude", 90.5);
    storeWith("longitude a string", "longitude", "25");
    storeWith("hours a string", "hours", "9-17");
    storeWith("week of six days", "hours", {{"week", {{}, {}, {}, {}, {}, {}}}});
    storeWith("interval of three", "hours", {{"special", {{{"date", "2025-01-01"}, {"open", {{1, 2, 3}}}}}}});
    storeWith("special day without date", "hours", {{"special", Json::array({{{"open", Json::array()}}})}});
    const auto stock = [](const char* name, Json cells) {
        QTest::newRow(name) << QByteArray::fromStdString(
            lineOf("stock", {{"sku", "a"}, {"cells", std::move(cells)}}));
    };
    stock("no cells", Json::array());
    stock("cell an object", Json::array({{{"store", "1"}}}));
    stock("cell short", Json::array({{"1", 5}}));
    stock("quantity negative", Json::array({{"1", -1, 5}}));
    stock("quantity too large", Json::array({{"1", kQuantityMax + 1, 5}}));
    stock("quantity a fraction", Json::array({{"1", 1.5, 5}}));
    stock("time negative", Json::array({{"1", 1, -5}}));
    stock("store code a number", Json::array({{1, 1, 5}}));
    stock("aisle a number", Json::array({{"1", 1, 5, 7}}));
    const auto reports = [](const char* name, const Json& list) {
        QTest::newRow(name) << QByteArray::fromStdString(lineOf("reports", list));
    };
    reports("no reports", Json::array());
    reports("reports an object", {{"1", 5}});
    reports("report without a time", Json::array({Json::array({"1"})}));
    reports("report of a number", Json::array({Json::array({1, 5})}));
    reports("report of no store", Json::array({Json::array({"", 5})}));
    reports("report before 1970", Json::array({Json::array({"1", -5})}));
    QTest::newRow("stock without sku") << QByteArray(R"({"stock":{"cells":[["1",1,1]]}})");
}

void ChangeLineTest::refuses() {
    QFETCH(QByteArray, line);
    const auto change = parseChange(line.toStdString());
    QVERIFY(!change.has_value());
    QCOMPARE(change.error().code, Errc::Invalid);
    QVERIFY(!change.error().what.empty() && change.error().what.find('\n') == std::string::npos);
}

void ChangeLineTest::keepsTheLimits_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("fits");
    const auto row = [](const std::string& name, const std::string& line, bool fits) {
        QTest::newRow(name.c_str()) << QByteArray::fromStdString(line) << fits;
    };
    const auto text = [&row](const char* name, const char* member, std::size_t max) {
        for (const std::size_t extra : {0, 1}) {
            auto json = productJson();
            json["texts"][0][member] = std::string(max + extra, 'a');
            row(name + std::string(extra == 0 ? " at the limit" : " beyond"), lineOf("product", json),
                extra == 0);
        }
    };
    text("title", "title", kTitleBytesMax);
    text("description", "description", kDescriptionBytesMax);
    text("department", "department", kDepartmentBytesMax);
    text("colour", "color", kVariantBytesMax);
    text("size", "size", kVariantBytesMax);
    text("language", "lang", kLangBytesMax);
    for (const std::size_t extra : {0, 1}) {
        const std::string name = extra == 0 ? " at the limit" : " beyond";
        auto json = productJson();
        json["brand"] = std::string(kBrandBytesMax + extra, 'b');
        row("brand" + name, lineOf("product", json), extra == 0);
        json = productJson();
        std::string sku;
        for (std::size_t i = 0; i < kSkuCharactersMax + extra; ++i)
            sku += "ä";
        json["sku"] = sku;
        row("sku" + name, lineOf("product", json), extra == 0);
        json = productJson();
        for (std::size_t i = 0; i < kReviewsMax + extra; ++i)
            json["reviews"].push_back({{"stars", 1}});
        row("reviews" + name, lineOf("product", json), extra == 0);
        json = productJson();
        for (std::size_t i = 0; i < kAttributesMax + extra; ++i)
            json["attributes"].push_back({"a", "b"});
        row("attributes" + name, lineOf("product", json), extra == 0);
        json = productJson();
        for (std::size_t i = 1; i < kTextsMax + extra; ++i)
            json["texts"].push_back({{"lang", "fi"}});
        row("texts" + name, lineOf("product", json), extra == 0);
        Json cells = Json::array();
        for (std::size_t i = 0; i < kCellsPerLineMax + extra; ++i)
            cells.push_back({"1", 1, 1});
        row("cells" + name, lineOf("stock", {{"sku", "a"}, {"cells", cells}}), extra == 0);
        row("aisle" + name,
            lineOf("stock",
                   {{"sku", "a"}, {"cells", {{"1", 1, 1, std::string(kAisleBytesMax + extra, 'A')}}}}),
            extra == 0);
        Json reports = Json::array();
        for (std::size_t i = 0; i < kReportsPerLineMax + extra; ++i)
            reports.push_back(Json::array({"1", 1}));
        row("reports" + name, lineOf("reports", reports), extra == 0);
        Json open = Json::array();
        for (std::size_t i = 0; i < kIntervalsPerDayMax + extra; ++i)
            open.push_back({1, 2});
        Json hours = {{"special", Json::array({{{"date", "2025-01-01"}, {"open", open}}})}};
        row("intervals" + name, lineOf("store", {{"code", "1"}, {"hours", hours}}), extra == 0);
    }
    row("line beyond", R"({"removed_sku":"a","x":")" + std::string(kLineBytesMax, 'x') + "\"}", false);
}

void ChangeLineTest::keepsTheLimits() {
    QFETCH(QByteArray, line);
    QFETCH(bool, fits);
    const auto change = parseChange(line.toStdString());
    QCOMPARE(change.has_value(), fits);
    if (!fits) QCOMPARE(change.error().code, Errc::Limit);
}

QTEST_GUILESS_MAIN(ChangeLineTest)
#include "tst_change_line.moc"
