// Sales from a POS's request to the points on a member's card, in a real browser: with the line up and down,
// with the card shown at the POS and after it. Its pictures go to SILTA_SCREENS, for a person to look at.
#include "e2e/accessibility.h"
#include "e2e/browser.h"
#include "e2e/till_store.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <QDate>
#include <QDir>
#include <QTest>

using namespace silta;
using namespace silta::test;

namespace {

constexpr const char* kPosKey = "8f1e6a4b0c2d3e5f8f1e6a4b0c2d3e5f8f1e6a4b0c2d3e5f8f1e6a4b0c2d3e5f";

} // namespace

class TestTillSalesPages : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    std::unique_ptr<Browser> browser_;
    SystemClock clock_;
    SystemRandom random_;
    std::string card_;
    std::string name_;
    int step_ = 0;

    struct Told {
        int status = 0;
        Json body;
    };
    /// As a POS does; the same `id` is the same sale.
    Told tell(const std::string& id, const std::string& receipt, std::int64_t minor,
              const std::string& member = {}) {
        Json sale = {{"receipt", receipt},
                     {"atMs", clock_.nowMs()},
                     {"currency", "EUR"},
                     {"totalMinor", minor},
                     {"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"totalMinor", minor}}}}};
        if (!member.empty()) sale["member"] = member;
        return send(id, dumpJson(sale));
    }
    Told send(const std::string& id, const std::string& body) {
        HttpCall call;
        call.method = "POST";
        call.url = station_->tillUrl() + "/v1/sales";
        call.caFile = station_->path("till/certificate.pem");
        call.body = body;
        call.headers = {{"Authorization", std::string("Bearer ") + kPosKey},
                        {"Idempotency-Key", id},
                        {"Content-Type", "application/json"}};
        const auto reply = makeCurlTransport()->send(call);
        if (!reply) return {};
        return {reply->status, parseJson(reply->body, 1 << 16).value_or(Json())};
    }
    std::string uuid() { return makeUuid(clock_, random_); }
    std::int64_t pointsAtHub() const {
        std::int64_t points = 0;
        for (const auto& sale : station_->hub("sales"))
            if (sale["member"] == card_) points += sale["points"].get<std::int64_t>();
        return points;
    }
    bool isOnline() const { return askTill(*station_, "GET", "/v1/desk").body["online"] == true; }
    bool picture(const char* what) {
        return browser_->takePicture(fmt::format("{}/{}-{:02}-{}.png", SILTA_SCREENS, name_, ++step_, what));
    }
    bool says(const std::string& words) {
        return QTest::qWaitFor([&] { return browser_->textOf("body").find(words) != std::string::npos; },
                               20'000);
    }
    bool cursorIn(const std::string& css) {
        return QTest::qWaitFor([&] { return browser_->has(css + ":focus"); }, 20'000);
    }
    bool signIn(int width, int height, const char* language = "en") {
        browser_ = std::make_unique<Browser>(BrowserSettings{
            .language = language, .width = width, .height = height, .takesAnyCertificate = true});
        if (!browser_->error().empty() || !browser_->open(station_->tillUrl() + "/")) return false;
        if (!cursorIn("#badge")) return false;
        browser_->press(std::string(kBadge) + kEnter);
        if (!cursorIn("#pin")) return false;
        browser_->press(std::string(kPin) + kEnter);
        return cursorIn("#q");
    }

private slots:
    void initTestCase() {
        if (const auto missing = Browser::missing(); !missing.empty()) QSKIP(missing.c_str());
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        station_ = std::make_unique<Station>(SILTA_BIN);
        station_->write("pos.keys", "POS-1 " + sha256Hex(kPosKey) + "\n");
        station_->write("codes.toml", "receipt_prefix = 'R'\n");
        station_->append("till.toml", "pos_keys = '" + station_->path("pos.keys") + "'\n");
        station_->append("edge.toml", "codes = '" + station_->path("codes.toml") + "'\n");
        const auto wrong = startTillStore(*station_);
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(station_->startTill());
    }
    void init() {
        if (!station_) QSKIP("skipped: no store");
        step_ = 0;
    }
    void cleanup() { browser_.reset(); }

    void countsASaleOnTheCard() {
        name_ = "sales";
        QVERIFY(signIn(1'280, 800));
        browser_->press(std::string("buyer@example.com") + kEnter);
        QVERIFY(cursorIn("#terms"));
        browser_->press(std::string(" ") + kTab + " " + kEnter);
        QVERIFY(says("Welcome to the club"));
        for (const char c : browser_->textOf(".number"))
            if (c >= '0' && c <= '9') card_ += c;
        QCOMPARE(card_.size(), std::size_t(16));

        const auto id = uuid();
        const auto told = tell(id, "R1001", 61'290, card_);
        QCOMPARE(told.status, 200);
        QCOMPARE(told.body["points"].get<int>(), 612);
        QTRY_COMPARE_WITH_TIMEOUT(pointsAtHub(), std::int64_t(612), 60'000);
        QVERIFY(cursorIn("#q"));
        browser_->press(card_ + kEnter);
        QVERIFY(says("Silver member"));
        QVERIFY(says("Points: 612"));
        QVERIFY(picture("card"));
    }

    void givesThePointsOfAReceipt() {
        name_ = "sales-receipt";
        QCOMPARE(tell(uuid(), "R1002", 2'599).status, 200);
        QVERIFY(signIn(768, 1'024));
        browser_->press(std::string("R1002") + kEnter);
        QVERIFY(says("€25.99"));
        QVERIFY(cursorIn("#member"));
        QVERIFY(picture("told"));
        browser_->press(std::string("9521234543213") + kEnter);
        QVERIFY(says("That is no member card."));
        QVERIFY(cursorIn("#member"));
        QVERIFY(picture("no-card"));
        browser_->press(card_ + kEnter);
        QVERIFY(says("The customer gets the points of this purchase: 25."));
        QVERIFY(cursorIn("#q"));
        QVERIFY(picture("given"));
        browser_->press(std::string("R1002") + kEnter);
        QVERIFY(says("have been given already"));
        QVERIFY(picture("taken"));
        browser_->press(std::string("R9999") + kEnter); // nobody told of it
        QVERIFY(says("has not told this store"));
        QVERIFY(cursorIn("#member"));
        QVERIFY(picture("untold"));
        QTRY_COMPARE_WITH_TIMEOUT(pointsAtHub(), std::int64_t(612 + 25), 60'000);
    }

    /// One line on the card: what they wish for and lies here leads over the coupon that ends soon.
    void saysWhatToOffer() {
        name_ = "sales-offer";
        const auto day = [](int days) {
            return QDate::currentDate().addDays(days).toString(Qt::ISODate).toStdString();
        };
        const auto begun =
            station_->run("silta-hub", {"campaign", "--db", station_->path("hub.db"), "--first-day", day(-1),
                                        "--last-day", day(5), "--en", "Mugs 20 % off", "--fi",
                                        "Mukeista 20 %", "--members-only", "--uses", "0"});
        QVERIFY2(begun.status == 0, begun.err.c_str());
        QVERIFY(signIn(1'280, 800));
        const auto isOffered = [this] {
            const auto card = askTill(*station_, "POST", "/v1/resolve", {{"text", card_}, {"lang", "en"}});
            return card.body["next"].is_object();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOffered(), 60'000);
        browser_->press(card_ + kEnter);
        QVERIFY(says("Mugs 20 % off"));
        QVERIFY(picture("coupon"));

        const auto list = uuid();
        for (const auto* sku : {"TENT", "LAMP", "MUG-W"}) { // the lamp lies in another store
            const auto reply =
                station_->edge("POST", "/v1/wishlists/" + list + "/items", {{"sku", sku}, {"quantity", 1}});
            QVERIFY(reply && reply->status == 200);
        }
        const auto sealKey =
            fromBase64(textMember(askTill(*station_, "GET", "/v1/desk").body, "hubSealKey").value_or(""));
        QVERIFY(sealKey);
        Json consents = Json::array();
        for (const auto& [purpose, channel] :
             {std::pair("membership-terms", "any"), std::pair("age", "any"), std::pair("marketing", "email")})
            consents.push_back({{"purpose", purpose},
                                {"channel", channel},
                                {"granted", true},
                                {"wordingHash", std::string(64, 'c')},
                                {"lang", "fi"}});
        const Json person = {{"name", ""}, {"email", "wisher@example.com"}, {"phone", ""}};
        const Json signUp = {{"memberId", uuid()},
                             {"sealed", toBase64(*seal(dumpJson(person), *sealKey))},
                             {"lang", "fi"},
                             {"wishlistId", list},
                             {"consents", consents}};
        const auto joined = station_->edge("POST", "/v1/members", signUp);
        QVERIFY(joined && joined->status == 200);
        const auto number = textMember(*parseJson(joined->body, 4'096), "number").value_or("");
        const auto wishes = [&] {
            browser_->open(station_->tillUrl() + "/");
            if (!cursorIn("#q")) return false;
            browser_->press(number + kEnter);
            return says("Member since") &&
                   browser_->textOf("body").find("in stock here") != std::string::npos;
        };
        QTRY_VERIFY_WITH_TIMEOUT(wishes(), 60'000); // when the hub has both
        QVERIFY(browser_->textOf(".next").find("LAMP") == std::string::npos);
        QVERIFY(browser_->textOf(".next").find("20 %") == std::string::npos);
        QVERIFY(picture("wish"));
    }

    void canBeUsedByEverybody() {
        const Accessibility accessibility(SILTA_AXE);
        if (!accessibility.missing().empty()) QSKIP(accessibility.missing().c_str());
        QVERIFY(signIn(1'280, 800));
        // A till that nobody uses locks itself, script or not: essential, WCAG 2.2.1.
        const auto faults = [&] {
            std::string kept;
            for (const auto& line : QByteArray::fromStdString(accessibility.faultsOf(*browser_)).split('\n'))
                if (!line.isEmpty() && !line.contains("meta-refresh")) kept += line.toStdString() + '\n';
            return kept;
        };
        browser_->press(std::string("R9998") + kEnter);
        QVERIFY(cursorIn("#member"));
        auto found = faults();
        QVERIFY(browser_->click("#member")); // the audit moved the cursor
        browser_->press(std::string("x") + kEnter);
        QVERIFY(says("That is no member card."));
        found += faults();
        QVERIFY(browser_->click("#q"));
        browser_->press(card_ + kEnter);
        QVERIFY(says("Silver member"));
        found += faults();
        QVERIFY2(found.empty(), found.c_str());
    }

    void countsOnceWhatWasSoldWithTheLineDown() {
        name_ = "sales-offline";
        const auto before = pointsAtHub();
        station_->stopHub();
        QTRY_VERIFY_WITH_TIMEOUT(!isOnline(), 60'000);
        const auto id = uuid();
        const Json sale = {
            {"receipt", "R1003"}, {"atMs", clock_.nowMs()},
            {"currency", "EUR"},  {"totalMinor", 1'000},
            {"member", card_},    {"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"totalMinor", 1'000}}}}};
        QCOMPARE(send(id, dumpJson(sale)).status, 200);
        QCOMPARE(send(id, dumpJson(sale)).status, 200);
        QCOMPARE(tell(id, "R1004", 1'000).status, 409);
        QVERIFY(signIn(1'280, 800, "fi"));
        browser_->press(card_ + kEnter);
        QVERIFY(says("Hopeajäsen"));
        QVERIFY(says("tilanne")); // how old that is
        QVERIFY(picture("card"));
        station_->killEdge();
        QVERIFY(station_->startEdge());
        QCOMPARE(send(id, dumpJson(sale)).status, 200);
        QVERIFY(station_->startHub());
        QCOMPARE(station_->ctl("sync").status, 0); // whatever its back-off says
        QTRY_COMPARE_WITH_TIMEOUT(pointsAtHub(), before + 10, 60'000);
    }

    void keepsNoCardAndNoLineOnTheDevice() {
        station_->stopTill();
        station_->stopEdge();
        station_->stopHub();
        const auto found =
            fileThatHolds(*station_, {"buyer@example.com", "\"sku\":\"MUG-W\",\"total", kPosKey});
        QVERIFY2(found.empty(), found.c_str());
    }

    void saysNothingThatTheDescriptionOfTheHubForbids() {
        const auto checked = station_->checkTraffic();
        QVERIFY2(checked.status == 0, checked.out.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTillSalesPages)
#include "tst_till_sales_pages.moc"
