// Sales from till.sock to the hub: once, whatever is cut off, lost or told again; and what is no sale.
#include "edge/next_thing.h"
#include "edge/till_sales.h"
#include "support/direct_hub.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <QTest>

using namespace silta;
using namespace silta::test;

namespace {

constexpr const char* kCard = "9246000010000011";
constexpr const char* kStaff = "0190f3a0-7c1e-7000-8000-0000000000a1";

} // namespace

class TestTillSales : public QObject {
    Q_OBJECT

    std::unique_ptr<DirectHub> hub_;
    Line line_;
    std::unique_ptr<Engine> engine_;
    std::vector<HttpServer::Route> routes_;

    std::string uuid() {
        ++hub_->clock.now;
        return makeUuid(hub_->clock, hub_->random());
    }
    void open() {
        routes_.clear();
        engine_.reset();
        engine_ = hub_->openEngine("till", line_);
        QVERIFY(engine_);
        const auto staff = [](const std::string& id, bool) { return id == kStaff; };
        routes_ = tillSaleRoutes(*engine_, staff, hub_->clock);
    }
    HttpResponse post(const std::string& path, const std::string& body) {
        HttpRequest request;
        request.method = "POST";
        request.path = request.target = path;
        request.body = body;
        for (const auto& route : routes_)
            if (route.path == path) return route.handler(request);
        return httpError(404, "no such route");
    }
    int say(const std::string& path, const Json& body) { return post(path, dumpJson(body)).status; }
    std::string sealed(const Json& what) const {
        return toBase64(*seal(dumpJson(what), engine_->tillDesk()->store.sealKey));
    }
    Json sale(const std::string& id, const std::string& receipt, std::int64_t minor,
              const std::string& member = {}) {
        Json told = {{"receipt", receipt},
                     {"pos", "POS-1"},
                     {"atMs", 1'790'000'000'000},
                     {"currency", "EUR"},
                     {"totalMinor", minor},
                     {"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"totalMinor", minor}}}}};
        if (!member.empty()) told["member"] = member;
        return {{"saleId", id},
                {"receipt", receipt},
                {"fingerprint", sha256Hex(receipt + std::to_string(minor))},
                {"currency", "EUR"},
                {"totalMinor", minor},
                {"atMs", 1'790'000'000'000},
                {"hasMember", !member.empty()},
                {"sealed", sealed(told)}};
    }
    Json link(const std::string& id, const std::string& receipt) {
        return {
            {"linkId", id},
            {"staff", kStaff},
            {"receipt", receipt},
            {"sealed",
             sealed(
                 {{"receipt", receipt}, {"member", kCard}, {"staff", kStaff}, {"atMs", 1'790'000'000'000}})}};
    }
    std::vector<hub::SaleRow> atHub() { return *hub_->store().salesBy({}, 100); }

private slots:
    void init() {
        hub_ = std::make_unique<DirectHub>(9);
        line_ = {};
        open();
        QVERIFY(hub_->enrol(*engine_, "FI-HEL-01"));
    }
    void cleanup() {
        routes_.clear();
        engine_.reset();
        hub_.reset();
    }

    void tellsTheHubOnce() {
        const auto id = uuid();
        QCOMPARE(say("/v1/sales", sale(id, "R1", 2'500, kCard)), 200);
        QCOMPARE(say("/v1/sales", sale(id, "R1", 2'500, kCard)), 200);     // the same again
        QCOMPARE(say("/v1/sales", sale(uuid(), "R1", 2'500, kCard)), 200); // under another name
        hub_->talk(*engine_);
        QCOMPARE(atHub().size(), std::size_t(1));
        QCOMPARE(atHub()[0].points, 25);
        QCOMPARE(QString::fromStdString(atHub()[0].member), QString(kCard));
    }

    void refusesAnotherSaleUnderTheSameNameOrReceipt() {
        const auto id = uuid();
        QCOMPARE(say("/v1/sales", sale(id, "R1", 2'500)), 200);
        QCOMPARE(say("/v1/sales", sale(id, "R2", 2'500)), 409);
        QCOMPARE(say("/v1/sales", sale(id, "R1", 2'600)), 409);
        QCOMPARE(say("/v1/sales", sale(uuid(), "R1", 2'600)), 409);
        hub_->talk(*engine_);
        QCOMPARE(atHub().size(), std::size_t(1));
    }

    void keepsWhatItSaidWithTheLineDownAndOverARestart() {
        line_.isCut = true;
        const auto told = sale(uuid(), "R1", 2'500);
        QCOMPARE(say("/v1/sales", told), 200);
        const auto whose = link(uuid(), "R1");
        QCOMPARE(say("/v1/sales/links", whose), 200);
        hub_->talk(*engine_);
        QVERIFY(atHub().empty());
        open();
        QCOMPARE(say("/v1/sales", told), 200);
        QCOMPARE(say("/v1/sales/links", whose), 200);
        line_.isCut = false;
        line_.losesReplies = true; // the hub takes it, and nobody hears of it
        hub_->pass(600'000);
        hub_->talk(*engine_);
        line_.losesReplies = false;
        hub_->pass(600'000);
        hub_->talk(*engine_);
        QCOMPARE(atHub().size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(atHub()[0].member), QString(kCard));
        QCOMPARE(engine_->status()["outbox"]["pending"].get<int>(), 0);
        QCOMPARE(engine_->status()["outbox"]["quarantined"].get<int>(), 0);
    }

    void linksAReceiptOnce() {
        QCOMPARE(say("/v1/sales/links", link(uuid(), "R1")), 200); // nobody has told of it yet
        QCOMPARE(say("/v1/sales/links", link(uuid(), "R1")), 409);
        QCOMPARE(say("/v1/sales", sale(uuid(), "R1", 1'000)), 200);
        QCOMPARE(say("/v1/sales", sale(uuid(), "R2", 1'000, kCard)), 200);
        QCOMPARE(say("/v1/sales/links", link(uuid(), "R2")), 409); // it is the card's
        auto nobodys = link(uuid(), "R3");
        nobodys["staff"] = "0190f3a0-7c1e-7000-8000-0000000000ff";
        QCOMPARE(say("/v1/sales/links", nobodys), 403);
        hub_->talk(*engine_);
        QCOMPARE(atHub().size(), std::size_t(2));
        for (const auto& row : atHub())
            QCOMPARE(QString::fromStdString(row.member), QString(kCard));
    }

    void saysWhatIsKnownOfAReceipt() {
        QVERIFY(!receiptCard(*engine_, "R1")->contains("sale"));
        QCOMPARE(say("/v1/sales", sale(uuid(), "R1", 2'500)), 200);
        auto card = *receiptCard(*engine_, "R1");
        QCOMPARE(card["sale"]["totalMinor"].get<int>(), 2'500);
        QVERIFY(!card["taken"].get<bool>());
        QCOMPARE(say("/v1/sales/links", link(uuid(), "R1")), 200);
        QVERIFY((*receiptCard(*engine_, "R1"))["taken"].get<bool>());
    }

    void forgetsReceiptsAfterAMonth() {
        QCOMPARE(say("/v1/sales", sale(uuid(), "R1", 2'500)), 200);
        hub_->talk(*engine_);
        constexpr std::int64_t kDayMs = 24 * 3'600'000;
        hub_->pass(31 * kDayMs);
        QCOMPARE(say("/v1/sales", sale(uuid(), "R2", 2'500)), 200);
        QVERIFY(!receiptCard(*engine_, "R1")->contains("sale"));
        QCOMPARE(say("/v1/sales", sale(uuid(), "R1", 2'500)), 200); // the hub still knows it
        hub_->talk(*engine_);
        QCOMPARE(atHub().size(), std::size_t(2));
    }

    void refusesWhatIsNoSale_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("name") << "saleId"
                              << "\"R1\"";
        QTest::newRow("receipt") << "receipt"
                                 << "\"\"";
        QTest::newRow("fingerprint") << "fingerprint"
                                     << "\"abc\"";
        QTest::newRow("currency") << "currency"
                                  << "\"euro\"";
        QTest::newRow("total") << "totalMinor"
                               << "\"1\"";
        QTest::newRow("time") << "atMs"
                              << "null";
        QTest::newRow("box") << "sealed"
                             << "\"no box!\"";
        QTest::newRow("a long box") << "sealed"
                                    << "\"" + QString(15'001, 'A') + "\"";
    }
    void refusesWhatIsNoSale() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        auto told = sale(uuid(), "R1", 2'500);
        told[key.toStdString()] = *parseJson(value.toStdString(), 20'000);
        QCOMPARE(say("/v1/sales", told), 400);
        QCOMPARE(post("/v1/sales", std::string(21'000, ' ')).status, 413);
        QCOMPARE(post("/v1/sales", "[").status, 400);
        hub_->talk(*engine_);
        QVERIFY(atHub().empty());
    }

    void offersTheCouponThatEndsFirst() {
        TokenRules rules;
        const auto add = [&rules](int id, const char* firstDay, const char* lastDay) -> Campaign& {
            auto& campaign = rules.campaigns[id];
            campaign.id = id;
            campaign.firstDay = firstDay;
            campaign.lastDay = lastDay;
            campaign.membersOnly = true;
            return campaign;
        };
        const auto found = [&rules](const char* today) {
            const auto* campaign = couponEndingSoon(rules, "FI-HEL-01", today);
            return campaign == nullptr ? 0 : campaign->id;
        };
        QCOMPARE(found("2026-11-23"), 0);
        add(1, "2026-11-01", "2026-12-01");
        QCOMPARE(found("2026-11-23"), 0); // more than a week
        QCOMPARE(found("2026-11-24"), 1);
        QCOMPARE(found("2026-12-01"), 1);
        QCOMPARE(found("2026-12-02"), 0);
        add(2, "2026-11-01", "2026-11-30");
        add(3, "2026-11-01", "2026-11-30");
        QCOMPARE(found("2026-11-24"), 2);
        add(4, "2026-11-25", "2026-11-29"); // not yet
        add(5, "2026-11-01", "2026-11-29").membersOnly = false;
        add(6, "2026-11-01", "2026-11-29").stores = {"FI-TKU-01"};
        add(7, "2026-11-01", "2026-11-29").kind = TokenKind::GiftCard;
        QCOMPARE(found("2026-11-24"), 2);
        add(8, "2026-11-01", "2026-11-29").stores = {"FI-TKU-01", "FI-HEL-01"};
        QCOMPARE(found("2026-11-24"), 8);
        QCOMPARE(found("no day"), 0);
    }

    void hasALimitForABrokenPos() {
        int status = 200;
        int taken = 0;
        for (; status == 200 && taken < 2'000; ++taken)
            status = say("/v1/sales", sale(uuid(), "R" + std::to_string(taken), 100));
        QCOMPARE(status, 429);
        QCOMPARE(taken, 1'201);
    }
};

QTEST_GUILESS_MAIN(TestTillSales)
#include "tst_till_sales.moc"
