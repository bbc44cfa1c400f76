#include "drivers/sim_line.h"

#include <QtTest>

using namespace silta;
using namespace silta::drivers;

class TestSimLine : public QObject {
    Q_OBJECT

private slots:
    void readsLines_data();
    void readsLines();
    void refusesEmptyAndTooLong();
};

void TestSimLine::readsLines_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("symbology");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const char* line, Symbology symbology, const char* bytes) {
        QTest::newRow(name) << QByteArray(line) << static_cast<int>(symbology) << QByteArray(bytes);
    };
    row("plain", "4006381333931", Symbology::Unknown, "4006381333931");
    row("symbology", "EAN-13\t4006381333931", Symbology::Ean13, "4006381333931");
    row("symbology as people type", "qr code\thttp://x", Symbology::QrCode, "http://x");
    row("no such symbology", "ABC\t123", Symbology::Unknown, "ABC\t123");
    row("FNC1", "]C10109521234543213\\x1d10A", Symbology::Unknown,
        "]C10109521234543213\x1d"
        "10A");
    row("upper case", "a\\x1Db", Symbology::Unknown,
        "a\x1d"
        "b");
    row("backslash", "a\\\\x1db", Symbology::Unknown, "a\\x1db");
    row("other backslash", "a\\nb\\", Symbology::Unknown, "a\\nb\\");
    row("cut off escape", "a\\x1", Symbology::Unknown, "a\\x1");
    row("not hexadecimal", "a\\xzz", Symbology::Unknown, "a\\xzz");
}

void TestSimLine::readsLines() {
    QFETCH(QByteArray, line);
    QFETCH(int, symbology);
    QFETCH(QByteArray, bytes);
    const auto code = parseSimLine(line.toStdString());
    QVERIFY(code.has_value());
    QCOMPARE(static_cast<int>(code->symbology), symbology);
    QCOMPARE(QByteArray::fromStdString(code->bytes), bytes);
    QCOMPARE(code->source, std::string("simulated"));
}

void TestSimLine::refusesEmptyAndTooLong() {
    QVERIFY(!parseSimLine(""));
    QVERIFY(!parseSimLine("EAN-13\t"));
    QVERIFY(parseSimLine(std::string(kScanBytesMax, '1')));
    QVERIFY(!parseSimLine(std::string(kScanBytesMax + 1, '1')));
}

QTEST_APPLESS_MAIN(TestSimLine)
#include "tst_sim_line.moc"
