#include "portal/form_tokens.h"
#include "portal/limits.h"
#include "support/clocks.h"
#include "web/form_body.h"
#include "web/limits.h"

#include <QTest>

using namespace silta;
using namespace silta::portal;

class TestPortalForm : public QObject {
    Q_OBJECT

private slots:
    void readsFields() {
        const auto form =
            *parseForm("way=email&email=aino%40example.com&name=Anna+Liisa&empty=&way=phone&last");
        QCOMPARE(fieldOf(form, "way"), std::string("email")); // the first
        QCOMPARE(fieldOf(form, "email"), std::string("aino@example.com"));
        QCOMPARE(fieldOf(form, "name"), std::string("Anna Liisa"));
        QCOMPARE(fieldOf(form, "empty"), std::string());
        QCOMPARE(fieldOf(form, "missing"), std::string());
        QCOMPARE(fieldOf(*parseForm("n=%C3%84iti+%E2%82%AC"), "n"), std::string("Äiti €"));
        QVERIFY(parseForm("")->empty());
    }

    void refusesWhatABrowserDoesNotSend_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& body, Errc code = Errc::Invalid) {
            QTest::newRow(name) << body << static_cast<int>(code);
        };
        row("half an escape", "a=%4");
        row("no hex", "a=%zz");
        row("line break", "a=x%0d%0aSet-Cookie:+y");
        row("nul", "a=%00");
        row("raw control", QByteArray("a=\x01", 3));
        row("not utf-8", "a=%ff");
        row("overlong utf-8", "a=%C0%AF");
        row("surrogate", "a=%ED%A0%80");
        row("beyond unicode", "a=%F4%90%80%80");
        row("cut utf-8", "a=%E2%82");
        row("name", "A-b=1");
        row("no name", "=1");
        row("long name", QByteArray(33, 'a') + "=1", Errc::Limit);
        row("long value", "a=" + QByteArray(1'025, 'b'), Errc::Limit);
        row("many fields", QByteArray("a=1&").repeated(33), Errc::Limit);
        row("long", QByteArray("&").repeated(8'193), Errc::Limit);
    }
    void refusesWhatABrowserDoesNotSend() {
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        const auto form = parseForm(body.toStdString());
        QVERIFY(!form);
        QCOMPARE(static_cast<int>(form.error().code), code);
    }

    void takesWhatIsAtTheLimit() {
        QVERIFY(parseForm("a=" + std::string(kFormValueBytesMax, 'b')).has_value());
        QVERIFY(parseForm(std::string(kFormNameBytesMax, 'a') + "=1").has_value());
        QVERIFY(parseForm(std::string(kFormBytesMax, '&')).has_value());
    }

    void breaksLinesWhereThatIsAllowed() {
        QVERIFY(!parseForm("text=a%0D%0Ab"));
        const auto fields = parseForm("text=a%0D%0Ab%0Ac", {.mayBreakLines = true});
        QVERIFY(fields);
        QCOMPARE(QString::fromStdString(fieldOf(*fields, "text")), QString("a  b c"));
        QVERIFY(!parseForm("text=a%09b", {.mayBreakLines = true}));
        QVERIFY(parseForm("text=abc", {.bodyBytes = 8, .valueBytes = 3}));
        QCOMPARE(parseForm("text=abc", {.bodyBytes = 7}).error().code, Errc::Limit);
        QCOMPARE(parseForm("text=abc", {.valueBytes = 2}).error().code, Errc::Limit);
    }

    void encodesForAnAddress() {
        QCOMPARE(percentEncode("http://a.fi/ä?b=c&d \r\n\"<"),
                 std::string("http%3A%2F%2Fa.fi%2F%C3%A4%3Fb%3Dc%26d%20%0D%0A%22%3C"));
        QCOMPARE(percentEncode("aZ09-._~"), std::string("aZ09-._~"));
    }

    void keepsTheNewestTokensOfADevice() {
        test::FakeClock clock;
        test::SeededRandom random{1};
        FormTokens tokens(clock, random);
        std::vector<std::string> issued;
        for (std::size_t i = 0; i <= kTokensPerDeviceMax; ++i)
            issued.push_back(tokens.issue("a"));
        QVERIFY(!tokens.take("a", issued[0]));
        QVERIFY(!tokens.take("b", issued[1]));
        for (std::size_t i = 1; i < issued.size(); ++i) {
            QCOMPARE(issued[i].size(), std::size_t(32));
            QVERIFY(tokens.take("a", issued[i]));
            QVERIFY(!tokens.take("a", issued[i]));
        }
    }

    void aFloodOfDevicesPushesOutTheOldest() {
        test::FakeClock clock;
        test::SeededRandom random{1};
        FormTokens tokens(clock, random);
        const auto first = tokens.issue("first");
        ++clock.steady;
        const auto second = tokens.issue("second");
        ++clock.steady;
        for (std::size_t i = 2; i <= kDevicesMax; ++i)
            tokens.issue("device " + std::to_string(i));
        QVERIFY(!tokens.take("first", first));
        QVERIFY(tokens.take("second", second));
    }
};

QTEST_APPLESS_MAIN(TestPortalForm)
#include "tst_portal_form.moc"
