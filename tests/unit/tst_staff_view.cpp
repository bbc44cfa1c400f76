// The corner of staff: who gets in, and what is told there.
#include "support/kiosk_stage.h"

#include <QTest>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;

namespace {

void signIn(KioskStage& stage, const char* pin = "246810") {
    stage.controller.openStaff();
    stage.controller.staff()->signIn(QStringLiteral("STAFF-1001"), QString::fromLatin1(pin));
    stage.settle();
}

QString valueOf(StaffView& staff, const QString& label) {
    for (const HealthRow& row : staff.health()->rows())
        if (row.label == label) return row.value;
    return QStringLiteral("(none)");
}

} // namespace

class TestStaffView : public QObject {
    Q_OBJECT

private slots:
    void nobodyGetsInWithoutBadgeAndPin() {
        KioskStage stage;
        stage.open();
        auto& staff = *stage.controller.staff();
        signIn(stage, "000000");
        QCOMPARE(staff.state(), StaffView::SignedOut);
        QVERIFY(staff.problem().contains(QStringLiteral("2")));
        QCOMPARE(staff.health()->count(), 0);
        stage.controller.restart();
        QCOMPARE(stage.restarts, 0);
        staff.signIn({}, QStringLiteral("246810"));
        stage.settle();
        QCOMPARE(staff.state(), StaffView::SignedOut);
        signIn(stage, "000000");
        signIn(stage, "000000");
        QVERIFY(staff.problem().contains(QStringLiteral("60")));
        signIn(stage); // the right one, while it is locked
        QCOMPARE(staff.state(), StaffView::SignedOut);
    }

    void badgeMayBeScanned() {
        KioskStage stage;
        stage.open();
        stage.controller.openStaff();
        stage.scan("STAFF-1001");
        QCOMPARE(stage.controller.page(), KioskController::Staff);
        QCOMPARE(stage.controller.staff()->badge(), QStringLiteral("STAFF-1001"));
    }

    void deviceIsTold() {
        KioskStage stage;
        stage.edge->status["hub"]["reachable"] = false;
        stage.edge->status["hub"]["lastError"] = "connect: refused";
        stage.edge->status["outbox"] = {
            {"pending", 3}, {"quarantined", 1}, {"oldestMs", stage.clock.now - 7'200'000}};
        stage.open();
        signIn(stage);
        auto& staff = *stage.controller.staff();
        QCOMPARE(staff.state(), StaffView::SignedIn);
        QCOMPARE(staff.name(), QStringLiteral("Aino"));
        stage.controller.restart();
        QCOMPARE(stage.restarts, 1);
        QCOMPARE(valueOf(staff, QStringLiteral("Connection to headquarters")),
                 QStringLiteral("Not connected"));
        QCOMPARE(valueOf(staff, QStringLiteral("Why not")), QStringLiteral("connect: refused"));
        QCOMPARE(valueOf(staff, QStringLiteral("Held back by headquarters")), QStringLiteral("1"));
        QVERIFY(staff.summary().startsWith(QStringLiteral("SILTA-STATUS 1 d ")));
        QVERIFY(staff.summary().contains(QStringLiteral(" HUB=off ")));
        QVERIFY(staff.summary().contains(QStringLiteral(" PENDING=3 OLDEST=7200s HELD=1 ")));
        QVERIFY(!staff.summary().contains(QStringLiteral("Aino")));
        stage.edge->status["hub"]["reachable"] = true;
        stage.poll();
        QCOMPARE(valueOf(staff, QStringLiteral("Connection to headquarters")), QStringLiteral("Connected"));
    }

    void edgeLossLeavesWhatWasKnownAndSaysSo() {
        KioskStage stage;
        stage.open();
        signIn(stage);
        stage.edge->reachable = false;
        stage.poll();
        auto& staff = *stage.controller.staff();
        QVERIFY(staff.stale());
        QVERIFY(staff.health()->count() > 0);
        stage.edge->reachable = true;
        stage.poll();
        QVERIFY(!staff.stale());
    }

    void scannersThatComeAndGoAreTold() {
        KioskStage stage;
        stage.open();
        signIn(stage);
        auto& staff = *stage.controller.staff();
        const auto serial = QStringLiteral("serial:/dev/ttyACM0");
        const auto label = QStringLiteral("Scanner serial:/dev/ttyACM0");
        staff.setScanner(serial, true);
        staff.setScanner(QStringLiteral("camera"), false);
        QCOMPARE(valueOf(staff, label), QStringLiteral("works"));
        QCOMPARE(valueOf(staff, QStringLiteral("Camera")), QStringLiteral("not found"));
        staff.setScanner(serial, false);
        stage.clock.now += 3 * 60'000;
        stage.poll();
        QCOMPARE(valueOf(staff, label), QStringLiteral("gone, noticed 3 min ago"));
        staff.setScanner(serial, true);
        QCOMPARE(valueOf(staff, label), QStringLiteral("back, just now"));
        QCOMPARE(valueOf(staff, QStringLiteral("Camera")), QStringLiteral("not found"));
    }

    void scansAreToldAndLeadNowhere() {
        KioskStage stage;
        stage.open();
        signIn(stage);
        auto& staff = *stage.controller.staff();
        stage.scan("9520000000035");
        QCOMPARE(stage.controller.page(), KioskController::Staff);
        QCOMPARE(staff.scannedMeaning(), QStringLiteral("A product: 9520000000035"));
        QCOMPARE(staff.scannedText(), QStringLiteral("9520000000035"));
        stage.scan("]\x1d"
                   "17260131\x07");
        QVERIFY(staff.scannedText().contains(QStringLiteral("‹FNC1›")));
        QVERIFY(staff.scannedText().endsWith(QStringLiteral("‹07›")));
        // A member's number is a person's.
        const auto member = *makeMemberNumber("9246", 1, 1);
        stage.scan(member);
        QVERIFY(!staff.scannedText().contains(QString::fromStdString(member)));
        QCOMPARE(staff.scannedMeaning(),
                 QStringLiteral("Card ending in %1").arg(QString::fromStdString(member).right(4)));
        QCOMPARE(staff.scanCount(), 3);
    }

    void leavingSignsOutAndForgets_data() {
        QTest::addColumn<bool>("byClock");
        QTest::newRow("by hand") << false;
        QTest::newRow("by the clock") << true;
    }

    void leavingSignsOutAndForgets() {
        QFETCH(bool, byClock);
        KioskStage stage;
        stage.open();
        signIn(stage);
        stage.scan("9520000000035");
        auto& staff = *stage.controller.staff();
        if (!byClock) staff.signOut();
        stage.controller.resetSession();
        stage.settle();
        QCOMPARE(staff.state(), StaffView::SignedOut);
        QVERIFY(staff.name().isEmpty() && staff.summary().isEmpty() && staff.scannedText().isEmpty());
        QCOMPARE(staff.health()->count(), 0);
        const auto told = stage.edge->bodies("/staff/events");
        QCOMPARE(told.size(), std::size_t{1});
        QVERIFY(told.front().find(byClock ? "\"idle\"" : "\"sign-out\"") != std::string::npos);
        QVERIFY(told.front().find("staff-id") != std::string::npos);
    }

    void answerThatComesTooLateSignsNobodyIn() {
        KioskStage stage;
        stage.open();
        stage.controller.openStaff();
        stage.controller.staff()->signIn(QStringLiteral("STAFF-1001"), QStringLiteral("246810"));
        stage.controller.resetSession();
        stage.settle();
        QCOMPARE(stage.controller.staff()->state(), StaffView::SignedOut);
        stage.controller.openStaff();
        QCOMPARE(stage.controller.staff()->state(), StaffView::SignedOut);
        QCOMPARE(stage.edge->bodies("/staff/events").size(), std::size_t{1});
    }

    void answersThatAreNoneAreRefused() {
        QCOMPARE(parseStaffAnswer(200, "{}").error().code, Errc::Corrupt);
        QCOMPARE(parseStaffAnswer(200, "<html>").error().code, Errc::Corrupt);
        QCOMPARE(parseStaffAnswer(403, R"({"error":"denied"})").error().code, Errc::Unavailable);
        QCOMPARE(parseStaffAnswer(429, "").error().code, Errc::Limit);
        QCOMPARE(parseStaffAnswer(500, "").error().code, Errc::Unavailable);
        QVERIFY(!parseDeviceHealth("[]"));
        QVERIFY(parseDeviceHealth(R"({"hub":7,"outbox":[]})"));
    }
};

QTEST_MAIN(TestStaffView)
#include "tst_staff_view.moc"
