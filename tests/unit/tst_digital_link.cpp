#include "scan/digital_link.h"

#include <QtTest>

using namespace silta;
using namespace silta::gs1;

class TestDigitalLink : public QObject {
    Q_OBJECT

private slots:
    void readsLinks_data();
    void readsLinks();
    void decodesPercentSequences_data();
    void decodesPercentSequences();
    void refusesTooManyElements();
};

void TestDigitalLink::readsLinks_data() {
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* uri, const char* expected) {
        QTest::newRow(name) << QByteArray(uri) << QByteArray(expected);
    };
    row("plain", "https://id.gs1.org/01/09520123456788", "01=09520123456788");
    row("scheme in capitals", "HTTPS://ID.GS1.ORG/01/09520123456788", "01=09520123456788");
    row("path in front", "http://example.com/a/b/01/09520123456788", "01=09520123456788");
    row("13 digits", "https://example.com/01/9520123456788", "01=09520123456788");
    row("8 digits", "https://example.com/01/02345673", "01=00000002345673");
    row("qualifiers", "https://example.com/01/09520123456788/22/A/10/B/21/C",
        "01=09520123456788 22=A 10=B 21=C");
    row("escaped", "https://example.com/01/09520123456788/10/A%2FB", "01=09520123456788 10=A/B");
    row("attributes", "https://example.com/01/09520123456788?17=261231&utm=x&y",
        "01=09520123456788 17=261231");
    row("serial that looks like a key", "https://example.com/01/09520123456788/21/01",
        "01=09520123456788 21=01");
    row("rightmost key", "https://example.com/01/12312312312333/01/09520123456788", "01=09520123456788");
    row("port and fragment", "https://example.com:8443/01/09520123456788#x", "01=09520123456788");
    row("another key", "https://example.com/00/006141411234567890", "00=006141411234567890");
    row("no path", "https://example.com", "not-found");
    row("no key", "https://example.com/about/us", "not-found");
    row("not the web", "ftp://example.com/01/09520123456788", "not-found");
    row("alias of before 1.3", "https://example.com/gtin/09520123456788", "not-found");
    row("check digit", "https://example.com/01/09520123456789", "invalid");
    row("10 digits", "https://example.com/01/0952012345", "invalid");
    row("qualifiers in wrong order", "https://example.com/01/09520123456788/21/C/10/B", "invalid");
    row("not a qualifier", "https://example.com/01/09520123456788/99/C", "invalid");
    row("trailing slash", "https://example.com/01/09520123456788/10/", "invalid");
    row("qualifier in the query", "https://example.com/01/09520123456788?10=ABC", "invalid");
    row("unknown identifier in the query", "https://example.com/01/09520123456788?999=ABC", "invalid");
    row("twice", "https://example.com/01/09520123456788?17=261231&17=261231", "invalid");
    row("empty segments behind a key without qualifiers", "https://example.com/00/006141411234567890//x",
        "invalid");
    row("user name", "https://shop.example@evil.example/01/09520123456788", "invalid");
    row("no host", "https:///01/09520123456788", "invalid");
    row("space", "https://example.com/01/09520123456788 ", "invalid");
    row("NUL", "https://example.com/01/09520123456788?99=A%00", "invalid");
}

void TestDigitalLink::readsLinks() {
    QFETCH(QByteArray, uri);
    QFETCH(QByteArray, expected);
    const auto link = parseDigitalLink(uri.toStdString());
    if (!link) {
        QCOMPARE(QByteArray(toString(link.error().code)), expected);
        return;
    }
    std::string text;
    for (const auto& element : link->elements)
        text += (text.empty() ? "" : " ") + element.ai + "=" + element.value;
    QCOMPARE(QByteArray::fromStdString(text), expected);
}

void TestDigitalLink::decodesPercentSequences_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("space") << QByteArray("a%20b") << QByteArray("a b");
    QTest::newRow("both cases") << QByteArray("%fF") << QByteArray("\xff");
    QTest::newRow("not hexadecimal") << QByteArray("%4g") << QByteArray("%4g");
    QTest::newRow("cut off") << QByteArray("a%4") << QByteArray("a%4");
    QTest::newRow("lone percent") << QByteArray("%") << QByteArray("%");
    QTest::newRow("decoded once") << QByteArray("%2541") << QByteArray("%41");
}

void TestDigitalLink::decodesPercentSequences() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(percentDecode(text.toStdString())), expected);
}

void TestDigitalLink::refusesTooManyElements() {
    std::string uri = "https://example.com/01/09520123456788?99=A";
    for (int ai = 3100; ai < 3700; ai += 10) {
        for (int i = 0; i < 6; ++i)
            uri += "&" + std::to_string(ai + i) + "=000001";
    }
    QVERIFY(!parseDigitalLink(uri));
}

QTEST_APPLESS_MAIN(TestDigitalLink)
#include "tst_digital_link.moc"
