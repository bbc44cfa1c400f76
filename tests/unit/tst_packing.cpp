#include "catalog/packing.h"

#include <QtTest>

using namespace silta;

class PackingTest : public QObject {
    Q_OBJECT
private slots:
    void readsNumbersOfAllLengths();
};

void PackingTest::readsNumbersOfAllLengths() {
    PackWriter out;
    for (unsigned shift = 0; shift < 64; ++shift)
        out.number(std::uint64_t{1} << shift);
    out.number(UINT64_MAX);
    out.real(-0.5);
    out.text("å");
    PackReader in(out.bytes());
    for (unsigned shift = 0; shift < 64; ++shift)
        QCOMPARE(in.number(), std::uint64_t{1} << shift);
    QCOMPARE(in.number(), UINT64_MAX);
    QCOMPARE(in.real(), -0.5);
    QVERIFY(in.text() == "å");
    QVERIFY(in.ok() && in.atEnd());
    QCOMPARE(in.number(), std::uint64_t{0});
    QVERIFY(!in.ok());
}

QTEST_GUILESS_MAIN(PackingTest)
#include "tst_packing.moc"
