#include "core/json.h"

#include <QTest>

using namespace silta;

class TestJson : public QObject {
    Q_OBJECT

private slots:
    void readsMembersByType() {
        const auto json = parseJson(R"({"t":"x","n":7,"d":1.5,"b":true,"a":[1],"o":{},"z":null})", 1'000);
        QVERIFY(json.has_value());
        QCOMPARE(textMember(*json, "t", 10).value_or("?"), std::string("x"));
        QCOMPARE(integerMember(*json, "n").value_or(-1), std::int64_t(7));
        QCOMPARE(numberMember(*json, "d").value_or(0), 1.5);
        QCOMPARE(boolMember(*json, "b").value_or(false), true);
        QVERIFY(arrayMember(*json, "a").is_array());
        QVERIFY(objectMember(*json, "o").is_object());
        QVERIFY(!textMember(*json, "n", 10));
        QVERIFY(!textMember(*json, "missing", 10));
        QVERIFY(!textMember(*json, "t", 0));
        QVERIFY(!integerMember(*json, "d"));
        QVERIFY(arrayMember(*json, "o").is_null());
    }

    void refusesBadInput_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::newRow("empty") << QByteArray() << static_cast<int>(Errc::Invalid);
        QTest::newRow("cut") << QByteArray(R"({"a":)") << static_cast<int>(Errc::Invalid);
        QTest::newRow("html") << QByteArray("<html>login</html>") << static_cast<int>(Errc::Invalid);
        QTest::newRow("not utf-8") << QByteArray("\"\xff\"") << static_cast<int>(Errc::Invalid);
        QTest::newRow("two") << QByteArray("{} {}") << static_cast<int>(Errc::Invalid);
        QTest::newRow("a comma too many") << QByteArray("[1,]") << static_cast<int>(Errc::Invalid);
        QTest::newRow("a number too long")
            << QByteArray("{\"n\":99999999999999999999}") << static_cast<int>(Errc::Invalid);
        QTest::newRow("nested") << QByteArray(40, '[') + QByteArray(40, ']')
                                << static_cast<int>(Errc::Invalid);
        QTest::newRow("long") << QByteArray(200, ' ') << static_cast<int>(Errc::Limit);
    }
    void refusesBadInput() {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        const auto json = parseJson(text.toStdString(), 100);
        QVERIFY(!json);
        QCOMPARE(static_cast<int>(json.error().code), code);
    }

    void writesBrokenUtf8WithoutFailing() {
        QCOMPARE(dumpJson(Json{{"a", "x\xff"}}), std::string("{\"a\":\"x\xEF\xBF\xBD\"}"));
    }

    void aTextWithANulIsNoText() {
        const auto json = parseJson(R"({"a":"x\u0000y","b":"xy"})", 100);
        QVERIFY(json.has_value());
        QVERIFY(!textMember(*json, "a"));
        QVERIFY(textMember(*json, "b").has_value());
    }

    void depthIsCountedOutsideOfTexts() {
        const auto brackets = std::string(40, '[');
        QVERIFY(parseJson("{\"a\":\"" + brackets + "\\\"" + brackets + "\"}", 1'000).has_value());
        QVERIFY(!parseJson(std::string(17, '[') + std::string(17, ']'), 1'000));
        QVERIFY(parseJson(std::string(16, '[') + std::string(16, ']'), 1'000).has_value());
    }

    void numbersBeyondInt64AreNoIntegers() {
        const auto json = parseJson(R"({"n":18446744073709551615})", 100);
        QVERIFY(json.has_value());
        QVERIFY(!integerMember(*json, "n"));
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
