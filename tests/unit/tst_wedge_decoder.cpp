#include "drivers/wedge_decoder.h"
#include "support/input_events.h"

#include <QtTest>

using namespace silta;
using namespace silta::drivers;
using silta::test::InputEvents;

namespace {

/// All codes that a recording ends.
QByteArrayList codesOf(const std::string& bytes, WedgeDecoder& decoder) {
    InputEventReader reader;
    QByteArrayList codes;
    for (const auto& event : reader.feed(std::as_bytes(std::span(bytes)))) {
        if (auto code = decoder.feed(event)) codes.append(QByteArray::fromStdString(*code));
    }
    return codes;
}

QByteArrayList codesOf(const InputEvents& events) {
    WedgeDecoder decoder;
    return codesOf(events.bytes(), decoder);
}

} // namespace

class TestWedgeDecoder : public QObject {
    Q_OBJECT

private slots:
    void typesDigitsUntilEnter();
    void endsAtEachEndingKey_data();
    void endsAtEachEndingKey();
    void knowsShiftAndCapsLock();
    void knowsEveryPrintableCharacter();
    void readsFnc1InEachWay();
    void ignoresRepeatsAndOtherKeys();
    void dropsCodeWhenEventsWereLost();
    void endsCodeAtAPause();
    void forgetsFewCharactersAtAPause();
    void refusesMoreThanTheLimit();
    void survivesClockThatJumps();
    void cutsBytesIntoEventsWhateverTheirSizes();
};

void TestWedgeDecoder::typesDigitsUntilEnter() {
    InputEvents events;
    events.digits("4006381333931").tap(KEY_ENTER).digits("96385074").tap(KEY_ENTER);
    QCOMPARE(codesOf(events), (QByteArrayList{"4006381333931", "96385074"}));
}

void TestWedgeDecoder::endsAtEachEndingKey_data() {
    QTest::addColumn<int>("key");
    QTest::newRow("enter") << KEY_ENTER;
    QTest::newRow("enter of the number pad") << KEY_KPENTER;
    QTest::newRow("tab") << KEY_TAB;
}

void TestWedgeDecoder::endsAtEachEndingKey() {
    QFETCH(int, key);
    InputEvents events;
    events.digits("12").tap(key).tap(key);
    QCOMPARE(codesOf(events), QByteArrayList{"12"});
}

void TestWedgeDecoder::knowsShiftAndCapsLock() {
    InputEvents events;
    events.tap(KEY_A).shifted(KEY_A).shifted(KEY_5);
    events.tap(KEY_CAPSLOCK).tap(KEY_A).shifted(KEY_A).tap(KEY_5).tap(KEY_CAPSLOCK).tap(KEY_A);
    events.press(KEY_RIGHTSHIFT).tap(KEY_SEMICOLON).release(KEY_RIGHTSHIFT).tap(KEY_ENTER);
    QCOMPARE(codesOf(events), QByteArrayList{"aA%Aa5a:"});
}

void TestWedgeDecoder::knowsEveryPrintableCharacter() {
    QSet<char> seen;
    for (int key = KEY_ESC; key <= KEY_KPSLASH; ++key) {
        for (bool isShifted : {false, true}) {
            if (key == KEY_ENTER || key == KEY_TAB) continue;
            InputEvents events;
            if (isShifted)
                events.shifted(key);
            else
                events.tap(key);
            events.tap(KEY_ENTER);
            const auto codes = codesOf(events);
            if (!codes.isEmpty()) seen.insert(codes[0][0]);
        }
    }
    for (char c = ' '; c <= '~'; ++c)
        QVERIFY2(seen.contains(c), std::string(1, c).c_str());
}

void TestWedgeDecoder::readsFnc1InEachWay() {
    InputEvents ctrl;
    ctrl.digits("1").press(KEY_LEFTCTRL).tap(KEY_RIGHTBRACE).release(KEY_LEFTCTRL).digits("2").tap(KEY_ENTER);
    QCOMPARE(codesOf(ctrl), (QByteArrayList{"1\x1d"
                                            "2"}));
    InputEvents alt;
    alt.digits("1")
        .press(KEY_LEFTALT)
        .tap(KEY_KP0)
        .tap(KEY_KP2)
        .tap(KEY_KP9)
        .release(KEY_LEFTALT)
        .digits("2");
    alt.tap(KEY_ENTER);
    QCOMPARE(codesOf(alt), (QByteArrayList{"1\x1d"
                                           "2"}));
    InputEvents letters; // Alt+065 is an A
    letters.press(KEY_LEFTALT).tap(KEY_KP0).tap(KEY_KP6).tap(KEY_KP5).release(KEY_LEFTALT).tap(KEY_ENTER);
    QCOMPARE(codesOf(letters), QByteArrayList{"A"});
}

void TestWedgeDecoder::ignoresRepeatsAndOtherKeys() {
    InputEvents events;
    events.press(KEY_1).event(EV_KEY, KEY_1, 2).event(EV_KEY, KEY_1, 2).release(KEY_1);
    events.tap(KEY_F1)
        .tap(KEY_LEFT)
        .event(EV_REL, REL_X, 5)
        .event(EV_KEY, 0xffff, 1)
        .digits("2")
        .tap(KEY_ENTER);
    QCOMPARE(codesOf(events), QByteArrayList{"12"});
}

void TestWedgeDecoder::dropsCodeWhenEventsWereLost() {
    InputEvents events;
    events.digits("400638")
        .event(EV_SYN, SYN_DROPPED, 0)
        .event(EV_KEY, KEY_9, 1)
        .event(EV_SYN, SYN_REPORT, 0);
    events.digits("931").tap(KEY_ENTER).digits("96385074").tap(KEY_ENTER);
    QCOMPARE(codesOf(events), QByteArrayList{"96385074"});
}

void TestWedgeDecoder::endsCodeAtAPause() {
    InputEvents events;
    events.digits("4006381333931").wait(kWedgeGapUs).digits("96385074");
    WedgeDecoder decoder;
    QCOMPARE(codesOf(events.bytes(), decoder), QByteArrayList{"4006381333931"});
    const auto rest = decoder.pause();
    QVERIFY(rest.has_value());
    QCOMPARE(*rest, std::string("96385074"));
    QVERIFY(!decoder.pause());
}

void TestWedgeDecoder::forgetsFewCharactersAtAPause() {
    InputEvents events;
    events.digits("123").wait(kWedgeGapUs).digits("4006381333931").tap(KEY_ENTER);
    QCOMPARE(codesOf(events), QByteArrayList{"4006381333931"});
    InputEvents slow(0, kWedgeGapUs); // a person at the keys
    slow.digits("123456");
    QCOMPARE(codesOf(slow), QByteArrayList());
}

void TestWedgeDecoder::refusesMoreThanTheLimit() {
    InputEvents fits;
    fits.digits(std::string(kScanBytesMax, '7')).tap(KEY_ENTER);
    QCOMPARE(codesOf(fits).size(), qsizetype{1});
    InputEvents tooLong;
    tooLong.digits(std::string(kScanBytesMax + 1, '7')).tap(KEY_ENTER).digits("1234").tap(KEY_ENTER);
    QCOMPARE(codesOf(tooLong), QByteArrayList{"1234"});
}

void TestWedgeDecoder::survivesClockThatJumps() {
    InputEvents before(2'000'000'000'000'000);
    before.digits("12345678");
    InputEvents after(1'000'000);
    after.digits("96385074").tap(KEY_ENTER);
    WedgeDecoder decoder;
    QCOMPARE(codesOf(before.bytes() + after.bytes(), decoder), (QByteArrayList{"12345678", "96385074"}));
}

void TestWedgeDecoder::cutsBytesIntoEventsWhateverTheirSizes() {
    InputEvents events;
    events.digits("4006381333931").tap(KEY_ENTER);
    InputEventReader reader;
    WedgeDecoder decoder;
    QByteArrayList codes;
    for (char c : events.bytes()) {
        const auto byte = static_cast<std::byte>(c);
        for (const auto& event : reader.feed(std::span(&byte, 1))) {
            if (auto code = decoder.feed(event)) codes.append(QByteArray::fromStdString(*code));
        }
    }
    QCOMPARE(codes, QByteArrayList{"4006381333931"});
}

QTEST_APPLESS_MAIN(TestWedgeDecoder)
#include "tst_wedge_decoder.moc"
