// What the till asks of edge for orders, and how it reads the answers.
#include "till/edge_link.h"
#include "till/limits.h"

#include <QTest>
#include <deque>
#include <vector>

using namespace silta;
using namespace silta::till;

namespace {

constexpr const char* kOrderId = "0190f3a0-7c1e-7000-8000-0000000000d1";

/// What edge answers, one after the other, and what it was asked.
struct Script {
    std::deque<HttpReply> replies;
    std::vector<HttpCall> calls;

    void add(int status, const Json& body) {
        HttpReply reply;
        reply.status = status;
        reply.body = dumpJson(body);
        replies.push_back(std::move(reply));
    }
};

class ScriptedEdge final : public HttpTransport {
public:
    explicit ScriptedEdge(Script& script) : script_(script) {}
    Result<HttpReply> send(const HttpCall& call) override {
        script_.calls.push_back(call);
        if (script_.replies.empty()) return Error{Errc::Unavailable, "nothing more to say"};
        auto reply = std::move(script_.replies.front());
        script_.replies.pop_front();
        return reply;
    }

private:
    Script& script_;
};

Json orderJson() {
    return {{"orderId", kOrderId},
            {"number", "K7QF2M9X"},
            {"kind", "reserve"},
            {"state", "accepted_unallocated"},
            {"promise", "kept"},
            {"word", "Harbour"},
            {"store", "FI-HEL-01"},
            {"storeName", "Helsinki Kamppi"},
            {"initials", "AP"},
            {"currency", "EUR"},
            {"promisedMs", 1'000},
            {"expiresMs", 2'000},
            {"arrivedMs", 500},
            {"paid", true},
            {"returnAsked", true},
            {"overPromised", true},
            {"atHub", true},
            {"lines",
             {{{"sku", "MUG-W"},
               {"quantity", 3},
               {"missing", 1},
               {"unitPriceMinor", 1'000},
               {"priceNowMinor", 1'200},
               {"asked", 1},
               {"askedReason", "damaged"},
               {"here", 12},
               {"aisle", "4"},
               {"name", "Mug"}}}},
            {"alternatives", {{{"store", "SE-STO-01"}, {"name", "Stockholm"}, {"km", 396.4}}}},
            {"actions", {"move", "hand_over", "dance", 7}}};
}

OrderWish handOver() {
    OrderWish wish;
    wish.orderId = kOrderId;
    wish.staffId = "staff";
    wish.request = "0190f3a0-7c1e-7000-8000-0000000000c1";
    wish.action = OrderAction::HandOver;
    wish.word = "Harbour";
    return wish;
}

} // namespace

class TestTillEdgeOrders : public QObject {
    Q_OBJECT

    Script script_;
    std::unique_ptr<UnixEdgeLink> link_;

private slots:
    void init() {
        script_ = {};
        link_ = std::make_unique<UnixEdgeLink>("/run/till.sock",
                                               [this] { return std::make_unique<ScriptedEdge>(script_); });
    }

    void readsAnOrder() {
        script_.add(200, orderJson());
        const auto order = link_->order(kOrderId, Lang::Fi);
        QVERIFY(order.has_value());
        QVERIFY(script_.calls[0].url.ends_with(std::string("/v1/orders/") + kOrderId + "?lang=fi"));
        QCOMPARE(order->kind, OrderKind::Reserve);
        QCOMPARE(order->state, OrderState::AcceptedUnallocated);
        QVERIFY(order->isKept && order->isPaid && order->isReturnAsked && order->isOverPromised);
        QCOMPARE(order->actions, (std::vector{OrderAction::Move, OrderAction::HandOver}));
        QCOMPARE(order->alternatives.size(), std::size_t(1));
        QCOMPARE(order->lines[0].rest(), 2);
        QCOMPARE(order->units(), 2);
        QCOMPARE(order->toPayMinor(), std::int64_t(2'000));
        QCOMPARE(*order->lines[0].here, std::int64_t(12));
        QCOMPARE(order->lines[0].aisle, std::string("4"));
        QCOMPARE(order->lines[0].asked, 1);
        QCOMPARE(order->lines[0].askedReason, std::string("damaged"));
        QVERIFY(!order->isRefunded && !order->owesRefund());
    }

    void knowsWhichMoneyIsOwed() {
        auto json = orderJson();
        json["actions"] = {"refund"};
        for (const auto* state : {"cancelled", "not_collected"}) {
            json["state"] = state;
            json["paid"] = true;
            json["refunded"] = false;
            script_.add(200, json);
            const auto owed = link_->order(kOrderId, Lang::En);
            QVERIFY(owed->owesRefund() && owed->may(OrderAction::Refund));
            json["refunded"] = true;
            script_.add(200, json);
            const auto done = link_->order(kOrderId, Lang::En);
            QVERIFY(done->isRefunded && !done->owesRefund());
            json["paid"] = json["refunded"] = false;
            script_.add(200, json);
            QVERIFY(!link_->order(kOrderId, Lang::En)->owesRefund());
        }
    }

    void takesNoOtherReasonThanTheKiosks() {
        auto json = orderJson();
        json["lines"][0]["askedReason"] = "\" onfocus=alert(1)";
        script_.add(200, json);
        const auto order = link_->order(kOrderId, Lang::En);
        QCOMPARE(order->lines[0].asked, 0);
        QVERIFY(order->lines[0].askedReason.empty());
    }

    void saysThatTheWordWasForgotten() {
        auto wish = handOver();
        wish.word.clear();
        wish.reason = kWordForgotten;
        script_.add(200, orderJson());
        QVERIFY(link_->changeOrder(wish, Lang::En));
        const auto body = *parseJson(script_.calls[0].body, 1 << 16);
        QCOMPARE(textMember(body, "reason").value_or(""), std::string(kWordForgotten));
        QVERIFY(!body.contains("word"));
    }

    void keepsToTheLimitsOfOrders() {
        auto json = orderJson();
        json["lines"] = Json::array();
        for (std::size_t i = 0; i <= kOrderLinesMax; ++i)
            json["lines"].push_back({{"sku", "A"}, {"quantity", 1'000'000'000'000}, {"unitPriceMinor", -5}});
        json["alternatives"] = Json::array();
        for (std::size_t i = 0; i <= kOrderAlternativesMax; ++i)
            json["alternatives"].push_back({{"store", "B"}});
        script_.add(200, json);
        const auto order = link_->order(kOrderId, Lang::En);
        QCOMPARE(order->lines.size(), kOrderLinesMax);
        QCOMPARE(order->lines[0].quantity, kOrderQuantityMax);
        QCOMPARE(order->lines[0].unitPriceMinor, std::int64_t(0));
        QCOMPARE(order->alternatives.size(), kOrderAlternativesMax);
    }

    void readsNoOrderThatIsNone_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::newRow("kind") << "kind"
                              << "gift";
        QTest::newRow("state") << "state"
                               << "lost";
        QTest::newRow("id") << "orderId"
                            << "";
        QTest::newRow("number") << "number"
                                << "";
    }
    void readsNoOrderThatIsNone() {
        QFETCH(QString, member);
        QFETCH(QString, value);
        auto json = orderJson();
        json[member.toStdString()] = value.toStdString();
        script_.add(200, json);
        const auto order = link_->order(kOrderId, Lang::En);
        QVERIFY(!order && order.error().code == Errc::Invalid);
    }

    void readsLists() {
        auto orders = Json::array();
        for (std::size_t i = 0; i <= kOrdersListedMax; ++i)
            orders.push_back(orderJson());
        script_.add(200, {{"orders", orders}, {"more", true}});
        const auto listing = link_->orders(OrderList::Pick, Lang::En);
        QVERIFY(script_.calls[0].url.ends_with("/v1/orders?list=pick&lang=en"));
        QCOMPARE(listing->orders.size(), kOrdersListedMax);
        QVERIFY(listing->hasMore);
    }

    void saysWhatIsWanted() {
        script_.add(200, orderJson());
        QVERIFY(link_->changeOrder(handOver(), Lang::En).has_value());
        auto body = *parseJson(script_.calls[0].body, 1 << 16);
        QCOMPARE(dumpJson(body), std::string(R"({"action":"hand_over","lang":"en","request":)"
                                             R"("0190f3a0-7c1e-7000-8000-0000000000c1","staff":"staff",)"
                                             R"("word":"Harbour"})"));
        OrderWish wish = handOver();
        wish.action = OrderAction::Return;
        wish.parts = {{"MUG-W", 2, "damaged", "opened"}};
        script_.add(200, orderJson());
        QVERIFY(link_->changeOrder(wish, Lang::En).has_value());
        body = *parseJson(script_.calls[1].body, 1 << 16);
        QVERIFY(!body.contains("word"));
        QCOMPARE(dumpJson(body["lines"]), std::string(R"([{"condition":"opened","quantity":2,)"
                                                      R"("reason":"damaged","sku":"MUG-W"}])"));
    }

    void readsWhatBecameOfIt() {
        using Outcome = OrderAnswer::Outcome;
        script_.add(200, orderJson());
        QVERIFY(link_->changeOrder(handOver(), Lang::En)->outcome == Outcome::Done);
        script_.add(403, {{"word", "wrong-word"}});
        QVERIFY(link_->changeOrder(handOver(), Lang::En)->outcome == Outcome::WrongWord);
        script_.add(409, {{"word", "not-now"}, {"order", orderJson()}});
        const auto late = link_->changeOrder(handOver(), Lang::En);
        QVERIFY(late->outcome == Outcome::NotNow);
        QCOMPARE(late->order.number, std::string("K7QF2M9X"));
    }

    void saysFailures_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        QTest::newRow("not allowed") << 403 << static_cast<int>(Errc::Denied);
        QTest::newRow("not known") << 404 << static_cast<int>(Errc::NotFound);
        QTest::newRow("malformed") << 400 << static_cast<int>(Errc::Invalid);
        QTest::newRow("too many") << 429 << static_cast<int>(Errc::Limit);
        QTest::newRow("full") << 507 << static_cast<int>(Errc::Full);
        QTest::newRow("not ready") << 503 << static_cast<int>(Errc::Unavailable);
        QTest::newRow("a conflict without its order") << 409 << static_cast<int>(Errc::Invalid);
    }
    void saysFailures() {
        QFETCH(int, status);
        QFETCH(int, code);
        script_.add(status, {{"word", "not-allowed"}});
        const auto answer = link_->changeOrder(handOver(), Lang::En);
        QVERIFY(!answer);
        QCOMPARE(static_cast<int>(answer.error().code), code);
    }
};

QTEST_GUILESS_MAIN(TestTillEdgeOrders)
#include "tst_till_edge_orders.moc"
