#include "portal/config.h"

#include <QTest>

using namespace silta;
using namespace silta::portal;

class TestPortalConfig : public QObject {
    Q_OBJECT

private slots:
    void readsTheExample() {
        const auto config = loadPortalConfig(std::string(SILTA_SOURCE_DIR) + "/deploy/portal.toml");
        QVERIFY2(config.has_value(), config ? "" : config.error().what.c_str());
        QCOMPARE(config->ways.size(), std::size_t(4));
        QVERIFY(config->ways[1].kind == WayKind::Loyalty);
        QCOMPARE(config->ways[1].minutes, 480);
        QCOMPARE(config->quotaBytes, std::uint64_t(2'000'000'000));
        QCOMPARE(config->rateClass, 1U);
        QCOMPARE(config->extensionsMax, 1);
        QVERIFY(!config->onlyWhenOpen);
    }

    void refusesWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* text, const char* words) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(words);
        };
        row("colour = 1", "line 1, colour: no such setting");
        row("\nidle_minutes = 0", "line 2, idle_minutes: expected 1 to 1440");
        row("idle_minutes = \"ten\"", "expected 1 to 1440");
        row("devices_per_person = 101", "expected 1 to 100");
        row("extend_minutes = 61", "expected 0 to 60");
        row("cookie_days = -1", "expected 0 to 365");
        row("rate_class = 4", "expected 0 to 3");
        row("quota_megabytes = -1", "expected 0 to 1000000");
        row("ways = {}", "expected at least one way");
        row("ways = { magic = 3 }", "no such way to sign in");
        row("ways = { email = 0 }", "expected 1 to 1440");
        row("ways = 3", "expected at least one way");
        row("url = \"http://host/path\"", "no path");
        row("url = \"ftp://host\"", "expected http://");
        row("url = \"http://Host\"", "in lower case");
        row("venue_url = \"http://x\"", "expected an https:// address");
        row("only_when_open = 1", "expected true or false");
        row("database = \"\"", "expected a text");
        row("listen = \"x\"", "expected a list");
        row("listen_tls = [\"10.0.0.1:8443\"]", "needs certificate and key");
        row("a = [", "line 1");
    }
    void refusesWhatIsWrong() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const auto config = parsePortalConfig(text.toStdString());
        QVERIFY(!config);
        QVERIFY2(config.error().what.find(words.toStdString()) != std::string::npos,
                 config.error().what.c_str());
    }

    void refusesWhatIsNotThereOrTooLong() {
        QVERIFY(loadPortalConfig("/no/such/file").error().code == Errc::NotFound);
        QVERIFY(parsePortalConfig(std::string(70'000, '#')).error().code == Errc::Limit);
    }
};

QTEST_APPLESS_MAIN(TestPortalConfig)
#include "tst_portal_config.moc"
