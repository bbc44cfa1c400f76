#include "scan/ai_table.h"
#include "scan/ai_value.h"
#include "scan/element_string.h"

#include <QtTest>

using namespace silta;
using namespace silta::gs1;

namespace {

/// "01=09521234543213 10=ABC", or "error: …".
QByteArray written(const Result<std::vector<Gs1Element>>& parsed) {
    if (!parsed) return "error";
    std::string text;
    for (const auto& element : *parsed)
        text += (text.empty() ? "" : " ") + element.ai + "=" + element.value;
    return QByteArray::fromStdString(text);
}

} // namespace

class TestElementString : public QObject {
    Q_OBJECT

private slots:
    void splitsElements_data();
    void splitsElements();
    void splitsBracketedElements_data();
    void splitsBracketedElements();
    void checksValues_data();
    void checksValues();
    void refusesTooManyElements();
    void findsEveryIdentifierOnce();
};

void TestElementString::splitsElements_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text).replace('^', '\x1d') << QByteArray(expected);
    };
    row("gtin alone", "0109521234543213", "01=09521234543213");
    row("leading FNC1", "^0109521234543213", "01=09521234543213");
    row("fixed then variable", "01095212345432131726123110ABC", "01=09521234543213 17=261231 10=ABC");
    row("variable ended by FNC1", "010952123454321310ABC^21X", "01=09521234543213 10=ABC 21=X");
    row("trailing FNC1", "010952123454321310ABC^", "01=09521234543213 10=ABC");
    row("needless FNC1 after a fixed one", "0109521234543213^10ABC", "01=09521234543213 10=ABC");
    row("weight", "01095212345432133103000195", "01=09521234543213 3103=000195");
    row("four digit identifier", "01095212345432133103000195392501234^17261200",
        "01=09521234543213 3103=000195 3925=01234 17=261200");
    row("price by weight without a weight", "0109521234543213392501234", "error");
    row("empty", "", "error");
    row("only FNC1", "^", "error");
    row("doubled FNC1", "0109521234543213^^10ABC", "error");
    row("check digit", "0109521234543214", "error");
    row("too short", "010952123454321", "error");
    row("FNC1 inside a fixed value", "010952123454^3213", "error");
    row("unknown identifier", "0109521234543213891", "error");
    row("half an identifier", "01095212345432133", "error");
    row("identifier without value", "010952123454321310", "error");
    row("no such day", "010952123454321317261332", "error");
    row("same twice", "010952123454321310ABC^10ABC", "01=09521234543213 10=ABC 10=ABC");
    row("same twice, other value", "010952123454321310ABC^10ABD", "error");
    row("gtin beside content", "010952123454321302095212345432133712", "error");
    row("batch of nothing", "10ABC", "error");
}

void TestElementString::splitsElements() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(written(parseElementString(text.toStdString())), expected);
}

void TestElementString::splitsBracketedElements_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("three") << QByteArray("(01)09521234543213(17)261231(10)ABC")
                           << QByteArray("01=09521234543213 17=261231 10=ABC");
    QTest::newRow("bracket in value")
        << QByteArray("(01)09521234543213(10)A\\(B)") << QByteArray("01=09521234543213 10=A(B)");
    QTest::newRow("no brackets") << QByteArray("0109521234543213") << QByteArray("error");
    QTest::newRow("not closed") << QByteArray("(01") << QByteArray("error");
    QTest::newRow("empty identifier") << QByteArray("()09521234543213") << QByteArray("error");
    QTest::newRow("empty value") << QByteArray("(01)09521234543213(10)") << QByteArray("error");
    QTest::newRow("empty") << QByteArray() << QByteArray("error");
    QTest::newRow("range is not an identifier") << QByteArray("(3100-3105)123456") << QByteArray("error");
}

void TestElementString::splitsBracketedElements() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(written(parseBracketed(text.toStdString())), expected);
}

void TestElementString::checksValues_data() {
    QTest::addColumn<QByteArray>("ai");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char* ai, const char* value, bool valid) {
        QTest::newRow(qPrintable(QString("%1 %2").arg(ai, value)))
            << QByteArray(ai) << QByteArray(value) << valid;
    };
    row("00", "006141411234567890", true);
    row("00", "006141411234567891", false);
    row("17", "240229", true);
    row("17", "230229", false);
    row("17", "230200", true);
    row("7003", "2302280960", false);
    row("7003", "2302282359", true);
    row("414", "9521321000010", false);
    row("8003", "01234567890128X", true);
    row("8003", "11234567890128X", false);
    row("8006", "123456789012310512", true);
    row("8006", "123456789012311105", false);
    row("8013", "1987654Ad4X4bL5ttr2310c2K", true);
    row("8013", "1987654Ad4X4bL5ttr2310c2X", false);
    row("8007", "FR7630006000011234567890189", true);
    row("8007", "FR7630006000011234567890188", false);
    row("8011", "012", false);
    row("8011", "12", true);
    row("10", "ABC~", false);
    row("10", "123456789012345678901", false);
    row("10", "12345678901234567890", true);
    row("8010", "1234abc", false);
    row("8010", "1234ABC", true);
    row("4321", "2", false);
    row("4330", "000123-", true);
    row("4330", "000123+", false);
    row("4309", "02790858480000000000", true);
    row("4309", "18000000010000000000", false);
    row("7258", "2/3", true);
    row("7258", "3/2", false);
    row("4300", "A%2", false);
    row("4300", "A%20B", true);
}

void TestElementString::checksValues() {
    QFETCH(QByteArray, ai);
    QFETCH(QByteArray, value);
    QFETCH(bool, valid);
    const auto* row = findAi(ai.toStdString());
    QVERIFY(row != nullptr);
    const auto why = checkValue(*row, value.toStdString());
    QVERIFY2(why.empty() == valid, why.c_str());
}

void TestElementString::refusesTooManyElements() {
    std::string text = "0109521234543213";
    for (std::size_t i = 0; i <= kElementsMax; ++i)
        text += "17261231";
    const auto parsed = parseElementString(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, Errc::Limit);
}

void TestElementString::findsEveryIdentifierOnce() {
    int found = 0;
    for (int number = 0; number < 10'000; ++number) {
        const auto ai = QString::number(number).rightJustified(4, '0').toStdString();
        int fits = 0;
        for (std::size_t n = 2; n <= kAiDigitsMax; ++n)
            fits += findAi(ai.substr(0, n)) != nullptr ? 1 : 0;
        QVERIFY2(fits <= 1, ai.c_str()); // prefix-free, else a code could be split in two ways
        std::size_t digits = 0;
        QCOMPARE(findAiPrefix(ai, digits) != nullptr, fits == 1);
        found += fits;
    }
    QVERIFY(found > 2'500); // counted as four digits, so 01 is found a hundred times
    QVERIFY(findAi("3106") == nullptr);
    QVERIFY(findAi("") == nullptr);
    QVERIFY(findAi("01 ") == nullptr);
}

QTEST_APPLESS_MAIN(TestElementString)
#include "tst_element_string.moc"
