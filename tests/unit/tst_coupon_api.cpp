// What a till may ask about coupons and gift cards, and everything that it may not.
#include "edge/coupon_api.h"
#include "support/till_chain.h"

#include <QTest>

using namespace silta;
using namespace silta::test;

class TestCouponApi : public QObject {
    Q_OBJECT

    std::unique_ptr<TillChain> chain_;
    std::vector<HttpServer::Route> routes_;
    std::string coupon_, card_;

    HttpResponse ask(const std::string& path, const std::string& body) {
        HttpRequest request;
        request.method = "POST";
        request.path = request.target = path;
        request.body = body;
        for (const auto& route : routes_)
            if (route.path == path) return route.handler(request);
        return httpError(404, "no such route");
    }
    struct Said {
        int status = 0;
        std::string word;
        Json body;
    };
    /// Asks again while the hub is being asked.
    Said say(const std::string& path, const Json& body) {
        Said said;
        for (int turn = 0; turn < 10; ++turn) {
            const auto response = ask(path, dumpJson(body));
            said.body = parseJson(response.body, 64 * 1024).value_or(Json());
            said.status = response.status;
            said.word = textMember(said.body, "word").value_or("");
            if (said.status != 202) break;
            chain_->hub().talk(chain_->till("a"));
        }
        return said;
    }
    Json wish(const std::string& token, const char* staff = "cashier") {
        return {{"token", token}, {"staff", staff}, {"request", chain_->uuid()}};
    }

private slots:
    void init() {
        routes_.clear();
        chain_ = std::make_unique<TillChain>(3);
        auto campaign = coupons(1, 0, 0);
        campaign.percent = 20;
        coupon_ = chain_->issue(chain_->add(campaign));
        card_ = chain_->issue(chain_->add(cards(0, 0, 0)), 2'500);
        QVERIFY(chain_->addTill("a"));
        const auto staff = [](const std::string& id, bool asSupervisor) {
            return id == "boss" || (id == "cashier" && !asSupervisor);
        };
        routes_ = couponRoutes(chain_->till("a"), staff, chain_->hub().clock);
    }
    void cleanup() {
        routes_.clear();
        chain_.reset();
    }

    void redeemsACouponAndTakesItBack() {
        const auto checked = say("/v1/coupons/check", {{"token", coupon_}, {"staff", "cashier"}});
        QCOMPARE(checked.word, std::string("valid"));
        QVERIFY(checked.body["campaign"]["percent"] == 20);
        QVERIFY(checked.body["campaign"]["titles"]["fi"] == "Kahvi");
        QVERIFY(!checked.body["campaign"].contains("offlineBudget"));
        const auto wanted = wish(coupon_);
        const auto done = say("/v1/coupons/redeem", wanted);
        QCOMPARE(done.word, std::string("done"));
        QVERIFY(say("/v1/coupons/redeem", wanted).body["operation"] == done.body["operation"]);
        QCOMPARE(say("/v1/coupons/redeem", wish(coupon_)).word, std::string("used-here"));
        auto back = wish(coupon_);
        back["of"] = wanted["request"];
        const auto refused = say("/v1/coupons/reverse", back);
        QCOMPARE(refused.status, 403);
        QCOMPARE(refused.word, std::string("not-allowed"));
        back["staff"] = "boss";
        QCOMPARE(say("/v1/coupons/reverse", back).word, std::string("done"));
        QCOMPARE(say("/v1/coupons/redeem", wish(coupon_)).word, std::string("done"));
    }
    void spendsAndLoadsAGiftCard() {
        const auto balance = say("/v1/gift-cards/balance", {{"token", card_}, {"staff", "cashier"}});
        QVERIFY(balance.body["left"] == 2'500);
        auto wanted = wish(card_);
        wanted["minor"] = 2'000;
        QVERIFY(say("/v1/gift-cards/spend", wanted).body["left"] == 500);
        wanted["minor"] = 1'999; // under the same request
        QCOMPARE(say("/v1/gift-cards/spend", wanted).status, 409);
        auto more = wish(card_);
        more["minor"] = 501;
        chain_->hub().talk(chain_->till("a"));
        QCOMPARE(say("/v1/gift-cards/spend", more).word, std::string("too-much"));
        auto loading = wish(card_);
        loading["minor"] = 100;
        QCOMPARE(say("/v1/gift-cards/load", loading).word, std::string("done"));
        QCOMPARE(say("/v1/coupons/check", {{"token", card_}, {"staff", "cashier"}}).word,
                 std::string("wrong-kind"));
    }
    void refusesBadBodies_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const char* path, const QByteArray& body, int status) {
            QTest::newRow(name) << QByteArray(path) << body << status;
        };
        Json good = {
            {"token", "S"}, {"staff", "cashier"}, {"request", "01a0c454-de04-7e2d-a4c6-4090f5b845a2"}};
        // Each with one member changed; null: without it.
        const auto with = [&](const char* name, const char* path, const char* key, const Json& value,
                              int status = 400) {
            auto body = good;
            if (value.is_null())
                body.erase(key);
            else
                body[key] = value;
            row(name, path, QByteArray::fromStdString(dumpJson(body)), status);
        };
        row("no JSON", "/v1/coupons/check", "{", 400);
        row("a list", "/v1/coupons/check", "[]", 400);
        row("a megabyte", "/v1/coupons/check", QByteArray(1 << 20, ' '), 413);
        row("no such route", "/v1/coupons/issue", "{}", 404);
        with("no token", "/v1/coupons/check", "token", nullptr);
        with("no staff", "/v1/coupons/check", "staff", nullptr);
        with("staff of 101 bytes", "/v1/coupons/check", "staff", std::string(101, 'a'));
        with("a stranger", "/v1/coupons/check", "staff", "nobody", 403);
        with("no request", "/v1/coupons/redeem", "request", nullptr);
        with("request is no UUID", "/v1/coupons/redeem", "request", "1");
        with("no of", "/v1/coupons/reverse", "of", nullptr);
        with("no money", "/v1/gift-cards/spend", "minor", nullptr);
        with("money below 1", "/v1/gift-cards/load", "minor", 0);
        with("money above the limit", "/v1/gift-cards/load", "minor", 1'000'001);
        with("money with a fraction", "/v1/gift-cards/load", "minor", 1.5);
        with("purchase below 0", "/v1/coupons/check", "purchaseMinor", -1);
        with("skus is a text", "/v1/coupons/check", "skus", "A");
        with("a sku is a number", "/v1/coupons/check", "skus", Json::array({1}));
        with("201 skus", "/v1/coupons/check", "skus", std::vector<std::string>(201, "A"), 413);
    }
    void refusesBadBodies() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QCOMPARE(ask(path.toStdString(), body.toStdString()).status, status);
    }
    void looksAtSoManyUnknownCodes() {
        const Json unknown = {{"token", "no code of ours"}, {"staff", "cashier"}};
        for (int i = 0; i < 120; ++i)
            QCOMPARE(say("/v1/coupons/check", unknown).word, std::string("unknown"));
        QCOMPARE(say("/v1/coupons/check", unknown).status, 429);
        chain_->hub().pass(61'000);
        QCOMPARE(say("/v1/coupons/check", unknown).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestCouponApi)
#include "tst_coupon_api.moc"
