// Vouchers of the kiosk at the portal: what they open, what comes with them, and when they are used up.
#include "support/portal_desk.h"

#include <QTest>

using namespace silta;
using namespace silta::portal;
using namespace silta::portal::test;

class TestPortalVouchers : public QObject, PortalDesk {
    Q_OBJECT

private slots:
    void init() { begin(); }

    void aVoucherWorksOnceAndForItsMinutes() {
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 303);
        QCOMPARE(api()["seconds-remaining"].get<int>(), 120 * 60);
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11", "10.77.0.10").status, 422);
        QVERIFY(has(get("/?voucher=SHOWN", "10.77.0.10"), "SHOWN"));
    }

    void aVoucherOfTheKioskBringsTheShoppersList() {
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 303);
        const auto offers = *edge_->offers(Lang::En);
        const auto page = get("/");
        QVERIFY(has(page, "class=wishlist") && has(page, offers[0].name) && has(page, offers[1].name));
        QVERIFY(!has(page, offers[2].name)); // only counted
        QVERIFY(has(page, "More on your list: " + std::to_string(offers.size() - 2)));
        QVERIFY(!has(get("/", "10.77.0.10"), "class=wishlist"));
        // Gone with the next sign-in, which brings none.
        QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
        QVERIFY(!has(get("/"), "class=wishlist"));
    }

    void aVoucherIsNotLostToAGateThatFails() {
        gate_->isDown = true;
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 503);
        gate_->isDown = false;
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11", "10.77.0.10").status,
                 422); // it is Ada's
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 303);
        QVERIFY(passes(kAda, kHere));
        // Once she is in it is used up, for her as well.
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 422);
    }

    void takesNoneWhereThatWayIsOff() {
        QVERIFY(portal_->sweep());
        QVERIFY(edge_->wasToldOfVouchers);
        std::erase_if(config_.ways, [](const Way& way) { return way.kind == WayKind::Voucher; });
        start();
        QVERIFY(portal_->sweep());
        QVERIFY(!edge_->wasToldOfVouchers); // the kiosk gives none out then
        const auto page = get("/?voucher=SHOWN");
        QVERIFY(!has(page, "SHOWN") && !has(page, "name=voucher") && !has(page, "value=voucher"));
        QVERIFY(has(page, "value=email"));
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 422);
        QVERIFY(!passes(kAda, kHere));
        config_.ways = {{WayKind::Voucher, 120}, {WayKind::Terms, 30}};
        start(); // and it is good still
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11", "10.77.0.10").status, 303);
    }

    void aVoucherIsNotLostToAnAnswerThatIs() {
        edge_->losesAnswers = true;
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 503);
        edge_->losesAnswers = false;
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 303);
    }
};

QTEST_APPLESS_MAIN(TestPortalVouchers)
#include "tst_portal_vouchers.moc"
