// How silta-till starts with a printer's place that cannot be: it does not, and says why.
#include "e2e/station.h"

#include <QTest>

using namespace silta::test;

class TestTillStart : public QObject {
    Q_OBJECT

private slots:
    void refusesAPrinterThatCannotBe_data() {
        QTest::addColumn<QString>("printer");
        QTest::addColumn<bool>("isSound");
        QTest::newRow("in the network") << "tcp:127.0.0.1" << true;
        QTest::newRow("by USB") << "usb:/dev/usb/lp0" << true;
        QTest::newRow("by cable") << "serial:/dev/ttyS0:9600" << true;
        QTest::newRow("another kind") << "lpt:/dev/lp0" << false;
        QTest::newRow("no kind") << "192.168.10.9" << false;
        QTest::newRow("a name") << "tcp:printer.lan" << false;
        QTest::newRow("another port") << "tcp:127.0.0.1:65536" << false;
        QTest::newRow("no device") << "usb:/etc/passwd" << false;
        QTest::newRow("out of /dev") << "usb:/dev/../etc/passwd" << false;
        QTest::newRow("another speed") << "serial:/dev/ttyS0:12345" << false;
    }
    void refusesAPrinterThatCannotBe() {
        QFETCH(QString, printer);
        QFETCH(bool, isSound);
        const Station station(SILTA_BIN);
        // Nobody has this address here: with a good printer it stops at the next thing, and always ends.
        station.write("till.toml", "listen = ['192.0.2.1:8443']\nstate_folder = '" + station.path("till") +
                                       "'\nprinter = '" + printer.toStdString() + "'\n");
        const auto ended = station.run("silta-till", {"--config", station.path("till.toml")});
        QVERIFY(ended.status > 0);
        const bool isNamed = ended.err.find("read printer: expected tcp:ADDRESS[:PORT], usb:/dev/… or "
                                            "serial:/dev/…:BAUD") != std::string::npos;
        QVERIFY2(isNamed != isSound, ended.err.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTillStart)
#include "tst_till_start.moc"
