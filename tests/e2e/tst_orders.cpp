// An order through the real programs: asked for at the kiosk's socket, decided by the hub, handed over at the
// till's, with the line up and down; and nothing that was sealed lies anywhere in the clear.
#include "e2e/till_store.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <QTest>

using namespace silta;
using namespace silta::test;

class TestOrders : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    SystemClock clock_;
    SystemRandom random_;
    std::string staff_;

    TillAnswer kiosk(const std::string& method, const std::string& target, const Json& body = nullptr) const {
        const auto reply = station_->edge(method, target, body);
        if (!reply) return {};
        return {reply->status, parseJson(reply->body, 1 << 20).value_or(Json(nullptr))};
    }
    TillAnswer till(const std::string& method, const std::string& target, const Json& body = nullptr) const {
        return askTill(*station_, method, target, body);
    }
    Json wanted(const char* kind, const char* sku, int quantity) {
        Json body = {{"orderId", makeUuid(clock_, random_)},
                     {"kind", kind},
                     {"lang", "en"},
                     {"currency", "EUR"},
                     {"word", "Harbour"},
                     {"initials", "AP"},
                     {"lines", {{{"sku", sku}, {"quantity", quantity}, {"unitPriceMinor", 22'900}}}}};
        const auto key = kiosk("GET", "/v1/status").body["sealKey"].get<std::string>();
        const auto* const person =
            R"({"name":"Planted Person","email":"planted@person.example","street":"Planted street 1",)"
            R"("postcode":"00100","city":"Helsinki","country":"FI"})";
        body["sealed"] = toBase64(*seal(person, *fromBase64(key)));
        return body;
    }
    Json place(const Json& body) const { return kiosk("POST", "/v1/orders", body).body; }
    std::string stateOf(const Json& order) const {
        return kiosk("GET", "/v1/orders/" + order["orderId"].get<std::string>())
            .body["state"]
            .get<std::string>();
    }
    TillAnswer change(const Json& order, const char* action, const Json& more = Json::object()) {
        Json body = {{"request", makeUuid(clock_, random_)}, {"staff", staff_}, {"action", action}};
        body.update(more);
        return till("POST", "/v1/orders/" + order["orderId"].get<std::string>() + "/changes", body);
    }
    std::string atHub(const Json& order) const {
        for (const auto& row : station_->hub("orders"))
            if (row["orderId"] == order["orderId"]) return row["state"].get<std::string>();
        return {};
    }
    Station::Finished orders(const std::string& what, const Json& order) const {
        return station_->run("silta-hub", {"orders", what, "--db", station_->path("hub.db"), "--number",
                                           order["number"].get<std::string>()});
    }

private slots:
    void initTestCase() {
        station_ = std::make_unique<Station>(SILTA_BIN);
        const auto wrong = startTillStore(*station_);
        QVERIFY2(wrong.empty(), wrong.c_str());
        TillAnswer welcome;
        QTRY_VERIFY_WITH_TIMEOUT(
            (welcome = till("POST", "/v1/staff/sign-in", {{"badge", kBadge}, {"pin", kPin}})).status == 200,
            60'000);
        staff_ = welcome.body["id"].get<std::string>();
    }

    void givesThreeTentsToTheFirstOfThree() {
        std::vector<Json> placed;
        for (int i = 0; i < 3; ++i)
            placed.push_back(place(wanted("collect", "TENT", 3)));
        for (const auto& order : placed)
            QVERIFY(order["state"] == "placed" || order["state"] == "accepted");
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(placed[0]), std::string("accepted"), 30'000);
        for (std::size_t i : {1, 2})
            QTRY_COMPARE_WITH_TIMEOUT(stateOf(placed[i]), std::string("accepted_unallocated"), 30'000);
        const auto second = kiosk("GET", "/v1/orders/" + placed[1]["orderId"].get<std::string>()).body;
        QCOMPARE(second["alternatives"][0]["store"].get<std::string>(), std::string("SE-STO-01"));
        QCOMPARE(change(placed[0], "ready").status, 200);
        const auto list = till("GET", "/v1/orders?list=hand-over&lang=en").body["orders"];
        QCOMPARE(list.size(), std::size_t(1));
        QCOMPARE(list[0]["word"].get<std::string>(), std::string("Harbour"));
        QCOMPARE(list[0]["lines"][0]["name"].get<std::string>(), std::string("Two-person tent Tunturi"));
        QCOMPARE(till("GET", "/v1/orders?list=look&lang=en").body["orders"].size(), std::size_t(2));
        const auto scanned = till("POST", "/v1/resolve", {{"text", list[0]["code"]}, {"lang", "en"}}).body;
        QCOMPARE(scanned["kind"].get<std::string>(), std::string("order"));
        QCOMPARE(scanned["number"].get<std::string>(), list[0]["number"].get<std::string>());
        QCOMPARE(change(placed[0], "hand_over", {{"word", "Castle"}}).body["word"].get<std::string>(),
                 std::string("wrong-word"));
        QCOMPARE(change(placed[0], "hand_over", {{"word", "harbour"}}).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(atHub(placed[0]), std::string("handed_over"), 30'000);
        QCOMPARE(change(placed[0], "hand_over", {{"word", "harbour"}}).status, 409);
        const Json back = {{"sku", "TENT"}, {"quantity", 3}, {"reason", "damaged"}, {"condition", "damaged"}};
        QCOMPARE(change(placed[0], "return", {{"lines", Json::array({back})}}).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(atHub(placed[0]), std::string("returned"), 30'000);
    }

    void tellsTheShoppersPhone() {
        const auto placed = place(wanted("home", "MUG-W", 1));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(placed), std::string("accepted"), 30'000);
        const auto who = orders("who", placed);
        QCOMPARE(who.status, 0);
        QVERIFY(who.out.find("Planted street 1") != std::string::npos);
        QCOMPARE(orders("erase", placed).status, 0);
        QCOMPARE(orders("who", placed).status, 1);
        QCOMPARE(change(placed, "hand_over", {{"word", "harbour"}}).status, 409); // it is not paid
        QCOMPARE(change(placed, "pay").status, 200);
        QCOMPARE(change(placed, "hand_over", {{"word", "harbour"}}).status, 200);
    }

    void goesOnWithoutTheHub() {
        station_->stopHub();
        QTRY_VERIFY_WITH_TIMEOUT(
            !kiosk("POST", "/v1/orders/check",
                   {{"kind", "collect"},
                    {"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"unitPriceMinor", 1}}}}})
                 .body["online"]
                 .get<bool>(),
            60'000);
        const auto kept = place(wanted("reserve", "MUG-W", 2));
        QCOMPARE(kept["promise"].get<std::string>(), std::string("kept"));
        QCOMPARE(place(wanted("reserve", "MUG-W", 50))["promise"].get<std::string>(),
                 std::string("requested"));
        QCOMPARE(place(wanted("home", "MUG-W", 1))["promise"].get<std::string>(), std::string("requested"));
        const auto stranger = kiosk("POST", "/v1/orders/find", {{"code", kept["code"]}}).body;
        QVERIFY(!stranger.contains("word") && !stranger.contains("initials"));
        QCOMPARE(
            kiosk("POST", "/v1/orders/" + kept["orderId"].get<std::string>() + "/arrivals", Json::object())
                .status,
            200);
        QCOMPARE(change(kept, "hand_over", {{"word", "harbour"}}).status, 200);
        station_->killEdge();
        QVERIFY(station_->startEdge());
        QCOMPARE(stateOf(kept), std::string("handed_over"));
        QVERIFY(station_->startHub());
        QTRY_COMPARE_WITH_TIMEOUT(atHub(kept), std::string("handed_over"), 120'000);
    }

    void leavesNobodysDataInTheClear() {
        const auto found =
            fileThatHolds(*station_, {"Planted Person", "planted@person.example", "Planted street"});
        QVERIFY2(found.empty(), found.c_str());
        const auto wrong = station_->checkTraffic();
        QVERIFY2(wrong.status == 0, (wrong.out + wrong.err).c_str());
    }
};

QTEST_GUILESS_MAIN(TestOrders)
#include "tst_orders.moc"
