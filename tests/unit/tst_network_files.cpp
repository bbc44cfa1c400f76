#include "network/limits.h"
#include "network/render.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <thread>

using namespace silta;
using namespace silta::network;

namespace {

constexpr const char* kFolder = "/etc/silta/network";

NetworkConfig example(const QString& name) {
    const auto config =
        loadNetworkConfig((QStringLiteral(SILTA_SOURCE_DIR "/deploy/network/") + name).toStdString());
    return config ? *config : NetworkConfig();
}

QByteArray fileOf(const NetworkConfig& config, std::string_view name) {
    const auto files = renderNetwork(config, kFolder);
    if (!files) return {};
    const auto found = std::ranges::find(*files, name, &RenderedFile::name);
    return found == files->end() ? QByteArray() : QByteArray::fromStdString(found->text);
}

bool hasLine(const QByteArray& text, const QByteArray& line) {
    return text.startsWith(line + "\n") || text.contains("\n" + line + "\n");
}

QString programPath(const QString& name) {
    return QStandardPaths::findExecutable(name, {"/usr/sbin", "/sbin", "/usr/bin", "/bin"});
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestNetworkFiles : public QObject {
    Q_OBJECT

    // The example's files in a folder of the test's own.
    static std::vector<RenderedFile> setOf(const QString& name, const QString& folder) {
        auto config = example(name);
        config.stateFolder = folder.toStdString();
        if (config.wifi) config.wifi->driver = "none";
        auto files = renderNetwork(config, folder.toStdString());
        return files ? *files : std::vector<RenderedFile>();
    }
    static void examples() {
        QTest::addColumn<QString>("name");
        for (const auto* name : {"store-wifi.toml", "store-owe.toml", "access-points.toml"})
            QTest::newRow(name) << QString(name);
    }

private slots:
    void tellsOthersWhereThePortalIs() {
        QVERIFY(hasLine(fileOf(example("store-wifi.toml"), "join.toml"), "url = \"http://10.77.0.1\""));
        QVERIFY(hasLine(fileOf(example("access-points.toml"), "join.toml"), "url = \"http://10.78.0.1\""));
        QVERIFY(!fileOf(example("access-points.toml"), "join.toml").contains("wifi_name"));
        auto named = example("store-wifi.toml");
        named.wifi->name = "A \"store\" \\ free";
        QVERIFY(hasLine(fileOf(named, "join.toml"), "wifi_name = \"A \\\"store\\\" \\\\ free\""));
    }

    void namesNoDeviceOnDiskOrInLogsUnlessToldTo() {
        auto config = example("store-wifi.toml");
        const auto dnsmasq = fileOf(config, "dnsmasq.conf");
        QVERIFY(hasLine(dnsmasq, "dhcp-leasefile=/run/silta-guest/dnsmasq.leases"));
        for (const auto* quiet : {"quiet-dhcp", "quiet-dhcp6", "quiet-ra"})
            QVERIFY(hasLine(dnsmasq, quiet));
        QVERIFY(hasLine(fileOf(config, "hostapd.conf"), "logger_stdout_level=4")); // from warnings on
        QVERIFY(!fileOf(config, "guest.nft").contains("log prefix"));
        QVERIFY(!fileOf(config, "portal.toml").contains("logs_connections"));
        config.guest.logsConnections = true;
        const auto rules = fileOf(config, "guest.nft");
        QCOMPARE(rules.count("log prefix"), 1);
        QVERIFY(rules.indexOf("log prefix") > rules.indexOf("type nat hook postrouting"));
        QVERIFY(hasLine(fileOf(config, "portal.toml"), "logs_connections = true")); // what guests are told
    }

    void tellsOfThePortalOnlyWithAPublicCertificate() {
        auto config = example("store-owe.toml");
        auto dnsmasq = fileOf(config, "dnsmasq.conf");
        QVERIFY(hasLine(dnsmasq, "dhcp-option=114,https://wifi.example.com/captive-portal/api"));
        QVERIFY(hasLine(dnsmasq, "dhcp-option=option6:103,https://wifi.example.com/captive-portal/api"));
        QVERIFY(hasLine(dnsmasq, "host-record=wifi.example.com,10.77.0.1,fd5a:51:7a:1::1"));
        config.hasPublicCertificate = false;
        dnsmasq = fileOf(config, "dnsmasq.conf");
        QVERIFY(!dnsmasq.contains("114") && !dnsmasq.contains("103"));
        QVERIFY(dnsmasq.contains("host-record=wifi.example.com,"));
    }
    void namesTheGardenToTheGate() {
        const auto dnsmasq = fileOf(example("access-points.toml"), "dnsmasq.conf");
        QVERIFY(hasLine(dnsmasq, "nftset=/pay.example.com/4#inet#silta_guest#garden4,"
                                 "6#inet#silta_guest#garden6"));
        QVERIFY(kCacheTtlSeconds * 2 <= example("access-points.toml").guest.gardenSeconds);
        QVERIFY(!dnsmasq.contains("enable-ra")); // no IPv6 in this one
    }
    void everyRadioIsolatesItsStations() {
        const auto open = fileOf(example("store-wifi.toml"), "hostapd.conf");
        QCOMPARE(open.count("ap_isolate=1\n"), 1);
        QVERIFY(hasLine(open, "ssid2=53746f726520677565737473"));
        QVERIFY(hasLine(open, "hw_mode=a") && hasLine(open, "ieee80211h=1") && !open.contains("wpa="));
        const auto owe = fileOf(example("store-owe.toml"), "hostapd.conf");
        QCOMPARE(owe.count("ap_isolate=1\n"), 2);
        QVERIFY(hasLine(owe, "bss=wlan0-owe") && hasLine(owe, "wpa_key_mgmt=OWE"));
        QCOMPARE(owe.count("bridge=guests0\n"), 2);
        auto config = example("store-wifi.toml");
        config.wifi->security = Security::Wpa3;
        config.wifi->password = "correct horse";
        const auto files = renderNetwork(config, kFolder);
        QVERIFY(files);
        for (const auto& file : *files)
            QCOMPARE(file.text.find("correct horse") != std::string::npos,
                     file.mode == 0600 || file.name == "join.toml"); // what the kiosk shows
    }
    void portsOfABridgeAreIsolated() {
        const auto owe = fileOf(example("store-owe.toml"), "guest.nft");
        QVERIFY(owe.contains("iifname { \"wlan0\", \"wlan0-owe\" } drop"));
        const auto wired = fileOf(example("access-points.toml"), "guest.nft");
        QVERIFY(wired.contains("iifname { \"eth1\", \"eth2\" } drop"));
        QVERIFY(!fileOf(example("store-wifi.toml"), "guest.nft").contains("table bridge"));
    }
    void nothingForwardsBeforeTheRules() {
        const auto unit = fileOf(example("store-wifi.toml"), "silta-guest-net.service");
        QVERIFY(unit.indexOf("nft -f /etc/silta/network/guest.nft") < unit.indexOf("forwarding.sysctl"));
        QVERIFY(hasLine(unit, "Wants=network-pre.target"));
        QVERIFY(unit.contains("Before=network-pre.target"));
        const auto link = fileOf(example("store-wifi.toml"), "silta-guest-link.service");
        QVERIFY(hasLine(link, "Requires=silta-guest-net.service"));
        QVERIFY(hasLine(link, "BindsTo=sys-subsystem-net-devices-wlan0.device"));
        QVERIFY(link.indexOf("dev wlan0 up") > link.indexOf("link.sysctl"));
        auto config = example("store-wifi.toml");
        config.guest.guestInterface = "wl-0";
        QVERIFY(fileOf(config, "silta-guest-link.service")
                    .contains("BindsTo=sys-subsystem-net-devices-wl\\x2d0.device"));
        config.guest.gateway6.reset();
        QVERIFY(fileOf(config, "link.sysctl").contains("net/ipv6/conf/wl-0/disable_ipv6 = 1"));
    }
    void refusesAFolderThatUnitsWouldMisread() {
        const auto config = example("store-wifi.toml");
        for (const auto* folder : {"", "/", "relative", "/a b", "/a/", "/a%n", "/a\nb", "/a\"b"})
            QCOMPARE(renderNetwork(config, folder).error().code, Errc::Invalid);
    }

    void theProgramsTakeTheFiles_data() { examples(); }
    void theProgramsTakeTheFiles() {
        QFETCH(QString, name);
        const QTemporaryDir temporary;
        const auto folder = temporary.filePath("network");
        const auto files = setOf(name, folder);
        QVERIFY(!files.empty());
        const auto done = replaceFileSet(folder.toStdString(), files);
        QVERIFY2(done.has_value(), done ? "" : done.error().what.c_str());
        const auto check = [&](const QString& program, const QStringList& arguments) {
            QProcess process;
            process.setProcessChannelMode(QProcess::MergedChannels);
            process.start(programPath(program), arguments);
            if (!process.waitForFinished()) return false;
            if (process.exitCode() != 0) qWarning("%s", process.readAll().constData());
            return process.exitCode() == 0;
        };
        if (programPath("nft").isEmpty() || geteuid() != 0)
            qInfo("skipped: nft needs root");
        else
            QVERIFY(check("nft", {"-c", "-f", folder + "/guest.nft"}));
        if (programPath("dnsmasq").isEmpty())
            qInfo("skipped: no dnsmasq");
        else
            QVERIFY(check("dnsmasq", {"--test", "--conf-file=" + folder + "/dnsmasq.conf"}));
        if (programPath("systemd-analyze").isEmpty() || programPath("hostapd").isEmpty() ||
            programPath("dnsmasq").isEmpty())
            qInfo("skipped: no systemd-analyze, or a program that the units name is missing");
        else
            QVERIFY(check("systemd-analyze", QStringList{"verify", "--man=no"}
                                                 << folder + "/silta-guest-net.service"
                                                 << folder + "/silta-guest-link.service"
                                                 << folder + "/silta-guest-dns.service"));
    }
    void hostapdTakesItsFile_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isWpa3");
        QTest::addColumn<bool>("isRight");
        QTest::newRow("open") << "store-wifi.toml" << false << true;
        QTest::newRow("wpa3") << "store-wifi.toml" << true << true;
        QTest::newRow("owe") << "store-owe.toml" << false << true;
        QTest::newRow("a key that it does not know") << "store-wifi.toml" << false << false;
    }
    // It has no mode that only checks: without a driver it reads the file, and ends when it does not like it.
    void hostapdTakesItsFile() {
        QFETCH(QString, name);
        QFETCH(bool, isWpa3);
        QFETCH(bool, isRight);
        if (programPath("hostapd").isEmpty()) QSKIP("skipped: no hostapd");
        auto config = example(name);
        config.wifi->driver = "none";
        if (isWpa3) config.wifi->security = Security::Wpa3;
        config.wifi->password = "correct horse";
        const QTemporaryDir folder;
        QFile file(folder.filePath("hostapd.conf"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(renderHostapd(config)) + (isRight ? "" : "nonsense=1\n"));
        file.close();
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(programPath("hostapd"), {file.fileName()});
        QByteArray heard;
        const auto isDecided = [&] {
            process.waitForReadyRead(50);
            heard += process.readAll();
            return process.state() == QProcess::NotRunning || heard.contains("->COUNTRY_UPDATE");
        };
        QTRY_VERIFY2(isDecided(), heard.constData());
        QCOMPARE(heard.contains("UNINITIALIZED->COUNTRY_UPDATE"), isRight); // it has read the file
        QCOMPARE(heard.contains("errors found"), !isRight);
        process.kill(); // it would wait for its driver
        process.waitForFinished();
    }

    void replacesAllOrNothing() {
        const QTemporaryDir temporary;
        const auto folder = temporary.filePath("network");
        const auto path = folder.toStdString();
        QVERIFY(replaceFileSet(path, setOf("store-wifi.toml", folder)));
        QVERIFY(QFile::exists(folder + "/shaping.tc"));
        QVERIFY(replaceFileSet(path, setOf("store-owe.toml", folder)));
        QVERIFY(!QFile::exists(folder + "/shaping.tc")); // nothing of the old set stays
        QVERIFY(!QFile::exists(folder + ".new"));
        struct stat status {};
        QCOMPARE(::stat((path + "/hostapd.conf").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777, 0600U);
        // What a render that was cut off leaves.
        QVERIFY(QDir().mkdir(folder + ".new"));
        QFile half(folder + ".new/guest.nft.new");
        QVERIFY(half.open(QIODevice::WriteOnly));
        QVERIFY(replaceFileSet(path, setOf("store-wifi.toml", folder)));
        QVERIFY(!QFile::exists(folder + ".new"));
    }
    void leavesOtherFoldersAlone() {
        const QTemporaryDir temporary;
        const auto folder = temporary.filePath("etc");
        QVERIFY(QDir().mkdir(folder));
        QFile other(folder + "/passwd");
        QVERIFY(other.open(QIODevice::WriteOnly));
        const auto files = setOf("store-wifi.toml", folder);
        QCOMPARE(replaceFileSet(folder.toStdString(), files).error().code, Errc::Conflict);
        QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList("passwd"));
        QCOMPARE(replaceFileSet((folder + "/passwd").toStdString(), files).error().code, Errc::Conflict);
        QVERIFY(other.remove() && QDir().mkdir(folder + "/guest.nft"));
        QCOMPARE(replaceFileSet(folder.toStdString(), files).error().code, Errc::Conflict);
        QVERIFY(QFileInfo(folder + "/guest.nft").isDir());
    }
    void aReaderNeverSeesHalfASet() {
        const QTemporaryDir temporary;
        const auto folder = temporary.filePath("network");
        const std::array sets = {setOf("store-wifi.toml", folder), setOf("access-points.toml", folder)};
        QVERIFY(replaceFileSet(folder.toStdString(), sets[0]));
        std::atomic<bool> isDone = false;
        std::atomic<int> looks = 0;
        std::atomic<int> halves = 0;
        std::jthread reader([&] {
            while (!isDone) {
                // The folder of one moment, whatever its name leads to afterwards.
                const int fd = ::open(folder.toUtf8().constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
                const auto here = QStringLiteral("/proc/self/fd/%1/").arg(fd);
                const auto first = contentOf(here + "dnsmasq.conf");
                const auto last = contentOf(here + "guest.nft");
                ::close(fd);
                ++looks;
                // Removed under the reader's feet, it is empty: nobody takes that for a configuration.
                if (fd < 0 || (!first.isEmpty() && !last.isEmpty() &&
                               first.contains("interface=wlan0") != last.contains("\"wlan0\"")))
                    ++halves;
            }
        });
        for (std::size_t i = 0; i < 40; ++i)
            QVERIFY(replaceFileSet(folder.toStdString(), sets[i % 2]));
        QTRY_VERIFY(looks > 100);
        isDone = true;
        reader.join();
        QCOMPARE(halves.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestNetworkFiles)
#include "tst_network_files.moc"
