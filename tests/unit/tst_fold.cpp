#include "catalog/fold.h"

#include <silta/catalog.h>

#include <QtTest>

class FoldTest : public QObject {
    Q_OBJECT
private slots:
    void foldsText_data();
    void foldsText();
    void isTheSameWhenFoldedTwice_data() { foldsText_data(); }
    void isTheSameWhenFoldedTwice();
    void givesUtf8ForAnyBytes();
    void knowsUtf8();
    void lowersCapitals();
};

void FoldTest::foldsText_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("folded");
    const auto row = [](const char* name, QByteArray text, QByteArray folded) {
        QTest::newRow(name) << text << folded;
    };
    row("empty", "", "");
    row("spaces only", " \t\n ", "");
    row("upper case", "Coffee MAKER", "coffee maker");
    row("swedish", "Öl Ålder ÄPPLE", "ol alder apple");
    row("polish", "Łódź żółć", "lodz zolc");
    row("german", "Straße GRÖẞE", "strasse grosse");
    row("danish", "Smørrebrød Æble", "smorrebrod aeble");
    row("french", "Œuf à l'huile çà", "oeuf a l huile ca");
    row("turkish", "İstanbul ışık", "istanbul isik");
    row("romanian", "ȘȚ șț", "st st");
    row("vietnamese", "Phở bò Huế", "pho bo hue");
    row("decomposed", "Cafe\u0301", "cafe");
    row("greek", "ΚΑΦΈΣ Ψωμί", "καφεσ ψωμι");
    row("cyrillic", "МОЛОКО Ёлка", "молоко елка");
    row("ukrainian", "ЇЖА Ґанок", "їжа ґанок");
    row("chinese", "牛奶 茶", "牛 奶 茶");
    row("chinese and latin", "iPhone手机壳", "iphone 手 机 壳");
    row("korean stays words", "한국 라면", "한국 라면");
    row("digits part from letters", "330ml x6", "330 ml x 6");
    row("decimal comma", "0,75l", "0.75 l");
    row("decimal point", "0.75 l", "0.75 l");
    row("full stop", "No. 5.", "no 5");
    row("trailing separator of a number", "0, 5.x", "0 5 x");
    row("signs", "\"M&M's\" 100% (new!)", "m m s 100 new");
    row("full width", "ＡＢＣ１２", "abc 12");
    row("superscript", "5 m²", "5 m 2");
    row("emoji", "Coffee☕️🙂cup", "coffee cup");
    row("soft hyphen", "co\u00ADffee", "coffee");
    row("zero-width", "co\u200Bffee", "coffee");
    row("private use", "\uE0000 a", "0 a");
    row("control",
        QByteArray("a\0b\x01"
                   "c",
                   5),
        "a b c");
    row("invalid bytes",
        "a\xff\xfe"
        "b\xc3",
        "a b");
    row("overlong",
        "a\xc0\xaf"
        "b",
        "a b");
    row("surrogate",
        "a\xed\xa0\x80"
        "b",
        "a b");
}

void FoldTest::foldsText() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, folded);
    QCOMPARE(QByteArray::fromStdString(silta::foldText(text.toStdString())), folded);
}

void FoldTest::isTheSameWhenFoldedTwice() {
    QFETCH(QByteArray, folded);
    QCOMPARE(QByteArray::fromStdString(silta::foldText(folded.toStdString())), folded);
}

void FoldTest::givesUtf8ForAnyBytes() {
    std::uint32_t state = 1;
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        for (int i = 0; i < 12; ++i) {
            state = state * 1'664'525 + 1'013'904'223;
            bytes.push_back(static_cast<char>(state >> 24));
        }
        const auto folded = silta::foldText(bytes);
        QVERIFY(silta::isUtf8(folded));
        QVERIFY(folded.find('"') == std::string::npos && folded.find('*') == std::string::npos);
        QVERIFY(folded.empty() || (folded.front() != ' ' && folded.back() != ' '));
        QVERIFY(folded.find("  ") == std::string::npos);
        QCOMPARE(silta::foldText(folded), folded);
    }
}

void FoldTest::knowsUtf8() {
    QVERIFY(silta::isUtf8("plain å 牛 🙂 \xef\xbf\xbd"));
    for (const char* bad : {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"})
        QVERIFY(!silta::isUtf8(bad));
    QCOMPARE(silta::characterCount("å牛🙂a"), std::size_t{4});
}

void FoldTest::lowersCapitals() {
    QCOMPARE(silta::lowerText("ÄÖÅ ŻŹĆŁÓĘĄŚŃ ČŠŽ Ÿ × ß ıĸ"), std::string("äöå żźćłóęąśń čšž ÿ × ß ıĸ"));
    QCOMPARE(silta::lowerText("ΑΩ МАСЛО"), std::string("αω масло"));
    QCOMPARE(silta::lowerText("äöå żźćł 123"), std::string("äöå żźćł 123"));
}

QTEST_GUILESS_MAIN(FoldTest)
#include "tst_fold.moc"
