#include <silta/gtin.h>

#include <QTest>

using silta::Errc;
using silta::Gtin;

class TestGtin : public QObject {
    Q_OBJECT

private slots:
    void readsEveryLength_data() {
        QTest::addColumn<QByteArray>("digits");
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("GTIN-8") << QByteArray("96385074") << QByteArray("00000096385074")
                                << QByteArray("96385074");
        QTest::newRow("GTIN-12") << QByteArray("036000291452") << QByteArray("00036000291452")
                                 << QByteArray("036000291452");
        QTest::newRow("GTIN-13") << QByteArray("9521234543213") << QByteArray("09521234543213")
                                 << QByteArray("9521234543213");
        QTest::newRow("GTIN-14") << QByteArray("10614141543219") << QByteArray("10614141543219")
                                 << QByteArray("10614141543219");
        QTest::newRow("GTIN-13 written with 14 digits")
            << QByteArray("09521234543213") << QByteArray("09521234543213") << QByteArray("9521234543213");
    }
    void readsEveryLength() {
        QFETCH(QByteArray, digits);
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, shown);
        const auto gtin = Gtin::parse(digits.toStdString());
        QVERIFY(gtin.has_value());
        QCOMPARE(QByteArray::fromStdString(gtin->toString()), stored);
        QCOMPARE(QByteArray::fromStdString(gtin->shortForm()), shown);
        const auto again = Gtin::fromNumber(gtin->number());
        QVERIFY(again && *again == *gtin);
    }

    void refusesWhatIsNoGtin_data() {
        QTest::addColumn<QByteArray>("digits");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("wrong check digit") << QByteArray("9521234543214");
        QTest::newRow("nine digits") << QByteArray("123456789");
        QTest::newRow("fifteen digits") << QByteArray("109521234543213");
        QTest::newRow("a letter") << QByteArray("952123454321X");
        QTest::newRow("a space in front") << QByteArray(" 9521234543213");
        QTest::newRow("all zeros") << QByteArray("0000000000000");
    }
    void refusesWhatIsNoGtin() {
        QFETCH(QByteArray, digits);
        const auto gtin = Gtin::parse(digits.toStdString());
        QVERIFY(!gtin);
        QCOMPARE(gtin.error().code, Errc::Invalid);
    }

    void namesTheExpectedCheckDigit() {
        const auto gtin = Gtin::parse("9521234543214");
        QVERIFY(!gtin);
        QVERIFY(gtin.error().what.find("expected 3") != std::string::npos);
    }

    // Source: GS1 General Specifications, figure 5.2.2.4.2-1, and symbols on real packs.
    void expandsUpcE_data() {
        QTest::addColumn<QByteArray>("upcE");
        QTest::addColumn<QByteArray>("upcA");
        QTest::newRow("ends in 0") << QByteArray("01234505") << QByteArray("012000003455");
        QTest::newRow("ends in 1") << QByteArray("04252614") << QByteArray("042100005264");
        QTest::newRow("ends in 3") << QByteArray("01234531") << QByteArray("012300000451");
        QTest::newRow("ends in 4") << QByteArray("01234543") << QByteArray("012340000053");
        QTest::newRow("ends in 5") << QByteArray("01234558") << QByteArray("012345000058");
    }
    void expandsUpcE() {
        QFETCH(QByteArray, upcE);
        QFETCH(QByteArray, upcA);
        const auto gtin = Gtin::parseUpcE(upcE.toStdString());
        QVERIFY2(gtin.has_value(), gtin ? "" : gtin.error().what.c_str());
        QCOMPARE(QByteArray::fromStdString(gtin->shortForm()), upcA);
    }

    void tellsRestrictedNumbers_data() {
        QTest::addColumn<QByteArray>("digits");
        QTest::addColumn<bool>("restricted");
        QTest::newRow("weight-embedded") << QByteArray("2312345678909") << true;
        QTest::newRow("UPC number system 2") << QByteArray("212345678909") << true;
        QTest::newRow("UPC number system 4") << QByteArray("412345678903") << true;
        QTest::newRow("demonstration prefix") << QByteArray("9521234543213") << false;
        QTest::newRow("plain UPC-A") << QByteArray("036000291452") << false;
    }
    void tellsRestrictedNumbers() {
        QFETCH(QByteArray, digits);
        QFETCH(bool, restricted);
        auto body = digits.toStdString();
        body.back() = Gtin::checkDigit(body.substr(0, body.size() - 1));
        const auto gtin = Gtin::parse(body);
        QVERIFY(gtin.has_value());
        QCOMPARE(gtin->isRestricted(), restricted);
    }
};

QTEST_APPLESS_MAIN(TestGtin)
#include "tst_gtin.moc"
