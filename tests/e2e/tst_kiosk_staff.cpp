// The kiosk's corner of staff, and its facets, with the real hub, edge and kiosk.
#include "e2e/till_store.h"

using namespace silta;
using namespace silta::test;

class TestKioskStaff : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;

    bool tap(const std::string& name) {
        return station_->kioskUntil("tap " + name, [](const Json& a) { return a.value("ok", false); })
            .value("ok", false);
    }
    /// By the pad on the page.
    bool signIn(const std::string& badge, const std::string& pin) {
        if (!station_->kiosk("staff").value("ok", false)) return false;
        if (!station_->kiosk("scan " + badge).value("ok", false)) return false;
        for (const char digit : pin)
            if (!tap(std::string("pin-") + digit)) return false;
        return tap("pin-check");
    }
    Json settled() {
        return station_->kioskUntil("state", [](const Json& s) {
            return !s["staff"].value("checking", true) &&
                   (s["staff"].value("signedIn", false) || !s["staff"].value("problem", "").empty());
        })["staff"];
    }

private slots:
    void initTestCase() {
        station_ = std::make_unique<Station>(SILTA_BIN);
        const auto problem = startTillStore(*station_);
        QVERIFY2(problem.empty(), problem.c_str());
        QVERIFY(station_->startKiosk({}));
        station_->kioskUntil("state", [](const Json& s) { return s.value("catalogReady", false); });
    }

    void facetsAreCountedOfTheRealCatalogue() {
        QVERIFY(tap("attractTouch"));
        QVERIFY(tap("homeBrowse"));
        const auto shown = station_->kioskUntil("state", [](const Json& s) {
            return !s["search"].value("busy", true) && s["search"]["total"] > 0;
        });
        std::size_t total = 0;
        for (const auto& [brand, cards] : shown["search"]["brands"].items())
            total += cards.get<std::size_t>();
        QVERIFY(total > 0 && total <= shown["search"]["total"].get<std::size_t>());
        QCOMPARE(shown["search"]["results"].size(), shown["search"]["total"].get<std::size_t>());
    }

    void staffComeInWithTheTillsBadgeAndPin() {
        QVERIFY(signIn(kBadge, "000000"));
        auto staff = settled();
        QVERIFY(!staff.value("signedIn", true));
        QVERIFY(staff["health"].empty());
        QVERIFY(signIn(kBadge, kPin));
        staff = station_->kioskUntil("state", [](const Json& s) {
            return s["staff"].value("signedIn", false) && !s["staff"].value("summary", "").empty();
        })["staff"];
        QCOMPARE(QString::fromStdString(staff.value("name", "")), QStringLiteral("Aino"));
        QCOMPARE(QString::fromStdString(staff["health"].value("Connection to headquarters", "")),
                 QStringLiteral("Connected"));
        QVERIFY(station_->kiosk("scan 9521234543213").value("ok", false));
        const auto scanned = station_->kioskUntil(
            "state", [](const Json& s) { return !s["staff"].value("scanned", "").empty(); });
        QCOMPARE(QString::fromStdString(scanned["staff"].value("scanned", "")),
                 QStringLiteral("A product: 9521234543213"));
        QVERIFY(tap("staffSignOut"));
        const auto left =
            station_->kioskUntil("state", [](const Json& s) { return s.value("page", "") == "Attract"; });
        QVERIFY(!left["staff"].value("signedIn", true));
        QVERIFY(left["staff"]["health"].empty());
    }

    void headquartersHearsWhoWasThere() {
        QCOMPARE(station_->ctl("sync").status, 0);
        const auto heard = [this] {
            const auto log =
                station_->run("silta-hub", {"staff", "log", "--db", station_->path("hub.db")}).out;
            return log.find("sign-in") != std::string::npos && log.find("sign-out") != std::string::npos &&
                   log.find("refused") != std::string::npos;
        };
        QVERIFY(QTest::qWaitFor(heard, 30'000));
        const auto where = fileThatHolds(*station_, {kPin});
        QVERIFY2(where.empty(), where.c_str());
    }
};

QTEST_GUILESS_MAIN(TestKioskStaff)
#include "tst_kiosk_staff.moc"
