#include <silta/scan.h>

#include <QtTest>
#include <set>

using namespace silta;

class TestMemberNumber : public QObject {
    Q_OBJECT

private slots:
    void makesSixteenDigitsThatAreRecognised();
    void refusesNumbersOutOfRange_data();
    void refusesNumbersOutOfRange();
    void acceptsOnlyTheRightCheckDigit_data();
    void acceptsOnlyTheRightCheckDigit();
    void noticesEverySingleWrongDigit();
};

void TestMemberNumber::makesSixteenDigitsThatAreRecognised() {
    std::set<std::string> seen;
    for (int serial : {0, 1, 42, 999'998, 999'999}) {
        for (int device : {1, 7, 99'999}) {
            const auto number = makeMemberNumber("9246", device, serial);
            QVERIFY(number.has_value());
            QCOMPARE(number->size(), std::size_t{16});
            QVERIFY(isLuhnValid(*number));
            QVERIFY(seen.insert(*number).second);
            const auto meaning = explain(ScannedCode{Symbology::QrCode, "", *number, ""}, ChainCodes{});
            QCOMPARE(meaning.kind, MeaningKind::Member);
            QCOMPARE(meaning.memberNumber, *number);
        }
    }
}

void TestMemberNumber::refusesNumbersOutOfRange_data() {
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<int>("device");
    QTest::addColumn<int>("serial");
    QTest::newRow("device zero") << QByteArray("9246") << 0 << 1;
    QTest::newRow("device of six digits") << QByteArray("9246") << 100'000 << 1;
    QTest::newRow("negative device") << QByteArray("9246") << -1 << 1;
    QTest::newRow("negative serial") << QByteArray("9246") << 1 << -1;
    QTest::newRow("serial of seven digits") << QByteArray("9246") << 1 << 1'000'000;
    QTest::newRow("empty prefix") << QByteArray() << 1 << 1;
    QTest::newRow("long prefix") << QByteArray("92460") << 1 << 1;
    QTest::newRow("letters") << QByteArray("92A6") << 1 << 1;
}

void TestMemberNumber::refusesNumbersOutOfRange() {
    QFETCH(QByteArray, prefix);
    QFETCH(int, device);
    QFETCH(int, serial);
    const auto number = makeMemberNumber(prefix.toStdString(), device, serial);
    QVERIFY(!number);
    QCOMPARE(number.error().code, Errc::Limit);
}

void TestMemberNumber::acceptsOnlyTheRightCheckDigit_data() {
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<bool>("valid");
    QTest::newRow("ISO example") << QByteArray("79927398713") << true;
    QTest::newRow("one off") << QByteArray("79927398714") << false;
    QTest::newRow("bank card") << QByteArray("4111111111111111") << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("one digit") << QByteArray("0") << false;
    QTest::newRow("letters") << QByteArray("7992739871a") << false;
}

void TestMemberNumber::acceptsOnlyTheRightCheckDigit() {
    QFETCH(QByteArray, digits);
    QFETCH(bool, valid);
    QCOMPARE(isLuhnValid(digits.toStdString()), valid);
}

void TestMemberNumber::noticesEverySingleWrongDigit() {
    const auto number = makeMemberNumber("9246", 12345, 678901);
    QVERIFY(number.has_value());
    for (std::size_t i = 0; i < number->size(); ++i) {
        for (char c = '0'; c <= '9'; ++c) {
            auto wrong = *number;
            if (wrong[i] == c) continue;
            wrong[i] = c;
            QVERIFY(!isLuhnValid(wrong));
        }
    }
}

QTEST_APPLESS_MAIN(TestMemberNumber)
#include "tst_member_number.moc"
