#include "shopper/consent.h"

#include <QTest>

using namespace silta;

namespace {

Json sample() {
    const std::string hash(64, 'a');
    return {{"memberId", "0190f3a0-7c1e-7000-8000-000000000001"},
            {"sealed", "c2VhbGVk"},
            {"lang", "fi"},
            {"consents",
             {{{"purpose", "membership-terms"},
               {"channel", "any"},
               {"granted", true},
               {"wordingHash", hash},
               {"lang", "fi"}},
              {{"purpose", "marketing"},
               {"channel", "email"},
               {"granted", false},
               {"wordingHash", hash},
               {"lang", "fi"}}}}};
}

} // namespace

class TestSignUp : public QObject {
    Q_OBJECT

private slots:
    void roundTrips() {
        const auto signUp = parseSignUp(sample());
        QVERIFY2(signUp.has_value(), signUp ? "" : signUp.error().what.c_str());
        QCOMPARE(signUp->consents.size(), std::size_t(2));
        QVERIFY(!signUp->consents[1].granted);
        const auto again = parseSignUp(toJson(*signUp));
        QVERIFY(again.has_value());
        QVERIFY(toJson(*again) == toJson(*signUp));
    }

    void needsTheTerms() {
        auto json = sample();
        json["consents"][0]["granted"] = false;
        QVERIFY(!parseSignUp(json));
        json["consents"] = Json::array();
        QVERIFY(!parseSignUp(json));
    }

    void refusesMalformedMembers_data() {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("member id") << QByteArray("/memberId") << QByteArray("\"1\"");
        QTest::newRow("nothing sealed") << QByteArray("/sealed") << QByteArray("\"\"");
        QTest::newRow("language") << QByteArray("/lang") << QByteArray("\"fin\"");
        QTest::newRow("wishlist") << QByteArray("/wishlistId") << QByteArray("\"x\"");
        QTest::newRow("purpose") << QByteArray("/consents/1/purpose") << QByteArray("\"anything\"");
        QTest::newRow("channel") << QByteArray("/consents/1/channel") << QByteArray("\"fax\"");
        QTest::newRow("answer missing") << QByteArray("/consents/1/granted") << QByteArray("null");
        QTest::newRow("hash") << QByteArray("/consents/1/wordingHash") << QByteArray("\"abc\"");
    }
    void refusesMalformedMembers() {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        auto json = sample();
        json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        const auto signUp = parseSignUp(json);
        QVERIFY(!signUp);
        QCOMPARE(signUp.error().code, Errc::Invalid);
    }

    void limitsTheNumberOfConsents() {
        auto json = sample();
        for (std::size_t i = 0; i < kConsentsMax; ++i)
            json["consents"].push_back(json["consents"][1]);
        const auto signUp = parseSignUp(json);
        QVERIFY(!signUp);
        QCOMPARE(signUp.error().code, Errc::Limit);
    }

    void limitsTheSealedData() {
        auto json = sample();
        json["sealed"] = std::string(kSealedBytesMax + 1, 'A');
        QVERIFY(!parseSignUp(json));
        json["sealed"] = std::string(kSealedBytesMax, 'A');
        QVERIFY(parseSignUp(json));
    }
};

QTEST_APPLESS_MAIN(TestSignUp)
#include "tst_sign_up.moc"
