// The till's pages and forms, against an edge that writes down what it is asked: who may do what, what a
// forged form or cookie gets, and that nothing of a customer leaves unsealed.
#include "support/clocks.h"
#include "support/html_reader.h"
#include "till/limits.h"
#include "till/page_style.h"
#include "till/till.h"
#include "web/limits.h"
#include "web/page_look.h"

#include <silta/crypto.h>

#include <QFile>
#include <QTest>

using namespace silta;
using namespace silta::till;

namespace {

constexpr const char* kStaffId = "0190f3a0-7c1e-7000-8000-0000000000a1";
constexpr const char* kScript = "\"><script>alert('x')</script>";
constexpr int kIdleMinutes = 5;

class PretendEdge final : public EdgeLink {
public:
    Result<Desk> desk() override {
        if (isDown) return Error{Errc::Unavailable, "down"};
        return Desk{"FI-HEL-01", storeName, "Silta Demo", "FI", "en", keys.publicKey, isOnline};
    }
    Result<SignInAnswer> signIn(const std::string& badge, const std::string& pin) override {
        heard += badge + " ";
        using Outcome = SignInAnswer::Outcome;
        if (isLocked) return SignInAnswer{Outcome::Locked, {}, 0, 300};
        if (badge != "STAFF-1001" || pin != "246810") return SignInAnswer{Outcome::Wrong, {}, triesLeft, 0};
        return SignInAnswer{Outcome::Welcome, {kStaffId, staffName, false}, 0, 0};
    }
    Result<StaffFace> staff(const std::string& id) override {
        if (isDismissed) return Error{Errc::NotFound, "unknown"};
        return StaffFace{id, staffName, false};
    }
    Result<void> note(const std::string& staffId, const char* action) override {
        notes.push_back(staffId + " " + action);
        return {};
    }
    Result<Card> resolve(const std::string& text, Lang) override {
        heard += text + " ";
        return card;
    }
    Result<Card> product(const std::string& sku, Lang) override {
        if (sku != "MUG-W") return Error{Errc::NotFound, "none"};
        return card;
    }
    Result<MemberWord> member(const std::string& sealed) override {
        boxes.push_back(sealed);
        if (!isOnline) return Error{Errc::Unavailable, "no line"};
        return word;
    }
    Result<JoinedCard> join(const SignUp& signUp) override {
        boxes.push_back(signUp.sealed);
        signUps.push_back(signUp);
        if (isFull) return Error{Errc::Full, "full"};
        return JoinedCard{"9246000010000011", CouponFace{couponTitle, "WELCOME10", "2027-12-31"}};
    }

    KeyPair keys = makeSealingKeys();
    bool isDown = false, isOnline = true, isLocked = false, isDismissed = false, isFull = false;
    std::int64_t triesLeft = 4;
    std::string storeName = "Helsinki Kamppi", staffName = "Aino", couponTitle = "10 % off";
    Card card;
    MemberWord word;
    std::string heard;
    std::vector<std::string> notes, boxes;
    std::vector<SignUp> signUps;
};

/// A browser: keeps cookies, and sends what browsers send with a form.
struct Visitor {
    std::map<std::string, std::string> cookies;
    std::string origin = "https://till.example:8443";
    std::string page; ///< as it came last
    int status = 0;

    std::string cookieHeader() const {
        std::string header;
        for (const auto& [name, value] : cookies)
            header += (header.empty() ? "" : "; ") + name + "=" + value;
        return header;
    }
    void take(const HttpResponse& response) {
        page = response.body;
        status = response.status;
        for (const auto& header : response.headers) {
            if (header.name != "Set-Cookie") continue;
            const auto equals = header.value.find('=');
            const auto end = header.value.find(';');
            const auto name = header.value.substr(0, equals);
            cookies[name] = header.value.substr(equals + 1, end - equals - 1);
            if (cookies[name].empty()) cookies.erase(name);
        }
    }
    /// The value of the token of the form with that action.
    std::string tokenOf(const std::string& action) const {
        const auto form = page.find("action=\"" + action + "\"");
        if (form == std::string::npos) return {};
        const std::string mark = "name=token value=\"";
        const auto from = page.find(mark, form) + mark.size();
        return page.substr(from, page.find('"', from) - from);
    }
};

} // namespace

class TestTill : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{5};
    std::unique_ptr<PretendEdge> edge_;
    std::unique_ptr<Till> till_;
    Visitor aino_;

    void get(Visitor& visitor, const std::string& target) {
        HttpRequest request;
        request.method = "GET";
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        if (const auto mark = target.find('?'); mark != std::string::npos)
            request.query = *parseForm(target.substr(mark + 1));
        request.headers = {{"host", "till.example:8443"}, {"accept-language", "en"}};
        if (!visitor.cookies.empty()) request.headers["cookie"] = visitor.cookieHeader();
        visitor.take(till_->handle(request));
    }
    void post(Visitor& visitor, const std::string& path, std::map<std::string, std::string> fields) {
        if (!fields.contains("token")) fields["token"] = visitor.tokenOf(path);
        HttpRequest request;
        request.method = "POST";
        request.path = request.target = path;
        for (const auto& [name, value] : fields)
            request.body += (request.body.empty() ? "" : "&") + name + "=" + percentEncode(value);
        request.headers = {{"host", "till.example:8443"}, {"accept-language", "en"}};
        if (!visitor.origin.empty()) request.headers["origin"] = visitor.origin;
        if (!visitor.cookies.empty()) request.headers["cookie"] = visitor.cookieHeader();
        visitor.take(till_->handle(request));
    }
    void signIn(Visitor& visitor) {
        get(visitor, "/");
        post(visitor, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "246810"}});
        QCOMPARE(visitor.status, 303);
        get(visitor, "/");
    }
    bool says(const char* words) const { return aino_.page.find(words) != std::string::npos; }
    std::map<std::string, std::string> joinForm() const {
        const std::string mark = "name=member value=\"";
        const auto from = aino_.page.find(mark) + mark.size();
        return {{"member", aino_.page.substr(from, 36)}, {"said", "en"},   {"asked", "yes"},
                {"email", "planted.person@example.com"}, {"terms", "yes"}, {"age", "yes"}};
    }
    void openJoin() {
        post(aino_, "/find", {{"q", "planted.person@example.com"}});
        QCOMPARE(aino_.status, 200);
    }

private slots:
    void init() {
        clock_ = {};
        edge_ = std::make_unique<PretendEdge>();
        till_ = std::make_unique<Till>(*edge_, kIdleMinutes, clock_, random_);
        aino_ = {};
    }

    void hasEveryWordInEveryLanguage() {
        for (int id = 0; id < static_cast<int>(Word::Count_); ++id)
            for (const auto lang : kLangs) {
                const auto text = word(static_cast<Word>(id), lang);
                QVERIFY2(!text.empty(), std::to_string(id).c_str());
                const auto gaps = [](std::string_view words) {
                    int count = 0;
                    for (auto at = words.find("{}"); at != std::string_view::npos;
                         at = words.find("{}", at + 2))
                        ++count;
                    return count;
                };
                QCOMPARE(gaps(text), gaps(word(static_cast<Word>(id), Lang::En)));
            }
    }

    void saysTheKiosksWordsOfConsent() {
        for (const auto lang : {"en", "fi", "sv", "pl"}) {
            QFile file(QStringLiteral(SILTA_SOURCE_DIR "/kiosk-ui/i18n/silta_kiosk_%1.ts").arg(lang));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto translations = file.readAll();
            for (const auto consent : kMembershipConsents) {
                if (consent == MembershipConsent::Age) continue; // the kiosk does not ask for it
                const auto wording = membershipWording(consent, lang, 13);
                const auto tag = std::string(lang) == "en" ? "<source>" + wording + "</source>"
                                                           : "<translation>" + wording + "</translation>";
                QVERIFY2(translations.contains(tag.c_str()), tag.c_str());
            }
        }
    }

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

    // ---- the field

    void tellsPeopleFromCodes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isPhone");
        QTest::newRow("international") << "+358 40 123 4567" << true;
        QTest::newRow("national, parted") << "040-1234567" << true;
        QTest::newRow("ten digits") << "0401234567" << true;
        QTest::newRow("twelve digits that are no GTIN") << "358401234567" << true;
        QTest::newRow("EAN-13") << "9520030000012" << false;
        QTest::newRow("EAN-8") << "96385074" << false;
        QTest::newRow("member card") << "9246000010000011" << false;
        QTest::newRow("too short") << "123456" << false;
        QTest::newRow("words") << "mug" << false;
        QTest::newRow("two signs") << "+358+401234567" << false;
        QTest::newRow("too long") << "+1234567890123456" << false;
    }
    void tellsPeopleFromCodes() {
        QFETCH(QString, text);
        QFETCH(bool, isPhone);
        QCOMPARE(looksLikePhone(text.toStdString()), isPhone);
    }

    void sealsWhatIsSomebodys() {
        signIn(aino_);
        for (const auto* text : {"planted.person@example.com", "+358405550199"})
            post(aino_, "/find", {{"q", text}});
        QVERIFY(edge_->heard.find("planted") == std::string::npos);
        QVERIFY(edge_->heard.find("5550199") == std::string::npos);
        QCOMPARE(edge_->boxes.size(), std::size_t(2));
        QCOMPARE(*openSealed(*fromBase64(edge_->boxes[0]), edge_->keys),
                 std::string(R"({"email":"planted.person@example.com"})"));
        QCOMPARE(*openSealed(*fromBase64(edge_->boxes[1]), edge_->keys),
                 std::string(R"({"phone":"+358405550199"})"));
    }

    void saysThatSomebodyIsAMemberAndNoMore() {
        signIn(aino_);
        edge_->word = {true, 1'700'000'000'000, "0011"};
        post(aino_, "/find", {{"q", "planted.person@example.com"}});
        QVERIFY(says("Already a member"));
        QVERIFY(says("14\u00a0Nov\u00a02023"));
        QVERIFY(says("0011"));
        QVERIFY(!says("planted"));
    }

    void showsLastDigitsOnly() {
        signIn(aino_);
        edge_->card.kind = CardKind::Member;
        edge_->card.text = "9246000010000011";
        for (const bool isKnown : {true, false}) {
            edge_->card.member = MemberWord{isKnown, 1'700'000'000'000, "0011"};
            post(aino_, "/find", {{"q", "9246000010000011"}});
            QVERIFY(says("0011"));
            QVERIFY(!says("924600001000"));
        }
        edge_->card.member.reset();
        post(aino_, "/find", {{"q", "9246000010000011"}});
        QVERIFY(says("cannot be asked"));
    }

    void saysWhenEdgeIsAway() {
        edge_->isDown = true;
        get(aino_, "/");
        QCOMPARE(aino_.status, 503);
        QVERIFY(says("siltactl doctor"));
    }

    void saysThatTheLineIsDown() {
        edge_->isOnline = false;
        signIn(aino_);
        QVERIFY(says("Line is down"));
        openJoin();
        QVERIFY(says("cannot be asked now"));
    }

    // ---- registering

    void registersAMember() {
        signIn(aino_);
        openJoin();
        auto fields = joinForm();
        fields["name"] = "Planted Person";
        fields["news_email"] = "yes";
        post(aino_, "/join", fields);
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("9246\u00a00000\u00a01000\u00a00011"));
        QVERIFY(says("WELCOME10"));
        QVERIFY(!says("lanted"));
        QCOMPARE(edge_->signUps.size(), std::size_t(1));
        const auto& signUp = edge_->signUps[0];
        QCOMPARE(signUp.staffId, std::string(kStaffId));
        QCOMPARE(signUp.lang, std::string("en"));
        const auto person = parseJson(*openSealed(*fromBase64(signUp.sealed), edge_->keys), 1'000);
        QCOMPARE((*person)["name"].get<std::string>(), std::string("Planted Person"));
        QCOMPARE((*person)["email"].get<std::string>(), std::string("planted.person@example.com"));
        QCOMPARE(signUp.consents.size(), std::size_t(4));
        const std::vector<bool> granted = {true, true, true, false};
        for (std::size_t i = 0; i < granted.size(); ++i) {
            QCOMPARE(signUp.consents[i].granted, granted[i]);
            QCOMPARE(signUp.consents[i].wordingHash,
                     sha256Hex(membershipWording(kMembershipConsents[i], "en", 13)));
        }
    }

    void countsAFormThatIsSentTwiceOnce() {
        signIn(aino_);
        openJoin();
        const auto fields = joinForm();
        Visitor impatient = aino_;
        post(aino_, "/join", fields);
        post(impatient, "/join", fields);
        QCOMPARE(edge_->signUps.size(), std::size_t(2));
        QCOMPARE(edge_->signUps[0].memberId, edge_->signUps[1].memberId);
    }

    void readsOutInTheCustomersLanguage() {
        signIn(aino_);
        openJoin();
        auto fields = joinForm();
        fields["say"] = "sv";
        post(aino_, "/join", fields);
        QVERIFY(says("Jag vill bli medlem"));
        QVERIFY(!says("value=yes checked")); // a consent to one language's words is none to another's
        fields = joinForm();
        fields["said"] = "sv";
        post(aino_, "/join", fields);
        QCOMPARE(edge_->signUps[0].lang, std::string("sv"));
        QCOMPARE(edge_->signUps[0].consents[0].wordingHash,
                 sha256Hex(membershipWording(MembershipConsent::Terms, "sv", 13)));
    }

    void wantsWhatIsNeeded_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("no contact") << "email"
                                    << ""
                                    << "is needed";
        QTest::newRow("no address") << "email"
                                    << "planted"
                                    << "e‑mail address";
        QTest::newRow("no phone") << "phone"
                                  << "call me"
                                  << "phone number";
        QTest::newRow("a long name") << "name" << QString(201, 'a') << "too long";
        QTest::newRow("no terms") << "terms"
                                  << ""
                                  << "consent to the terms";
        QTest::newRow("no age") << "age"
                                << ""
                                << "guardian";
        QTest::newRow("another value") << "terms"
                                       << "no"
                                       << "consent to the terms";
    }
    void wantsWhatIsNeeded() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, words);
        signIn(aino_);
        openJoin();
        auto fields = joinForm();
        fields[field.toStdString()] = value.toStdString();
        post(aino_, "/join", fields);
        QCOMPARE(aino_.status, 422);
        QVERIFY(says(words.toUtf8().constData()));
        QVERIFY(edge_->signUps.empty());
    }

    void knowsTheAgeOfConsent() {
        QCOMPARE(ageOfConsent("FI"), 13);
        QCOMPARE(ageOfConsent("DK"), 15);
        QCOMPARE(ageOfConsent("PL"), 16);
        QCOMPARE(ageOfConsent(""), 16);
    }

    void saysWhenTheDeviceIsFull() {
        signIn(aino_);
        openJoin();
        edge_->isFull = true;
        post(aino_, "/join", joinForm());
        QCOMPARE(aino_.status, 507);
        QVERIFY(says("no room"));
    }
};

QTEST_GUILESS_MAIN(TestTill)
#include "tst_till.moc"
