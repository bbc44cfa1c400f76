#include "shopper/campaign.h"
#include "shopper/welcome_coupon.h"

#include <QTest>

using namespace silta;

class TestWelcomeCoupon : public QObject {
    Q_OBJECT

    static Json good() {
        return {{"titles", {{"en", "10 % off"}, {"fi", "10 % alennus"}}},
                {"code", "TEN-10.a"},
                {"lastDay", "2028-02-29"}};
    }

private slots:
    void travelsUnchanged() {
        const auto coupon = parseWelcomeCoupon(good());
        QVERIFY(coupon);
        QVERIFY(toJson(*coupon) == good());
        QCOMPARE(titleIn(coupon->titles, "fi", "en"), std::string("10 % alennus"));
        QCOMPARE(titleIn(coupon->titles, "pl", "fi"), std::string("10 % alennus"));
        QCOMPARE(titleIn(coupon->titles, "pl", "sv"), std::string("10 % off"));
    }

    void refusesWhatCannotBeShown_data() {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* member, const Json& value) {
            QTest::addRow("%s %s", member, value.dump().substr(0, 40).c_str())
                << QByteArray(member) << QByteArray::fromStdString(value.dump());
        };
        for (const auto& code : {Json(""), Json("a b"), Json("<b>"), Json(7), Json(std::string(129, 'x'))})
            row("code", code);
        for (const auto& day : {Json(""), Json("2027-02-29"), Json("2027-13-01"), Json("27-01-01"),
                                Json("2027/01/01"), Json("2027-01-1x"), Json(20270101)})
            row("lastDay", day);
        row("titles", Json::object());
        row("titles", {{"de", "10 %"}});
        row("titles", {{"en", ""}});
        row("titles", {{"en", "10 %"}, {"fi", 7}});
        row("titles", {{"en", std::string(201, 'x')}});
        row("titles", "10 %");
    }
    void refusesWhatCannotBeShown() {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, value);
        auto json = good();
        json[member.toStdString()] = Json::parse(value.toStdString());
        const auto coupon = parseWelcomeCoupon(json);
        QVERIFY(!coupon);
        QCOMPARE(coupon.error().code, Errc::Invalid);
        json.erase(member.toStdString());
        QVERIFY(!parseWelcomeCoupon(json));
        QVERIFY(!parseWelcomeCoupon(Json::array()));
    }
};

QTEST_APPLESS_MAIN(TestWelcomeCoupon)
#include "tst_welcome_coupon.moc"
