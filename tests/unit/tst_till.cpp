// Who may do what at the till: sessions, forged forms and cookies, limits, script in every field.
#include "support/html_reader.h"
#include "till/limits.h"
#include "till/page_style.h"
#include "till_stage.h"
#include "web/limits.h"
#include "web/page_look.h"

using namespace silta;
using namespace silta::till;

class TestTill : public QObject, private TillStage {
    Q_OBJECT

private slots:
    void init() { begin(); }

    // ---- signing in

    void asksForThePinAfterTheBadge() {
        get(aino_, "/");
        QVERIFY(says("id=badge name=badge"));
        post(aino_, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", ""}}); // a scanner presses Enter
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("value=\"STAFF-1001\""));
        QVERIFY(edge_->heard.empty());
        post(aino_, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "246810"}});
        QCOMPARE(aino_.status, 303);
    }

    void givesANewCookieAtSignIn() {
        const std::string planted(64, 'a');
        aino_.cookies[std::string(kSessionCookie)] = planted;
        signIn(aino_);
        const auto first = aino_.cookies[std::string(kSessionCookie)];
        QVERIFY(!first.empty() && first != planted);
        Visitor thief;
        thief.cookies[std::string(kSessionCookie)] = planted;
        get(thief, "/");
        QVERIFY(thief.page.find("id=badge") != std::string::npos);
        // Signing in again ends what was there before.
        Visitor again = aino_;
        get(again, "/");
        Visitor before = aino_;
        again.cookies.erase(std::string(kSessionCookie));
        get(again, "/");
        again.cookies[std::string(kSessionCookie)] = first;
        post(again, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "246810"}});
        QVERIFY(again.cookies[std::string(kSessionCookie)] != first);
        get(before, "/");
        QVERIFY(before.page.find("id=badge") != std::string::npos);
    }

    void hidesCookiesFromScriptsAndOtherSites() {
        get(aino_, "/");
        HttpRequest request;
        request.method = "GET";
        request.path = request.target = "/";
        const auto response = till_->handle(request);
        bool found = false;
        for (const auto& header : response.headers) {
            if (header.name != "Set-Cookie") continue;
            found = true;
            for (const auto* word : {"__Host-", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"})
                QVERIFY2(header.value.find(word) != std::string::npos, word);
            QVERIFY(header.value.find("Domain") == std::string::npos);
        }
        QVERIFY(found);
    }

    void saysWhatIsWrong() {
        get(aino_, "/");
        post(aino_, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "000000"}});
        QCOMPARE(aino_.status, 403);
        QVERIFY(says("4 tries left"));
        edge_->triesLeft = 1;
        post(aino_, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "000000"}});
        QVERIFY(says("One try left"));
        edge_->isLocked = true;
        post(aino_, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "246810"}});
        QCOMPARE(aino_.status, 423);
        QVERIFY(says("locked for 5"));
        post(aino_, "/sign-in", {{"badge", "x"}, {"pin", "246810"}});
        QCOMPARE(aino_.status, 422);
        post(aino_, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "12345"}});
        QCOMPARE(aino_.status, 422);
    }

    void aPageThatLooksByItselfKeepsNothingOpen() {
        signIn(aino_);
        QVERIFY(says("&amp;idle=1"));
        clock_.steady += kIdleMinutes * 60'000;
        get(aino_, "/?idle=1"); // another tab's
        QVERIFY(says("id=q name=q"));
        clock_.steady += 1;
        get(aino_, "/");
        QVERIFY(says("id=badge"));
    }

    void tellsAPageWhenTheLineGoesAndComes() {
        signIn(aino_);
        QVERIFY(says("data-line=\"/line?idle=1\""));
        get(aino_, "/line?idle=1");
        QCOMPARE(aino_.status, 200);
        QCOMPARE(QString::fromStdString(aino_.page), QString(R"({"online":true})"));
        edge_->isOnline = false;
        get(aino_, "/line?idle=1");
        QCOMPARE(QString::fromStdString(aino_.page), QString(R"({"online":false})"));
        get(aino_, "/");
        QVERIFY(says("class=\"line down\""));
    }

    void aLookAtTheLineKeepsNothingOpen() {
        signIn(aino_);
        clock_.steady += kIdleMinutes * 60'000;
        get(aino_, "/line?idle=1");
        QCOMPARE(aino_.status, 200);
        clock_.steady += 1;
        get(aino_, "/line?idle=1");
        QCOMPARE(aino_.status, 403);
    }

    void listensBeforeThereIsAnythingToTypeInto() {
        signIn(aino_);
        const auto script = aino_.page.find("<script>");
        QVERIFY(script != std::string::npos && script < aino_.page.find("<body"));
    }

    void oneAddressHasARationOfPins() {
        get(aino_, "/");
        const auto isTried = [this] {
            post(aino_, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "000000"}});
            return aino_.status;
        };
        for (int i = 0; i < kSignInsAtOnce; ++i)
            QCOMPARE(isTried(), 403);
        QCOMPARE(isTried(), 429);
        get(aino_, "/");
        clock_.steady += kSignInMs;
        QCOMPARE(isTried(), 403);
        QCOMPARE(isTried(), 429);
    }

    void locksItselfWhenIdle() {
        signIn(aino_);
        clock_.steady += kIdleMinutes * 60'000;
        get(aino_, "/");
        QVERIFY(says("id=q name=q"));
        clock_.steady += kIdleMinutes * 60'000 + 1;
        till_->sweep();
        QCOMPARE(edge_->notes.size(), std::size_t(1));
        QCOMPARE(edge_->notes[0], std::string(kStaffId) + " idle");
        get(aino_, "/");
        QVERIFY(says("Locked, because"));
        QVERIFY(says("id=badge"));
    }

    void endsWithTheShift() {
        signIn(aino_);
        for (std::int64_t used = 0; used <= kSessionMsMax; used += 60'000) {
            clock_.steady += 60'000;
            get(aino_, "/");
        }
        QVERIFY(says("id=badge"));
    }

    void switchesUserAtOneTap() {
        signIn(aino_);
        post(aino_, "/sign-out", {});
        QVERIFY(says("id=badge"));
        QCOMPARE(edge_->notes.back(), std::string(kStaffId) + " sign-out");
        QVERIFY(!aino_.cookies.contains(std::string(kSessionCookie)));
    }

    void turnsOutWhoWasTakenOffTheList() {
        signIn(aino_);
        Visitor copy = aino_;
        edge_->isDismissed = true;
        get(aino_, "/");
        QVERIFY(says("id=badge"));
        edge_->isDismissed = false;
        get(copy, "/"); // it has ended for good
        QVERIFY(copy.page.find("id=badge") != std::string::npos);
    }

    void forgetsTheOldestOfTooManySessions() {
        signIn(aino_);
        for (std::size_t i = 0; i < kSessionsMax; ++i) {
            clock_.steady += 1;
            Visitor other;
            other.address = "192.168.50." + std::to_string(1 + i);
            signIn(other);
        }
        get(aino_, "/");
        QVERIFY(says("id=badge"));
    }

    // ---- forms that are not ours

    void refusesFormsWithoutOurToken_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("find") << "/find";
        QTest::newRow("join") << "/join";
        QTest::newRow("sign out") << "/sign-out";
    }
    void refusesFormsWithoutOurToken() {
        QFETCH(QString, path);
        signIn(aino_);
        openJoin();
        auto fields = joinForm();
        fields["q"] = "9520030000012";
        const auto heard = edge_->heard;
        const auto join = aino_.tokenOf("/join");
        const auto find = aino_.tokenOf("/find");
        const std::string other = path == "/join" ? find : join; // of another form of the same session
        Visitor colleague;
        signIn(colleague);
        for (const auto& token :
             {std::string(), std::string("x"), other, colleague.tokenOf("/find"), std::string(22, 'A')}) {
            if (path == "/find" && token == find) continue;
            fields["token"] = token;
            post(aino_, path.toStdString(), fields);
            QCOMPARE(aino_.status, 403);
        }
        QCOMPARE(edge_->heard.substr(0, heard.size()), heard);
        QVERIFY(edge_->signUps.empty());
        QVERIFY(edge_->notes.empty());
    }

    void refusesFormsOfOtherOrigins() {
        signIn(aino_);
        const auto page = aino_.page;
        for (const auto* origin : {"https://evil.example", "null", "http://till.example:8443",
                                   "https://till.example", "https://till.example:8443.evil.example"}) {
            aino_.page = page;
            aino_.origin = origin;
            post(aino_, "/find", {{"q", "9520030000012"}});
            QCOMPARE(aino_.status, 403);
        }
        QVERIFY(edge_->heard.find("952003") == std::string::npos);
    }

    void refusesASignInThatAnotherSiteStarts() {
        Visitor victim; // has never seen our page: another site's form comes with no cookie of ours
        post(victim, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "246810"}, {"token", "x"}});
        QCOMPARE(victim.status, 403);
        Visitor attacker;
        get(attacker, "/");
        const auto token = attacker.tokenOf("/sign-in");
        get(victim, "/");
        post(victim, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "246810"}, {"token", token}});
        QCOMPARE(victim.status, 403);
        QVERIFY(edge_->heard.empty());
    }

    void doesNothingForAForgedCookie() {
        signIn(aino_);
        auto cookie = aino_.cookies[std::string(kSessionCookie)];
        cookie.back() = cookie.back() == '0' ? '1' : '0';
        aino_.cookies[std::string(kSessionCookie)] = cookie;
        post(aino_, "/find", {{"q", "9520030000012"}});
        QCOMPARE(aino_.status, 403);
        QVERIFY(says("id=badge"));
        get(aino_, "/product?sku=MUG-W");
        QVERIFY(says("id=badge"));
        QVERIFY(edge_->heard.find("952003") == std::string::npos);
    }

    void aStolenCookieEndsWithItsSession() {
        signIn(aino_);
        Visitor thief;
        thief.cookies = aino_.cookies;
        thief.origin = "https://elsewhere.example";
        thief.page = aino_.page; // with the tokens of its forms
        post(thief, "/find", {{"q", "9520030000012"}});
        QCOMPARE(thief.status, 403);
        post(aino_, "/sign-out", {});
        thief.origin = aino_.origin;
        post(thief, "/find", {{"q", "9520030000012"}});
        QCOMPARE(thief.status, 403);
        get(thief, "/product?sku=MUG-W");
        QVERIFY(thief.page.find("id=badge") != std::string::npos);
        QVERIFY(edge_->heard.find("952003") == std::string::npos);
    }

    void knowsNoOtherPages() {
        signIn(aino_);
        for (const auto* path : {"/../etc/passwd", "/admin", "//", "/find/", "/product/"}) {
            get(aino_, path);
            QCOMPARE(aino_.status, 404);
        }
        HttpRequest request;
        request.method = "DELETE";
        request.path = request.target = "/find";
        QCOMPARE(till_->handle(request).status, 405);
        get(aino_, "/find"); // a reload
        QVERIFY(says("id=q name=q"));
    }

    // ---- limits

    void refusesAMegabyteInEveryField() {
        signIn(aino_);
        openJoin();
        const std::string huge(1 << 20, 'a');
        for (const auto* field :
             {"q", "email", "phone", "name", "member", "said", "say", "terms", "token", "lang"}) {
            auto fields = joinForm();
            fields["token"] = aino_.tokenOf("/join");
            fields[field] = huge;
            Visitor copy = aino_;
            post(copy, "/join", fields);
            QCOMPARE(copy.status, 413);
            QVERIFY(copy.page.size() < 40'000);
        }
        QVERIFY(edge_->signUps.empty());
        for (const int refusal : {413, 414, 431}) { // by the server, before it is read
            HttpRequest request;
            request.refusal = refusal;
            QCOMPARE(till_->handle(request).status, refusal);
        }
    }

    void takesAsMuchAsAFieldHolds() {
        signIn(aino_);
        post(aino_, "/find", {{"q", std::string(kFieldBytesMax, 'a')}});
        QCOMPARE(aino_.status, 200);
        post(aino_, "/find", {{"q", std::string(kFieldBytesMax + 1, 'a')}});
        QCOMPARE(aino_.status, 413);
    }

    // ---- script in every field

    void writesNoMarkupOfOthers() {
        edge_->storeName = edge_->staffName = edge_->couponTitle = kScript;
        signIn(aino_);
        std::vector<std::string> pages = {aino_.page};
        auto& card = edge_->card;
        card.product = {.sku = kScript,
                        .name = kScript,
                        .brand = kScript,
                        .variant = kScript,
                        .gtin = kScript,
                        .price = {},
                        .regular = {},
                        .here = 1,
                        .aisle = kScript,
                        .near = {{kScript, 1, 2}}};
        card.products = {{kScript, kScript, kScript, {}, {}, kScript}};
        card.text = kScript;
        card.coupon = {kScript, kScript, kScript};
        for (int kind = 0; kind <= static_cast<int>(CardKind::Unknown); ++kind) {
            card.kind = static_cast<CardKind>(kind);
            card.member.reset();
            if (card.kind == CardKind::Member) card.member = MemberWord{true, 1, kScript};
            post(aino_, "/find", {{"q", kScript}});
            pages.push_back(aino_.page);
        }
        edge_->word = {true, 1, kScript};
        post(aino_, "/find", {{"q", "a@example.com"}});
        pages.push_back(aino_.page);
        edge_->word = {};
        openJoin();
        auto fields = joinForm();
        for (const auto* field : {"email", "phone", "name", "say", "said"})
            fields[field] = kScript;
        post(aino_, "/join", fields);
        pages.push_back(aino_.page);
        fields.erase("say");
        post(aino_, "/join", fields);
        QCOMPARE(aino_.status, 422);
        pages.push_back(aino_.page);
        auto sound = joinForm();
        sound["name"] = kScript;
        post(aino_, "/join", sound);
        QCOMPARE(aino_.status, 200);
        pages.push_back(aino_.page);
        Visitor stranger;
        get(stranger, "/");
        post(stranger, "/sign-in", {{"badge", kScript}, {"pin", kScript}});
        pages.push_back(stranger.page);
        for (const auto& page : pages) {
            const auto tags = test::readHtml(page);
            QVERIFY2(tags, tags ? "" : tags.error().what.c_str());
            int scripts = 0;
            for (const auto& tag : *tags) {
                scripts += tag.name == "script" && !tag.isEnd ? 1 : 0;
                for (const auto& [name, value] : tag.attributes)
                    QVERIFY2(!name.starts_with("on"), name.c_str());
            }
            QCOMPARE(scripts, 1); // ours
            QVERIFY(page.find("<script>alert") == std::string::npos);
        }
    }

    void allowsItsOwnStyleAndScriptOnly() {
        HttpRequest request;
        request.method = "GET";
        request.path = request.target = "/";
        std::map<std::string, std::string> headers;
        for (const auto& header : till_->handle(request).headers)
            headers[header.name] = header.value;
        const auto& policy = headers["Content-Security-Policy"];
        QVERIFY(policy.starts_with("default-src 'none'; "));
        QVERIFY(policy.find("'" + policyHashOf(pageStyle()) + "'") != std::string::npos);
        QVERIFY(policy.find("'" + policyHashOf(pageScript()) + "'") != std::string::npos);
        QVERIFY(policy.find("unsafe") == std::string::npos);
        QCOMPARE(headers["Cache-Control"], std::string("no-store"));
        QVERIFY(!headers.contains("Strict-Transport-Security")); // it would forbid to trust our certificate
    }
};

QTEST_GUILESS_MAIN(TestTill)
#include "tst_till.moc"
