#include "network/config.h"
#include "network/host_name.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::network;

namespace {

// The shortest configuration there is; line 1 is [guest].
const QByteArray kGuest = "[guest]\ninterface = 'wlan0'\ngateway4 = '10.77.0.1/16'\n";
const QByteArray kRest = "[uplink]\ninterface = 'eth0'\n[dns]\nservers = ['9.9.9.9']\n";
const QByteArray kBridge =
    "[guest]\ninterface = 'br0'\nbridge = true\nports = ['eth1']\ngateway4 = '10.77.0.1/16'\n";
const QByteArray kWifi = "[wifi]\nname = 'Guests'\ncountry = 'FI'\nchannel = 6\n";

Result<NetworkConfig> parse(const QByteArray& text) {
    return parseNetworkConfig(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
}

} // namespace

class TestNetworkConfig : public QObject {
    Q_OBJECT

private slots:
    void readsTheShortest() {
        const auto config = parse(kGuest + kRest);
        QVERIFY2(config.has_value(), config ? "" : config.error().what.c_str());
        QCOMPARE(config->guest.guestInterface, std::string("wlan0"));
        QCOMPARE(toString(*config->firstLease), std::string("10.77.0.2"));
        QCOMPARE(toString(*config->lastLease), std::string("10.77.255.254"));
        QVERIFY(!config->wifi && !config->guest.gateway6);
        QVERIFY(apiUrl(*config).empty());
    }
    void readsTheExamples() {
        QDirIterator files(QStringLiteral(SILTA_SOURCE_DIR "/deploy/network"), {"*.toml"});
        int count = 0;
        for (; files.hasNext(); ++count) {
            const auto config = loadNetworkConfig(files.next().toStdString());
            QVERIFY2(config.has_value(), config ? "" : config.error().what.c_str());
        }
        QCOMPARE(count, 3);
    }
    void leasesLieOnTheLargerSideOfTheGateway() {
        const auto config = parse("[guest]\ninterface = 'wlan0'\ngateway4 = '10.77.255.254/16'\n" + kRest);
        QVERIFY(config);
        QCOMPARE(toString(*config->firstLease), std::string("10.77.0.1"));
        QCOMPARE(toString(*config->lastLease), std::string("10.77.255.253"));
    }
    void theApiNeedsACertificateThatDevicesBelieve() {
        auto config = parse(kGuest + kRest + "[portal]\nhost = 'wifi.example.com'\n");
        QVERIFY(config && apiUrl(*config).empty());
        config = parse(kGuest + kRest + "[portal]\nhost = 'wifi.example.com'\npublic_certificate = true\n");
        QVERIFY(config);
        QCOMPARE(apiUrl(*config), std::string("https://wifi.example.com/captive-portal/api"));
    }

    void namesWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const QByteArray& text, const char* words) {
            QTest::newRow(QByteArray(name).simplified().constData()) << text << QByteArray(words);
        };
        // In the section that is last of `kGuest`, or in one of its own.
        const auto guest = [&row](const char* line, const char* words) {
            row(line, kGuest + line + "\n" + kRest, words);
        };
        const auto section = [&row](const char* lines, const char* words) {
            row(lines, kGuest + kRest + lines + "\n", words);
        };
        const auto wifi = [&row](const char* line, const char* words) {
            row(line, kGuest + kRest + kWifi + line + "\n", words);
        };
        row("empty", "", "guest.interface is missing");
        row("syntax", "[guest]\ninterface = \n", "line 2");
        row("no section", "interface = 'wlan0'\n", "line 1, interface: no such section");
        row("section is a value", "guest = 3\n", "line 1, guest: expected a section");
        row("no uplink", kGuest + "[dns]\nservers = ['9.9.9.9']\n", "uplink.interface is missing");
        row("no gateway", "[guest]\ninterface = 'wlan0'\n" + kRest, "guest.gateway4 is missing");
        row("no name server", kGuest + "[uplink]\ninterface = 'eth0'\n", "dns.servers is missing");
        row("one interface", kGuest + "[uplink]\ninterface = 'wlan0'\n[dns]\nservers = ['9.9.9.9']\n",
            "share an interface");
        guest("interfase = 'x'", "line 4, guest.interfase: no such setting");
        for (const auto* name : {"'a b'", "'wlan0;'", "'../x'", "'-x'", "''", "'abcdefghijklmnop'", "3"})
            row(name, QByteArray("[guest]\ninterface = ") + name + "\n",
                "line 2, guest.interface: expected the name");
        for (const auto* address : {"'10.77.0.1'", "'10.77.0.1/31'", "'10.77.0.1/7'", "'127.0.0.1/8'", "7"})
            row(address, QByteArray("[guest]\ngateway4 = ") + address + "\n",
                "line 2, guest.gateway4: expected an address");
        row("gateway is the network", "[guest]\ninterface = 'wlan0'\ngateway4 = '10.77.0.0/16'\n" + kRest,
            "network's own address");
        for (const auto* address : {"gateway6 = 'fd00::1/65'", "gateway6 = 'fd00::1/48'",
                                    "gateway6 = 'fe80::1/64'", "gateway6 = '::1/64'", "gateway6 = 6"})
            guest(address, "line 4, guest.gateway6: expected an address with a length of 64");
        guest("translate6 = true", "needs guest.gateway6");
        guest("translate6 = 1", "expected true or false");
        guest("guests_max = 0", "expected 1 to 16384");
        guest("guests_max = 16385", "expected 1 to 16384");
        guest("guests_max = 10.5", "expected 1 to 16384");
        guest("guests_max = '10'", "expected 1 to 16384");
        guest("connections_max = 15", "expected 16 to 65535");
        guest("connections_max = 65536", "expected 16 to 65535");
        guest("blocked = '10.0.0.0/8'", "expected a list");
        guest("blocked = [7]", "expected a list of texts");
        guest("blocked = ['10.0.0.0']", "expected networks");
        guest("blocked = ['0.0.0.0/0']", "expected networks");
        guest("blocked = ['::/0']", "expected networks");
        guest("log_connections = 1", "expected true or false");
        guest("state_folder = 'relative'", "absolute path");
        guest("state_folder = '/a b'", "absolute path");
        guest("state_folder = '/a/../b'", "absolute path");
        guest("bridge = true", "needs guest.ports or [wifi]");
        guest("ports = ['eth1']", "belongs to guest.bridge");
        guest("ports = ['eth 1']", "expected names of interfaces");
        guest("ports = ['1','2','3','4','5','6','7','8','9']", "at most 8");
        row("the uplink is a port",
            "[guest]\ninterface = 'br0'\nbridge = true\nports = ['eth0']\ngateway4 = '10.77.0.1/16'\n" +
                kRest,
            "guest.ports: eth0");
        section("[dhcp]\nfirst = 'x'", "line 9, dhcp.first: expected an address");
        section("[dhcp]\nlast = 10", "line 9, dhcp.last: expected an address");
        section("[dhcp]\nlease_minutes = 1", "expected 2 to 1440");
        section("[dhcp]\nlease_minutes = 1441", "expected 2 to 1440");
        section("[dhcp]\nfirst = '10.78.0.2'", "no range");
        section("[dhcp]\nlast = '10.77.255.255'", "no range");
        section("[dhcp]\nfirst = '10.77.9.9'\nlast = '10.77.9.8'", "no range");
        section("[dhcp]\nfirst = '10.77.0.1'", "includes the gateway");
        section("[dhcp]\nlast = '10.77.1.0'", "too few for guest.guests_max = 1024");
        section("[dhcp]\nrange = 1", "line 9, dhcp.range: no such setting");
        row("server by name", kGuest + "[dns]\nservers = ['dns.example.com']\n",
            "line 5, dns.servers: expected addresses");
        row("server with a port", kGuest + "[dns]\nservers = ['9.9.9.9#53']\n", "expected addresses");
        row("too many servers", kGuest + "[dns]\nservers = ['1','2','3','4','5','6','7','8','9']\n",
            "at most 8");
        row("dns rate", kGuest + "[dns]\nbits_per_second_before_login = 999\n", "expected 1000 to 1000000");
        for (const auto* name : {"'Pay.example.com'", "'com'", "'a..b'", "'-a.example.com'", "'1.2.3.4'",
                                 "'a b.example.com'", "'a/b.example.com'", "'a.example.com.'", "'*.x.com'"})
            row(name, kGuest + "[garden]\nhosts = [" + name + "]\n", "garden.hosts: expected names");
        for (const auto* host :
             {"captive.apple.com", "apple.com", "gstatic.com", "google.com", "msftconnecttest.com",
              "msftncsi.com", "firefox.com", "gnome.org", "debian.org", "connectivitycheck.gstatic.com"})
            row(host, kGuest + "[garden]\nhosts = ['pay.example.com', '" + host + "']\n",
                "by which devices find the portal");
        section("[garden]\nseconds = 119", "expected 120 to 86400");
        section("[garden]\nseconds = 86401", "expected 120 to 86400");
        section("[portal]\nhost = 'wifi'", "portal.host: expected a name");
        section("[portal]\nhost = '10.77.0.1'", "portal.host: expected a name");
        section("[portal]\nhost = 'captive.apple.com'", "belongs to others");
        section("[portal]\npublic_certificate = true", "needs portal.host");
        for (const auto* host : {"wifi.local", "wifi.shop.lan", "wifi.home.arpa", "wifi.internal", "a.test"})
            row(host, kGuest + kRest + "[portal]\npublic_certificate = true\nhost = '" + host + "'\n",
                "no authority signs");
        section("[portal]\napi_path = 'api'", "expected a path");
        section("[portal]\napi_path = '/a,b'", "expected a path");
        section("[portal]\nhttp_port = 0", "expected 1 to 65535");
        section("[portal]\nhttps_port = 65536", "expected 1 to 65535");
        section("[portal]\nhttp_port = 53", "the portal's ports are taken");
        section("[portal]\nhttp_port = 8443", "the portal's ports are taken");
        section("[portal]\nconnections_max = 3", "expected 4 to 1024");
        section("[portal]\nconnections_max = 1025", "expected 4 to 1024");
        section("[[rate]]\nup_kbit = 64", "each needs down_kbit");
        section("[[rate]]\ndown_kbit = 63", "line 9, rate.down_kbit: expected 64 to 10000000");
        section("[[rate]]\ndown_kbit = 64\nup_kbit = 63", "not 64 to");
        section("[[rate]]\ndown_kbit = 64\nup_kbit = 10000001", "rate.up_kbit: expected");
        section("[rate]\ndown_kbit = 64", "at most 3 of [[rate]]");
        section(
            "[[rate]]\ndown_kbit=64\n[[rate]]\ndown_kbit=64\n[[rate]]\ndown_kbit=64\n[[rate]]\ndown_kbit=64",
            "at most 3 of [[rate]]");
        section("[wifi]\ncountry = 'FI'", "wifi.name is missing");
        section("[wifi]\nname = 'x'", "wifi.country is missing");
        wifi("ssid = 'x'", "line 12, wifi.ssid: no such setting");
        wifi("band = '6'", "wifi.band: expected");
        wifi("band = 5", "wifi.band: expected");
        wifi("band = '5'", "not one of wifi.band"); // with channel 6
        wifi("security = 'wpa2'", "wifi.security: expected");
        wifi("security = 'wpa3'", "wifi.password_file");
        wifi("password_file = '/x'", "belongs to security");
        wifi("security = 'owe-transition'", "need guest.bridge");
        wifi("driver = 'madwifi'", "wifi.driver: expected");
        wifi("interface = 'wlan1'", "is guest.interface when");
        row("name too long", kGuest + kRest + "[wifi]\nname = '" + QByteArray(33, 'x') + "'\n", "1 to 32");
        row("line in a name", kGuest + kRest + "[wifi]\nname = \"a\\nssid2=b\"\n", "1 to 32 bytes");
        row("country", kGuest + kRest + "[wifi]\ncountry = 'fi'\n", "two capitals");
        row("channel", kGuest + kRest + "[wifi]\nname = 'x'\ncountry = 'FI'\nchannel = 14\n", "not one of");
        row("channel range", kGuest + kRest + "[wifi]\nchannel = 178\n", "expected 1 to 177");
        row("a bridge has no radio", kBridge + kRest + kWifi, "a bridge has no radio");
        row("the radio is the bridge", kBridge + kRest + kWifi + "interface = 'br0'\n", "that is the bridge");
        row("the radio is the uplink", kBridge + kRest + kWifi + "interface = 'eth0'\n", "the uplink");
        row("owe name",
            kBridge + kRest + "[wifi]\nname = '" + QByteArray(29, 'x') +
                "'\ninterface = 'wlan0'\ncountry = 'FI'\nsecurity = 'owe-transition'\n",
            "at most 28");
        row("owe interface",
            kBridge + kRest + kWifi + "interface = 'wlp0s20f3abc'\nsecurity = 'owe-transition'\n",
            "at most 11");
    }
    void namesWhatIsWrong() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const auto config = parse(text);
        QVERIFY(!config);
        QCOMPARE(config.error().code, Errc::Invalid);
        QVERIFY2(QByteArray::fromStdString(config.error().what).contains(words), config.error().what.c_str());
    }

    void everyProbeIsCovered() {
        for (const auto probe : probeHosts()) {
            QVERIFY(isHostName(probe));
            QCOMPARE(coveredProbe(probe), probe);
            QVERIFY(!coveredProbe(probe.substr(probe.find('.') + 1)).empty());
            QVERIFY(coveredProbe("x" + std::string(probe)).empty()); // another name
            QVERIFY(coveredProbe("x." + std::string(probe)).empty());
        }
        QVERIFY(coveredProbe("pay.example.com").empty());
    }

    void readsThePassword() {
        const QTemporaryDir folder;
        const auto path = folder.filePath("network.toml");
        const auto secret = folder.filePath("password");
        const auto write = [](const QString& name, const QByteArray& text) {
            QFile file(name);
            return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
        };
        const auto toml =
            kGuest + kRest + kWifi + "security = 'wpa3'\npassword_file = '" + secret.toUtf8() + "'\n";
        QVERIFY(write(path, toml));
        QCOMPARE(loadNetworkConfig(path.toStdString()).error().code, Errc::NotFound);
        for (const auto* bad : {"short\n", "tab\tinside it\n", "with|a bar\n", ""}) {
            QVERIFY(write(secret, bad));
            const auto config = loadNetworkConfig(path.toStdString());
            QVERIFY(!config);
            const auto what = QByteArray::fromStdString(config.error().what);
            QVERIFY(what.contains("wifi.password_file"));
            QVERIFY(!what.contains("short") && !what.contains("inside"));
        }
        QVERIFY(write(secret, "correct horse\nsecond line\n"));
        const auto config = loadNetworkConfig(path.toStdString());
        QVERIFY(config);
        QCOMPARE(config->wifi->password, std::string("correct horse"));
    }
    void refusesMissingAndHugeFiles() {
        QCOMPARE(loadNetworkConfig("/nonexistent.toml").error().code, Errc::NotFound);
        QCOMPARE(parse(QByteArray(100'000, '#')).error().code, Errc::Limit);
    }
};

QTEST_APPLESS_MAIN(TestNetworkConfig)
#include "tst_network_config.moc"
