#include "edge/usage.h"

#include <QTest>

using namespace silta;

class TestUsage : public QObject {
    Q_OBJECT

    static constexpr UtcMs kDayMs = 86'400'000;
    static std::int64_t of(const UsageMeter& meter, const char* day, const char* what) {
        return meter.toJson()[day][what].get<std::int64_t>();
    }

private slots:
    void countsADay() {
        UsageMeter meter;
        meter.add(20'000 * kDayMs + 5, 10, 100, 1'000);
        meter.add(20'000 * kDayMs + 6, 1, 2, 3);
        QCOMPARE(of(meter, "today", "pushed"), std::int64_t(11));
        QCOMPARE(of(meter, "today", "pulled"), std::int64_t(102));
        QCOMPARE(of(meter, "today", "written"), std::int64_t(1'003));
        QCOMPARE(of(meter, "yesterday", "pushed"), std::int64_t(0));
    }
    void putsTheDayBeforeAside() {
        UsageMeter meter;
        meter.add(20'000 * kDayMs, 10, 0, 0);
        meter.add(20'001 * kDayMs, 3, 0, 0);
        QCOMPARE(of(meter, "yesterday", "pushed"), std::int64_t(10));
        QCOMPARE(of(meter, "today", "pushed"), std::int64_t(3));
        meter.add(20'003 * kDayMs, 1, 0, 0); // a day without any
        QCOMPARE(of(meter, "yesterday", "pushed"), std::int64_t(0));
    }
    void goesOnAfterARestart() {
        UsageMeter meter;
        meter.add(20'000 * kDayMs, 10, 20, 30);
        UsageMeter again;
        again.restore(meter.toJson());
        again.add(20'000 * kDayMs, 1, 1, 1);
        QCOMPARE(of(again, "today", "written"), std::int64_t(31));
        again.restore("nonsense");
        QCOMPARE(of(again, "today", "written"), std::int64_t(0));
    }
    void theKernelTellsWhatWasWritten() { QVERIFY(bytesWrittenByProcess() >= 0); }
};

QTEST_APPLESS_MAIN(TestUsage)
#include "tst_usage.moc"
