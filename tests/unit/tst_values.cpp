#include <silta/hlc.h>
#include <silta/money.h>
#include <silta/random.h>
#include <silta/uuid.h>

#include <QTest>
#include <set>

using namespace silta;

namespace {

class FixedClock final : public Clock {
public:
    UtcMs nowMs() const override { return now; }
    std::int64_t steadyMs() const override { return now; }
    UtcMs now = 0;
};

} // namespace

class TestValues : public QObject {
    Q_OBJECT

private slots:
    void readsPrices_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("minor");
        QTest::addColumn<QByteArray>("again");
        QTest::newRow("cents") << QByteArray("12.95 EUR") << qint64(1295) << QByteArray("12.95 EUR");
        QTest::newRow("no decimals") << QByteArray("5 SEK") << qint64(500) << QByteArray("5.00 SEK");
        QTest::newRow("one decimal") << QByteArray("5.5 PLN") << qint64(550) << QByteArray("5.50 PLN");
        QTest::newRow("yen") << QByteArray("980 JPY") << qint64(980) << QByteArray("980 JPY");
        QTest::newRow("three decimals") << QByteArray("1.250 KWD") << qint64(1250) << QByteArray("1.250 KWD");
        QTest::newRow("zeros that say nothing")
            << QByteArray("12.9500 EUR") << qint64(1295) << QByteArray("12.95 EUR");
        QTest::newRow("below one") << QByteArray("0.05 EUR") << qint64(5) << QByteArray("0.05 EUR");
    }
    void readsPrices() {
        QFETCH(QByteArray, text);
        QFETCH(qint64, minor);
        QFETCH(QByteArray, again);
        const auto money = Money::parse(text.toStdString());
        QVERIFY2(money.has_value(), money ? "" : money.error().what.c_str());
        QCOMPARE(qint64(money->minor), minor);
        QCOMPARE(QByteArray::fromStdString(money->toString()), again);
    }

    void refusesPrices_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const auto invalid = static_cast<int>(Errc::Invalid);
        QTest::newRow("no currency") << QByteArray("12.95") << invalid;
        QTest::newRow("comma") << QByteArray("12,95 EUR") << invalid;
        QTest::newRow("negative") << QByteArray("-1 EUR") << invalid;
        QTest::newRow("point without decimals") << QByteArray("1. EUR") << invalid;
        QTest::newRow("fraction of a cent") << QByteArray("1.999 EUR") << invalid;
        QTest::newRow("lower case currency") << QByteArray("1 eur") << invalid;
        QTest::newRow("unknown currency") << QByteArray("1 XQQ") << static_cast<int>(Errc::Unsupported);
        QTest::newRow("too large") << QByteArray("1234567890123 EUR") << static_cast<int>(Errc::Limit);
    }
    void refusesPrices() {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        const auto money = Money::parse(text.toStdString());
        QVERIFY(!money);
        QCOMPARE(static_cast<int>(money.error().code), code);
    }

    void clockNeverGoesBackWhenTheWallClockDoes() {
        Hlc last;
        UtcMs wall = 1'700'000'000'000;
        for (int i = 0; i < 100'000; ++i) {
            if (i % 1'000 == 999) wall -= 10LL * 365 * 86'400'000; // ten years back
            if (i % 1'500 == 999) wall += 20LL * 365 * 86'400'000;
            wall = std::max<UtcMs>(wall, 0) % 4'000'000'000'000;
            const auto next = Hlc::next(last, wall);
            QVERIFY(next > last);
            last = next;
        }
    }

    void clockFollowsTheWallClockWhenItMovesOn() {
        const auto stamp = Hlc::next(Hlc::make(1'000, 5), 2'000);
        QCOMPARE(stamp.ms(), UtcMs(2'000));
        QCOMPARE(int(stamp.counter()), 0);
    }

    void uuidsOfStampsSortAsTheyWereMade() {
        SystemRandom random;
        Hlc stamp;
        std::string before;
        for (int i = 0; i < 1'000; ++i) {
            stamp = Hlc::next(stamp, i < 500 ? 1'700'000'000'000 : 1'600'000'000'000); // put back midway
            const auto id = makeUuid(stamp, random);
            QVERIFY(isUuid(id));
            QVERIFY(id > before);
            before = id;
        }
    }

    void uuidsAreVersion7AndSortByTime() {
        FixedClock clock;
        SystemRandom random;
        std::set<std::string> seen;
        std::string before;
        for (clock.now = 1'700'000'000'000; clock.now < 1'700'000'000'500; ++clock.now) {
            const auto id = makeUuid(clock, random);
            QVERIFY(isUuid(id));
            QCOMPARE(id[14], '7');
            QVERIFY(std::string("89ab").find(id[19]) != std::string::npos);
            QVERIFY(id > before);
            QVERIFY(seen.insert(id).second);
            before = id;
        }
        QVERIFY(!isUuid("0190f3a0-7c1e-7000-8000-00000000000G"));
        QVERIFY(!isUuid("0190f3a0-7c1e-7000-8000-0000000000"));
        QVERIFY(!isUuid("0190F3A0-7C1E-7000-8000-000000000000"));
    }
};

QTEST_APPLESS_MAIN(TestValues)
#include "tst_values.moc"
