#include <silta/scan.h>

#include <QtTest>

using namespace silta;

namespace {

constexpr auto kUuid = "0190a5b2-7c3d-7e4f-8a1b-2c3d4e5f6071";

QByteArray written(const Meaning& meaning) {
    std::string text = toString(meaning.kind);
    if (meaning.gtin) text += " " + meaning.gtin->toString();
    if (!meaning.memberNumber.empty()) text += " " + meaning.memberNumber;
    if (!meaning.enrolmentCode.empty()) text += " " + meaning.enrolmentCode;
    if (!meaning.wishlistId.empty()) text += " " + meaning.wishlistId;
    if (!meaning.reason.empty()) text += ": " + meaning.reason;
    return QByteArray::fromStdString(text);
}

} // namespace

class TestExplain : public QObject {
    Q_OBJECT

private slots:
    void explainsCodes_data();
    void explainsCodes();
    void keepsElementsOfUnknownThings();
    void keepsLinkOfDigitalLink();
    void refusesMoreThanTheLimit();
    void usesPrefixOfChain();
    void givesReasonExactlyWhenUnknown();
    void namesSymbologiesBothWays();
};

void TestExplain::explainsCodes_data() {
    using enum Symbology;
    QTest::addColumn<int>("symbology");
    QTest::addColumn<QByteArray>("aimId");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, Symbology symbology, const char* aim, QByteArray bytes,
                        QByteArray expected) {
        QTest::newRow(name) << static_cast<int>(symbology) << QByteArray(aim) << bytes.replace('^', '\x1d')
                            << expected;
    };

    row("EAN-13", Ean13, "]E0", "4006381333931", "product 04006381333931");
    row("EAN-13 from a keyboard", Unknown, "", "4006381333931\r", "product 04006381333931");
    row("EAN-13 with CR LF", Unknown, "", "4006381333931\r\n", "product 04006381333931");
    row("EAN-13 with tab", Unknown, "", "4006381333931\t", "product 04006381333931");
    row("one ending only", Unknown, "", "4006381333931\n\n", "unknown: text with control characters");
    row("GTIN-14", Unknown, "", "14006381333938", "product 14006381333938");
    row("ITF-14", Itf, "]I1", "14006381333938", "product 14006381333938");
    row("half an ITF-14", Itf, "]I0", "02345673", "unknown: 8 digits where the symbol has 14");
    row("UPC-A", UpcA, "]E0", "416000336108", "product 00416000336108");
    row("UPC-A sent as 13 digits", UpcA, "]E0", "0416000336108", "product 00416000336108");
    row("EAN-8", Ean8, "]E4", "02345673", "product 00000002345673");
    row("UPC-E", UpcE, "]E0", "01234565", "product 00012345000065");
    row("UPC-E sent expanded", UpcE, "]E0", "0012345000065", "product 00012345000065");
    row("UPC-E check digit", UpcE, "]E0", "01234566",
        "unknown: 8 digits of a UPC-E symbol: check digit is 6, "
        "expected 5");
    row("8 digits that are EAN-8", Unknown, "", "96385074", "product 00000096385074");
    row("8 digits that are only UPC-E", Unknown, "", "04965802", "product 00049000006582");
    row("8 digits that are neither", Unknown, "", "96385075",
        "unknown: 8 digits whose check digit is wrong: expected 4");
    row("restricted", Ean13, "]E0", "2112345678900", "product 02112345678900");
    row("Code 128 with digits", Code128, "]C0", "4006381333931", "product 04006381333931");
    row("digits in a QR code", QrCode, "]Q1", "4006381333931", "product 04006381333931");
    row("check digit", Unknown, "", "4006381333934",
        "unknown: 13 digits whose check digit is wrong: expected 1");
    row("zeros", Unknown, "", "0000000000000", "unknown: only zeros");
    row("7 digits", Unknown, "", "1234567", "unknown: 7 digits: a product number has 8, 12, 13 or 14");
    row("14 digits in EAN-13", Unknown, "]E0", "14006381333938",
        "unknown: 14 digits where the symbol has 13");

    row("add-on with space", Ean13, "]E3", "9780306406157 51995", "product 09780306406157");
    row("add-on with plus", Unknown, "", "9780306406157+51", "product 09780306406157");
    row("add-on appended", Ean13, "]E3", "978030640615751995", "product 09780306406157");
    row("book with add-on from a keyboard", Unknown, "", "978030640615751995", "product 09780306406157");
    row("18 digits of a pallet", Unknown, "", "006141411234567890",
        "unknown: 18 digits: a product number has 8, 12, 13 or 14");
    row("UPC-A with 2 digits appended", UpcA, "]E3", "41600033610899", "product 00416000336108");
    row("add-on of 3 digits", Unknown, "", "9780306406157 519", "unknown: text without a product number");

    row("GS1-128", Code128, "]C1", "010952123454321310ABC", "product 09521234543213");
    row("GS1 DataMatrix", DataMatrix, "]d2", "010952123454321310ABC^17261231", "product 09521234543213");
    row("identifier in the message", Unknown, "", "]C1010952123454321310ABC", "product 09521234543213");
    row("leading FNC1", Unknown, "", "^010952123454321310ABC", "product 09521234543213");
    row("separator only inside", Unknown, "", "010952123454321310ABC^21X", "product 09521234543213");
    row("element string of a keyboard", Unknown, "", "010952123454321310ABC", "product 09521234543213");
    row("GTIN alone of a keyboard", Unknown, "", "0109521234543213", "product 09521234543213");
    row("not GS1 says the symbol", Code128, "]C0", "010952123454321310ABC",
        "unknown: text without a product number");
    row("brackets", QrCode, "]Q1", "(01)09521234543213(17)261231", "product 09521234543213");
    row("composite", Unknown, "", "]E402345673|]e099COMPOSITE", "product 00000002345673");
    row("broken element", Code128, "]C1", "0109521234543214",
        "unknown: a broken GS1 code: read element (01): wrong check digit");
    row("pallet", Code128, "]C1", "00006141411234567890", "unknown: a logistic unit, such as a pallet");
    row("only zeros in 01", Code128, "]C1", "0100000000000000",
        "unknown: a GS1 code whose product number is all zeros");

    row("digital link", QrCode, "]Q1", "https://id.gs1.org/01/09520123456788", "digital-link 09520123456788");
    row("digital link of a pallet", QrCode, "]Q1", "https://id.gs1.org/00/006141411234567890",
        "unknown: a web address of something that is not a product");
    row("broken digital link", QrCode, "]Q1", "https://id.gs1.org/01/09520123456789",
        "unknown: a web address with a broken GS1 key: (01) wrong check digit");

    row("member", QrCode, "]Q1", "9246000010000003", "member 9246000010000003");
    row("member, wrong digit", QrCode, "]Q1", "9246000010000008",
        "unknown: a member number whose check digit is wrong");
    row("another chain", QrCode, "]Q1", "4111111111111111",
        "unknown: 16 digits: a card number, but not of this chain");

    row("enrolment", QrCode, "]Q1", "silta:enrol?c=7K3M-9QXA-2B4C&h=https%3A%2F%2Fhub.example%2F",
        "enrolment 7K3M-9QXA-2B4C");
    row("enrolment with the hub's key", QrCode, "]Q1",
        "silta:enrol?c=7K3M-9QXA-2B4C&h=https%3A%2F%2Fhub.example&k=" + QByteArray(43, 'A'),
        "enrolment 7K3M-9QXA-2B4C");
    row("enrolment with half a key", QrCode, "]Q1",
        "silta:enrol?c=7K3M-9QXA-2B4C&h=https%3A%2F%2Fhub.example&k=abc",
        "unknown: an enrolment code with half a key");
    row("enrolment without hub", QrCode, "]Q1", "silta:enrol?c=7K3M-9QXA-2B4C",
        "unknown: an enrolment code without the address of its hub");
    row("enrolment without code", QrCode, "]Q1", "silta:enrol?h=https%3A%2F%2Fhub.example",
        "unknown: an enrolment code that is incomplete");
    row("enrolment at another scheme", QrCode, "]Q1", "silta:enrol?c=7K3M-9QXA-2B4C&h=file%3A%2F%2F%2Fetc",
        "unknown: an enrolment code without the address of its hub");
    row("enrolment typed", Unknown, "", "7K3M-9QXA-2B4C", "enrolment 7K3M-9QXA-2B4C");
    row("enrolment typed as people do", Unknown, "", "7k3m-9qxa-obil", "enrolment 7K3M-9QXA-0B11");
    row("enrolment with U", Unknown, "", "7K3M-9QXA-2B4U", "unknown: text without a product number");

    row("wishlist", QrCode, "]Q1", QByteArray("https://hub.example/w/") + kUuid,
        QByteArray("wishlist ") + kUuid);
    row("wishlist with items", QrCode, "]Q1",
        QByteArray("http://10.0.0.1:8080/w/") + kUuid + "?i=4006381333931", QByteArray("wishlist ") + kUuid);
    row("wishlist without id", QrCode, "]Q1", "https://hub.example/w/", "unknown: a web address");

    row("web address", QrCode, "]Q1", "https://example.com", "unknown: a web address");
    row("Wi-Fi", QrCode, "]Q1", "WIFI:T:WPA;S:shop;P:x;;", "unknown: a Wi-Fi network");
    row("contact", QrCode, "]Q1", "BEGIN:VCARD\nN:A\nEND:VCARD", "unknown: a contact card");
    row("logistics label", DataMatrix, "]d1",
        "[)>\x1e"
        "06^PABC",
        "unknown: a logistics label");
    row("empty", Unknown, "", "", "unknown: empty code");
    row("only an ending", Unknown, "", "\r\n", "unknown: empty code");
    row("only an identifier", Unknown, "", "]Q1", "unknown: empty code");
    row("control bytes", Unknown, "", QByteArray("\x01\x02", 2), "unknown: text with control characters");
    row("NUL inside digits", Unknown, "", QByteArray("400638133393\0001", 14),
        "unknown: text with control characters");
    row("bytes", Unknown, "", "\xff\xfe", "unknown: text or data that is not plain letters and digits");
    row("letters", Unknown, "", "HELLO", "unknown: text without a product number");
}

void TestExplain::explainsCodes() {
    QFETCH(int, symbology);
    QFETCH(QByteArray, aimId);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const ScannedCode code{static_cast<Symbology>(symbology), aimId.toStdString(), bytes.toStdString(),
                           "test"};
    QCOMPARE(written(explain(code, ChainCodes{})), expected);
}

void TestExplain::keepsElementsOfUnknownThings() {
    const auto meaning =
        explain(ScannedCode{Symbology::Code128, "]C1", "00006141411234567890", ""}, ChainCodes{});
    QCOMPARE(meaning.kind, MeaningKind::Unknown);
    QCOMPARE(meaning.elements.size(), std::size_t{1});
    QCOMPARE(meaning.elements[0].ai, std::string("00"));
    QCOMPARE(meaning.elements[0].value, std::string("006141411234567890"));
}

void TestExplain::keepsLinkOfDigitalLink() {
    const std::string uri = "https://id.gs1.org/01/09520123456788?17=261231";
    const auto meaning = explain(ScannedCode{Symbology::QrCode, "]Q1", uri + "\n", ""}, ChainCodes{});
    QCOMPARE(meaning.kind, MeaningKind::DigitalLink);
    QCOMPARE(meaning.uri, uri);
    QCOMPARE(meaning.elements.size(), std::size_t{2});
}

void TestExplain::refusesMoreThanTheLimit() {
    const auto at = [](std::size_t n) {
        return explain(ScannedCode{Symbology::Unknown, "", std::string(n, '7'), ""}, ChainCodes{}).reason;
    };
    QCOMPARE(at(kScanBytesMax + 1), std::string("too long"));
    QVERIFY(at(kScanBytesMax) != "too long");
}

void TestExplain::usesPrefixOfChain() {
    ChainCodes chain;
    chain.memberPrefix = "4111";
    const auto kind = [&](const char* bytes) {
        return explain(ScannedCode{Symbology::Unknown, "", bytes, ""}, chain).kind;
    };
    QCOMPARE(kind("4111111111111111"), MeaningKind::Member);
    QCOMPARE(kind("9246000010000003"), MeaningKind::Unknown);
    chain.memberPrefix.clear();
    QCOMPARE(kind("4111111111111111"), MeaningKind::Unknown);
}

void TestExplain::givesReasonExactlyWhenUnknown() {
    // Every single byte and every pair from an alphabet of troublemakers.
    const std::string alphabet = std::string("\0\x1d\r\n\t]()^%/:?&=+ 019AaEe-\\\xff", 28);
    for (char a : alphabet) {
        for (char b : alphabet) {
            for (char c : alphabet) {
                const auto meaning =
                    explain(ScannedCode{Symbology::Unknown, "", {a, b, c}, ""}, ChainCodes{});
                QCOMPARE(meaning.kind, MeaningKind::Unknown);
                QVERIFY(!meaning.reason.empty());
            }
        }
    }
}

void TestExplain::namesSymbologiesBothWays() {
    for (int i = 0; i <= static_cast<int>(Symbology::Other); ++i) {
        const auto symbology = static_cast<Symbology>(i);
        const auto again = parseSymbology(toString(symbology));
        QVERIFY(again.has_value());
        QCOMPARE(*again, symbology);
    }
    QCOMPARE(*parseSymbology("ean13"), Symbology::Ean13);
    QVERIFY(!parseSymbology(""));
    QVERIFY(!parseSymbology("EAN-14"));
}

QTEST_APPLESS_MAIN(TestExplain)
#include "tst_explain.moc"
