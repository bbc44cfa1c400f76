// What time it is, to a device whose own clock says nonsense.
#include "edge/enrolment.h"
#include "hub/hub_api.h"
#include "support/certificates.h"
#include "support/clocks.h"
#include "sync/hub_client.h"
#include "sync/protocol.h"
#include "sync/trusted_clock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;

Q_DECLARE_METATYPE(HttpTls)

class TestHubTime : public QObject {
    Q_OBJECT

    static constexpr UtcMs kYearMs = 365LL * 86'400'000;
    static constexpr UtcMs kNow = kReleasedMs + 7 * kYearMs; // the certificate is of then
    QTemporaryDir folder_;
    test::FakeClock hubClock_;
    test::SeededRandom random_{1};
    hub::HubKeys keys_;
    std::unique_ptr<hub::OperationStore> store_;
    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::HubApi> api_;
    std::unique_ptr<HttpServer> server_;
    std::unique_ptr<HttpTransport> transport_ = makeCurlTransport();
    KeyPair device_ = makeSigningKeys();

    std::string path(const char* name) const { return (folder_.path() + "/" + name).toStdString(); }
    HubClient client(const Clock* clock) {
        return {*transport_,
                {"https://127.0.0.1:" + std::to_string(server_->port()), path("ca.pem"), "d1"},
                device_,
                clock};
    }
    /// As a new device, with a code for the store.
    Result<Enrolment> enrol(TrustedClock& clock, const std::string& hubKey) {
        const auto code = *store_->devices().makeEnrolCode("FI-HEL-01", 1);
        const auto keys = makeSigningKeys();
        return enrolAt(*transport_, {code, "https://127.0.0.1:" + std::to_string(server_->port()), hubKey},
                       path("ca.pem"), {keys, deviceIdOf(keys.publicKey)}, clock, random_);
    }

private slots:
    void initTestCase() {
        hubClock_.now = kNow;
        keys_ = *hub::loadOrMakeHubKeys(path("hub.keys"));
        store_ = *hub::OperationStore::open(path("hub.db"), keys_, hubClock_, random_);
        pool_ = std::make_unique<hub::StorePool>(*store_);
        hub::HubOptions options;
        options.listen = "127.0.0.1:0";
        options.tls = test::makeCertificate(kNow - 30LL * 86'400'000, kNow + kYearMs);
        QFile ca(QString::fromStdString(path("ca.pem")));
        QVERIFY(ca.open(QIODevice::WriteOnly));
        ca.write(options.tls->certificatePem.c_str());
        ca.close();
        api_ = std::make_unique<hub::HubApi>(
            *pool_, keys_, options, [](const std::string&) { return std::nullopt; },
            [](const std::string&) { return std::nullopt; }, hubClock_, random_);
        server_ = *api_->serve();
    }

    void judgesCertificatesByTheBestKnownTime() {
        test::FakeClock machine;
        machine.now = 0; // a board without a battery
        TrustedClock clock(machine);
        auto hub = client(&clock);
        const auto early = hub.get("/healthz");
        QVERIFY(!early); // not yet valid
        QCOMPARE(early.error().code, Errc::Unavailable);
        clock.learn(kNow);
        QVERIFY(hub.get("/healthz").has_value());
        clock.learn(kNow + 5 * kYearMs);
        auto later = client(&clock);
        transport_ = makeCurlTransport();         // the old one still has its connection
        QVERIFY(!client(&clock).get("/healthz")); // expired
    }

    void learnsTheTimeFromASignedAnswer() {
        test::FakeClock machine;
        machine.now = 0;
        TrustedClock clock(machine);
        transport_ = makeCurlTransport();
        auto hub = client(&clock);
        QVERIFY(!hub.get("/healthz"));
        const auto now = hub.pinnedTime(keys_.sign.publicKey, random_);
        QVERIFY2(now.has_value(), now ? "" : now.error().what.c_str());
        QCOMPARE(*now, kNow);
        clock.learn(*now);
        QVERIFY(hub.get("/healthz").has_value()); // and everything else is verified
    }

    void believesNoOtherSignature() {
        auto hub = client(nullptr);
        const auto now = hub.pinnedTime(makeSigningKeys().publicKey, random_);
        QVERIFY(!now);
        QCOMPARE(now.error().code, Errc::Denied);
    }

    void enrolsWithNoClock_data() {
        QTest::addColumn<bool>("isKeyTold");
        QTest::newRow("by a code with the hub's key") << true;
        QTest::newRow("by a code that was typed") << false;
    }
    void enrolsWithNoClock() {
        QFETCH(bool, isKeyTold);
        test::FakeClock machine;
        machine.now = 0;
        TrustedClock clock(machine);
        const auto enrolment = enrol(clock, isKeyTold ? keys_.sign.publicKey : "");
        QVERIFY2(enrolment, enrolment ? "" : enrolment.error().what.c_str());
        QCOMPARE(enrolment->storeCode, std::string("FI-HEL-01"));
        QCOMPARE(clock.isSynced(), isKeyTold); // a certificate alone sets no clock
        QCOMPARE(clock.nowMs(), isKeyTold ? kNow : kReleasedMs);
    }

    void isStrictOnceTheTimeIsKnown() {
        test::FakeClock machine;
        TrustedClock clock(machine);
        clock.learn(kNow - kYearMs);
        transport_ = makeCurlTransport(); // the old one still has its connection
        const auto enrolment = enrol(clock, "");
        QVERIFY(!enrolment);
        QCOMPARE(enrolment.error().code, Errc::Unavailable);
    }

    void enrolsAtNoOtherHub() {
        test::FakeClock machine;
        machine.now = kNow;
        TrustedClock clock(machine);
        const auto enrolment = enrol(clock, makeSigningKeys().publicKey);
        QVERIFY(!enrolment);
        QCOMPARE(enrolment.error().code, Errc::Denied);
        QVERIFY(enrolment.error().what.find("not the hub that the code names") != std::string::npos);
    }

    void believesNoAnswerThatWasChanged() {
        struct Changer final : HttpTransport {
            Result<HttpReply> send(const HttpCall& call) override {
                auto reply = real->send(call);
                const auto at = reply ? reply->body.find("FI-HEL-01") : std::string::npos;
                if (at != std::string::npos) reply->body[at] = 'X';
                return reply;
            }
            std::unique_ptr<HttpTransport> real = makeCurlTransport();
        };
        test::FakeClock machine;
        TrustedClock clock(machine);
        transport_ = std::make_unique<Changer>();
        const auto enrolment = enrol(clock, keys_.sign.publicKey);
        transport_ = makeCurlTransport();
        QVERIFY(!enrolment);
        QCOMPARE(enrolment.error().code, Errc::Denied);
    }

    void takesALaterCertificateAndNoOther_data() {
        QTest::addColumn<HttpTls>("tls");
        QTest::addColumn<HttpTls>("trusted");
        QTest::addColumn<bool>("isTaken");
        const auto later = test::makeCertificate(kNow, kNow + kYearMs);
        const auto authority = test::makeCertificate(kReleasedMs - kYearMs, kNow + 10 * kYearMs);
        const auto issued = test::makeCertificate(kNow, kNow + kYearMs, "IP:127.0.0.1", authority);
        const auto ended = test::makeCertificate(kReleasedMs - kYearMs, kNow - kYearMs);
        const auto expired = test::makeCertificate(kReleasedMs - 2 * kYearMs, kReleasedMs - kYearMs);
        const auto elsewhere = test::makeCertificate(kNow, kNow + kYearMs, "DNS:other.example");
        QTest::newRow("later") << later << later << true;
        QTest::newRow("later, of an authority of today") << issued << authority << true;
        QTest::newRow("of its own making") << test::makeCertificate(kNow, kNow + kYearMs) << later << false;
        QTest::newRow("of another authority") << issued << later << false;
        QTest::newRow("for another host") << elsewhere << elsewhere << false;
        QTest::newRow("expired") << expired << expired << false;
        // Nobody can have seen both of them valid.
        QTest::newRow("of an authority that had ended")
            << test::makeCertificate(kNow, kNow + kYearMs, "IP:127.0.0.1", ended) << ended << false;
    }
    void takesALaterCertificateAndNoOther() {
        QFETCH(HttpTls, tls);
        QFETCH(HttpTls, trusted);
        constexpr HttpLimits kLimits{4, 4, 8'192, 1'024, 5, 10, 1};
        const HttpServer::Route all{"*", "*", [](const HttpRequest&) { return HttpResponse{.body = "hi"}; }};
        auto server = HttpServer::start("127.0.0.1:0", {all}, kLimits, tls);
        QVERIFY2(server, server ? "" : server.error().what.c_str());
        QFile ca(QString::fromStdString(path("trusted.pem")));
        QVERIFY(ca.open(QIODevice::WriteOnly));
        ca.write(trusted.certificatePem.c_str());
        ca.close();
        HttpCall call;
        call.url = "https://127.0.0.1:" + std::to_string((*server)->port()) + "/";
        call.caFile = path("trusted.pem");
        call.verifyAtMs = kReleasedMs;
        const auto transport = makeCurlTransport();
        QVERIFY(!transport->send(call)); // nothing of it is good now
        call.takesLater = true;
        QTEST(transport->send(call).has_value(), "isTaken");
        call.takesLater = false;
        QVERIFY(!transport->send(call)); // neither the connection nor its session serves anybody else
    }

    void timeIsNeverBeforeTheRelease() {
        test::FakeClock machine;
        machine.now = 0;
        TrustedClock clock(machine);
        QCOMPARE(clock.nowMs(), kReleasedMs);
        clock.raiseFloor(kReleasedMs + kYearMs);
        QCOMPARE(clock.nowMs(), kReleasedMs + kYearMs);
        clock.raiseFloor(kReleasedMs); // lower than before: nothing
        QCOMPARE(clock.nowMs(), kReleasedMs + kYearMs);
        QVERIFY(!clock.isSynced());
    }

    void theHubsTimeHoldsWhateverTheMachineSays() {
        test::FakeClock machine;
        TrustedClock clock(machine);
        clock.raiseFloor(machine.now + 20 * kYearMs); // remembered from a time when it ran ahead
        clock.learn(kNow);
        QVERIFY(clock.isSynced());
        machine.now += 10 * kYearMs;
        machine.steady += 5'000;
        QCOMPARE(clock.nowMs(), kNow + 5'000);
        clock.learn(12'345); // a hub in 1970
        QCOMPARE(clock.nowMs(), kNow + 5'000);
    }
};

QTEST_GUILESS_MAIN(TestHubTime)
#include "tst_hub_time.moc"
