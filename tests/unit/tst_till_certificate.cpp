// The till's own certificate, and its configuration.
#include "net/certificate.h"
#include "support/clocks.h"
#include "till/own_certificate.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::till;

namespace {

constexpr UtcMs kDayMs = UtcMs{24} * 3'600'000;

} // namespace

class TestTillCertificate : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    TillConfig config_;

    std::string path(const char* name) const { return (folder_->path() + "/" + name).toStdString(); }
    Result<TillConfig> parsed(const char* text) const {
        QFile file(QString::fromStdString(path("till.toml")));
        if (!file.open(QIODevice::WriteOnly)) return Error{Errc::Io, "cannot write"};
        file.write(text);
        file.close();
        return loadTillConfig(path("till.toml"));
    }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        clock_ = {};
        clock_.now = 1'800'000'000'000;
        config_ = {};
        config_.listen = {"192.168.10.2:8443", "[fd00::2]:8443"};
        config_.stateFolder = path("till");
    }

    void makesOneAndKeepsIt() {
        const auto first = loadOrMakeCertificate(config_, clock_);
        QVERIFY2(first, first ? "" : first.error().what.c_str());
        clock_.now += 700 * kDayMs;
        const auto later = loadOrMakeCertificate(config_, clock_);
        QCOMPARE(later->certificatePem, first->certificatePem);
        QCOMPARE(later->keyPem, first->keyPem);
        const auto facts = readCertificate(first->certificatePem);
        QCOMPARE(facts->fingerprint.size(), std::size_t(32 * 3 - 1));
        const auto key = QFileInfo(QString::fromStdString(path("till/key.pem")));
        QCOMPARE(key.permissions() &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
    }

    void makesAnotherBeforeItEnds() {
        const auto first = loadOrMakeCertificate(config_, clock_);
        clock_.now += 795 * kDayMs;
        QVERIFY(loadOrMakeCertificate(config_, clock_)->certificatePem != first->certificatePem);
    }

    void makesOneThatIsGoodWhenTheClockIsLost() {
        clock_.now = 0;
        const auto made = loadOrMakeCertificate(config_, clock_);
        QVERIFY(readCertificate(made->certificatePem)->untilMs > 1'793'491'200'000 + 800 * kDayMs);
    }

    void replacesWhatCannotBeRead() {
        QVERIFY(loadOrMakeCertificate(config_, clock_));
        QFile file(QString::fromStdString(path("till/certificate.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("damaged");
        file.close();
        QVERIFY(readCertificate(loadOrMakeCertificate(config_, clock_)->certificatePem));
    }

    void isServed() {
        config_.names = {"localhost", "127.0.0.1"};
        const auto tls = loadOrMakeCertificate(config_, clock_);
        constexpr HttpLimits kLimits{4, 4, 8'192, 1'024, 5, 10, 1};
        const HttpServer::Route all{"*", "*",
                                    [](const HttpRequest&) { return HttpResponse{.body = "hello"}; }};
        auto server = HttpServer::start("127.0.0.1:0", {all}, kLimits, *tls);
        QVERIFY2(server, server ? "" : server.error().what.c_str());
        HttpCall call;
        call.url = "https://localhost:" + std::to_string((*server)->port()) + "/";
        QVERIFY(!makeCurlTransport()->send(call)); // nobody has said that it is to be trusted
        call.caFile = path("till/certificate.pem");
        call.verifyAtMs = clock_.now;
        const auto reply = makeCurlTransport()->send(call);
        QVERIFY2(reply, reply ? "" : reply.error().what.c_str());
        QCOMPARE(reply->body, std::string("hello"));
    }

    void takesTheChains() {
        const auto made = loadOrMakeCertificate(config_, clock_);
        config_.certificateFile = path("till/certificate.pem");
        config_.keyFile = path("till/key.pem");
        config_.stateFolder = path("nowhere");
        QCOMPARE(loadOrMakeCertificate(config_, clock_)->certificatePem, made->certificatePem);
        config_.keyFile = path("missing.pem");
        QCOMPARE(loadOrMakeCertificate(config_, clock_).error().code, Errc::NotFound);
    }

    void readsItsConfiguration() {
        const auto config =
            parsed("listen = ['192.168.10.2:8443']\nidle_minutes = 60\nnames = ['till.lan']\n");
        QVERIFY2(config, config ? "" : config.error().what.c_str());
        QCOMPARE(config->idleMinutes, 60);
        QCOMPARE(certificateNames(*config), std::vector<std::string>{"till.lan"});
        QCOMPARE(certificateNames(config_), (std::vector<std::string>{"192.168.10.2", "fd00::2"}));
    }

    void readsWhereItPrints_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("printer");
        QTest::addColumn<int>("paperMm");
        QTest::addColumn<bool>("drawsCodes");
        QTest::newRow("none") << ""
                              << "" << 80 << false;
        QTest::newRow("in the network") << "printer = 'tcp:192.168.10.9:9100'"
                                        << "tcp:192.168.10.9:9100" << 80 << false;
        QTest::newRow("wide") << "printer = 'usb:/dev/usb/lp0'\npaper_mm = 80\nprinter_codes = 'own'"
                              << "usb:/dev/usb/lp0" << 80 << false;
        QTest::newRow("narrow") << "printer = 'serial:/dev/ttyS0:19200'\npaper_mm = 58"
                                << "serial:/dev/ttyS0:19200" << 58 << false;
        QTest::newRow("knows no codes") << "printer = 'usb:/dev/usb/lp0'\nprinter_codes = 'drawn'"
                                        << "usb:/dev/usb/lp0" << 80 << true;
    }
    void readsWhereItPrints() {
        QFETCH(QString, text);
        QFETCH(QString, printer);
        QFETCH(int, paperMm);
        QFETCH(bool, drawsCodes);
        const auto config = parsed(("listen = ['a:1']\n" + text).toUtf8().constData());
        QVERIFY2(config, config ? "" : config.error().what.c_str());
        QCOMPARE(QString::fromStdString(config->printer), printer);
        QCOMPARE(config->paperMm, paperMm);
        QCOMPARE(config->drawsCodes, drawsCodes);
    }

    void refusesWhatIsWrong_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << ""
                                 << "listen is missing";
        QTest::newRow("no addresses") << "listen = []"
                                      << "line 1, listen";
        QTest::newRow("too many") << "listen = ['a','b','c','d','e','f','g','h','i']"
                                  << "line 1, listen";
        QTest::newRow("idle for ever") << "listen = ['a:1']\nidle_minutes = 61"
                                       << "line 2, idle_minutes: expected 1 to 60";
        QTest::newRow("idle for nothing") << "listen = ['a:1']\nidle_minutes = 0"
                                          << "line 2, idle_minutes";
        const auto wrong = [](const char* name, const char* setting, const char* words) {
            QTest::newRow(name) << QString("listen = ['a:1']\n") + setting << words;
        };
        const auto* const places =
            "line 2, printer: expected tcp:ADDRESS[:PORT], usb:/dev/… or serial:/dev/…";
        wrong("a printer nowhere", "printer = ''", places);
        wrong("a printer that is a number", "printer = 9100", places);
        wrong("two printers", "printer = ['usb:/dev/usb/lp0']", places);
        wrong("another paper", "paper_mm = 57", "line 2, paper_mm: expected 80 or 58");
        wrong("no paper", "paper_mm = 0", "line 2, paper_mm: expected 80 or 58");
        wrong("paper in words", "paper_mm = '80'", "line 2, paper_mm: expected 80 or 58");
        wrong("half a millimetre", "paper_mm = 57.5", "line 2, paper_mm: expected 80 or 58");
        wrong("other codes", "printer_codes = 'qr'", "line 2, printer_codes: expected own or drawn");
        wrong("codes or not", "printer_codes = true", "line 2, printer_codes: expected own or drawn");
        wrong("codes in capitals", "printer_codes = 'Drawn'", "line 2, printer_codes: expected own or drawn");
        QTest::newRow("half a certificate") << "listen = ['a:1']\nkey = 'k.pem'"
                                            << "belong together";
        QTest::newRow("unknown") << "listen = ['a:1']\nport = 1"
                                 << "line 2, port: no such setting";
        QTest::newRow("no TOML") << "listen"
                                 << "line 1";
    }
    void refusesWhatIsWrong() {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const auto config = parsed(text.toUtf8().constData());
        QVERIFY(!config);
        QVERIFY2(config.error().what.find(words.toStdString()) != std::string::npos,
                 config.error().what.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTillCertificate)
#include "tst_till_certificate.moc"
