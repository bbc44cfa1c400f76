// Numbers of a device's orders: each its own, and none tells the next.
#include "core/order_number.h"
#include "edge/order_numbers.h"
#include "support/clocks.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <vector>

using namespace silta;

class TestOrderNumbers : public QObject {
    Q_OBJECT

private slots:
    void givesEveryCountANumberOfItsOwn() {
        const OrderNumbers numbers(7, std::string(32, 'k'));
        std::vector<bool> isTaken(kOrderSerialMax + 1);
        for (int count = 1; count <= kOrderSerialMax; ++count) {
            const auto number = numbers.make(count);
            QVERIFY(number.has_value());
            const auto serial = orderSerialOf(*number, 7);
            QVERIFY(serial && *serial >= 1 && !isTaken[static_cast<std::size_t>(*serial)]);
            isTaken[static_cast<std::size_t>(*serial)] = true;
            if (count % 1'009 == 1) QCOMPARE(numbers.countOf(*number).value_or(0), count);
        }
        QCOMPARE(numbers.make(0).error().code, Errc::Limit);
        QCOMPARE(numbers.make(kOrderSerialMax + 1).error().code, Errc::Limit);
    }

    void tellsNotTheNextOne() {
        const OrderNumbers numbers(7, std::string(32, 'k'));
        const OrderNumbers others(7, std::string(32, 'o'));
        int near = 0, same = 0;
        for (int count = 1; count < 1'000; ++count) {
            const auto serial = *orderSerialOf(*numbers.make(count), 7);
            const auto next = *orderSerialOf(*numbers.make(count + 1), 7);
            near += std::abs(next - serial) < 1'000 ? 1 : 0;
            same += *numbers.make(count) == *others.make(count) ? 1 : 0;
        }
        QVERIFY(near < 30); // by chance eight of a thousand
        QVERIFY(same < 3);
        QVERIFY(!numbers.countOf(*makeOrderNumber(8, 1)));
        QVERIFY(!numbers.countOf("nothing"));
    }

    void keepsItsKey() {
        const QTemporaryDir folder;
        test::SeededRandom random(3);
        const auto path = folder.path().toStdString();
        const auto made = loadOrMakeOrderKey(path, random);
        QVERIFY(made.has_value());
        QCOMPARE(loadOrMakeOrderKey(path, random).value_or(""), *made);
        QFile file(folder.filePath("order.key"));
        QVERIFY((file.permissions() & (QFile::ReadGroup | QFile::ReadOther)) == QFile::Permissions());
        QVERIFY(file.resize(5)); // of a bad card
        const auto anew = loadOrMakeOrderKey(path, random);
        QVERIFY(anew.has_value() && *anew != *made && anew->size() == made->size());
        QCOMPARE(loadOrMakeOrderKey("/nowhere/at/all", random).error().code, Errc::Io);
    }
};

QTEST_APPLESS_MAIN(TestOrderNumbers)
#include "tst_order_numbers.moc"
