// Portal, gate and edge are killed, ended and replaced while guests use the network: nobody who is in
// notices, nobody who is not gets through, and the page is there again at once.
#include "e2e/portal/guest_store.h"
#include "e2e/portal/heartbeat.h"

#include <QTest>

using namespace silta;
using namespace silta::test;

namespace {

constexpr qint64 kBackMs = 500;

} // namespace

class TestPortalRestarts : public QObject {
    Q_OBJECT

    std::unique_ptr<GuestStore> store_;

    [[nodiscard]] const Network& guest() { return store_->rig().guest; }
    [[nodiscard]] const Network& other() { return store_->rig().other; }
    [[nodiscard]] bool isLed() {
        const auto page = exchange(other(), kGateway4, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        return page.status == 302;
    }
    /// Ends one program and starts it again. Empty, or what failed.
    std::string restart(const QString& program, bool isKilled) {
        const int signal = isKilled ? SIGKILL : SIGTERM;
        if (program == "silta-portal") {
            store_->stopPortal(signal);
            return store_->startPortal();
        }
        if (program == "silta-gate") {
            store_->rig().stopGate(signal);
            QTest::qWait(100); // nobody is there
            return store_->rig().startGate();
        }
        isKilled ? store_->station().killEdge() : store_->station().stopEdge();
        if (!isLed()) return "the page needs edge";
        return store_->station().startEdge() ? std::string() : "edge does not start";
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        store_ = std::make_unique<GuestStore>("ways = { terms = 60 }\n");
        const auto wrong = store_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(!Rig::slaac(guest()).empty() && !Rig::slaac(other()).empty());
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn("terms=2026-11").status, 303);
    }
    void init() {
        if (!store_) QSKIP("skipped: no rig");
    }
    void cleanupTestCase() { store_.reset(); }

    void nobodyNotices_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("how");
        for (const auto* program : {"silta-portal", "silta-gate", "silta-edge"})
            for (const auto* how : {"killed", "ended", "upgraded"})
                QTest::newRow(fmt::format("{} {}", program, how).c_str()) << QString(program) << QString(how);
    }
    void nobodyNotices() {
        QFETCH(QString, program);
        QFETCH(QString, how);
        const Echo echo4(store_->rig().internet, kInternet4);
        const Echo echo6(store_->rig().internet, kInternet6);
        Wire wire4(store_->rig().internet, "i0");
        Wire wire6(store_->rig().internet, "i0");
        const Stranger stranger(other());
        Heartbeat four(guest(), kInternet4);
        Heartbeat six(guest(), kInternet6);
        QTRY_VERIFY_WITH_TIMEOUT(four.sent() > 50 && six.sent() > 50 && stranger.knocks() > 50, kPatienceMs);
        // A machine that has other things to do gets three tries; what guests notice counts in all of them.
        qint64 backMs = 2 * kBackMs;
        for (int i = 0; i < 3 && backMs > kBackMs; ++i) {
            if (how == "upgraded") QVERIFY(store_->replaceProgram(program.toStdString()));
            QElapsedTimer timer;
            timer.start();
            const auto wrong = restart(program, how == "killed");
            QVERIFY2(wrong.empty(), wrong.c_str());
            QTRY_VERIFY_WITH_TIMEOUT(isLed(), kPatienceMs);
            backMs = timer.elapsed();
        }
        Visitor known(guest(), kGateway4);
        QCOMPARE(known.get("/").status, 200);
        QCOMPARE(store_->isCaptive(guest()), std::optional(false)); // its session goes on
        const auto knocked = stranger.knocks();
        QTRY_VERIFY_WITH_TIMEOUT(stranger.knocks() > knocked + 50, kPatienceMs);
        four.finish();
        six.finish();
        qInfo("back after %lld ms; %d + %d datagrams, %d lost, longest gap %lld ms; %d knocks",
              static_cast<long long>(backMs), four.sent(), six.sent(), four.lost() + six.lost(),
              static_cast<long long>(std::max(four.gapMs(), six.gapMs())), stranger.knocks());
        QCOMPARE(four.lost() + six.lost(), 0);
        QVERIFY(four.gapMs() <= kGapMsMax && six.gapMs() <= kGapMsMax);
        QCOMPARE(wire4.heard(Wire::to(kForbidden4)), QString());
        QCOMPARE(wire6.heard(Wire::to(kForbidden6)), QString());
        QVERIFY2(backMs <= kBackMs, std::to_string(backMs).c_str());
    }
    void theyWouldHaveBeenHeard() { // the same stranger, let in
        Wire wire(store_->rig().internet, "i0");
        Visitor visitor(other(), kGateway4);
        QCOMPARE(visitor.signIn("terms=2026-11").status, 303);
        const Stranger stranger(other());
        QVERIFY(wire.hears(Wire::to(kForbidden4)));
    }
};

QTEST_GUILESS_MAIN(TestPortalRestarts)
#include "tst_portal_restarts.moc"
