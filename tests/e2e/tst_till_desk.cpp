// till.sock with the real hub and the real edge, as silta-till asks over it: staff who come and go, tries
// that are counted over a kill, what a code is, a member registered with the line down; and no PIN in the
// clear.
#include "e2e/till_store.h"

#include <silta/crypto.h>

#include <QTest>

using namespace silta;
using namespace silta::test;

class TestTillDesk : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;

    TillAnswer till(const std::string& method, const std::string& target, const Json& body = nullptr) const {
        return askTill(*station_, method, target, body);
    }
    TillAnswer signIn(const std::string& badge, const std::string& pin) const {
        return till("POST", "/v1/staff/sign-in", {{"badge", badge}, {"pin", pin}});
    }
    Json resolved(const std::string& text) const {
        return till("POST", "/v1/resolve", {{"text", text}, {"lang", "en"}}).body;
    }
    Station::Finished staff(const std::string& what, const std::string& badge,
                            const std::string& input = {}) const {
        return station_->run("silta-hub", {"staff", what, "--db", station_->path("hub.db"), "--badge", badge},
                             input);
    }
    std::string sealed(const Json& person) const {
        const auto key = till("GET", "/v1/desk").body["hubSealKey"].get<std::string>();
        return toBase64(*seal(dumpJson(person), *fromBase64(key)));
    }
    TillAnswer asked(const std::string& box) const {
        TillAnswer answer = till("POST", "/v1/members/ask", {{"sealed", box}});
        if (answer.status != 202) return answer;
        const auto target = "/v1/members/ask/" + answer.body["question"].get<std::string>();
        [[maybe_unused]] const bool isSettled = QTest::qWaitFor(
            [&] {
                answer = till("GET", target);
                return answer.status != 202;
            },
            20'000);
        return answer;
    }
    Json signUp(const std::string& memberId, const std::string& staffId, const std::string& box) const {
        const auto consent = [](const char* purpose, bool granted) {
            return Json{{"purpose", purpose},
                        {"channel", "any"},
                        {"granted", granted},
                        {"lang", "fi"},
                        {"wordingHash", sha256Hex(purpose)}};
        };
        return {{"memberId", memberId},
                {"sealed", box},
                {"lang", "fi"},
                {"staffId", staffId},
                {"consents", {consent("membership-terms", true), consent("age", true)}}};
    }

private slots:
    void initTestCase() {
        station_ = std::make_unique<Station>(SILTA_BIN);
        const auto wrong = startTillStore(*station_);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void wantsAPinFromStandardInput() {
        QCOMPARE(addStaff(*station_, "STAFF-2001", "Bo", "cashier", "12345").status, 2);
        QCOMPARE(addStaff(*station_, "STAFF-2001", "Bo", "owner", "123456").status, 2);
        QCOMPARE(addStaff(*station_, "?", "Bo", "cashier", "123456").status, 2);
        QCOMPARE(addStaff(*station_, kBadge, "Bo", "cashier", "123456").status, 1); // it is Aino's
        QCOMPARE(staff("sing", kBadge).status, 2);
        QCOMPARE(staff("disable", "STAFF-9999").status, 1);
    }

    void signsIn() {
        const auto welcome = signIn(kBadge, kPin);
        QCOMPARE(welcome.status, 200);
        QCOMPARE(welcome.body["name"].get<std::string>(), std::string("Aino"));
        QCOMPARE(welcome.body["role"].get<std::string>(), std::string("cashier"));
        QCOMPARE(till("GET", "/v1/staff/" + welcome.body["id"].get<std::string>()).status, 200);
        QCOMPARE(signIn("STAFF-1002", "862073").body["role"].get<std::string>(), std::string("supervisor"));
    }

    void answersForNobodysBadgeAsForAWrongPin() {
        const auto nobody = signIn("STAFF-7777", "123456");
        const auto wrong = signIn("STAFF-1002", "123456");
        QCOMPARE(nobody.status, 403);
        QCOMPARE(wrong.status, 403);
        QCOMPARE(dumpJson(nobody.body), dumpJson(wrong.body));
        QCOMPARE(signIn("STAFF-1002", "862073").status, 200);
        QCOMPARE(signIn("?", "123456").status, 400);
        QCOMPARE(signIn(kBadge, "12345").status, 400);
    }

    void locksABadgeOverAKillUntilThePinIsAnother() {
        for (int left = 4; left > 0; --left)
            QCOMPARE(signIn(kBadge, "000000").body["triesLeft"].get<int>(), left);
        QCOMPARE(signIn(kBadge, "000000").status, 423);
        QCOMPARE(signIn(kBadge, kPin).status, 423); // though it is right
        station_->killEdge();
        QVERIFY(station_->startEdge());
        const auto locked = signIn(kBadge, kPin);
        QCOMPARE(locked.status, 423);
        const auto seconds = locked.body["seconds"].get<int>();
        QVERIFY(seconds > 0 && seconds <= 300);
        QCOMPARE(staff("reset-pin", kBadge, "not digits\n").status, 2);
        QCOMPARE(staff("reset-pin", kBadge, std::string(kPin) + "\n").status, 0);
        QTRY_COMPARE_WITH_TIMEOUT(signIn(kBadge, kPin).status, 200, 60'000);
    }

    void turnsOutWhoIsDisabled() {
        const auto id = signIn("STAFF-1002", "862073").body["id"].get<std::string>();
        QCOMPARE(staff("disable", "staff-1002").status, 0);
        QTRY_COMPARE_WITH_TIMEOUT(till("GET", "/v1/staff/" + id).status, 404, 60'000);
        QCOMPARE(signIn("STAFF-1002", "862073").status, 403);
        QCOMPARE(till("POST", "/v1/staff/events", {{"staffId", id}, {"action", "sign-out"}}).status, 404);
        const auto box = sealed({{"email", "x@example.com"}});
        QCOMPARE(till("POST", "/v1/members", signUp("0190f3a0-7c1e-7000-8000-0000000000b9", id, box)).status,
                 404);
        QCOMPARE(staff("enable", "STAFF-1002").status, 0);
        QTRY_COMPARE_WITH_TIMEOUT(till("GET", "/v1/staff/" + id).status, 200, 60'000);
    }

    void saysWhatACodeIs_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind");
        QTest::newRow("product") << "9521234543213"
                                 << "product";
        QTest::newRow("sku") << "MUG-W"
                             << "product";
        QTest::newRow("words") << "mug"
                               << "products";
        QTest::newRow("a sound number of nobody") << "4006381333931"
                                                  << "unknown-product";
        QTest::newRow("member") << "9246000010000011"
                                << "member";
        QTest::newRow("coupon") << "WELCOME10"
                                << "welcome-coupon";
        QTest::newRow("Wi-Fi") << "WIFI:T:WPA;S:cafe;P:secret;;"
                               << "foreign";
        QTest::newRow("a web address") << "https://www.example.org/x"
                                       << "foreign";
        QTest::newRow("nothing") << "qqqqqqq"
                                 << "unknown";
        QTest::newRow("digits") << "12"
                                << "unknown";
    }
    void saysWhatACodeIs() {
        QFETCH(QString, text);
        QFETCH(QString, kind);
        const auto card = resolved(text.toStdString());
        QCOMPARE(QString::fromStdString(card.value("kind", dumpJson(card))), kind);
        QVERIFY(dumpJson(card).find("secret") == std::string::npos);
    }

    void showsAProduct() {
        const auto product = resolved("9521234543213")["product"];
        QCOMPARE(product["price"]["minor"].get<int>(), 1'295);
        QCOMPARE(product["here"]["quantity"].get<int>(), 12);
        QCOMPARE(product["here"]["aisle"].get<std::string>(), std::string("A12"));
        QCOMPARE(product["near"].size(), std::size_t(1));
        QCOMPARE(product["near"][0]["store"].get<std::string>(), std::string("Turku"));
        QCOMPARE(till("GET", "/v1/products?sku=LAMP&lang=en").status, 200);
        QCOMPARE(till("GET", "/v1/products?sku=NONE&lang=en").status, 404);
        QCOMPARE(till("GET", "/v1/products?sku=LAMP&lang=..").status, 400);
    }

    void registersWithTheLineDownAndIsKnownAfter() {
        const auto staffId = signIn(kBadge, kPin).body["id"].get<std::string>();
        const auto box = sealed({{"name", "Planted Person"}, {"email", "planted.person@example.com"}});
        QCOMPARE(asked(box).body["known"].get<bool>(), false);
        station_->stopHub();
        QCOMPARE(signIn(kBadge, kPin).status, 200);
        const auto body = signUp("0190f3a0-7c1e-7000-8000-0000000000b1", staffId, box);
        const auto joined = till("POST", "/v1/members", body);
        QCOMPARE(joined.status, 200);
        QCOMPARE(joined.body["coupon"]["code"].get<std::string>(), std::string("WELCOME10"));
        QCOMPARE(asked(box).status, 503);
        station_->killEdge();
        QVERIFY(station_->startHub());
        QVERIFY(station_->startEdge());
        const auto number = joined.body["number"].get<std::string>();
        QCOMPARE(till("POST", "/v1/members", body).body["number"].get<std::string>(), number);
        QVERIFY(resolved(number)["issuedHere"].get<bool>());
        QTRY_COMPARE_WITH_TIMEOUT(station_->hub("members").size(), std::size_t(1), 60'000);
        const auto member = station_->hub("members")[0];
        QCOMPARE(member["email"].get<std::string>(), std::string("planted.person@example.com"));
        for (const auto& consent : member["consents"])
            QCOMPARE(consent["staffId"].get<std::string>(), staffId);
        QVERIFY(asked(box).body.value("known", false));
        const auto known = asked(sealed({{"email", "PLANTED.person@example.com"}}));
        QCOMPARE(known.body["lastDigits"].get<std::string>(), number.substr(12));
        QVERIFY(known.body["sinceMs"].get<std::int64_t>() > 0);
        QCOMPARE(known.body.size(), std::size_t(3)); // nothing else of the person
    }

    void refusesWhatIsNoSignUp() {
        const auto staffId = signIn(kBadge, kPin).body["id"].get<std::string>();
        const auto sound =
            signUp("0190f3a0-7c1e-7000-8000-0000000000b2", staffId, sealed({{"email", "x@example.com"}}));
        for (const auto* key : {"memberId", "sealed", "lang", "consents"}) {
            auto body = sound;
            body.erase(key);
            QCOMPARE(till("POST", "/v1/members", body).status, 400);
        }
        auto nobodys = sound;
        nobodys.erase("staffId");
        QCOMPARE(till("POST", "/v1/members", nobodys).status, 404);
        QCOMPARE(till("POST", "/v1/members/ask", {{"sealed", "no box!"}}).status, 400);
        QCOMPARE(till("GET", "/v1/members/ask/0190f3a0-7c1e-7000-8000-0000000000b3").status, 404);
        QCOMPARE(till("POST", "/v1/resolve", {{"text", std::string(5'000, 'a')}, {"lang", "en"}}).status,
                 400);
        QCOMPARE(till("POST", "/v1/resolve", {{"text", std::string(40'000, 'a')}, {"lang", "en"}}).status,
                 413);
    }

    void servesEachSocketItsOwnRoutes() {
        for (const auto* socket : {"kiosk.sock", "portal.sock", "admin.sock"}) {
            // Staff sign in at the kiosk as well; the till's desk is not its to see.
            const int signIn = std::string_view(socket) == "kiosk.sock" ? 200 : 404;
            QCOMPARE(station_->edge("GET", "/v1/desk", nullptr, socket)->status, 404);
            QCOMPARE(
                station_->edge("POST", "/v1/staff/sign-in", Json{{"badge", kBadge}, {"pin", kPin}}, socket)
                    ->status,
                signIn);
        }
        for (const auto* target : {"/v1/vouchers", "/v1/enrol", "/v1/sign-ups", "/v1/codes"})
            QCOMPARE(till("POST", target, Json::object()).status, 404);
        QCOMPARE(till("GET", "/v1/status").status, 404);
    }

    void writesDownWhatStaffDid() {
        std::map<std::string, int> seen;
        const auto look = [&] {
            seen.clear();
            const auto log =
                station_->run("silta-hub", {"staff", "log", "--db", station_->path("hub.db"), "--json"});
            for (const auto& line : QByteArray::fromStdString(log.out).split('\n'))
                if (const auto json = parseJson(line.toStdString(), 4'096))
                    ++seen[(*json)["action"].get<std::string>()];
            return seen["locked"] > 0 && seen["sign-up"] > 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(look(), 60'000);
        QVERIFY(seen["sign-in"] > 3);
        QVERIFY(seen["refused"] >= 4);
    }

    void saysNothingThatTheDescriptionOfTheHubForbids() {
        const auto checked = station_->checkTraffic();
        QVERIFY2(checked.status == 0, checked.out.c_str());
    }

    void keepsNoPinAndNoPerson() {
        station_->stopEdge();
        station_->stopHub();
        const auto found = fileThatHolds(*station_, {kPin, "862073", "planted.person", "Planted Person"});
        QVERIFY2(found.empty(), found.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTillDesk)
#include "tst_till_desk.moc"
