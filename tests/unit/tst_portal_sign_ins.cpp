// Signing in again: what is carried over, what ends, and what stands for one device or one person whatever
// address it comes from.
#include "portal/limits.h"
#include "support/portal_desk.h"

#include <silta/scan.h>

#include <QTest>
#include <ctime>

using namespace silta;
using namespace silta::portal;
using namespace silta::portal::test;

namespace {

constexpr const char* kThere = "10.77.0.10"; // Bo's
constexpr const char* kHere6 = "fd77::9";    // Ada's other address
constexpr const char* kTerms = "way=terms&terms=2026-11";

} // namespace

class TestPortalSignIns : public QObject, PortalDesk {
    Q_OBJECT

    Json landing(const std::string& peer = kHere) { return api(peer); }
    std::string cookieOf(const HttpResponse& response) {
        const auto cookie = headerOf(response, "Set-Cookie");
        return cookie.substr(0, cookie.find(';'));
    }
    /// Lets the time come, minute by minute.
    void waitUntil(int hour, int minute) {
        for (;; pass(60'000)) {
            const auto seconds = static_cast<std::time_t>(clock_.now / 1'000);
            std::tm parts{};
            ::localtime_r(&seconds, &parts);
            if (parts.tm_hour == hour && parts.tm_min == minute) return;
        }
    }

private slots:
    void init() { begin(); }

    void aQuotaIsHadOnce() {
        config_.quotaBytes = 1'000'000;
        start();
        QCOMPARE(signIn(kTerms).status, 303);
        QVERIFY(portal_->sweep());
        QVERIFY(passes(kAda, kHere, 600'000));
        // Nobody has written down yet what the gate has counted.
        const auto again = post("/login", "token=" + tokenIn(get("/")) + "&lang=en&" + kTerms);
        QCOMPARE(again.status, 303);
        QCOMPARE(api()["bytes-remaining"].get<int>(), 400'000);
        const auto token = tokenIn(get("/"));
        QVERIFY(!token.empty());
        QVERIFY(passes(kAda, kHere, 400'000));
        const auto spent = post("/login", "token=" + token + "&lang=en&" + kTerms);
        QCOMPARE(spent.status, 200);
        QVERIFY2(has(spent, word(Word::QuotaTitle, Lang::En)), spent.body.c_str());
        QVERIFY(!passes(kAda, kHere));
    }

    void aFullGateIsNotAQuotaThatIsSpent() {
        config_.quotaBytes = 1'000'000;
        start();
        gate_->isDown = true;
        QCOMPARE(signIn(kTerms).status, 503);
    }

    void overEitherFamilyBothAreOpened() {
        QCOMPARE(signIn(kTerms, kHere6).status, 303);
        QVERIFY(passes(kAda, kHere));
        QVERIFY(gate_->pass(kAda, std::nullopt, 100));
        // A second sign-in or some more minutes over IPv6 close nothing, though the IPv4 address is not heard
        // of.
        neighbours_.table.erase(kHere);
        QCOMPARE(signIn(kTerms, kHere6).status, 303);
        QVERIFY(passes(kAda, kHere));
        pass(28 * 60'000);
        QCOMPARE(post("/extend", "token=" + tokenIn(get("/", kHere6)), kHere6).status, 303);
        QVERIFY(passes(kAda, kHere));
        QVERIFY(api(kHere6)["seconds-remaining"].get<int>() > 5 * 60);
    }

    void nobodyComesBackAfterClosing() {
        config_.onlyWhenOpen = true;
        start();
        waitUntil(20, 40);
        const auto cookie = cookieOf(signIn("way=email&email=a%40aino.fi&terms=2026-11", kThere));
        QVERIFY(!cookie.empty());
        const auto back = tokenIn(get("/", kHere, cookie));
        QCOMPARE(signIn(kTerms).status, 303);
        const auto more = tokenIn(get("/", kThere));
        waitUntil(21, 5);
        QVERIFY(passes(kAda, kHere));                                          // who is in stays in
        QCOMPARE(post("/sign-out", "token=" + tokenIn(get("/"))).status, 200); // and may leave
        QCOMPARE(post("/return", "token=" + back, kHere, cookie).status, 200);
        QVERIFY(!passes(kAda, kHere));
        const auto left = api(kThere)["seconds-remaining"].get<int>();
        QCOMPARE(post("/extend", "token=" + more, kThere).status, 200);
        QCOMPARE(api(kThere)["seconds-remaining"].get<int>(), left);
    }

    void aPersonHasSoManyDevicesHoweverTheyComeBack() {
        neighbours_.table["10.77.0.11"] = *gate::parseMac("02:00:00:00:00:0c");
        const auto* person = "way=email&email=a%40aino.fi&terms=2026-11";
        const auto cookie = cookieOf(signIn(person));
        QCOMPARE(post("/return", "token=" + tokenIn(get("/", kThere, cookie)), kThere, cookie).status, 303);
        const auto third =
            post("/return", "token=" + tokenIn(get("/", "10.77.0.11", cookie)), "10.77.0.11", cookie);
        QCOMPARE(third.status, 200);
        QVERIFY(!passes(neighbours_.table["10.77.0.11"], "10.77.0.11"));
        QCOMPARE(signIn(person, "10.77.0.11").status, 200);
        start(); // another process, which knows the person all the same
        QVERIFY(portal_->sweep());
        QCOMPARE(cookieOf(signIn(person)).substr(0, 20), cookie.substr(0, 20));
    }

    void aClubMemberSignsInByNumber() {
        const auto number = *makeMemberNumber("9246", 1, 1);
        const auto fields =
            "way=loyalty&terms=2026-11&loyalty=" + number.substr(0, 4) + "+" + number.substr(4);
        QCOMPARE(signIn(fields).status, 303);
        QVERIFY(passes(kAda, kHere));
        QCOMPARE(edge_->signUps.at(0).memberNumber, number);
        edge_->knowsNoMember = true;
        const auto unknown = signIn(fields, kThere);
        QCOMPARE(unknown.status, 422);
        QVERIFY(!passes(kBo, kThere));
    }

    void aVoucherIsTheDevicesWhateverItsAddress() {
        edge_->losesAnswers = true;
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11", kHere6).status, 503);
        edge_->losesAnswers = false;
        QCOMPARE(signIn(kTerms).status, 303); // in another way meanwhile
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 303);
        QVERIFY(has(get("/"), "class=wishlist") && has(get("/", kHere6), "class=wishlist"));
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 422);
    }

    void aListIsForgottenWithTheVisit() {
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 303);
        pass(kEarnedMs + 1);
        QVERIFY(portal_->sweep());
        clock_.now -= 24 * 3'600'000; // a clock that is set back lets the session run on
        QVERIFY(!has(get("/"), "class=wishlist"));
    }

    void aVouchersTimeGoesOnWithAnotherAddress() {
        const auto cookie = cookieOf(signIn("way=voucher&voucher=WELCOME&terms=2026-11"));
        QVERIFY(!cookie.empty());
        pass(90 * 60'000);
        const auto page = get("/", kThere, cookie);
        QCOMPARE(post("/return", "token=" + tokenIn(page), kThere, cookie).status, 303);
        QCOMPARE(api(kThere)["seconds-remaining"].get<int>(), 30 * 60);
        pass(31 * 60'000);
        QVERIFY(tokenIn(get("/", "10.77.0.12", cookie)).empty() ||
                post("/return", "token=" + tokenIn(get("/", kHere, cookie)), kHere, cookie).status != 303);
        QVERIFY(!passes(kAda, kHere));
    }
};

QTEST_APPLESS_MAIN(TestPortalSignIns)
#include "tst_portal_sign_ins.moc"
