#include "sync/operation.h"

#include <QTest>

using namespace silta;

namespace {

Json sample() {
    return {{"id", "0190f3a0-7c1e-7000-8000-000000000001"},
            {"dev", "d0123456789abcdef0123"},
            {"inc", "00112233"},
            {"seq", 7},
            {"hlc", "0192000000000001"},
            {"e", "wishlist/0190f3a0-7c1e-7000-8000-000000000002"},
            {"t", "wishlist.add"},
            {"v", 1},
            {"d", {{"sku", "MUG-1"}}}};
}

} // namespace

class TestOperation : public QObject {
    Q_OBJECT

private slots:
    void roundTrips() {
        const auto operation = parseOperation(dumpJson(sample()));
        QVERIFY2(operation.has_value(), operation ? "" : operation.error().what.c_str());
        QCOMPARE(operation->seq, std::int64_t(7));
        QCOMPARE(operation->hlc.value, std::uint64_t(0x0192000000000001));
        const auto again = parseOperation(toLine(*operation));
        QVERIFY(again.has_value());
        QCOMPARE(toLine(*again), toLine(*operation));
    }

    void refusesMalformedMembers_data() {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("id") << QByteArray("id") << QByteArray("\"not a uuid\"");
        QTest::newRow("device with a quote") << QByteArray("dev") << QByteArray("\"d'\"");
        QTest::newRow("no incarnation") << QByteArray("inc") << QByteArray("null");
        QTest::newRow("seq 0") << QByteArray("seq") << QByteArray("0");
        QTest::newRow("seq as text") << QByteArray("seq") << QByteArray("\"7\"");
        QTest::newRow("short clock") << QByteArray("hlc") << QByteArray("\"0192\"");
        QTest::newRow("upper case type") << QByteArray("t") << QByteArray("\"Wishlist.Add\"");
        QTest::newRow("version 0") << QByteArray("v") << QByteArray("0");
        QTest::newRow("huge version") << QByteArray("v") << QByteArray("99999");
        QTest::newRow("data is a list") << QByteArray("d") << QByteArray("[]");
    }
    void refusesMalformedMembers() {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, value);
        auto json = sample();
        json[member.toStdString()] = Json::parse(value.toStdString());
        const auto operation = parseOperation(dumpJson(json));
        QVERIFY(!operation);
        QCOMPARE(operation.error().code, Errc::Invalid);
    }

    void refusesLongLines() {
        auto json = sample();
        json["d"]["note"] = std::string(kOperationBytesMax, 'x');
        const auto operation = parseOperation(dumpJson(json));
        QVERIFY(!operation);
        QCOMPARE(operation.error().code, Errc::Limit);
    }
};

QTEST_APPLESS_MAIN(TestOperation)
#include "tst_operation.moc"
