#include "drivers/serial_scanner.h"
#include "support/code_collector.h"
#include "support/pty_line.h"

#include <QtTest>

using namespace silta;
using namespace silta::drivers;
using silta::test::CodeCollector;
using silta::test::PtyLine;

class TestSerialScanner : public QObject {
    Q_OBJECT

private slots:
    void readsCodesEndedBySuffix();
    void readsCodesEndedByPause();
    void passesBytesUnchanged();
    void dropsTooLongCodes();
    void tellsOnceThatItIsUnpluggedAndComesBack();
    void refusesBadDevices();
};

void TestSerialScanner::readsCodesEndedBySuffix() {
    QTemporaryDir folder;
    const PtyLine line(folder.filePath("tty"));
    CodeCollector seen;
    SerialScanner scanner(SerialConfig{folder.filePath("tty").toStdString(), 115'200, 60'000, 10});
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    line.send("4006381333931\r\n9638");
    line.send("5074\r");
    QTRY_COMPARE(seen.count(), std::size_t{2});
    QCOMPARE(seen.codes()[0].bytes, std::string("4006381333931"));
    QCOMPARE(seen.codes()[1].bytes, std::string("96385074"));
    QCOMPARE(seen.codes()[0].source, scanner.name());
}

void TestSerialScanner::readsCodesEndedByPause() {
    QTemporaryDir folder;
    const PtyLine line(folder.filePath("tty"));
    CodeCollector seen;
    SerialScanner scanner(SerialConfig{folder.filePath("tty").toStdString(), 9'600, 30, 10});
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    line.send("4006381333931");
    QTRY_COMPARE(seen.count(), std::size_t{1});
    line.send("96385074");
    QTRY_COMPARE(seen.count(), std::size_t{2});
    QCOMPARE(seen.last(), std::string("96385074"));
}

void TestSerialScanner::passesBytesUnchanged() {
    QTemporaryDir folder;
    const PtyLine line(folder.filePath("tty"));
    CodeCollector seen;
    SerialScanner scanner(SerialConfig{folder.filePath("tty").toStdString(), 9'600, 60'000, 10});
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    // What a terminal would take for itself: interrupt, end, stop, erase; and bytes above 127.
    const std::string bytes = "]C1\x1d\x03\x04\x13\x11\x7f\x1a\xc3\xa4\xff";
    line.send(bytes + "\n");
    QTRY_COMPARE(seen.count(), std::size_t{1});
    QCOMPARE(seen.last(), bytes);
}

void TestSerialScanner::dropsTooLongCodes() {
    QTemporaryDir folder;
    const PtyLine line(folder.filePath("tty"));
    CodeCollector seen;
    SerialScanner scanner(SerialConfig{folder.filePath("tty").toStdString(), 9'600, 60'000, 10});
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    for (int i = 0; i < 5; ++i)
        line.send(std::string(1'000, '7'));
    line.send("\nnext\n");
    QTRY_COMPARE(seen.last(), std::string("next"));
    QCOMPARE(seen.count(), std::size_t{1});
}

void TestSerialScanner::tellsOnceThatItIsUnpluggedAndComesBack() {
    QTemporaryDir folder;
    PtyLine line(folder.filePath("tty"));
    CodeCollector seen;
    SerialScanner scanner(SerialConfig{folder.filePath("tty").toStdString(), 9'600, 60'000, 10});
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    line.send("half a co");
    line.send("de\nhalf");
    QTRY_COMPARE(seen.count(), std::size_t{1});
    line.unplug();
    QTRY_COMPARE(seen.faultCount(), std::size_t{1});
    QCOMPARE(seen.recoveryCount(), std::size_t{0});
    line.plugIn();
    line.send("whole\n");
    QTRY_COMPARE(seen.count(), std::size_t{2});
    QCOMPARE(seen.last(), std::string("whole"));
    QCOMPARE(seen.faultCount(), std::size_t{1});
    QCOMPARE(seen.recoveryCount(), std::size_t{1});
}

void TestSerialScanner::refusesBadDevices() {
    QTemporaryDir folder;
    CodeCollector seen;
    const auto codeOf = [&](const std::string& path, int baud) {
        SerialScanner scanner(SerialConfig{path, baud, 60, 10});
        const auto started = scanner.start(seen.onCode(), seen.onFault());
        return started ? Errc::Internal : started.error().code;
    };
    QCOMPARE(codeOf(folder.filePath("none").toStdString(), 9'600), Errc::NotFound);
    QCOMPARE(codeOf("/dev/null", 9'600), Errc::Unsupported);
    const PtyLine line(folder.filePath("tty"));
    QCOMPARE(codeOf(folder.filePath("tty").toStdString(), 12'345), Errc::Unsupported);
}

QTEST_GUILESS_MAIN(TestSerialScanner)
#include "tst_serial_scanner.moc"
