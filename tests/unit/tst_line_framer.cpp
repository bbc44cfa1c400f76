#include "drivers/line_framer.h"

#include <QtTest>

using namespace silta;
using namespace silta::drivers;

class TestLineFramer : public QObject {
    Q_OBJECT

private slots:
    void cutsMessages_data();
    void cutsMessages();
    void dropsTooLongMessageAsAWhole();
    void flushEndsMessage();
    void resetForgets();
};

namespace {

void feed(LineFramer& framer, const std::string& text, QStringList& out) {
    framer.feed(std::as_bytes(std::span(text)),
                [&](std::string m) { out.append(QString::fromStdString(m)); });
}

} // namespace

void TestLineFramer::cutsMessages_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("messages");
    QTest::newRow("LF") << QByteArray("a\nb\n") << QStringList{"a", "b"};
    QTest::newRow("CR") << QByteArray("a\rb\r") << QStringList{"a", "b"};
    QTest::newRow("CR LF") << QByteArray("a\r\nb\r\n") << QStringList{"a", "b"};
    QTest::newRow("empty lines") << QByteArray("\n\n\r\na\n\n") << QStringList{"a"};
    QTest::newRow("unfinished") << QByteArray("a\nb") << QStringList{"a"};
    QTest::newRow("tab is content") << QByteArray("a\tb\n") << QStringList{"a\tb"};
    QTest::newRow("FNC1 is content") << QByteArray("a\x1d\x62\n")
                                     << QStringList{"a\x1d"
                                                    "b"};
}

void TestLineFramer::cutsMessages() {
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, messages);
    QStringList whole;
    LineFramer one;
    feed(one, bytes.toStdString(), whole);
    QCOMPARE(whole, messages);
    QStringList single; // the same when it comes byte by byte
    LineFramer two;
    for (char c : bytes)
        feed(two, std::string(1, c), single);
    QCOMPARE(single, messages);
}

void TestLineFramer::dropsTooLongMessageAsAWhole() {
    LineFramer framer(8);
    QStringList out;
    feed(framer, "12345678\n123456789\n1234567890123456789", out);
    feed(framer, "still the same\nok\n", out);
    QCOMPARE(out, (QStringList{"12345678", "ok"}));
    feed(framer, "123456789", out);
    framer.flush([&](std::string m) { out.append(QString::fromStdString(m)); });
    feed(framer, "ok\n", out);
    QCOMPARE(out, (QStringList{"12345678", "ok", "ok"}));
}

void TestLineFramer::flushEndsMessage() {
    LineFramer framer;
    QStringList out;
    const auto add = [&](std::string m) { out.append(QString::fromStdString(m)); };
    framer.flush(add);
    QCOMPARE(out, QStringList());
    feed(framer, "abc", out);
    framer.flush(add);
    framer.flush(add);
    QCOMPARE(out, QStringList{"abc"});
}

void TestLineFramer::resetForgets() {
    LineFramer framer;
    QStringList out;
    feed(framer, "abc", out);
    framer.reset();
    feed(framer, "d\n", out);
    QCOMPARE(out, QStringList{"d"});
}

QTEST_APPLESS_MAIN(TestLineFramer)
#include "tst_line_framer.moc"
