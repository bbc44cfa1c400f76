// Campaigns and token rules as they travel: what is understood, and what is refused.
#include "shopper/token_rules.h"

#include <QTest>

using namespace silta;

class TestCampaign : public QObject {
    Q_OBJECT

    static Json coupon() {
        return {{"id", 7},
                {"kind", "coupon"},
                {"titles", {{"en", "10 % off"}, {"fi", "10 % alennus"}}},
                {"firstDay", "2026-01-01"},
                {"lastDay", "2026-12-31"},
                {"percent", 10},
                {"uses", 1}};
    }
    static Json card() {
        auto json = coupon();
        json.erase("percent");
        json.update({{"kind", "gift-card"},
                     {"uses", 0},
                     {"currency", "EUR"},
                     {"offlineBudget", 50'000},
                     {"offlineShare", 5'000},
                     {"offlinePerToken", 2'000}});
        return json;
    }
    static Json rules() {
        Json json = {{"keys", Json::array()}, {"campaigns", Json::array({coupon()})}, {"revoked", ""}};
        json["keys"].push_back(
            {{"id", 1}, {"key", toBase64(std::string(32, 'k'))}, {"from", 1'000}, {"until", 2'000}});
        return json;
    }

private slots:
    void readsWhatItWrites() {
        for (const auto& json : {coupon(), card()}) {
            const auto campaign = parseCampaign(json);
            QVERIFY(campaign.has_value());
            QVERIFY(toJson(*campaign) == json);
            QVERIFY(*parseCampaign(toJson(*campaign)) == *campaign);
        }
        QVERIFY(parseCampaign(coupon())->isCounted());
        QVERIFY(parseCampaign(card())->isCounted());
        auto shared = coupon();
        shared["uses"] = 0;
        QVERIFY(!parseCampaign(shared)->isCounted());
    }
    void refusesBadCampaigns_data() {
        QTest::addColumn<QByteArray>("text");
        const auto bad = [](const char* name, Json json, const char* key, const Json& value) {
            json[key] = value;
            QTest::newRow(name) << QByteArray::fromStdString(dumpJson(json));
        };
        bad("id 0", coupon(), "id", 0);
        bad("id 65536", coupon(), "id", 65'536);
        bad("kind", coupon(), "kind", "member-card");
        bad("no titles", coupon(), "titles", Json::object());
        bad("title of 201 bytes", coupon(), "titles", {{"en", std::string(201, 'x')}});
        bad("no such day", coupon(), "lastDay", "2026-02-30");
        bad("ends before it begins", coupon(), "lastDay", "2025-12-31");
        bad("percent 101", coupon(), "percent", 101);
        bad("amount and percentage", coupon(), "amountMinor", 100);
        bad("a currency and no money", coupon(), "currency", "EUR");
        bad("no currency", card(), "currency", "");
        bad("no such currency", card(), "currency", "EURO");
        bad("uses 1001", coupon(), "uses", 1'001);
        bad("uses below 0", coupon(), "uses", -1);
        bad("uses of a gift card", card(), "uses", 1);
        bad("gift card for members", card(), "membersOnly", true);
        bad("budget without share", coupon(), "offlineBudget", 10);
        bad("share without budget", coupon(), "offlineShare", 10);
        bad("share above the budget", card(), "offlineShare", 50'001);
        bad("no limit for a card", card(), "offlinePerToken", 0);
        bad("money above the limit", card(), "offlinePerToken", 1'000'001);
        bad("201 stores", coupon(), "stores", std::vector<std::string>(201, "S"));
        bad("101 products", coupon(), "skus", std::vector<std::string>(101, "S"));
        bad("an empty store", coupon(), "stores", {""});
        auto uncounted = coupon();
        uncounted.update({{"uses", 0}, {"offlineShare", 1}});
        bad("a budget and nothing is counted", uncounted, "offlineBudget", 10);
    }
    void refusesBadCampaigns() {
        QFETCH(QByteArray, text);
        const auto json = parseJson(text.toStdString(), kTokenRulesBytesMax);
        QCOMPARE(parseCampaign(*json).error().code, Errc::Invalid);
    }
    void readsPoolsOfTokens() {
        QCOMPARE(tokenPool({7, 123}), std::string("token/7/123"));
        QCOMPARE(parseTokenPool("token/7/123")->serial, std::int64_t(123));
        QCOMPARE(parseTokenPool("token/65535/1099511627775")->campaign, 65'535);
        for (const char* bad : {"token/7", "token/7/", "token/0/1", "token/65536/1", "token/7/1099511627776",
                                "token/07/1", "token/7/1/2", "token/7/-1", "coupon/7/1", ""})
            QVERIFY2(!parseTokenPool(bad), bad);
    }
    void readsRules() {
        auto json = rules();
        TokenRules withRevoked = *parseTokenRules(json);
        withRevoked.revoked = {{7, 1}, {7, kTokenSerialMax}, {65'535, 0}};
        const auto again = parseTokenRules(toJson(withRevoked));
        QVERIFY(again.has_value());
        QVERIFY(again->revoked == withRevoked.revoked);
        QCOMPARE(again->keys.front().untilMs, UtcMs(2'000));
        QCOMPARE(again->campaigns.at(7).percent, 10);
    }
    void keepsTheLimitsOfRules() {
        auto json = rules();
        json["campaigns"] = Json::array();
        for (int id = 1; id <= static_cast<int>(kCampaignsMax); ++id) {
            json["campaigns"].push_back(coupon());
            json["campaigns"].back()["id"] = id;
        }
        QVERIFY(parseTokenRules(json));
        json["campaigns"].push_back(coupon());
        json["campaigns"].back()["id"] = 1'000;
        QCOMPARE(parseTokenRules(json).error().code, Errc::Limit);
        json = rules();
        json["campaigns"].push_back(coupon()); // the same number twice
        QCOMPARE(parseTokenRules(json).error().code, Errc::Invalid);
        json = rules();
        json["keys"].push_back(json["keys"].front());
        QCOMPARE(parseTokenRules(json).error().code, Errc::Invalid);
        for (const auto& [key, value] : {std::pair<const char*, Json>{"id", 32},
                                         {"id", 0},
                                         {"key", "AA"},
                                         {"from", -1},
                                         {"until", 999}}) {
            json = rules();
            json["keys"].front()[key] = value;
            QCOMPARE(parseTokenRules(json).error().code, Errc::Invalid);
        }
        json = rules();
        json["revoked"] = toBase64(std::string(7 * kTokensRevokedMax, 'r'));
        QVERIFY(parseTokenRules(json));
        json["revoked"] = toBase64(std::string(7 * (kTokensRevokedMax + 1), 'r'));
        QCOMPARE(parseTokenRules(json).error().code, Errc::Limit);
        json["revoked"] = toBase64(std::string(8, 'r'));
        QCOMPARE(parseTokenRules(json).error().code, Errc::Invalid);
        json.erase("revoked");
        QCOMPARE(parseTokenRules(json).error().code, Errc::Invalid);
    }
};

QTEST_APPLESS_MAIN(TestCampaign)
#include "tst_campaign.moc"
