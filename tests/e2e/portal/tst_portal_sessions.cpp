// Sessions from sign-in to their end, and what the API (RFC 8908) says meanwhile.
#include "e2e/portal/guest_store.h"

#include <silta/crypto.h>

#include <QFile>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>
#include <random>

using namespace silta;
using namespace silta::test;

namespace {

constexpr const char* kSettings =
    "venue_url = 'https://shop.example/helsinki'\n"
    "ways = { email = 240, phone = 240, loyalty = 240, voucher = 120, terms = 1 }\n"
    "quota_megabytes = 3\nidle_minutes = 30\nrate_class = 2\n";
const std::string kNetwork = std::string(kPublicPortal) + "[[rate]]\ndown_kbit = 5000\nup_kbit = 5000\n"
                                                          "[[rate]]\ndown_kbit = 50000\nup_kbit = 50000\n";
constexpr std::int64_t kQuotaBytes = 3'000'000;
constexpr const char* kTerms = "way=terms&terms=2026-11";
constexpr const char* kEmail = "way=email&email=b.person@example.com&terms=2026-11";
constexpr const char* kMember = "0193e0c1-7b1a-7000-8000-0000000000a1";
constexpr const char* kNoMoreData = "Your data is used up";
constexpr int kGuestsMax = 64; // each test is another one, and none is put out
constexpr int kSecondMs = 1'000;
constexpr int kMinuteMs = 60'000;

/// Asks the API all the time, as a device does that wants to know when its time is up. From its making on;
/// its thread ends with the object.
class Asker {
public:
    /// Milliseconds since `timer` began.
    struct Answer {
        qint64 askedMs = 0, answeredMs = 0;
        bool isCaptive = false;
        std::optional<qint64> leftMs;
    };

    Asker(GuestStore& store, const Network& network, const QElapsedTimer& timer)
        : thread_([this, &store, &network, timer](const std::stop_token& stop) {
              while (!stop.stop_requested()) {
                  Answer answer{.askedMs = timer.elapsed()};
                  const auto json = parseJson(store.api(network).body, 4'096);
                  answer.answeredMs = timer.elapsed();
                  if (json) { // the portal is killed meanwhile
                      answer.isCaptive = (*json)["captive"].get<bool>();
                      if (json->contains("seconds-remaining"))
                          answer.leftMs = (*json)["seconds-remaining"].get<qint64>() * kSecondMs;
                      const std::lock_guard lock(mutex_);
                      answers_.push_back(answer);
                  }
                  std::this_thread::sleep_for(std::chrono::milliseconds(100));
              }
          }) {}
    [[nodiscard]] std::vector<Answer> answers() {
        const std::lock_guard lock(mutex_);
        return answers_;
    }

private:
    std::mutex mutex_;
    std::vector<Answer> answers_;
    std::jthread thread_;
};

} // namespace

class TestPortalSessions : public QObject {
    Q_OBJECT

    std::unique_ptr<GuestStore> store_;
    QElapsedTimer sinceOtherCame_;
    qint64 otherInMs_ = 0;
    std::unique_ptr<Asker> asker_; ///< for the other; gone before its store

    [[nodiscard]] const Network& guest() { return store_->rig().guest; }
    [[nodiscard]] const Network& other() { return store_->rig().other; }
    Json told(const Network& network) {
        return parseJson(store_->api(network).body, 4'096).value_or(Json::object());
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        store_ = std::make_unique<GuestStore>(kSettings, kNetwork, kGuestsMax);
        const auto wrong = store_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
        // One whose minute runs out while the others are tried; see aSessionEndsWithItsTimeAndCanGoOnABit.
        Visitor other(this->other(), kGateway4);
        sinceOtherCame_.start();
        QCOMPARE(other.signIn(kTerms).status, 303);
        otherInMs_ = sinceOtherCame_.elapsed();
        QVERIFY(GuestStore::reaches(this->other()));
        asker_ = std::make_unique<Asker>(*store_, this->other(), sinceOtherCame_);
    }
    void init() {
        if (!store_) QSKIP("skipped: no rig");
        QVERIFY(!store_->newDevice(guest()).empty());
    }
    void cleanupTestCase() {
        asker_.reset();
        store_.reset();
    }

    void theApiSaysWhatHolds() {
        const auto before = store_->api(guest());
        QCOMPARE(before.status, 200);
        QCOMPARE(before.header("content-type"), std::string_view("application/captive+json"));
        QCOMPARE(before.header("cache-control"), std::string_view("private"));
        const auto captive = told(guest());
        QCOMPARE(captive["captive"].get<bool>(), true);
        QCOMPARE(captive["user-portal-url"].get<std::string>(), std::string("https://wifi.example.com/"));
        QCOMPARE(captive["venue-info-url"].get<std::string>(), std::string("https://shop.example/helsinki"));
        QVERIFY(captive["can-extend-session"].is_boolean());
        QVERIFY(!captive.contains("seconds-remaining") && !captive.contains("bytes-remaining"));

        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        const auto open = told(guest());
        QCOMPARE(open["captive"].get<bool>(), false);
        const auto seconds = open["seconds-remaining"].get<int>();
        QVERIFY2(seconds > 50 && seconds <= 60, std::to_string(seconds).c_str());
        const auto bytes = open["bytes-remaining"].get<std::int64_t>();
        QVERIFY(bytes > kQuotaBytes / 2 && bytes <= kQuotaBytes);
        QCOMPARE(exchange(guest(), kGateway4,
                          "GET /captive-portal/api HTTP/1.1\r\nHost: 10.77.0.1\r\nConnection: close\r\n\r\n")
                     .status,
                 404); // over TLS only
    }
    void theApiOutlivesEveryAcceptHeader() {
        const auto process = store_->portalProcess();
        std::mt19937 random(4);
        const std::vector<std::string> known = {"application/captive+json",
                                                "Application/Captive+JSON",
                                                "application/json",
                                                "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
                                                "*/*",
                                                "*",
                                                ";",
                                                "application/captive+json;q=0",
                                                "application/captive+json;q=99999999999999999999",
                                                "%s%n%x",
                                                std::string(4'000, ',')};
        int answered = 0;
        for (int i = 0; i < 1'000; ++i) {
            std::string accept = known[static_cast<std::size_t>(i) % known.size()];
            if (i >= static_cast<int>(known.size()) * 20)
                for (auto& c : accept)
                    if (random() % 8 == 0) c = static_cast<char>(0x21 + random() % 0x5e);
            const auto reply = store_->api(guest(), accept);
            if (reply.status == 200 && reply.header("content-type") == "application/captive+json") ++answered;
        }
        QCOMPARE(answered, 1'000);
        QCOMPARE(store_->portalProcess(), process);
        QCOMPARE(::kill(process, 0), 0);
    }

    void aNewDeviceIsCaptive() {
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        QVERIFY(GuestStore::reaches(guest()));
        QVERIFY(!store_->newDevice(guest()).empty());
        QVERIFY(!GuestStore::reaches(guest()));
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
    }
    void aCookieOpensInOneTap() {
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn("way=email&email=a.person@example.com&terms=2026-11").status, 303);
        QVERIFY(!visitor.cookie.empty());
        QVERIFY(
            !store_->newDevice(guest()).empty()); // the same phone with another address: it has its cookie
        QVERIFY(!GuestStore::reaches(guest()));
        const auto page = visitor.get("/");
        QVERIFY(page.body.find("action=\"/login\"") == std::string::npos);
        QCOMPARE(visitor.post("/return", "token=" + tokenOf(page, "/return")).status, 303);
        QVERIFY(GuestStore::reaches(guest()));

        QVERIFY(!store_->newDevice(guest()).empty());
        visitor.cookie.back() = visitor.cookie.back() == 'A' ? 'B' : 'A';
        QVERIFY(tokenOf(visitor.get("/"), "/return").empty()); // forged
    }
    void aVoucherOfTheKioskOpens() {
        constexpr const char* kList = "0193e0c1-7b1a-7000-8000-000000000001";
        constexpr const char* kSku = "MUG-W";
        auto& station = store_->station();
        const auto put = station.edge("POST", std::string("/v1/wishlists/") + kList + "/items",
                                      Json{{"sku", kSku}, {"quantity", 3}});
        QVERIFY(put && put->status == 200);
        const auto listUrl = station.hubUrl() + "/w/" + kList + "?i=" + kSku;
        const auto made = station.edge("POST", "/v1/vouchers",
                                       Json{{"minutes", 45}, {"list", kList}, {"listUrl", listUrl}});
        QVERIFY(made && made->status == 200);
        const auto voucher = *parseJson(made->body, 4'096);
        const auto token = voucher["token"].get<std::string>();
        const auto startHub = qScopeGuard([this] { store_->station().startHub(); });
        store_->station().stopHub(); // it is known offline
        Visitor visitor(guest(), kGateway4);
        const auto page = visitor.get("/?voucher=" + token); // the kiosk's QR code
        QVERIFY(page.body.find(token) != std::string::npos);
        const auto fields = "&way=voucher&terms=2026-11&voucher=" + token;
        QCOMPARE(visitor.post("/login", "token=" + tokenOf(page, "/login") + fields).status, 303);
        QVERIFY(GuestStore::reaches(guest()));
        const auto seconds = told(guest())["seconds-remaining"].get<int>();
        QVERIFY2(seconds > 44 * 60 && seconds <= 45 * 60, std::to_string(seconds).c_str());
        const auto landing = visitor.get("/").body;
        QVERIFY2(landing.find("class=wishlist") != std::string::npos, landing.c_str());
        QVERIFY(landing.find("Stoneware mug") != std::string::npos &&
                landing.find(listUrl) != std::string::npos);
        QVERIFY(!store_->newDevice(guest()).empty());
        QCOMPARE(visitor.post("/login", "token=" + tokenOf(visitor.get("/?way=voucher"), "/login") + fields)
                     .status,
                 422); // used
        QVERIFY(!GuestStore::reaches(guest()));
    }
    void whatTheKiosksScreenShowsOpens() {
        if (!store_->hasKiosk()) QSKIP("skipped: built without the screen");
        auto& station = store_->station();
        const auto startHub = qScopeGuard([&station] { station.startHub(); });
        station.stopHub(); // the screen and the portal work offline
        QVERIFY(station.startKiosk({}));
        const auto isDone = [](const Json& answer) { return answer.value("ok", false); };
        QVERIFY(isDone(station.kioskUntil("tap attractTouch", isDone)));
        QVERIFY(isDone(station.kioskUntil("tap navWifi", isDone)));
        std::string letters;
        const auto shows = [&letters](const Json& answer) {
            static const QRegularExpression form("^[0-9A-Z]{5}-[0-9A-Z]{5}$");
            for (const auto& text : answer.value("texts", Json::array()))
                if (form.match(QString::fromStdString(text.get<std::string>())).hasMatch())
                    letters = text.get<std::string>();
            return !letters.empty();
        };
        station.kioskUntil("texts", shows);
        station.stopKiosk();
        QVERIFY(!letters.empty());
        Visitor visitor(guest(), kGateway4);
        QVERIFY(!GuestStore::reaches(guest()));
        QCOMPARE(visitor.signIn("way=voucher&terms=2026-11&voucher=" + letters).status, 303);
        QVERIFY(GuestStore::reaches(guest()));
        QVERIFY(told(guest())["seconds-remaining"].get<int>() > 119 * 60); // as the edge's configuration says
    }
    void theGateKeepsTheSpeedOfASession() {
        const auto address = store_->rig().lease(guest());
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        const auto page = store_->rig().gate().list(std::nullopt);
        QVERIFY(page && !page->hasMore);
        const auto isGuest = [&address](const gate::Guest& known) {
            return known.address && toString(*known.address) == address;
        };
        const auto here = std::ranges::find_if(page->guests, isGuest);
        QVERIFY(here != page->guests.end());
        QCOMPARE(here->rateClass, 2U);
        QCOMPARE(here->quotaBytes, static_cast<std::uint64_t>(kQuotaBytes));
    }
    void aMembersNumberOpens() {
        HttpCall call;
        call.url = "http://edge/v1/store";
        call.unixSocket = store_->station().path("run/portal.sock");
        const auto store = makeCurlTransport()->send(call);
        QVERIFY(store && store->status == 200);
        const auto key = *fromBase64((*parseJson(store->body, 65'536))["hubSealKey"].get<std::string>());
        const auto person = dumpJson({{"name", "Aino"}, {"email", "aino@example.com"}, {"phone", ""}});
        const Json agreed = {{"purpose", "membership-terms"},
                             {"channel", "any"},
                             {"granted", true},
                             {"wordingHash", std::string(64, 'a')},
                             {"lang", "en"}};
        const auto joined = store_->station().edge("POST", "/v1/members",
                                                   Json{{"memberId", kMember},
                                                        {"sealed", toBase64(*seal(person, key))},
                                                        {"lang", "en"},
                                                        {"consents", Json::array({agreed})}});
        QVERIFY(joined && joined->status == 200);
        auto number = (*parseJson(joined->body, 4'096))["number"].get<std::string>();
        QCOMPARE(number.size(), std::size_t(16));
        Visitor visitor(guest(), kGateway4);
        auto wrong = number;
        wrong.back() = wrong.back() == '0' ? '1' : '0';
        QCOMPARE(visitor.signIn("way=loyalty&terms=2026-11&loyalty=" + wrong).status, 422);
        QVERIFY(!GuestStore::reaches(guest()));
        number.insert(4, "+"); // as it stands on the card
        QCOMPARE(visitor.signIn("way=loyalty&terms=2026-11&loyalty=" + number).status, 303);
        QVERIFY(GuestStore::reaches(guest()));
    }
    void aCodeOnThePhoneOpens() {
        Visitor visitor(guest(), kGateway4);
        const auto asked = visitor.signIn("way=phone&phone=%2B358405550142&terms=2026-11");
        QCOMPARE(asked.status, 200);
        QVERIFY(!GuestStore::reaches(guest()));
        QFile sms(QString::fromStdString(store_->station().path("sms.jsonl")));
        QTRY_VERIFY_WITH_TIMEOUT(sms.exists() && sms.size() > 0, 20'000);
        QVERIFY(sms.open(QIODevice::ReadOnly));
        const auto text =
            (*parseJson(sms.readLine().trimmed().toStdString(), 4'096))["text"].get<std::string>();
        QCOMPARE(
            visitor.post("/code", "token=" + tokenOf(asked, "/code") + "&code=" + text.substr(0, 6)).status,
            303);
        QVERIFY(GuestStore::reaches(guest()));
    }
    void signUpsReachTheHub() {
        QCOMPARE(store_->station().ctl("sync").status, 0);
        QTRY_COMPARE_WITH_TIMEOUT(store_->station().hub("contacts").size(), std::size_t(3), 30'000);
        const auto contacts = store_->station().hub("contacts");
        const auto isMember = [](const Json& contact) { return contact["member"] == kMember; };
        QCOMPARE(std::ranges::count_if(contacts, isMember), std::ptrdiff_t(1));
    }

    void theSameDeviceKeepsItsSessionWithAnotherAddress() {
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        const auto left = told(guest())["seconds-remaining"].get<int>();
        guest().run("ip address flush dev c0");
        guest().run("ip address add 10.77.201.8/16 dev c0");
        guest().run(fmt::format("ip route replace default via {}", kGateway4));
        // Its first request shows us the address, and is sent to where it was going.
        const auto first =
            exchange(guest(), kInternet4, "GET /page HTTP/1.1\r\nHost: www.internet.net\r\n\r\n");
        QCOMPARE(first.status, 302);
        QCOMPARE(first.header("location"), std::string("http://www.internet.net/page"));
        QVERIFY(GuestStore::reaches(guest()));
        const auto stillLeft = told(guest())["seconds-remaining"].get<int>();
        QVERIFY(stillLeft <= left && stillLeft > left - 10);
    }
    void anAddressAloneLetsNobodyIn() {
        const auto address = store_->rig().lease(guest());
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        QVERIFY(GuestStore::reaches(guest()));
        // The same address by another device, whether it was given or taken.
        QCOMPARE(guest().run("ip link set c0 down").code, 0);
        QCOMPARE(guest().run("ip link set c0 address 02:00:5e:00:0f:01 up").code, 0);
        guest().run("ip address flush dev c0");
        guest().run(fmt::format("ip address add {}/16 dev c0", address));
        guest().run(fmt::format("ip route replace default via {}", kGateway4));
        QVERIFY(!GuestStore::reaches(guest()));
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
    }
    void aLeaseThatIsUsedAgainInheritsNothing() {
        const auto address = store_->rig().lease(guest());
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        QVERIFY(store_->rig().giveLeaseBack(guest()));
        QCOMPARE(guest().run("ip link set c0 down").code, 0);
        QCOMPARE(guest().run("ip link set c0 address 02:00:5e:00:0f:02 up").code, 0);
        QCOMPARE(store_->rig().lease(guest(), {"-r", QString::fromStdString(address)}), address);
        QVERIFY(!GuestStore::reaches(guest()));
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
    }

    void aSessionEndsWhenItsDataIsUsedUp() {
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kEmail).status, 303);
        const auto token = tokenOf(visitor.get("/"), "/sign-out"); // of a page that stays in its tab
        QVERIFY(!token.empty());
        const auto listener = bound(store_->rig().internet, SOCK_STREAM, "::", kDataPort);
        const Source source(listener);
        Fd flow;
        QCOMPARE(connectTo(guest(), kInternet4, kDataPort, flow), 0);
        std::int64_t got = 0;
        int late = 0;
        bool isOver = false;
        QElapsedTimer timer, sinceLast;
        for (timer.start(), sinceLast.start(); !isOver && timer.elapsed() < kMinuteMs;) {
            if (const auto bytes = readFor(flow, 50); bytes > 0) {
                got += bytes;
                late = 0;
                sinceLast.restart();
                continue;
            }
            const bool isLate = sinceLast.elapsed() > kSecondMs; // what is asked from now on
            isOver = store_->isCaptive(guest()) == std::optional(true);
            if (!isOver && isLate) ++late;
        }
        QVERIFY(isOver);
        QCOMPARE(late, 0);
        QCOMPARE(readFor(flow, 200), 0);
        QVERIFY2(got > kQuotaBytes / 2 && got < kQuotaBytes * 102 / 100, std::to_string(got).c_str());
        QVERIFY(!GuestStore::reaches(guest()));
        // It stays so: signing in again, a restart of gate and portal, both.
        const auto again = visitor.post("/login", fmt::format("token={}&{}", token, kEmail));
        QCOMPARE(again.status, 200);
        QVERIFY2(again.body.find(kNoMoreData) != std::string::npos, again.body.c_str());
        QVERIFY(!GuestStore::reaches(guest()));
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
        store_->stopPortal(SIGKILL);
        store_->rig().stopGate(SIGKILL);
        QCOMPARE(store_->rig().startGate(), std::string());
        QCOMPARE(store_->startPortal(), std::string());
        const auto page = visitor.get("/?way=other");
        QVERIFY2(page.body.find(kNoMoreData) != std::string::npos, page.body.c_str());
        QVERIFY(tokenOf(page, "/login").empty()); // nor is there anything to try it with
        QVERIFY(!GuestStore::reaches(guest()));
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
    }
    void signingInAgainGivesNoMoreData() {
        constexpr std::int64_t kUsed = 1'000'000;
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        const auto token = tokenOf(visitor.get("/"), "/sign-out");
        {
            const auto listener = bound(store_->rig().internet, SOCK_STREAM, "::", kDataPort);
            const Source source(listener);
            Fd flow;
            QCOMPARE(connectTo(guest(), kInternet4, kDataPort, flow), 0);
            QVERIFY(readAtLeast(flow, kUsed));
        }
        const auto before = told(guest())["bytes-remaining"].get<std::int64_t>();
        QVERIFY2(before <= kQuotaBytes - kUsed, std::to_string(before).c_str());
        QCOMPARE(visitor.post("/login", fmt::format("token={}&{}", token, kEmail)).status, 303);
        const auto after = told(guest())["bytes-remaining"].get<std::int64_t>();
        QVERIFY2(after <= before && after > 0, fmt::format("{}, then {}", before, after).c_str());
    }
    void signingInOverIpv6OpensBothFamilies() {
        constexpr const char* kPortal6 = "[2001:db8:7::1]";
        QVERIFY(!Rig::slaac(guest()).empty());
        QVERIFY(!GuestStore::reaches(guest()) && !GuestStore::reaches(guest(), kInternet6));
        const auto told6 = [&] {
            return parseJson(store_->api(guest(), "*/*", kPortal6).body, 4'096).value_or(Json::object());
        };
        QCOMPARE(told6()["captive"].get<bool>(), true);
        Visitor visitor(guest(), kPortal6);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        // Both at the first try.
        QVERIFY(GuestStore::reaches(guest()));
        QVERIFY(GuestStore::reaches(guest(), kInternet6));
        QCOMPARE(told6()["captive"].get<bool>(), false);
        QCOMPARE(told(guest())["captive"].get<bool>(), false);

        const auto page = visitor.get("/");
        QCOMPARE(visitor.post("/extend", "token=" + tokenOf(page, "/extend")).status, 303);
        QVERIFY(GuestStore::reaches(guest()));
        QVERIFY(GuestStore::reaches(guest(), kInternet6));
        QVERIFY(told6()["seconds-remaining"].get<int>() > 4 * 60);

        const auto last = visitor.get("/");
        QCOMPARE(visitor.post("/sign-out", "token=" + tokenOf(last, "/sign-out")).status, 200);
        QVERIFY(!GuestStore::reaches(guest()));
        QVERIFY(!GuestStore::reaches(guest(), kInternet6));
        QCOMPARE(told6()["captive"].get<bool>(), true);
    }
    void signingOutEndsIt() {
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn(kTerms).status, 303);
        const auto listener = bound(store_->rig().internet, SOCK_STREAM, "::", kDataPort);
        Fd flow;
        QCOMPARE(connectTo(guest(), kInternet4, kDataPort, flow), 0);
        const auto page = visitor.get("/");
        QCOMPARE(visitor.post("/sign-out", "token=" + tokenOf(page, "/sign-out")).status, 200);
        QCOMPARE(store_->isCaptive(guest()), std::optional(true)); // the very next answer says so
        const Source source(listener);
        QCOMPARE(readFor(flow, 300), 0);
    }
    void aSessionEndsWithItsTimeAndCanGoOnABit() {
        const auto isOver = [this] {
            const auto answers = asker_->answers();
            return !answers.empty() && answers.back().isCaptive;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOver(), 2 * kMinuteMs);
        const auto answers = asker_->answers();
        asker_.reset();
        // It began between the sign-in's sending and its answer, and whatever was asked a second before its
        // end or a second after it was answered as it is.
        int whileOpen = 0;
        for (const auto& answer : answers) {
            const auto when =
                fmt::format("asked after {} ms, answered after {}", answer.askedMs, answer.answeredMs);
            if (answer.answeredMs < kMinuteMs - kSecondMs) {
                QVERIFY2(!answer.isCaptive && answer.leftMs, when.c_str());
                QVERIFY2(*answer.leftMs >= kMinuteMs - answer.answeredMs - kSecondMs, when.c_str());
                QVERIFY2(*answer.leftMs <= kMinuteMs + otherInMs_ - answer.askedMs + kSecondMs, when.c_str());
                ++whileOpen;
            }
            if (answer.askedMs > kMinuteMs + otherInMs_ + kSecondMs) QVERIFY2(answer.isCaptive, when.c_str());
        }
        QVERIFY(whileOpen > 0);
        QTRY_VERIFY_WITH_TIMEOUT(!GuestStore::reaches(other()), kPatienceMs); // the gate counts whole seconds
        const auto over = told(other());
        QCOMPARE(over["captive"].get<bool>(), true);
        QVERIFY(!over.contains("seconds-remaining"));
        QCOMPARE(over["can-extend-session"].get<bool>(), true);
        Visitor visitor(other(), kGateway4);
        const auto page = visitor.get("/");
        QCOMPARE(visitor.post("/extend", "token=" + tokenOf(page, "/extend")).status, 303);
        QVERIFY(GuestStore::reaches(other()));
        const auto open = told(other());
        QVERIFY(open["seconds-remaining"].get<int>() > 4 * 60);
        QVERIFY(open["bytes-remaining"].get<std::int64_t>() < kQuotaBytes); // what it used before counts on
        QCOMPARE(open["can-extend-session"].get<bool>(), false);
    }
};

QTEST_GUILESS_MAIN(TestPortalSessions)
#include "tst_portal_sessions.moc"
