// What time it is, to a device whose own clock says nonsense.
#include "hub/hub_api.h"
#include "support/certificates.h"
#include "support/clocks.h"
#include "sync/hub_client.h"
#include "sync/trusted_clock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;

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
