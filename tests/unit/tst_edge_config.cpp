#include "edge/config.h"
#include "network/render.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace silta;

class TestEdgeConfig : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QByteArray write(const char* name, const QByteArray& text) const {
        const auto path = folder_.path() + "/" + name;
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) return {};
        file.write(text);
        return path.toUtf8();
    }
    Result<EdgeConfig> load(const QByteArray& text) const {
        return loadEdgeConfig(write("edge.toml", text).toStdString());
    }

private slots:
    void readsEverySetting() {
        const auto join =
            write("join.toml", "url = 'http://wifi.example'\nwifi_name = 'Silta'\nwifi_password = 'a;b'\n");
        const auto config = load("state_folder = '/a'\ncatalog_folder = '/b'\nsocket_folder = '/c'\n"
                                 "hub_url = 'https://hub.example'\nhub_ca_file = '/ca.pem'\n"
                                 "kiosk_users = ['kiosk']\nadmin_users = ['pi', 'ops']\npull_seconds = 60\n"
                                 "portal_users = ['silta-portal']\nguest_network = '" +
                                 join +
                                 "'\n"
                                 "chain_name = 'Silta'\ncompany_name = 'Silta Oy'\n"
                                 "contact_email = 'privacy@silta.example'\nlanguage = 'sv'\n"
                                 "guests_when_open = true\nvoucher_minutes = 45\nupdate_kilobytes = 16\n"
                                 "update_window = '23:30-00:30'\n");
        QVERIFY2(config.has_value(), config ? "" : config.error().what.c_str());
        QCOMPARE(config->stateFolder, std::string("/a"));
        QCOMPARE(config->updateWindow.fromMinute, 23 * 60 + 30);
        QCOMPARE(config->updateWindow.toMinute, 30);
        QCOMPARE(config->hubUrl, std::string("https://hub.example"));
        QCOMPARE(config->adminUsers.size(), std::size_t(2));
        QCOMPARE(config->pullSeconds, 60);
        QCOMPARE(config->portalUsers, std::vector<std::string>{"silta-portal"});
        QCOMPARE(config->portalUrl, std::string("http://wifi.example"));
        QCOMPARE(config->wifiName, std::string("Silta"));
        QCOMPARE(config->wifiPassword, std::string("a;b"));
        QVERIFY(config->guestsWhenOpen);
        QCOMPARE(config->voucherMinutes, 45);
        QCOMPARE(config->updateKilobytes, 16);
        QCOMPARE(config->companyName, std::string("Silta Oy"));
        QCOMPARE(config->language, std::string("sv"));
    }

    void namesWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("unknown key") << QByteArray("\nstate_foldr = '/a'")
                                     << QByteArray("line 2, state_foldr");
        QTest::newRow("wrong type") << QByteArray("state_folder = 7") << QByteArray("expected a text");
        QTest::newRow("out of range") << QByteArray("pull_seconds = 0") << QByteArray("expected 1 to 3600");
        QTest::newRow("not a list") << QByteArray("kiosk_users = 'kiosk'")
                                    << QByteArray("list of user names");
        QTest::newRow("language") << QByteArray("language = 'fin'")
                                  << QByteArray("expected en, fi, sv or pl");
        QTest::newRow("portal users") << QByteArray("portal_users = [1]") << QByteArray("list of user names");
        QTest::newRow("guest network")
            << QByteArray("guest_network = 1") << QByteArray("expected the path of its join.toml");
        QTest::newRow("hours") << QByteArray("guests_when_open = 1") << QByteArray("expected true or false");
        for (const auto* minutes : {"0", "1441", "'45'"})
            QTest::newRow(minutes) << QByteArray("voucher_minutes = ") + minutes
                                   << QByteArray("expected 1 to 1440");
        for (const auto* kilobytes : {"15", "100001", "'512'"})
            QTest::newRow(kilobytes) << QByteArray("update_kilobytes = ") + kilobytes
                                     << QByteArray("expected 16 to 100000");
        for (const auto* window : {"'03:00'", "'03:00-03:59'", "'03:00-03:00'", "'24:00-02:00'",
                                   "'3:00-5:00'", "'03:60-05:00'", "'-1:00-05:00'", "'03:00-05:000'", "3"})
            QTest::newRow(window) << QByteArray("update_window = ") + window
                                  << QByteArray("expected HH:MM-HH:MM, an hour or more");
        QTest::newRow("syntax") << QByteArray("state_folder = ") << QByteArray("line 1");
    }
    void namesWhatIsWrong() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const auto config = load(text);
        QVERIFY(!config);
        QCOMPARE(config.error().code, Errc::Invalid);
        QVERIFY2(QByteArray::fromStdString(config.error().what).contains(words), config.error().what.c_str());
    }

    // Whoever keeps the journal has to start.
    void startsWithoutAGuestNetworkThatItCannotRead() {
        for (const auto& path : {QByteArray("/nonexistent.toml"), write("1.toml", "url = 'wifi.example/?a='"),
                                 write("2.toml", "ssid = 'x'"), write("4.toml", "wifi_name = ''"),
                                 write("5.toml", "wifi_name = '" + QByteArray(33, 'x') + "'"),
                                 write("6.toml", "wifi_password = '" + QByteArray(64, 'x') + "'"),
                                 write("3.toml", "url = "), folder_.path().toUtf8()}) {
            const auto config = load("guest_network = '" + path + "'\nlanguage = 'fi'\n");
            QVERIFY2(config.has_value(), path);
            QVERIFY2(config->portalUrl.empty() && config->wifiName.empty(), path);
            QCOMPARE(config->language, std::string("fi"));
        }
    }

    void readsWhatTheNetworkHasRendered() {
        auto network = network::loadNetworkConfig(SILTA_SOURCE_DIR "/deploy/network/store-wifi.toml");
        QVERIFY(network && network->wifi);
        network->wifi->security = network::Security::Wpa3;
        network->wifi->password = "let;me in";
        const auto files = network::renderNetwork(*network, "/etc/silta/network");
        QVERIFY(files);
        const auto join = std::ranges::find(*files, "join.toml", &network::RenderedFile::name);
        QVERIFY(join != files->end());
        QCOMPARE(join->mode, 0644U); // silta-edge is not root
        const auto path = write("join.toml", QByteArray::fromStdString(join->text));
        const auto config = load("guest_network = '" + path + "'");
        QVERIFY(config);
        QCOMPARE(config->portalUrl, std::string("http://10.77.0.1"));
        QCOMPARE(config->wifiName, network->wifi->name);
        QCOMPARE(config->wifiPassword, std::string("let;me in")); // the kiosk shows it to whoever asks
    }

    void refusesMissingAndHugeFiles() {
        QCOMPARE(loadEdgeConfig("/nonexistent.toml").error().code, Errc::NotFound);
        QCOMPARE(load(QByteArray(100'000, '#')).error().code, Errc::Limit);
    }
};

QTEST_APPLESS_MAIN(TestEdgeConfig)
#include "tst_edge_config.moc"
