#include "ctl/doctor/doctor.h"
#include "ctl/doctor/look.h"

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <optional>

using namespace silta;
using namespace silta::ctl;

namespace {

constexpr UtcMs kNow = kReleasedMs + UtcMs{300} * 24 * 3'600'000;
constexpr std::int64_t kHourMs = 3'600'000;

Json goodStatus() {
    return {{"deviceId", "d-1"},
            {"enrolled", true},
            {"storeName", "Helsinki"},
            {"storeCode", "FI-HEL-01"},
            {"journalDamaged", false},
            {"hub", {{"url", "https://hub.example:8443"}}},
            {"outbox", {{"pending", 0}, {"quarantined", 0}}},
            {"catalog", {{"products", 2'000}, {"stockAsOf", kNow - kHourMs}}}};
}

constexpr const char* kNetworkToml = "[guest]\ninterface = 'wlan0'\ngateway4 = '10.77.0.1/16'\n"
                                     "[uplink]\ninterface = 'eth0'\n[dns]\nservers = ['9.9.9.9']\n"
                                     "[wifi]\nname = 'Guests'\ncountry = 'FI'\nband = '5'\nchannel = 36\n";

/// A device whose files are in a folder, and in which all is well until something is changed.
class Patient {
public:
    Patient() {
        surroundings.root = folder_.path().toStdString();
        surroundings.nowMs = kNow;
        surroundings.edgeStatus = [this]() -> Result<Json> {
            if (edgeError) return *edgeError;
            return status;
        };
        surroundings.space = [this](const std::string&) -> Result<DiskSpace> { return space; };
        surroundings.isClockSynced = [this] { return isClockSynced; };
        surroundings.resolve = [this](const std::string& host) -> Result<std::string> {
            askedName = host;
            if (!hasNames) return Error{Errc::NotFound, "no"};
            return std::string("192.0.2.7");
        };
        surroundings.get = [this](const std::string&) { return hub; };
        surroundings.accepts = [this](const std::string& address, int port) {
            return address == "10.77.0.1" && port == 8080 && portalAnswers;
        };
        surroundings.certificateEnd = [this](const std::string&) -> Result<UtcMs> {
            if (certificateEnd == 0) return Error{Errc::NotFound, "none"};
            return certificateEnd;
        };
        write("sys/class/thermal/thermal_zone0/temp", "51000\n");
        write("sys/class/hwmon/hwmon1/name", "rpi_volt\n");
        write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0\n");
        write("sys/fs/ext4/mmcblk0p3/errors_count", "0\n");
        write("sys/block/mmcblk0/device/life_time", "0x01 0x02\n");
        write("proc/self/mounts", "/dev/a / squashfs ro 0 0\n/dev/b /var ext4 rw,relatime 0 0\n");
        write("proc/meminfo", "MemTotal:  4000000 kB\nMemFree: 10 kB\nMemAvailable:  2500000 kB\n");
        write("proc/vmstat", "nr_free_pages 5\noom_kill 0\n");
        write("proc/net/route", "Iface\tDestination\tGateway \nend0\t00000000\t0101A8C0\t0003\n");
        write("sys/class/drm/card0-HDMI-A-1/status", "connected\n");
        write("sys/class/drm/card0-HDMI-A-1/modes", "1080x1920\n1920x1080\n");
        write("dev/input/by-id/usb-Acme_Scanner-event-kbd", "");
        write("sys/class/net/end0/device/vendor", "x");
        write("sys/class/net/end0/carrier", "1\n");
        write("etc/silta/network.toml", kNetworkToml);
        for (const char* program : {"silta-kiosk", "silta-portal", "silta-gate"}) {
            write(std::string("lib/systemd/system/") + program + ".service", "[Unit]\n");
            run(program);
        }
        run("dnsmasq");
        run("hostapd");
    }

    void write(const std::string& path, const QByteArray& text) {
        const auto full = folder_.filePath(path.c_str());
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) std::abort();
    }
    void remove(const std::string& path) {
        const auto full = folder_.filePath(path.c_str());
        if (!QFile::remove(full) && !QDir(full).removeRecursively()) std::abort();
    }
    void run(const std::string& program) {
        pids_[program] = nextPid_;
        write(fmt::format("proc/{}/comm", nextPid_++),
              QByteArray::fromStdString(program.substr(0, 15) + "\n"));
    }
    void end(const std::string& program) { remove(fmt::format("proc/{}", pids_.at(program))); }

    std::optional<Finding> find(const std::string& code) const {
        for (const auto& finding : examine(surroundings))
            if (finding.code == code) return finding;
        return std::nullopt;
    }

    Surroundings surroundings;
    Json status = goodStatus();
    std::optional<Error> edgeError;
    DiskSpace space{32'000'000'000, 20'000'000'000};
    bool isClockSynced = true, hasNames = true, portalAnswers = true;
    Result<int> hub = 200;
    UtcMs certificateEnd = kNow + UtcMs{60} * 24 * kHourMs;
    std::string askedName;

private:
    QTemporaryDir folder_;
    std::map<std::string, int> pids_;
    int nextPid_ = 100;
};

using Change = std::function<void(Patient&)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestDoctor : public QObject {
    Q_OBJECT

private slots:
    void findsAWellDeviceWell() {
        const Patient patient;
        const auto findings = examine(patient.surroundings);
        for (const auto& finding : findings) {
            QVERIFY2(finding.severity == Severity::Well, (finding.code + ": " + finding.words).c_str());
            QVERIFY2(finding.advice.empty(), finding.code.c_str());
        }
        QCOMPARE(findings.size(), std::size_t(23));
        QCOMPARE(patient.askedName, "hub.example");
        QVERIFY(summaryOf(findings, "d-1", kNow).ends_with(" WELL"));
    }

    void findsWhatIsWrong_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<int>("severity");
        const auto row = [](const char* name, const char* code, Severity severity, Change change) {
            QTest::newRow(name) << change << QByteArray(code) << static_cast<int>(severity);
        };
        using enum Severity;
        row("weak supply", "POWER", Fault,
            [](Patient& p) { p.write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n"); });
        row("warm", "HEAT", Warning,
            [](Patient& p) { p.write("sys/class/thermal/thermal_zone3/temp", "80000\n"); });
        row("hot", "HEAT", Fault,
            [](Patient& p) { p.write("sys/class/thermal/thermal_zone0/temp", "90500\n"); });
        row("card with errors", "CARD", Fault,
            [](Patient& p) { p.write("sys/fs/ext4/mmcblk0p3/errors_count", "2\n"); });
        row("card that is old", "CARD", Warning,
            [](Patient& p) { p.write("sys/block/mmcblk0/device/life_time", "0x02 0x09\n"); });
        row("disk nearly full", "DISK", Warning, [](Patient& p) { p.space.freeBytes = 999'000'000; });
        row("disk full", "DISK", Fault, [](Patient& p) { p.space.freeBytes = 99'000'000; });
        row("disk read-only", "DISK", Fault, [](Patient& p) {
            p.write("proc/self/mounts", "/dev/a / ext4 rw 0 0\n/dev/b /var ext4 ro,relatime 0 0\n");
        });
        row("little memory", "MEMORY", Warning,
            [](Patient& p) { p.write("proc/meminfo", "MemTotal: 4000000 kB\nMemAvailable: 390000 kB\n"); });
        row("killed for memory", "MEMORY", Warning,
            [](Patient& p) { p.write("proc/vmstat", "oom_kill 3\n"); });
        row("clock of 1970", "CLOCK", Fault, [](Patient& p) { p.surroundings.nowMs = 4'000; });
        row("clock not set", "CLOCK", Warning, [](Patient& p) { p.isClockSynced = false; });
        row("no screen", "SCREEN", Fault,
            [](Patient& p) { p.write("sys/class/drm/card0-HDMI-A-1/status", "disconnected\n"); });
        row("no scanner", "SCANNER", Warning,
            [](Patient& p) { p.remove("dev/input/by-id/usb-Acme_Scanner-event-kbd"); });
        row("no cable", "LINK", Fault, [](Patient& p) { p.write("sys/class/net/end0/carrier", "0\n"); });
        row("no address", "ROUTE", Fault, [](Patient& p) {
            p.write("proc/net/route", "Iface\tDestination\tGateway\nend0\t0001A8C0\t00000000\n");
        });
        row("no names", "NAMES", Fault, [](Patient& p) { p.hasNames = false; });
        row("no hub", "HUB", Warning, [](Patient& p) { p.hub = Error{Errc::Unavailable, "no"}; });
        row("a sign-in page for a hub", "HUB", Fault, [](Patient& p) { p.hub = 302; });
        row("somebody reads along", "TLS", Fault, [](Patient& p) { p.hub = Error{Errc::Denied, "no"}; });
        row("guest network with a slip", "GUESTS", Fault,
            [](Patient& p) { p.write("etc/silta/network.toml", "[guest]\ninterfaces = 'wlan0'\n"); });
        row("no addresses for guests", "GUESTS", Fault, [](Patient& p) { p.end("dnsmasq"); });
        row("no radio", "GUESTS", Fault, [](Patient& p) { p.end("hostapd"); });
        row("no sign-in page", "PORTAL", Fault, [](Patient& p) { p.portalAnswers = false; });
        row("certificate soon over", "CERTIFICATE", Warning,
            [](Patient& p) { p.certificateEnd = kNow + 20 * 24 * kHourMs; });
        row("certificate over", "CERTIFICATE", Fault, [](Patient& p) { p.certificateEnd = kNow; });
        row("no kiosk", "KIOSK", Fault, [](Patient& p) { p.end("silta-kiosk"); });
        row("no gate", "GATE", Fault, [](Patient& p) { p.end("silta-gate"); });
        row("no pages", "PAGES", Fault, [](Patient& p) { p.end("silta-portal"); });
        row("no edge", "EDGE", Fault, [](Patient& p) { p.edgeError = Error{Errc::Unavailable, "no"}; });
        row("damaged journal", "JOURNAL", Fault, [](Patient& p) { p.status["journalDamaged"] = true; });
        row("not enrolled", "ENROLMENT", Fault, [](Patient& p) { p.status["enrolled"] = false; });
        row("old outbox", "OUTBOX", Warning, [](Patient& p) {
            p.status["outbox"] = {{"pending", 7}, {"oldestMs", kNow - 25 * kHourMs}};
        });
        row("refused by the hub", "OUTBOX", Warning,
            [](Patient& p) { p.status["outbox"]["quarantined"] = 1; });
        row("no catalogue", "CATALOGUE", Fault, [](Patient& p) { p.status["catalog"] = nullptr; });
        row("old stock", "CATALOGUE", Warning,
            [](Patient& p) { p.status["catalog"]["stockAsOf"] = kNow - 25 * kHourMs; });
        row("catalogue that differs", "CATALOGUE", Warning, [](Patient& p) {
            p.status["catalogCheck"] = {{"state", "differs"}};
        });
    }
    void findsWhatIsWrong() {
        QFETCH(Change, change);
        QFETCH(QByteArray, code);
        QFETCH(int, severity);
        Patient patient;
        change(patient);
        const auto finding = patient.find(code.toStdString());
        QVERIFY(finding.has_value());
        QCOMPARE(static_cast<int>(finding->severity), severity);
        QVERIFY2(!finding->words.empty() && !finding->advice.empty(), "says nothing of what to do");
        QVERIFY(finding->words.find('\n') == std::string::npos);
    }

    void anOutboxOfTodayIsNoFault() {
        Patient patient;
        patient.status["outbox"] = {{"pending", 7}, {"oldestMs", kNow - 3 * kHourMs}};
        const auto finding = patient.find("OUTBOX");
        QVERIFY(finding && finding->severity == Severity::Well);
        QCOMPARE(finding->words, "7 actions wait for the hub, the oldest for 3 hours");
    }

    void aCatalogueWithoutStockIsNotFiftyYearsOld() {
        Patient patient;
        patient.status["catalog"].erase("stockAsOf");
        const auto finding = patient.find("CATALOGUE");
        QVERIFY(finding && finding->severity == Severity::Warning);
        QCOMPARE(finding->words, "2000 products, no stock has arrived yet");
    }

    void saysNothingOfWhatIsNotThere() {
        Patient patient;
        patient.remove("lib/systemd/system/silta-portal.service");
        patient.remove("lib/systemd/system/silta-gate.service");
        patient.remove("etc/silta/network.toml");
        patient.certificateEnd = 0;
        patient.end("silta-portal");
        QVERIFY(!patient.find("PAGES"));
        QVERIFY(!patient.find("GATE"));
        QVERIFY(!patient.find("CERTIFICATE"));
        QVERIFY(!patient.find("PORTAL"));
        QCOMPARE(static_cast<int>(patient.find("GUESTS")->severity), static_cast<int>(Severity::Note));
        QCOMPARE(static_cast<int>(worstOf(examine(patient.surroundings))), static_cast<int>(Severity::Note));
    }

    void looksAtAMachineThatTellsNothing() {
        const QTemporaryDir empty;
        Patient patient;
        patient.surroundings.root = empty.path().toStdString();
        patient.surroundings.space = [](const std::string&) -> Result<DiskSpace> {
            return Error{Errc::NotFound, "no"};
        };
        for (const char* code : {"HEAT", "POWER", "MEMORY", "SCREEN", "LINK", "DISK"}) {
            const auto finding = patient.find(code);
            QVERIFY2(finding && finding->severity == Severity::Note, code);
        }
    }

    void fitsAQrCodeAtItsWorst() {
        Patient patient;
        patient.edgeError = Error{Errc::Unavailable, "no"};
        patient.space.freeBytes = 0;
        patient.write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1");
        const auto text =
            summaryOf(examine(patient.surroundings), "0f1e2d3c-0000-7000-8000-000000000001", kNow);
        QVERIFY2(text.starts_with(
                     "SILTA-DOCTOR 1 0f1e2d3c-0000-7000-8000-000000000001 2026-10-28T00:00:00Z POWER=fault"),
                 text.c_str());
        QVERIFY(text.find(" DISK=fault") != std::string::npos);
        QVERIFY(text.find(" EDGE=fault") != std::string::npos);
        QVERIFY(text.find("HEAT") == std::string::npos);
        QVERIFY(text.size() < 400);
    }

    void tellsAMonitoringAgent() {
        Patient patient;
        patient.space.freeBytes = 0;
        patient.isClockSynced = false;
        const auto text = metricsOf(examine(patient.surroundings));
        QVERIFY(text.find("# TYPE silta_doctor gauge\n") != std::string::npos);
        QVERIFY(text.find("silta_doctor{check=\"DISK\"} 2\n") != std::string::npos);
        QVERIFY(text.find("silta_doctor{check=\"CLOCK\"} 1\n") != std::string::npos);
        QVERIFY(text.find("silta_doctor{check=\"HEAT\"} 0\n") != std::string::npos);
    }

    void theTableHasEveryCodeAndNoOther() {
        QFile table(SILTA_SOURCE_DIR "/deploy/troubleshooting.md");
        QVERIFY(table.open(QIODevice::ReadOnly));
        QStringList listed;
        for (const auto& line : QString::fromUtf8(table.readAll()).split('\n')) {
            const auto cells = line.split('|');
            if (!line.startsWith("| `")) continue;
            QCOMPARE(cells.size(), qsizetype{6}); // code, symptom, cause, what to do
            for (int i = 1; i < 5; ++i)
                QVERIFY2(!cells[i].trimmed().isEmpty(), qPrintable(line));
            listed << cells[1].trimmed().remove('`');
        }
        const Patient patient;
        QStringList known = {"TLS"}; // stands for HUB when it is seen
        for (const auto& finding : examine(patient.surroundings))
            known << QString::fromStdString(finding.code);
        known.removeDuplicates();
        listed.sort();
        known.sort();
        QCOMPARE(listed, known);
    }
};

QTEST_APPLESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
