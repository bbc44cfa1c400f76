#include "drivers/camera_scanner.h"
#include "drivers/scanner_factory.h"
#include "support/code_collector.h"

#include <QtTest>

using namespace silta;
using namespace silta::drivers;

class TestScannerFactory : public QObject {
    Q_OBJECT

private slots:
    void makesEachKind_data();
    void makesEachKind();
    void refusesBadSpecs_data();
    void refusesBadSpecs();
    void cameraSaysWhenThereIsNone();
    void videoSaysWhenThereIsNone();
};

void TestScannerFactory::makesEachKind_data() {
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("camera") << QByteArray("camera") << QByteArray("camera");
    QTest::newRow("camera by id") << QByteArray("camera:/dev/video0") << QByteArray("camera");
    QTest::newRow("video") << QByteArray("video:/tmp/x.mp4") << QByteArray("video:/tmp/x.mp4");
    QTest::newRow("images") << QByteArray("images:/tmp/x") << QByteArray("images:/tmp/x");
    QTest::newRow("serial") << QByteArray("serial:/dev/ttyACM0") << QByteArray("serial:/dev/ttyACM0");
    QTest::newRow("serial with rate")
        << QByteArray("serial:/dev/ttyACM0@115200") << QByteArray("serial:/dev/ttyACM0");
    QTest::newRow("evdev") << QByteArray("evdev:/dev/input/event5") << QByteArray("keyboard");
    QTest::newRow("socket") << QByteArray("socket:/run/x.sock") << QByteArray("simulated");
    QTest::newRow("fifo") << QByteArray("fifo:/run/x") << QByteArray("simulated");
}

void TestScannerFactory::makesEachKind() {
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, name);
    const auto scanner = makeScanner(spec.toStdString());
    QVERIFY2(scanner.has_value(), scanner ? "" : scanner.error().what.c_str());
    QCOMPARE(QByteArray::fromStdString((*scanner)->name()), name);
}

void TestScannerFactory::refusesBadSpecs_data() {
    QTest::addColumn<QByteArray>("spec");
    for (const char* spec :
         {"", ":", "laser", "laser:/dev/x", "camera:", "video:", "video:x.mp4", "images",
          "images:", "images:relative", "serial:", "serial:/dev/ttyACM0@", "serial:/dev/ttyACM0@9601",
          "serial:/dev/ttyACM0@9600x", "serial:@9600", "socket:", "CAMERA"})
        QTest::newRow(spec) << QByteArray(spec);
}

void TestScannerFactory::refusesBadSpecs() {
    QFETCH(QByteArray, spec);
    const auto scanner = makeScanner(spec.toStdString());
    QVERIFY(!scanner);
    QCOMPARE(scanner.error().code, Errc::Invalid);
    QVERIFY(QByteArray::fromStdString(scanner.error().what).contains("\"" + spec + "\""));
}

void TestScannerFactory::cameraSaysWhenThereIsNone() {
    const SystemClock clock;
    test::CodeCollector seen;
    CameraScanner scanner(CameraConfig{"no-such-camera"}, clock);
    for (int round = 0; round < 2; ++round) {
        const auto started = scanner.start(seen.onCode(), seen.onFault());
        QVERIFY(!started);
        QCOMPARE(started.error().code, Errc::NotFound);
    }
    scanner.stop();
}

void TestScannerFactory::videoSaysWhenThereIsNone() {
    auto scanner = makeScanner("video:/nonexistent/hand.y4m");
    QVERIFY(scanner.has_value());
    test::CodeCollector seen;
    const auto started = (*scanner)->start(seen.onCode(), seen.onFault());
    QVERIFY(!started);
    QCOMPARE(started.error().code, Errc::NotFound);
    (*scanner)->stop();
}

QTEST_GUILESS_MAIN(TestScannerFactory)
#include "tst_scanner_factory.moc"
