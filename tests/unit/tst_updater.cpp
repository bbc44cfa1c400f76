// When an update may be installed, and what a diagnostic bundle keeps to itself.
#include "edge/diagnostics.h"
#include "edge/updater.h"

#include <silta/catalog.h>

#include <QTest>
#include <algorithm>
#include <cstdlib>
#include <ctime>

using namespace silta;

namespace {

/// Minutes after the midnight at which 2026-11-23, a Monday, begins.
UtcMs at(int hour, int minute) {
    constexpr UtcMs kMidnight = 1'795'392'000'000;
    return kMidnight + (hour * 60LL + minute) * 60'000;
}

/// Nine to nine, and on Tuesdays from six.
OpeningHours hours() {
    OpeningHours hours;
    for (auto& day : hours.week)
        day = {{9 * 60, 21 * 60}};
    hours.week[1] = {{6 * 60, 21 * 60}};
    return hours;
}

const OpeningHours& allDay() {
    static const auto hours = [] {
        OpeningHours open;
        for (auto& day : open.week)
            day = {{0, 24 * 60}};
        return open;
    }();
    return hours;
}

} // namespace

class TestUpdater : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        ::setenv("TZ", "UTC", 1);
        ::tzset();
    }

    void waitsForTheStoreToClose_data() {
        QTest::addColumn<int>("hour");
        QTest::addColumn<int>("minute");
        QTest::addColumn<bool>("isQuiet");
        QTest::addColumn<bool>("isQuietWithoutHours");
        QTest::newRow("noon") << 12 << 0 << false << false;
        QTest::newRow("last minute") << 20 << 59 << false << false;
        QTest::newRow("closed") << 21 << 0 << true << false;
        QTest::newRow("over midnight") << 23 << 50 << true << false;
        QTest::newRow("before two") << 1 << 59 << true << false;
        QTest::newRow("two") << 2 << 0 << true << true;
        QTest::newRow("time enough before five") << 4 << 14 << true << true;
        QTest::newRow("too late before five") << 4 << 15 << true << false;
        QTest::newRow("time enough") << 8 << 14 << true << false;
        QTest::newRow("opens too soon") << 8 << 15 << false << false;
        QTest::newRow("Tuesday opens too soon") << 24 + 5 << 15 << false << false;
    }
    void waitsForTheStoreToClose() {
        QFETCH(int, hour);
        QFETCH(int, minute);
        const auto known = hours();
        const OpeningHours unknown;
        QTEST(isQuietHour(&known, {}, at(hour, minute)), "isQuiet");
        QTEST(isQuietHour(nullptr, {}, at(hour, minute)), "isQuietWithoutHours");
        QTEST(isQuietHour(&unknown, {}, at(hour, minute)), "isQuietWithoutHours");
        QTEST(isQuietHour(&allDay(), {}, at(hour, minute)), "isQuietWithoutHours");
    }

    void findsAnHourInAStoreThatNeverCloses() {
        const auto& open = allDay();
        const UpdateWindow overMidnight{23 * 60 + 30, 30};
        QVERIFY(!isQuietHour(&open, overMidnight, at(23, 29)));
        QVERIFY(isQuietHour(&open, overMidnight, at(23, 30)));
        QVERIFY(!isQuietHour(&open, overMidnight, at(23, 45))); // not time enough
        QVERIFY(!isQuietHour(&open, overMidnight, at(3, 0)));
        auto almost = open; // closed for a quarter of an hour a day: no time for an update
        for (auto& day : almost.week)
            day = {{0, 12 * 60}, {12 * 60 + 15, 24 * 60}};
        QVERIFY(!isQuietHour(&almost, {}, at(12, 0)));
        QVERIFY(isQuietHour(&almost, {}, at(3, 0)));
        auto sundays = open;
        sundays.week[6] = {};
        QVERIFY(!isQuietHour(&sundays, {}, at(3, 0))); // it closes once a week: that is when
        QVERIFY(isQuietHour(&sundays, {}, at(6 * 24 + 12, 0)));
    }

    void takesAHolidayForClosed() {
        auto known = hours();
        known.special = {{"2026-11-23", {}}};
        QVERIFY(isQuietHour(&known, {}, at(12, 0)));
        known.special = {{"2026-11-24", {{0, 60}}}};
        QVERIFY(!isQuietHour(&known, {}, at(23, 50))); // it opens at midnight
    }

    void strikesOutWhatMayBeSomebodys_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("left");
        const QString plain = "info silta.edge synced pushed=12 code=Unavailable";
        QTest::newRow("ours") << plain << plain;
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("address") << "to a@b.fi now"
                                 << "to [struck] now";
        QTest::newRow("telephone") << "call +358 40 765 4321, please"
                                   << "call[struck], please";
        QTest::newRow("seven digits") << "n=1234567"
                                      << "n=[struck]";
        QTest::newRow("six digits") << "n=123456"
                                    << "n=123456";
        QTest::newRow("hardware address") << "of aa:bb:cc:dd:ee:0f"
                                          << "of [struck]";
        QTest::newRow("time of day") << "at 12:30:05"
                                     << "at 12:30:05";
    }
    void strikesOutWhatMayBeSomebodys() {
        QFETCH(QString, line);
        QTEST(QString::fromStdString(struckOut(line.toStdString())), "left");
    }

    void keepsABundleSmallAndToWhatIsNamed() {
        const std::vector<std::string> log(1'000, std::string(1'000, '"'));
        const Json status = {{"deviceId", "device-1"},
                             {"members", {"Aino"}},
                             {"hub", {{"reachable", true}, {"address", "Aino"}}},
                             {"storeCode", {{"name", "Aino"}}}};
        const auto text = diagnosticsText(status, {}, "1.3.0", log);
        QVERIFY2(text.size() < kDiagnosticsBytesMax / 4 * 3 - 100, "sealed and in base64url");
        QVERIFY(text.find("Aino") == std::string::npos);
        const auto json = parseJson(text, kDiagnosticsBytesMax);
        QVERIFY(json);
        QCOMPARE((*json)["log"].size(), kDiagnosticLinesMax);
        QVERIFY(((*json)["state"] == Json{{"deviceId", "device-1"}, {"hub", {{"reachable", true}}}}));
    }
};

QTEST_GUILESS_MAIN(TestUpdater)
#include "tst_updater.moc"
