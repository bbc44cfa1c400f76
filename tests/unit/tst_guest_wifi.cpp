// The code that joins a phone to the guest Wi-Fi.
#include "core/json.h"
#include "core/local_time.h"
#include "edge/guest_wifi.h"
#include "support/clocks.h"
#include "support/fake_catalog.h"

#include <QTest>

using namespace silta;

class TestGuestWifi : public QObject {
    Q_OBJECT

    static Json told(const EdgeConfig& config, bool isOpen) {
        return *parseJson(wifiTeller(config, [isOpen] { return isOpen; })(HttpRequest()).body, 4'096);
    }

private slots:
    void tellsWhatThereIs() {
        EdgeConfig config;
        QVERIFY(told(config, true) == (Json{{"state", "none"}}));
        config.portalUrl = "http://10.77.0.1";
        QVERIFY(told(config, false) == (Json{{"state", "open"}})); // somebody else's access points
        config.wifiName = "Silta";
        QVERIFY(told(config, false) ==
                (Json{{"state", "open"}, {"name", "Silta"}, {"code", "WIFI:T:nopass;S:Silta;;"}}));
        config.wifiPassword = "let me in";
        QVERIFY(told(config, false) == (Json{{"state", "open"},
                                             {"name", "Silta"},
                                             {"password", "let me in"},
                                             {"code", "WIFI:T:WPA;S:Silta;P:let me in;;"}}));
        config.guestsWhenOpen = true;
        QVERIFY(told(config, false) == (Json{{"state", "closed"}}));
        QCOMPARE(told(config, true)["state"].get<std::string>(), std::string("open"));
    }
    void aStoreIsOpenByItsHours() {
        const test::FakeClock clock;
        for (const bool isOpen : {false, true}) {
            auto shelf = std::make_shared<test::FakeShelf>(test::makeShelf());
            for (auto& store : shelf->stores) {
                store.hours = {};
                auto& today = store.hours.special.emplace_back();
                today.date = localTimeOf(clock.nowMs()).date;
                if (isOpen) today.open = {{0, 24 * 60}};
            }
            StoreFace face(test::openerOf(shelf), clock);
            QCOMPARE(isStoreOpen(face, "A", clock.nowMs()), isOpen);
        }
        auto untold = std::make_shared<test::FakeShelf>(test::makeShelf());
        for (auto& store : untold->stores)
            store.hours = {};
        StoreFace face(test::openerOf(untold), clock);
        QVERIFY(isStoreOpen(face, "A", clock.nowMs()));
        StoreFace none([](const std::string&) { return Error{Errc::NotFound, "no catalogue"}; }, clock);
        QVERIFY(isStoreOpen(none, "A", clock.nowMs())); // nobody is turned away for it
    }
    void aCodeJoins_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* tag, const char* name, const char* password, const char* code) {
            QTest::newRow(tag) << QByteArray(name) << QByteArray(password) << QByteArray(code);
        };
        row("open", "Silta Guest", "", "WIFI:T:nopass;S:Silta Guest;;");
        row("password", "Silta", "let me in", "WIFI:T:WPA;S:Silta;P:let me in;;");
        row("ends a part", "a;b", "c;d;;", "WIFI:T:WPA;S:a\\;b;P:c\\;d\\;\\;;;");
        row("begins a part", "P:x", "S:y", "WIFI:T:WPA;S:P\\:x;P:S\\:y;;");
        row("escapes itself", "a\\", "\\;", "WIFI:T:WPA;S:a\\\\;P:\\\\\\;;;");
        row("quotes and commas", "\"a,b\"", "", "WIFI:T:nopass;S:\\\"a\\,b\\\";;");
        row("other letters", "Myymälä", "", "WIFI:T:nopass;S:Myymälä;;");
    }
    void aCodeJoins() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, password);
        QFETCH(QByteArray, code);
        QCOMPARE(QByteArray::fromStdString(wifiCode(name.toStdString(), password.toStdString())), code);
    }
};

QTEST_APPLESS_MAIN(TestGuestWifi)
#include "tst_guest_wifi.moc"
