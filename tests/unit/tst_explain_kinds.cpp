// What `siltactl explain` says of a code of every kind, as the one line of JSON that it prints.
#include "ctl/commands.h"

#include <QtTest>
#include <sstream>

using namespace silta;

namespace {

/// The line without the code itself, which is what was asked.
QJsonObject explained(const QStringList& options, const QByteArray& code, const QTemporaryDir& folder) {
    std::vector<std::string> args{"explain"};
    QFile file(folder.filePath("codes.toml"));
    if (!file.exists() && file.open(QIODevice::WriteOnly))
        file.write("in_store_country = \"FI\"\n"
                   "receipt_prefix = \"R-\"\n"
                   "[[member_card]]\nprefix = \"2900\"\n"
                   "[[member_card]]\nprefix = \"77\"\ndigits = 10\ncheck = \"luhn\"\n");
    file.close();
    args.insert(args.end(), {"--codes", file.fileName().toStdString()});
    for (const auto& option : options)
        args.push_back(option.toStdString());
    args.emplace_back("--");
    args.push_back(QByteArray(code).replace('^', '\x1d').toStdString());
    std::ostringstream out;
    std::ostringstream err;
    ctl::CommandContext context{out, err, false, {}};
    if (ctl::runCommandLine(context, args) != ctl::kExitOk) return {{"error", err.str().c_str()}};
    auto line = QJsonDocument::fromJson(QByteArray::fromStdString(out.str())).object();
    line.remove("code");
    return line;
}

} // namespace

class TestExplainKinds : public QObject {
    Q_OBJECT

private slots:
    void explains_data();
    void explains();
    void refusesBadFiles_data();
    void refusesBadFiles();

private:
    QTemporaryDir folder_;
};

void TestExplainKinds::explains_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* options, const char* code, const char* expected) {
        const auto words = QString(options).split(' ', Qt::SkipEmptyParts);
        QTest::newRow(name) << words << QByteArray(code) << QByteArray(expected);
    };
    constexpr auto kSold = R"("restricted":false)";
    const auto product = [&](const char* name, const char* options, const char* code, const QByteArray& gtin,
                             const QByteArray& shortForm, const QByteArray& more = {}) {
        row(name, options, code,
            R"({"meaning":"product","gtin":")" + gtin + R"(","short":")" + shortForm + R"(",)" + kSold +
                more + "}");
    };

    product("EAN-13", "", "4006381333931", "04006381333931", "4006381333931");
    product("EAN-8", "--symbology EAN-8", "96385074", "00000096385074", "96385074");
    constexpr auto kCoupon = "s4gg01roOxdwt58a3etnncfp4jfftzdk0d803h8vdcrn9jgfzaz3rbsqf9wts4afr9nmf4bt199syhj"
                             "kpkcr8pj3a37376g01ed1fzpzyn94"
                             "zjh10g7jbp84";
    row("token of ours", "", kCoupon,
        R"({"meaning":"token","token":{"campaign":7,"key":1,"kind":"coupon","lastDay":"2027-01-31",
            "serial":123456789},"uri":"S4GG01R00XDWT58A3ETNNCFP4JFFTZDK0D803H8VDCRN9JGFZAZ3RBSQF9WTS4AFR9NMF4BT199SYHJKP)"
        R"(KCR8PJ3A37376G01ED1FZPZYN94ZJH10G7JBP84"})");
    row("token of a later version", "",
        "S8GG01R00XDWT58A3ETNNCFP4JFFTZDK0D803H8VDCRN9JGFZAZ3RBSQF9WTS4AFR9NMF4BT199SYHJKPKCR8PJ3A37376G01ED1"
        "FZPZYN94"
        "ZJH10G7JBP84",
        R"({"meaning":"unknown","reason":"another version"})");
    row("UPC-A", "--symbology UPC-A", "036000291452",
        R"({"meaning":"product","gtin":"00036000291452","short":"036000291452","restricted":false})");
    product("UPC-E", "--symbology UPC-E", "04965802", "00049000006582", "049000006582");
    product("GTIN-14", "", "14006381333938", "14006381333938", "14006381333938");
    row("8 digits of two kinds", "", "01234565",
        R"({"meaning":"product","gtin":"00000001234565","short":"01234565","restricted":true,"alternatives":[
            {"meaning":"product","gtin":"00012345000065","short":"012345000065","restricted":false}]})");
    product("book", "", "9780306406157", "09780306406157", "9780306406157", R"(,"isbn":"9780306406157")");
    product("book with its price", "", "9780306406157 51995", "09780306406157", "9780306406157",
            R"(,"isbn":"9780306406157","addOn":"51995")");
    product("sheet music", "", "9790260000438", "09790260000438", "9790260000438",
            R"(,"ismn":"9790260000438")");
    product("magazine", "", "9770317847001", "09770317847001", "9770317847001", R"(,"issn":"03178471")");
    product("magazine with its issue", "", "977031784700103", "09770317847001", "9770317847001",
            R"(,"issn":"03178471","addOn":"03")");
    product("UPC-A with an add-on", "--symbology UPC-A", "03600029145212345", "00036000291452",
            "036000291452", R"(,"addOn":"12345")");
    row("weighed in the store", "", "2312345605122",
        R"({"meaning":"product","gtin":"02312345605122","short":"2312345605122","restricted":true,
            "inStore":{"measure":"weight","item":"23123456","value":512,"decimals":3}})");
    row("priced in the store", "--country DE", "2212346146856",
        R"({"meaning":"product","gtin":"02212346146856","short":"2212346146856","restricted":true,
            "inStore":{"measure":"price","item":"221234","value":14685,"decimals":2}})");
    row("in-store number without a rule", "", "2112345678900",
        R"({"meaning":"product","gtin":"02112345678900","short":"2112345678900","restricted":true})");
    row("wrong check digit", "", "4006381333934",
        R"({"meaning":"unknown","reason":"13 digits whose check digit is wrong: expected 1"})");

    row("member", "", "9246000010000003", R"({"meaning":"member","memberNumber":"9246000010000003"})");
    row("old member card that may be a product", "", "2900000001237",
        R"({"meaning":"member","memberNumber":"2900000001237","alternatives":[{"meaning":"product",
            "gtin":"02900000001237","short":"2900000001237","restricted":true}]})");
    row("old member card with a Luhn digit", "", "7712345672",
        R"({"meaning":"member","memberNumber":"7712345672"})");
    row("member card, wrong digit", "", "7712345673",
        R"({"meaning":"unknown","reason":"a member number whose check digit is wrong"})");
    row("bank card", "", "4111111111111111",
        R"({"meaning":"unknown","reason":"16 digits: a card number, but not of this chain"})");
    row("receipt", "", "R-2026/0042.17", R"({"meaning":"receipt","receiptNumber":"R-2026/0042.17"})");
    row("only the prefix of receipts", "", "R-",
        R"({"meaning":"unknown","reason":"text without a product number"})");

    const auto elements = [&](const char* name, const char* code, const QByteArray& listed) {
        row(name, "", code,
            R"({"meaning":"product","gtin":"09521234543213","short":"9521234543213",)" + QByteArray(kSold) +
                R"(,"elements":[{"ai":"01","value":"09521234543213"},)" + listed + "]}");
    };
    elements("GS1-128", "]C1010952123454321310ABC^17261231",
             R"({"ai":"10","value":"ABC"},{"ai":"17","value":"261231","date":"2026-12-31"})");
    elements("month's end", "]d2010952123454321317280200",
             R"({"ai":"17","value":"280200","date":"2028-02-29"})");
    elements("last century", "]d2010952123454321311780615",
             R"({"ai":"11","value":"780615","date":"1978-06-15"})");
    elements("date with a time", "(01)09521234543213(7003)2612312359",
             R"({"ai":"7003","value":"2612312359","date":"2026-12-31"})");
    elements("weight", "(01)09521234543213(3103)001250", R"({"ai":"3103","value":"001250"})");
    row("pallet", "", "]C100006141411234567890",
        R"({"meaning":"unknown","reason":"a logistic unit, such as a pallet",
            "elements":[{"ai":"00","value":"006141411234567890"}]})");
    row("place", "", "(414)9521321000018",
        R"({"meaning":"unknown","reason":"a place or a party","elements":[{"ai":"414","value":"9521321000018"}]})");
    row("crate", "", "(8003)09521141111116",
        R"({"meaning":"unknown","reason":"an asset, such as a crate",
            "elements":[{"ai":"8003","value":"09521141111116"}]})");
    row("impossible day", "",
        "]C10109521234543213"
        "17260230",
        R"({"meaning":"unknown","reason":"a broken GS1 code: read element (17): not a date"})");
    row("coupon number", "",
        "(255)9501101000001"
        "12345",
        R"({"meaning":"unknown","reason":"a coupon","coupon":{"kind":"gcn","offer":"9501101000001","serial":"12345"},
            "elements":[{"ai":"255","value":"950110100000112345"}]})");
    row("American coupon", "", "(8110)1061414100952721012004132803314250101",
        R"({"meaning":"unknown","reason":"a coupon","coupon":{"kind":"north-american","issuer":"0614141","offer":"009527",
            "saves":"10","expires":"2028-03-31","starts":"2025-01-01"},
            "elements":[{"ai":"8110","value":"1061414100952721012004132803314250101"}]})");
    row("positive offer", "", "(8112)001234561234560123456",
        R"({"meaning":"unknown","reason":"a coupon","coupon":{"kind":"positive-offer","issuer":"123456",
            "offer":"123456","serial":"123456"},"elements":[{"ai":"8112","value":"001234561234560123456"}]})");

    row("digital link", "", "https://id.gs1.org/01/09520123456788/10/ABC?17=261231",
        R"({"meaning":"digital-link","gtin":"09520123456788","short":"9520123456788","restricted":false,
            "uri":"https://id.gs1.org/01/09520123456788/10/ABC?17=261231","elements":[{"ai":"01","value":"09520123456788"},
            {"ai":"10","value":"ABC"},{"ai":"17","value":"261231","date":"2026-12-31"}]})");
    row("digital link in capitals", "", "HTTPS://ID.GS1.ORG/01/09520123456788",
        R"({"meaning":"digital-link","gtin":"09520123456788","short":"9520123456788","restricted":false,
            "uri":"HTTPS://ID.GS1.ORG/01/09520123456788","elements":[{"ai":"01","value":"09520123456788"}]})");
    row("digital link in mixed case", "", "HtTps://id.gs1.org/01/09520123456788",
        R"({"meaning":"unknown","reason":"a web address whose scheme mixes capitals and small letters",
            "foreign":{"kind":"web-address","name":"id.gs1.org"}})");
    row("digital link of a pallet", "", "https://id.gs1.org/00/006141411234567890",
        R"({"meaning":"unknown","reason":"a web address of something that is not a product",
            "uri":"https://id.gs1.org/00/006141411234567890","elements":[{"ai":"00","value":"006141411234567890"}]})");
    row("broken digital link", "", "https://id.gs1.org/01/09520123456789",
        R"({"meaning":"unknown","reason":"a web address with a broken GS1 key: (01) wrong check digit",
            "foreign":{"kind":"web-address","name":"id.gs1.org"}})");
    row("web address", "", "https://example.com/a?b",
        R"({"meaning":"unknown","reason":"a web address","foreign":{"kind":"web-address","name":"example.com"}})");
    row("web address of a liar", "", "https://bank.example@evil.example/",
        R"({"meaning":"unknown","reason":"a web address","foreign":{"kind":"web-address","name":"evil.example"}})");
    row("web address without a scheme", "", "www.example.com/x",
        R"({"meaning":"unknown","reason":"a web address","foreign":{"kind":"web-address","name":"www.example.com"}})");
    row("Wi-Fi", "", R"(WIFI:T:WPA;P:se\;cret;S:Caf\;e;;)",
        R"({"meaning":"unknown","reason":"a Wi-Fi network","foreign":{"kind":"wifi","name":"Caf;e"}})");
    row("Wi-Fi without a name", "", "WIFI:T:WPA;P:S:x;;",
        R"({"meaning":"unknown","reason":"a Wi-Fi network","foreign":{"kind":"wifi"}})");
    row("vCard", "",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nN:Virtanen;Anna\r\nFN;CHARSET=UTF-8:Anna Virtanen\r\nEND:VCARD",
        R"({"meaning":"unknown","reason":"a contact card","foreign":{"kind":"contact","name":"Anna Virtanen"}})");
    row("MeCard", "", "MECARD:TEL:040123;N:Virtanen,Anna;;",
        R"({"meaning":"unknown","reason":"a contact card","foreign":{"kind":"contact","name":"Virtanen,Anna"}})");
    row("sign-in secret", "", "otpauth://totp/Shop:anna%40x.fi?secret=JBSWY3DPEHPK3PXP&issuer=Shop",
        R"({"meaning":"unknown","reason":"a secret for sign-in codes",
            "foreign":{"kind":"sign-in-secret","name":"Shop:anna@x.fi"}})");
    row("telephone", "", "tel:+358401234567", R"({"meaning":"unknown","reason":"a telephone number"})");
    row("e-mail", "", "mailto:a@example.com", R"({"meaning":"unknown","reason":"an e-mail address"})");
    row("text message", "", "SMSTO:040:hi", R"({"meaning":"unknown","reason":"a text message"})");
    row("map", "", "geo:60.17,24.94", R"({"meaning":"unknown","reason":"a place on the map"})");
    row("calendar", "", "BEGIN:VEVENT\nEND:VEVENT", R"({"meaning":"unknown","reason":"a calendar event"})");
    row("payment", "", "BCD\n002\n1\nSCT", R"({"meaning":"unknown","reason":"a payment request"})");
    row("logistics label", "",
        "[)>\x1e"
        "06",
        R"({"meaning":"unknown","reason":"a logistics label"})");

    row("enrolment", "", "silta:enrol?c=7K3M-9QXA-2B4C&h=https%3A%2F%2Fhub.example",
        R"({"meaning":"enrolment","enrolmentCode":"7K3M-9QXA-2B4C",
            "uri":"silta:enrol?c=7K3M-9QXA-2B4C&h=https%3A%2F%2Fhub.example"})");
    row("enrolment typed", "", "7k3m-9qxa-obil",
        R"({"meaning":"enrolment","enrolmentCode":"7K3M-9QXA-0B11"})");
    row("wishlist", "", "https://hub.example/w/0190a5b2-7c3d-7e4f-8a1b-2c3d4e5f6071",
        R"({"meaning":"wishlist","wishlistId":"0190a5b2-7c3d-7e4f-8a1b-2c3d4e5f6071",
            "uri":"https://hub.example/w/0190a5b2-7c3d-7e4f-8a1b-2c3d4e5f6071"})");
    row("text", "", "HELLO", R"({"meaning":"unknown","reason":"text without a product number"})");
    row("nothing", "", "", R"({"meaning":"unknown","reason":"empty code"})");
    row("zeros", "", "00000000", R"({"meaning":"unknown","reason":"only zeros"})");
}

void TestExplainKinds::explains() {
    QFETCH(QStringList, options);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, expected);
    const auto wanted = QJsonDocument::fromJson(expected).object();
    QVERIFY(!wanted.isEmpty());
    const auto line = explained(options, code, folder_);
    QCOMPARE(QJsonDocument(line).toJson(QJsonDocument::Compact),
             QJsonDocument(wanted).toJson(QJsonDocument::Compact));
}

void TestExplainKinds::refusesBadFiles_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("country") << QByteArray("in_store_country = \"XX\"") << QByteArray("in_store_country");
    QTest::newRow("word") << QByteArray("colour = 1") << QByteArray("no such setting");
    QTest::newRow("prefix") << QByteArray("[[member_card]]\ndigits = 9") << QByteArray("without a prefix");
    QTest::newRow("letters") << QByteArray("[[member_card]]\nprefix = \"a\"")
                             << QByteArray("expected digits");
    QTest::newRow("check") << QByteArray("[[member_card]]\ncheck = \"sum\"") << QByteArray("ean, luhn");
    QTest::newRow("receipts") << QByteArray("receipt_prefix = \"\"") << QByteArray("1 to 16");
    QTest::newRow("TOML") << QByteArray("= 1") << QByteArray("line 1");
}

void TestExplainKinds::refusesBadFiles() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    QFile file(folder_.filePath("bad.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(text);
    file.close();
    std::ostringstream out;
    std::ostringstream err;
    ctl::CommandContext context{out, err, false, {}};
    const std::vector<std::string> args{"explain", "--codes", file.fileName().toStdString(), "1"};
    QCOMPARE(ctl::runCommandLine(context, args), ctl::kExitFailed);
    QVERIFY2(QByteArray::fromStdString(err.str()).contains(words), err.str().c_str());
    QVERIFY(out.str().empty());
}

QTEST_APPLESS_MAIN(TestExplainKinds)
#include "tst_explain_kinds.moc"
