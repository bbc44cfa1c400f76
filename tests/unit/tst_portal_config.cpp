#include "network/render.h"
#include "portal/config.h"

#include <QFile>
#include <QTest>

using namespace silta;
using namespace silta::portal;

namespace {

constexpr const char* kNetwork =
    "guest_interface = 'guests0'\nlisten = ['10.0.0.1:8080']\n"
    "listen_tls = ['10.0.0.1:8443']\nurl = 'http://10.0.0.1'\nrate_classes = 2\n";
constexpr const char* kCertificate = "certificate = '/c.pem'\nkey = '/k.pem'\n";

std::string load(const std::string& path) {
    QFile file(QString::fromStdString(SILTA_SOURCE_DIR + path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// As siltactl renders it.
std::string networkOf(const std::string& example) {
    const auto config = network::parseNetworkConfig(load("/deploy/network/" + example));
    return config ? network::renderPortal(*config) : std::string();
}

} // namespace

class TestPortalConfig : public QObject {
    Q_OBJECT

private slots:
    void readsTheExampleBesideANetwork() {
        const auto config = parsePortalConfig(load("/deploy/portal.toml"), networkOf("store-wifi.toml"));
        QVERIFY2(config.has_value(), config ? "" : config.error().what.c_str());
        QCOMPARE(config->ways.size(), std::size_t(4));
        QVERIFY(config->ways[1].kind == WayKind::Loyalty);
        QCOMPARE(config->ways[1].minutes, 480);
        QCOMPARE(config->quotaBytes, std::uint64_t(2'000'000'000));
        QCOMPARE(config->rateClass, 1U);
        QCOMPARE(config->extensionsMax, 1);
        QVERIFY(!config->onlyWhenOpen);
        QCOMPARE(config->guestInterface, std::string("wlan0"));
        const std::vector<std::string> plain = {"10.77.0.1:8080", "[fd5a:51:7a:1::1]:8080"};
        QCOMPARE(config->listen, plain);
        QVERIFY(config->listenTls.empty()); // no certificate
        QCOMPARE(config->url, std::string("http://10.77.0.1"));
        QVERIFY(parsePortalConfig(load("/deploy/portal.toml"), networkOf("access-points.toml")));
    }

    void listensWithACertificateUnderItsName() {
        const auto config = parsePortalConfig(kCertificate, networkOf("store-owe.toml"));
        QVERIFY2(config.has_value(), config ? "" : config.error().what.c_str());
        const std::vector<std::string> secure = {"10.77.0.1:8443", "[fd5a:51:7a:1::1]:8443"};
        QCOMPARE(config->listenTls, secure);
        QCOMPARE(config->url, std::string("https://wifi.example.com"));
        QCOMPARE(config->hosts, std::vector<std::string>{"wifi.example.com"});
        QCOMPARE(config->apiPath, std::string("/captive-portal/api"));
    }

    void refusesTwoThatDoNotAgree_data() {
        QTest::addColumn<QByteArray>("store");
        QTest::addColumn<QByteArray>("network");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const std::string& store, const std::string& network,
                            const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(store) << QByteArray::fromStdString(network)
                                << QByteArray(words);
        };
        row("https without a certificate", "", networkOf("store-owe.toml"),
            "the network says https://wifi.example.com, which needs certificate and key");
        row("a speed that is not there", "rate_class = 3", kNetwork,
            "rate_class is 3, and the network has 2");
        row("half a certificate", "key = '/k.pem'", kNetwork, "certificate and key belong together");
        row("a port in the store's", "listen = ['10.0.0.1:80']", kNetwork,
            "line 1, listen: stands in the network's file, and only there");
        row("a name in the store's", "\nurl = 'http://a.example'", kNetwork,
            "line 2, url: stands in the network's file, and only there");
        row("a way in the network's", "", std::string(kNetwork) + "ways = { terms = 1 }",
            "line 6, ways: no such setting of the network");
        row("no network", "", "", "the network's file lacks guest_interface, listen or url");
        row("an address with a path", "", "url = 'http://host/path'", "no path");
        row("another scheme", "", "url = 'ftp://host'", "expected http://");
        row("capitals", "", "url = 'http://Host'", "in lower case");
        row("listen is a text", "", "listen = 'x'", "expected a list");
        row("no path of the interface for devices", "", "api_path = 'x'", "expected a path");
        row("no interface", "", "guest_interface = ''", "expected a text");
        row("many speeds", "", "rate_classes = 4", "expected 0 to 3");
    }
    void refusesTwoThatDoNotAgree() {
        QFETCH(QByteArray, store);
        QFETCH(QByteArray, network);
        QFETCH(QByteArray, words);
        const auto config = parsePortalConfig(store.toStdString(), network.toStdString());
        QVERIFY(!config);
        QVERIFY2(config.error().what.find(words.toStdString()) != std::string::npos,
                 config.error().what.c_str());
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
        row("venue_url = \"http://x\"", "expected an https:// address");
        row("only_when_open = 1", "expected true or false");
        row("database = \"\"", "expected a text");
        row("a = [", "line 1");
    }
    void refusesWhatIsWrong() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const auto config = parsePortalConfig(text.toStdString(), kNetwork);
        QVERIFY(!config);
        QVERIFY2(config.error().what.find(words.toStdString()) != std::string::npos,
                 config.error().what.c_str());
    }

    void refusesWhatIsNotThereOrTooLong() {
        QVERIFY(loadPortalConfig("/no/such/file", "/none").error().code == Errc::NotFound);
        QVERIFY(parsePortalConfig(std::string(70'000, '#'), kNetwork).error().code == Errc::Limit);
    }
};

QTEST_APPLESS_MAIN(TestPortalConfig)
#include "tst_portal_config.moc"
