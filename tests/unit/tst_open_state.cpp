#include <silta/catalog.h>

#include <QtTest>

using namespace silta;

class OpenStateTest : public QObject {
    Q_OBJECT
private slots:
    void tellsTheDoor_data();
    void tellsTheDoor();
    void isOpenForeverWithoutAClosingTime();
    void isClosedForeverWithoutHours();
    void refusesNonsense_data();
    void refusesNonsense();
    void measuresDistances_data();
    void measuresDistances();
};

namespace {

// 2025-12-22 is a Monday.
OpeningHours shopHours() {
    OpeningHours hours;
    for (std::size_t day = 0; day < 5; ++day)
        hours.week[day] = {{540, 1260}};       // 9 to 21
    hours.week[4] = {{540, 720}, {780, 1560}}; // Friday: lunch break, until 2 at night
    hours.week[5] = {{600, 1080}};             // Saturday 10 to 18; Sunday closed
    hours.special = {{"2025-12-24", {{540, 780}}}, {"2025-12-25", {}}, {"2025-12-26", {}}};
    return hours;
}

} // namespace

void OpenStateTest::tellsTheDoor_data() {
    QTest::addColumn<QString>("date");
    QTest::addColumn<int>("minute");
    QTest::addColumn<bool>("open");
    QTest::addColumn<int>("closes"); // -1 = absent
    QTest::addColumn<int>("opens");
    QTest::addColumn<int>("days");
    const auto row = [](const char* name, const char* date, int minute, bool open, int closes, int opens,
                        int days) {
        QTest::newRow(name) << QString(date) << minute << open << closes << opens << days;
    };
    row("before opening", "2025-12-15", 539, false, -1, 540, 0);
    row("first minute", "2025-12-15", 540, true, 1260, -1, 0);
    row("last minute", "2025-12-15", 1259, true, 1260, -1, 0);
    row("at closing time", "2025-12-15", 1260, false, -1, 540, 1);
    row("friday morning", "2025-12-19", 700, true, 720, -1, 0);
    row("lunch break", "2025-12-19", 730, false, -1, 780, 0);
    row("friday evening closes after midnight", "2025-12-19", 1400, true, 120, -1, 0);
    row("saturday night still friday", "2025-12-20", 119, true, 120, -1, 0);
    row("saturday 2 at night", "2025-12-20", 120, false, -1, 600, 0);
    row("saturday evening opens monday", "2025-12-20", 1100, false, -1, 540, 2);
    row("sunday", "2025-12-21", 700, false, -1, 540, 1);
    row("special day shorter", "2025-12-24", 700, true, 780, -1, 0);
    row("special day closed early, next are closed", "2025-12-24", 800, false, -1, 600, 3);
    row("special closed", "2025-12-25", 700, false, -1, 600, 2);
    row("special closed drops friday night", "2025-12-27", 60, false, -1, 600, 0);
    row("only once a week", "2025-12-27", 1100, false, -1, 540, 2);
}

void OpenStateTest::tellsTheDoor() {
    QFETCH(QString, date);
    QFETCH(int, minute);
    QFETCH(bool, open);
    QFETCH(int, closes);
    QFETCH(int, opens);
    QFETCH(int, days);
    const auto state = openState(shopHours(), date.toStdString(), minute);
    QCOMPARE(state.open, open);
    QCOMPARE(state.closesAtMinute.value_or(-1), closes);
    QCOMPARE(state.opensAtMinute.value_or(-1), opens);
    QCOMPARE(state.opensInDays, days);
}

void OpenStateTest::isOpenForeverWithoutAClosingTime() {
    OpeningHours hours;
    for (auto& day : hours.week)
        day = {{0, 1440}};
    const auto state = openState(hours, "2025-12-15", 1439);
    QVERIFY(state.open);
    QVERIFY(!state.closesAtMinute);
    hours.week[2] = {}; // closed on Wednesdays
    QCOMPARE(openState(hours, "2025-12-16", 60).closesAtMinute.value_or(-1), 1440);
    QVERIFY(!openState(hours, "2025-12-15", 60).closesAtMinute); // more than a day ahead
    QCOMPARE(openState(hours, "2025-12-17", 60).opensAtMinute.value_or(-1), 0);
    QCOMPARE(openState(hours, "2025-12-17", 60).opensInDays, 1);
}

void OpenStateTest::isClosedForeverWithoutHours() {
    const auto state = openState(OpeningHours{}, "2025-12-15", 600);
    QVERIFY(!state.open && !state.opensAtMinute && !state.closesAtMinute);
    QVERIFY(!areHoursKnown(OpeningHours{}));
    OpeningHours mondays;
    mondays.week[0] = {{540, 720}};
    QVERIFY(areHoursKnown(mondays));
    OpeningHours closedFor; // for building works
    closedFor.special.push_back({"2025-12-15", {}});
    QVERIFY(areHoursKnown(closedFor) && !openState(closedFor, "2025-12-15", 600).open);
    const auto next = openState(mondays, "2025-12-15", 720);
    QCOMPARE(next.opensInDays, 7);
    QCOMPARE(next.opensAtMinute.value_or(-1), 540);
}

void OpenStateTest::refusesNonsense_data() {
    QTest::addColumn<QString>("date");
    QTest::addColumn<int>("minute");
    QTest::newRow("empty") << "" << 600;
    QTest::newRow("no such month") << "2025-13-01" << 600;
    QTest::newRow("no such day") << "2025-02-30" << 600;
    QTest::newRow("letters") << "2025-0a-01" << 600;
    QTest::newRow("other form") << "15.12.2025" << 600;
    QTest::newRow("minute before") << "2025-12-15" << -1;
    QTest::newRow("minute after") << "2025-12-15" << 1440;
}

void OpenStateTest::refusesNonsense() {
    QFETCH(QString, date);
    QFETCH(int, minute);
    const auto state = openState(shopHours(), date.toStdString(), minute);
    QVERIFY(!state.open && !state.opensAtMinute && !state.closesAtMinute);
}

// Great-circle distances as published for the centres of the cities.
void OpenStateTest::measuresDistances_data() {
    QTest::addColumn<double>("latitudeA");
    QTest::addColumn<double>("longitudeA");
    QTest::addColumn<double>("latitudeB");
    QTest::addColumn<double>("longitudeB");
    QTest::addColumn<double>("km");
    QTest::addColumn<double>("within");
    QTest::newRow("same place") << 60.17 << 24.94 << 60.17 << 24.94 << 0.0 << 0.0001;
    QTest::newRow("Helsinki Stockholm") << 60.1699 << 24.9384 << 59.3293 << 18.0686 << 396.0 << 3.0;
    QTest::newRow("Paris London") << 48.8566 << 2.3522 << 51.5074 << -0.1278 << 343.6 << 1.0;
    QTest::newRow("New York Los Angeles") << 40.7128 << -74.0060 << 34.0522 << -118.2437 << 3935.7 << 5.0;
    QTest::newRow("over the date line") << 0.0 << 179.5 << 0.0 << -179.5 << 111.195 << 0.01;
    QTest::newRow("antipodes") << 0.0 << 0.0 << 0.0 << 180.0 << 20015.1 << 0.1;
    QTest::newRow("ten metres") << 60.0 << 25.0 << 60.00009 << 25.0 << 0.01 << 0.0001;
}

void OpenStateTest::measuresDistances() {
    QFETCH(double, latitudeA);
    QFETCH(double, longitudeA);
    QFETCH(double, latitudeB);
    QFETCH(double, longitudeB);
    QFETCH(double, km);
    QFETCH(double, within);
    const auto there = distanceKm(latitudeA, longitudeA, latitudeB, longitudeB);
    const auto back = distanceKm(latitudeB, longitudeB, latitudeA, longitudeA);
    QVERIFY2(std::abs(there - km) <= within, qPrintable(QString::number(there)));
    QVERIFY(std::abs(there - back) < 1e-9);
}

QTEST_GUILESS_MAIN(OpenStateTest)
#include "tst_open_state.moc"
