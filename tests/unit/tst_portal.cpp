// The portal from outside: what a guest's device sends and what it gets, over a gate and an edge in memory.
#include "core/json.h"
#include "core/local_time.h"
#include "gate/pretend_gate.h"
#include "portal/limits.h"
#include "portal/portal.h"
#include "portal/pretend_edge.h"
#include "support/clocks.h"

#include <silta/crypto.h>
#include <silta/scan.h>

#include <QRegularExpression>
#include <QTest>

using namespace silta;
using namespace silta::portal;

namespace {
/// Neighbours that the test moves about.
class TableNeighbours final : public Neighbours {
public:
    Result<gate::Mac> macOf(const std::string& address) override {
        const auto it = table.find(address);
        if (it == table.end()) return Error{Errc::NotFound, "nobody"};
        return it->second;
    }
    std::map<std::string, gate::Mac> table;
};

const auto kAda = *gate::parseMac("02:00:00:00:00:0a");
const auto kBo = *gate::parseMac("02:00:00:00:00:0b");
constexpr const char* kHere = "10.77.0.9";

std::string headerOf(const HttpResponse& response, std::string_view name) {
    for (const auto& header : response.headers)
        if (header.name == name) return header.value;
    return {};
}

std::string tokenIn(const HttpResponse& response) {
    static const QRegularExpression pattern("name=token value=\"([0-9a-f]{32})\"");
    return pattern.match(QString::fromStdString(response.body)).captured(1).toStdString();
}

} // namespace

class TestPortal : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{3};
    PortalConfig config_;
    KeyPair hubKeys_;
    std::optional<SessionStore> store_;
    std::unique_ptr<gate::PretendGate> gate_;
    std::unique_ptr<PretendEdge> edge_;
    TableNeighbours neighbours_;
    std::unique_ptr<Portal> portal_;

    void start() {
        portal_ = std::make_unique<Portal>(config_, *store_, *gate_, *edge_, neighbours_, clock_, random_);
    }
    void pass(std::int64_t ms) {
        clock_.now += ms;
        clock_.steady += ms;
    }
    static bool has(const HttpResponse& page, std::string_view text) {
        return page.body.find(text) != std::string::npos;
    }
    HttpRequest requestOf(const std::string& method, const std::string& target, const std::string& peer) {
        HttpRequest request;
        request.method = method;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        request.peer = peer;
        request.headers["host"] = "10.77.0.1";
        return request;
    }
    HttpResponse get(const std::string& target, const std::string& peer = kHere,
                     const std::string& cookie = {}) {
        auto request = requestOf("GET", target, peer);
        request.headers["cookie"] = cookie;
        if (const auto q = target.find('?'); q != std::string::npos) {
            const auto pair = target.substr(q + 1);
            request.query[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
        }
        return portal_->handle(request, false);
    }
    HttpResponse post(const std::string& path, const std::string& form, const std::string& peer = kHere,
                      const std::string& cookie = {}) {
        auto request = requestOf("POST", path, peer);
        request.headers["cookie"] = cookie;
        request.body = form;
        return portal_->handle(request, false);
    }
    /// The sign-in page's form, filled in.
    HttpResponse signIn(const std::string& fields, const std::string& peer = kHere) {
        return post("/login", "token=" + tokenIn(get("/?way=other", peer)) + "&lang=en&" + fields, peer);
    }
    Json api(const std::string& peer = kHere) {
        const auto response = portal_->handle(requestOf("GET", "/captive-portal/api", peer), true);
        return response.status == 200 ? *parseJson(response.body, 10'000) : Json(response.status);
    }
    bool passes(const gate::Mac& mac, const std::string& address, std::uint64_t bytes = 100) {
        return gate_->pass(mac, *gate::parseHostIpv4(address), bytes);
    }

private slots:
    void init() {
        portal_.reset();
        clock_ = {};
        config_ = {};
        config_.url = "http://10.77.0.1";
        config_.listen = {"10.77.0.1:8080"};
        config_.ways = {{WayKind::Email, 240},
                        {WayKind::Phone, 240},
                        {WayKind::Loyalty, 480},
                        {WayKind::Voucher, 120},
                        {WayKind::Terms, 30}};
        config_.devicesPerPerson = 2;
        store_.emplace(*SessionStore::open(":memory:", clock_, random_));
        gate_ = std::make_unique<gate::PretendGate>(clock_);
        hubKeys_ = makeSealingKeys();
        edge_ = std::make_unique<PretendEdge>(hubKeys_.publicKey);
        neighbours_.table = {{kHere, kAda}, {"10.77.0.10", kBo}, {"fd77::9", kAda}};
        start();
    }

    void leadsProbesToTheSignInPage_data() {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("path");
        const auto row = [](const char* host, const char* path) { QTest::newRow(host) << host << path; };
        row("captive.apple.com", "/hotspot-detect.html");
        row("connectivitycheck.gstatic.com", "/generate_204");
        row("clients3.google.com", "/generate_204");
        row("www.msftconnecttest.com", "/connecttest.txt");
        row("www.msftncsi.com", "/ncsi.txt");
        row("detectportal.firefox.com", "/success.txt?ipv4");
        row("nmcheck.gnome.org", "/check_network_status.txt");
        row("network-test.debian.org", "/nm");
    }
    void leadsProbesToTheSignInPage() {
        QFETCH(QString, host);
        QFETCH(QString, path);
        for (const char* method : {"GET", "HEAD"}) {
            auto request = requestOf(method, path.toStdString(), kHere);
            request.headers["host"] = host.toStdString();
            const auto response = portal_->handle(request, false);
            QCOMPARE(response.status, 302);
            const auto location = headerOf(response, "Location");
            QVERIFY(location.starts_with("http://10.77.0.1/?to=http%3A%2F%2F" + host.toStdString()));
        }
        auto request = requestOf("POST", path.toStdString(), kHere);
        request.headers["host"] = host.toStdString();
        QCOMPARE(portal_->handle(request, false).status, 511);
    }

    void isNoProxyAndNoOpenRedirect() {
        for (const char* host :
             {"127.0.0.1", "silta-edge", "10.77.0.1.evil.example", "evil.example\r\nX: y", ""}) {
            auto request = requestOf("GET", "/", kHere);
            request.headers["host"] = host;
            const auto response = portal_->handle(request, false);
            QCOMPARE(response.status, 302);
            const auto location = headerOf(response, "Location");
            QVERIFY(location.starts_with("http://10.77.0.1/"));
            QVERIFY(location.find('\r') == std::string::npos &&
                    location.find("evil.example/") == std::string::npos);
        }
        auto absolute = requestOf("GET", "http://evil.example/", kHere);
        QCOMPARE(headerOf(portal_->handle(absolute, false), "Location"), std::string("http://10.77.0.1/"));
        auto tunnel = requestOf("CONNECT", "evil.example:443", kHere);
        QCOMPARE(portal_->handle(tunnel, false).status, 511);
    }

    void signsInByEmailAndSealsIt() {
        QCOMPARE(api()["captive"].get<bool>(), true);
        QVERIFY(!passes(kAda, kHere));
        const auto response = signIn("way=email&email=aino%40example.com&terms=2026-11&news_email=2026-11");
        QCOMPARE(response.status, 303);
        QVERIFY(passes(kAda, kHere));
        QVERIFY(!passes(kBo, kHere));                  // the right address of a wrong device
        QVERIFY(gate_->pass(kAda, std::nullopt, 100)); // every IPv6 address of this device
        QCOMPARE(edge_->signUps.size(), std::size_t(1));
        const auto& signUp = edge_->signUps[0];
        QVERIFY(signUp.sealed.find("aino") == std::string::npos);
        QCOMPARE(*openSealed(*fromBase64(signUp.sealed), hubKeys_),
                 std::string("{\"email\":\"aino@example.com\"}"));
        QCOMPARE(signUp.consents.size(),
                 std::size_t(2)); // terms, and news by e-mail: nothing about text messages
        const auto state = api();
        QCOMPARE(state["captive"].get<bool>(), false);
        QCOMPARE(state["seconds-remaining"].get<int>(), 240 * 60);
        QVERIFY(!state.contains("bytes-remaining"));
        QVERIFY(has(get("/"), "4 h"));
    }

    void saysWhatIsWrongWithAForm_data() {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("kept");
        QTest::newRow("no address") << QByteArray("way=email&terms=2026-11") << QByteArray();
        QTest::newRow("no at sign") << QByteArray("way=email&email=aino.example&terms=2026-11")
                                    << QByteArray("aino.example");
        QTest::newRow("no terms") << QByteArray("way=email&email=a%40b.fi") << QByteArray("a@b.fi");
        QTest::newRow("old terms") << QByteArray("way=email&email=a%40b.fi&terms=2020-01")
                                   << QByteArray("a@b.fi");
        QTest::newRow("short number")
            << QByteArray("way=phone&phone=12&terms=2026-11") << QByteArray("\"12\"");
        QTest::newRow("letters") << QByteArray("way=phone&phone=call+me+now1234567&terms=2026-11")
                                 << QByteArray();
        QTest::newRow("wrong check digit") << QByteArray("way=loyalty&loyalty=9246000010000012&terms=2026-11")
                                           << QByteArray("9246000010000012");
        QTest::newRow("no such voucher")
            << QByteArray("way=voucher&voucher=NOPE&terms=2026-11") << QByteArray();
        QTest::newRow("no way") << QByteArray("terms=2026-11") << QByteArray();
        QTest::newRow("unknown way") << QByteArray("way=magic&terms=2026-11") << QByteArray();
    }
    void saysWhatIsWrongWithAForm() {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, kept);
        const auto response = signIn(fields.toStdString());
        QCOMPARE(response.status, 422);
        QVERIFY(kept.isEmpty() || has(response, kept.toStdString()));
        QVERIFY(!tokenIn(response).empty());
        QVERIFY(!passes(kAda, kHere));
        QVERIFY(edge_->signUps.empty());
    }

    void aTokenWorksOnceAndForOneDevice() {
        const std::string fields = "&way=terms&terms=2026-11";
        const auto token = tokenIn(get("/"));
        QCOMPARE(post("/login", "token=" + token + fields, "10.77.0.10").status, 400);
        QCOMPARE(post("/login", "token=" + token + fields).status, 303);
        gate_->revoke(std::array{kAda}).error();
        QCOMPARE(post("/login", "token=" + token + fields).status, 400);
        QCOMPARE(post("/login", "token=" + fields).status, 400);
        const auto old = tokenIn(get("/"));
        pass(kTokenMs + 1);
        QCOMPARE(post("/login", "token=" + old + fields).status, 400);
    }

    void nothingIsDoneForAGetOrAStrangersForm() {
        QCOMPARE(get("/login").status, 303);
        auto request = requestOf("GET", "/login", kHere);
        request.query = {{"token", tokenIn(get("/"))}, {"way", "terms"}, {"terms", "2026-11"}};
        QCOMPARE(portal_->handle(request, false).status, 303);
        QVERIFY(!passes(kAda, kHere));
        auto foreign = requestOf("POST", "/login", kHere);
        foreign.headers["origin"] = "http://evil.example";
        foreign.body = "token=" + tokenIn(get("/")) + "&way=terms&terms=2026-11";
        QCOMPARE(portal_->handle(foreign, false).status, 400);
        QVERIFY(!passes(kAda, kHere));
        foreign.headers["origin"] = "http://10.77.0.1";
        QCOMPARE(portal_->handle(foreign, false).status, 303);
        QCOMPARE(portal_->handle(requestOf("PUT", "/login", kHere), false).status, 405);
        QCOMPARE(get("/nothing").status, 404);
        auto endless = requestOf("POST", "/login", kHere);
        endless.body = std::string(kFormBytesMax + 1, 'a');
        QCOMPARE(portal_->handle(endless, false).status, 413);
    }

    void whatTheServerRefusesGetsAPageOfOurs() {
        for (const int status : {413, 414, 431}) {
            auto request = requestOf("GET", "/" + std::string(5'000, 'a'), kHere);
            request.target.clear();
            if (status != 431) request.headers["host"] = "captive.apple.com"; // whoever was asked
            request.headers["accept-language"] = "fi";
            request.refusal = status;
            const auto response = portal_->handle(request, false);
            QCOMPARE(response.status, status);
            QCOMPARE(response.contentType, std::string("text/html; charset=utf-8"));
            QVERIFY(has(response, "<html lang=fi>"));
            QVERIFY(response.body.find(word(Word::TooLargeTitle, Lang::Fi)) != std::string::npos);
            QVERIFY(!has(response, "aaaaa"));
        }
    }

    void anotherSitesCookiesAreLeftBehind() {
        auto request = requestOf("GET", "/somewhere", kHere);
        request.headers["host"] = "shop.example";
        request.refusal = 431;
        const auto response = portal_->handle(request, false);
        QCOMPARE(response.status, 302);
        QCOMPARE(headerOf(response, "Location"), std::string("http://10.77.0.1/"));
        QCOMPARE(headerOf(response, "Connection"), std::string("close"));
        request.method = "POST";
        QCOMPARE(portal_->handle(request, false).status, 431);
    }

    void showsTheCouponOfTheLastSignInUntilItsLastDay() {
        const auto showsCoupon = [this](const char* peer = kHere) { return has(get("/", peer), "TEN-10"); };
        clock_.now = 1'795'000'000'000;
        edge_->coupon = portal::Coupon{"10 %", "TEN-10", localTimeOf(clock_.now).date, {}};
        const auto in = signIn("way=email&email=aino%40example.com&terms=2026-11");
        QCOMPARE(in.status, 303);
        QVERIFY(showsCoupon());
        edge_->coupon.reset(); // the campaign is over
        QCOMPARE(signIn("way=email&email=aino%40example.com&terms=2026-11").status, 303);
        QVERIFY(!showsCoupon());
        edge_->coupon = portal::Coupon{"10 %", "TEN-10", localTimeOf(clock_.now).date, {}};
        QCOMPARE(signIn("way=email&email=aino%40example.com&terms=2026-11").status, 303);
        QVERIFY(showsCoupon());
        clock_.now += 86'400'000;
        QCOMPARE(signIn("way=terms&terms=2026-11", "10.77.0.10").status, 303);
        QVERIFY(!showsCoupon());
    }

    void aCouponIsKeptHoweverManyThereAre() {
        std::string last;
        for (std::size_t i = 0; i <= kRememberedMax; ++i) {
            last = "10.77." + std::to_string(2 + i / 250) + "." + std::to_string(1 + i % 250);
            neighbours_.table[last] = {
                0x02, 0, 0, 1, static_cast<std::uint8_t>(i / 250), static_cast<std::uint8_t>(i % 250)};
            const auto fields = "way=email&email=guest" + std::to_string(i) + "%40example.com&terms=2026-11";
            QCOMPARE(signIn(fields, last).status, 303);
        }
        QVERIFY(has(get("/", last), "WELCOME-10"));
        QVERIFY(portal_->sweep());
        QVERIFY(has(get("/", last), "WELCOME-10"));
    }

    void aDeviceHasARationOfTries() {
        for (int i = 0; i < kAttemptsAtOnce; ++i)
            QCOMPARE(signIn("way=email&terms=2026-11").status, 422);
        const auto refused = signIn("way=terms&terms=2026-11");
        QCOMPARE(refused.status, 429);
        QCOMPARE(headerOf(refused, "Retry-After"), std::string("20"));
        QCOMPARE(signIn("way=terms&terms=2026-11", "10.77.0.10").status, 303); // another device's are its own
        pass(kAttemptMs);
        QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
    }

    void signsInByPhoneWithACode() {
        const auto asked = signIn("way=phone&phone=%2B358+40+123+4567&terms=2026-11");
        QCOMPARE(asked.status, 200);
        QVERIFY(has(asked, "one-time-code") && has(asked, "4567") && !has(asked, "0401234567"));
        QVERIFY(!passes(kAda, kHere));
        const auto wrong = post("/code", "token=" + tokenIn(asked) + "&code=111111");
        QCOMPARE(wrong.status, 422);
        QVERIFY(!has(wrong, "111111")); // a code is never shown again
        QCOMPARE(post("/code", "token=" + tokenIn(wrong) + "&code=246+810").status, 303);
        QVERIFY(passes(kAda, kHere));
        QCOMPARE(*openSealed(*fromBase64(edge_->signUps[0].sealed), hubKeys_),
                 std::string("{\"phone\":\"+358401234567\"}"));
        // Without a code under way there is nothing to check.
        QCOMPARE(post("/code", "token=" + tokenIn(get("/")) + "&code=246810", "10.77.0.10").status, 400);
    }

    void aVoucherWorksOnceAndForItsMinutes() {
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11").status, 303);
        QCOMPARE(api()["seconds-remaining"].get<int>(), 120 * 60);
        QCOMPARE(signIn("way=voucher&voucher=WELCOME&terms=2026-11", "10.77.0.10").status, 422);
        QVERIFY(has(get("/?voucher=SHOWN", "10.77.0.10"), "SHOWN"));
    }

    void theSameDeviceWithANewAddressKeepsItsSession() {
        signIn("way=terms&terms=2026-11");
        pass(10 * 60'000);
        neighbours_.table["10.77.0.99"] = kAda;
        neighbours_.table[kHere] = kBo; // somebody else gets the old address: it inherits nothing
        QVERIFY(!passes(kAda, "10.77.0.99"));
        auto request = requestOf("GET", "/page", "10.77.0.99");
        request.headers["host"] = "news.example";
        const auto response = portal_->handle(request, false);
        QCOMPARE(response.status, 302);
        QCOMPARE(headerOf(response, "Location"), std::string("http://news.example/page"));
        QCOMPARE(headerOf(response, "Connection"), std::string("close"));
        QVERIFY(passes(kAda, "10.77.0.99"));
        QVERIFY(!passes(kBo, kHere));
        QVERIFY(!passes(kAda, kHere));
        QCOMPARE(api("10.77.0.99")["seconds-remaining"].get<int>(), 20 * 60);
        request.peer = kHere;
        QVERIFY(headerOf(portal_->handle(request, false), "Location").starts_with("http://10.77.0.1/"));
    }

    void aConnectionOfBeforeTheSignInIsSentOnItsWay() {
        auto request = requestOf("GET", "/hotspot-detect.html", kHere);
        request.headers["host"] = "captive.apple.com";
        QVERIFY(headerOf(portal_->handle(request, false), "Location").starts_with("http://10.77.0.1/"));
        signIn("way=terms&terms=2026-11");
        const auto response = portal_->handle(request, false);
        QCOMPARE(headerOf(response, "Location"), std::string("http://captive.apple.com/hotspot-detect.html"));
        QCOMPARE(headerOf(response, "Connection"), std::string("close"));
    }

    void timeEndsAndCanBeMadeLongerOnce() {
        signIn("way=terms&terms=2026-11");
        QVERIFY(!has(get("/"), "action=\"/extend\"")); // not while there is plenty
        QVERIFY(portal_->sweep());
        pass(25 * 60'000);
        QVERIFY(has(get("/"), "action=\"/extend\""));
        pass(5 * 60'000 + 1);
        QVERIFY(!passes(kAda, kHere));
        QCOMPARE(api()["captive"].get<bool>(), true);
        QCOMPARE(api()["can-extend-session"].get<bool>(), true);
        QVERIFY(portal_->sweep());
        const auto ended = get("/");
        QVERIFY(has(ended, "action=\"/extend\""));
        QCOMPARE(post("/extend", "token=" + tokenIn(ended)).status, 303);
        QVERIFY(passes(kAda, kHere));
        QCOMPARE(api()["seconds-remaining"].get<int>(), 5 * 60);
        pass(5 * 60'000 + 1);
        QVERIFY(portal_->sweep());
        QVERIFY(!has(get("/"), "action=\"/extend\""));
        QVERIFY(has(get("/"), "href=\"/?way=other&amp;lang="));
        QVERIFY(has(get("/?voucher=SHOWN"), "SHOWN"));           // the kiosk's code leads on
        QCOMPARE(signIn("way=terms&terms=2026-11").status, 303); // but a new sign-in is
    }

    void aQuotaCountsForTheDayWhateverComesBetween() {
        config_.quotaBytes = 1'000'000;
        start();
        signIn("way=terms&terms=2026-11");
        QVERIFY(passes(kAda, kHere, 600'000));
        QCOMPARE(api()["bytes-remaining"].get<int>(), 400'000);
        const auto page = get("/");
        QCOMPARE(post("/sign-out", "token=" + tokenIn(page)).status, 200);
        QVERIFY(!passes(kAda, kHere));
        start(); // a restart of the portal
        QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
        QCOMPARE(api()["bytes-remaining"].get<int>(), 400'000);
        QVERIFY(passes(kAda, kHere, 400'000));
        QVERIFY(!passes(kAda, kHere, 100));
        QCOMPARE(api()["captive"].get<bool>(), true);
        QVERIFY(portal_->sweep());
        gate_->revoke(std::array{kAda}).error();
        const auto refused = signIn("way=terms&terms=2026-11");
        QVERIFY(refused.status != 303);
        QVERIFY(!passes(kAda, kHere));
        pass(2 * 86'400'000LL);
        QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
    }

    void aPersonHasSoManyDevices() {
        neighbours_.table["10.77.0.11"] = *gate::parseMac("02:00:00:00:00:0c");
        const std::string fields = "way=email&email=aino%40example.com&terms=2026-11";
        QCOMPARE(signIn(fields).status, 303);
        QCOMPARE(signIn(fields, "10.77.0.10").status, 303);
        QCOMPARE(signIn(fields, "10.77.0.11").status, 200); // told so
        QVERIFY(!passes(*gate::parseMac("02:00:00:00:00:0c"), "10.77.0.11"));
        QCOMPARE(signIn("way=email&email=bo%40example.com&terms=2026-11", "10.77.0.11").status, 303);
    }

    void aCookieBringsANewAddressBackInOneTap() {
        const auto cookie = headerOf(signIn("way=email&email=a%40aino.fi&terms=2026-11"), "Set-Cookie");
        QVERIFY(cookie.find("HttpOnly") != std::string::npos && cookie.find("aino") == std::string::npos);
        const auto value = cookie.substr(0, cookie.find(';'));
        const auto welcome = get("/", "10.77.0.10", "other=1; " + value);
        QVERIFY(has(welcome, "action=\"/return\""));
        QVERIFY(has(get("/?voucher=SHOWN", "10.77.0.10", value), "SHOWN"));
        QCOMPARE(post("/return", "token=" + tokenIn(welcome), "10.77.0.10", value).status, 303);
        QVERIFY(passes(kBo, "10.77.0.10"));
        auto forged = value;
        forged.back() = forged.back() == 'A' ? 'B' : 'A';
        neighbours_.table["10.77.0.11"] = *gate::parseMac("02:00:00:00:00:0c");
        QVERIFY(!has(get("/", "10.77.0.11", forged), "action=\"/return\""));
        pass(31LL * 86'400'000);
        QVERIFY(!has(get("/", "10.77.0.11", value), "action=\"/return\""));
    }

    void whoDoesNothingForLongIsOut() {
        config_.idleMinutes = 10;
        config_.ways = {{WayKind::Terms, 600}};
        start();
        signIn("way=terms&terms=2026-11");
        QVERIFY(portal_->sweep());
        pass(9 * 60'000);
        QVERIFY(passes(kAda, kHere));
        QVERIFY(portal_->sweep());
        pass(9 * 60'000);
        QVERIFY(portal_->sweep());
        QVERIFY(passes(kAda, kHere, 0));
        pass(11 * 60'000);
        QVERIFY(portal_->sweep());
        QVERIFY(!passes(kAda, kHere));
    }

    void outsideOpeningHoursNobodyBegins() {
        config_.onlyWhenOpen = true;
        start();
        const auto local = [](UtcMs ms) {
            const auto seconds = static_cast<std::time_t>(ms / 1'000);
            std::tm parts{};
            ::localtime_r(&seconds, &parts);
            return parts.tm_hour;
        };
        while (local(clock_.now) != 3)
            pass(3'600'000);
        QVERIFY(tokenIn(get("/")).empty() || !has(get("/"), "action=\"/login\""));
        while (local(clock_.now) != 12)
            pass(3'600'000);
        QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
    }

    void whomOnlyTheGateKnowsIsInOnceItWasListed() {
        const auto isIn = [this] { return has(get("/"), "action=\"/sign-out\""); };
        QVERIFY(portal_->sweep());
        QVERIFY(!isIn());
        gate::Grant grant;
        grant.mac = kAda;
        grant.address = *gate::parseHostIpv4(kHere);
        grant.seconds = 600;
        QVERIFY(gate_->allow(std::span(&grant, 1))); // as a portal did whose last write a power cut forgot
        QVERIFY(!isIn());                            // a stranger is no question for the gate
        QVERIFY(portal_->sweep());
        QVERIFY(isIn());
        portal_.reset();
        store_.emplace(*SessionStore::open(":memory:", clock_, random_));
        start(); // one that has not listed the gate yet asks
        QVERIFY(isIn());
    }

    void withoutEdgeNoPersonIsTaken() {
        get("/");
        edge_->isDown = true;
        QCOMPARE(signIn("way=email&email=aino%40example.com&terms=2026-11").status, 503);
        QVERIFY(!passes(kAda, kHere));
        for (int i = 0; i < 2; ++i) // of whom nothing is kept but a count
            QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
        QVERIFY(passes(kAda, kHere));
        QVERIFY(portal_->sweep());
        QVERIFY(edge_->events.empty());
        edge_->isDown = false;
        QVERIFY(portal_->sweep());
        const std::map<std::string, std::int64_t> both = {{"wifi.login terms", 2}};
        QCOMPARE(edge_->events, both);
        edge_->isDown = true; // who is in stays in
        QCOMPARE(get("/").status, 200);
        QVERIFY(passes(kAda, kHere));
    }

    void aLostAnswerCountsFewTwice() {
        edge_->isDown = true;
        for (int i = 0; i < 250; ++i) {
            QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
            pass(kAttemptMs);
        }
        edge_->isDown = false;
        edge_->losesAnswers = true;
        QVERIFY(portal_->sweep());
        edge_->losesAnswers = false;
        QVERIFY(portal_->sweep());
        const std::map<std::string, std::int64_t> counted = {{"wifi.login terms", 250 + kEventsPerCall}};
        QCOMPARE(edge_->events, counted);
    }

    void whatEdgeNeverCountsDoesNotHoldTheRestUp() {
        edge_->refusedEvent = "wifi.login";
        QCOMPARE(signIn("way=terms&terms=2026-11").status, 303);
        QCOMPARE(post("/sign-out", "lang=en&token=" + tokenIn(get("/"))).status, 200);
        QVERIFY(portal_->sweep());
        const std::map<std::string, std::int64_t> one = {{"wifi.logout terms", 1}};
        QCOMPARE(edge_->events, one);
        edge_->refusedEvent.clear();
        QVERIFY(portal_->sweep());
        QCOMPARE(edge_->events, one);
    }

    void theApiIsOverTlsOnlyAndSurvivesAnyAccept() {
        QCOMPARE(get("/captive-portal/api").status, 404);
        for (int i = 0; i < 1'000; ++i) {
            auto request = requestOf("GET", "/captive-portal/api", kHere);
            request.headers["accept"] = i % 3 == 0   ? "application/captive+json"
                                        : i % 3 == 1 ? std::string(static_cast<std::size_t>(i), '*')
                                                     : random_.hex(16);
            const auto response = portal_->handle(request, true);
            QCOMPARE(response.contentType, std::string("application/captive+json"));
            QCOMPARE(headerOf(response, "Cache-Control"), std::string("private"));
        }
        QVERIFY(!api().contains("seconds-remaining"));
        QCOMPARE(api()["user-portal-url"].get<std::string>(), std::string("http://10.77.0.1/"));
    }

    void anAddressWithoutADeviceIsToldSo() {
        QCOMPARE(get("/", "10.77.9.9").status, 500);
        auto request = requestOf("GET", "/x", "10.77.9.9");
        request.headers["host"] = "news.example";
        QCOMPARE(portal_->handle(request, false).status, 302);
    }

    void aDrawnPageHasATokenForEach() {
        neighbours_.table["10.77.0.10"] = kBo;
        const auto adas = get("/?way=terms"), bos = get("/?way=terms", "10.77.0.10"); // of the same drawing
        QCOMPARE(post("/login", "token=" + tokenIn(bos) + "&way=terms&terms=2026-11").status, 400);
        QCOMPARE(post("/login", "token=" + tokenIn(adas) + "&way=terms&terms=2026-11").status, 303);
    }
    void remembersWhereTheGuestWasGoing() {
        auto request = requestOf("GET", "/", kHere);
        request.query["to"] = "http://news.example/a?b=<script>";
        const auto token = tokenIn(portal_->handle(request, false));
        QCOMPARE(post("/login", "token=" + token + "&way=terms&terms=2026-11").status, 303);
        const auto landing = get("/");
        QVERIFY(has(landing, "news.example") && !has(landing, "<script"));
    }
};

QTEST_APPLESS_MAIN(TestPortal)
#include "tst_portal.moc"
