// A real browser at the till: by keyboard and scanner alone, with script and without, with the line up and
// down, in English and Finnish. Its pictures go to SILTA_SCREENS, for a person to look at.
#include "e2e/accessibility.h"
#include "e2e/browser.h"
#include "e2e/till_store.h"

#include <QDir>
#include <QTest>

using namespace silta;
using namespace silta::test;

class TestTillBrowser : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    std::unique_ptr<Browser> browser_;
    std::string name_;
    int step_ = 0;

    /// The first line that `silta-hub COMMAND` prints.
    std::string hub(const std::string& command, std::vector<std::string> args) const {
        args.insert(args.begin(), {command, "--db", station_->path("hub.db")});
        const auto done = station_->run("silta-hub", args);
        return done.status == 0 ? done.out.substr(0, done.out.find('\n')) : done.err;
    }
    bool picture(const char* what) {
        return browser_->takePicture(fmt::format("{}/{}-{:02}-{}.png", SILTA_SCREENS, name_, ++step_, what));
    }
    bool says(const std::string& words) {
        return QTest::qWaitFor([&] { return browser_->textOf("body").find(words) != std::string::npos; },
                               20'000);
    }
    /// Where the cursor stands: waits for it.
    bool cursorIn(const std::string& css) {
        return QTest::qWaitFor([&] { return browser_->has(css + ":focus"); }, 20'000);
    }

private slots:
    void initTestCase() {
        if (const auto missing = Browser::missing(); !missing.empty()) QSKIP(missing.c_str());
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        station_ = std::make_unique<Station>(SILTA_BIN);
        const auto wrong = startTillStore(*station_);
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(station_->startTill());
    }
    void init() {
        if (!station_) QSKIP("skipped: no store");
        step_ = 0;
    }
    void cleanup() { browser_.reset(); }

    void worksByKeyboard_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("isOnline");
        QTest::addColumn<bool>("runsScript");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("a till") << "en" << true << true << 1'280 << 800;
        QTest::newRow("an old till, no script") << "fi" << true << false << 1'024 << 768;
        QTest::newRow("the line is down") << "en" << false << true << 1'024 << 768;
        QTest::newRow("a phone, the line is down") << "fi" << false << true << 390 << 844;
    }
    void worksByKeyboard() {
        QFETCH(QString, language);
        QFETCH(bool, isOnline);
        QFETCH(bool, runsScript);
        QFETCH(int, width);
        QFETCH(int, height);
        const bool isFinnish = language == "fi";
        name_ = fmt::format("till-{}x{}-{}-{}", width, height, language.toStdString(),
                            isOnline ? "online" : "offline");
        if (!isOnline) station_->stopHub();
        const auto isSeen = [&] { return askTill(*station_, "GET", "/v1/desk").body["online"] == isOnline; };
        QTRY_VERIFY_WITH_TIMEOUT(isSeen(), 60'000);
        browser_ = std::make_unique<Browser>(BrowserSettings{.takesCookies = true,
                                                             .runsScript = runsScript,
                                                             .language = language.toStdString(),
                                                             .width = width,
                                                             .height = height,
                                                             .takesAnyCertificate = true});
        QVERIFY2(browser_->error().empty(), browser_->error().c_str());
        QVERIFY(browser_->open(station_->tillUrl() + "/"));

        const bool isOpen = cursorIn("#badge");
        QVERIFY(picture("door"));
        QVERIFY2(isOpen, browser_->textOf("body").c_str());
        browser_->press(std::string(kBadge) + kEnter); // a scanner
        QVERIFY(cursorIn("#pin"));
        browser_->press(std::string("000000") + kEnter);
        QVERIFY(says(isFinnish ? "4 yritystä jäljellä" : "4 tries left"));
        QVERIFY(cursorIn("#pin"));
        QVERIFY(picture("wrong-pin"));
        browser_->press(std::string(kPin) + kEnter);
        QVERIFY(cursorIn("#q"));
        if (isOnline)
            QVERIFY2(says(isFinnish ? "Yhteys toimii" : "Online"), browser_->textOf("body").c_str());
        else
            QVERIFY(says(isFinnish ? "Yhteys poikki" : "Line is down"));
        QVERIFY(picture("field"));

        browser_->press(std::string("9521234543213") + kEnter);
        QVERIFY(says("Stoneware mug 0.3 l"));
        QVERIFY(says(isFinnish ? "12 kpl tässä myymälässä" : "12 in this store"));
        QVERIFY(cursorIn("#q"));
        QVERIFY(picture("product"));
        browser_->press(std::string("mug") + kEnter);
        QVERIFY(says(isFinnish ? "Tuotteet" : "Products"));
        QVERIFY(picture("products"));
        QVERIFY(cursorIn("#q"));
        browser_->press(std::string("WIFI:T:WPA;S:cafe;P:secret;;") + kEnter);
        QVERIFY(says(isFinnish ? "Ei kassan koodi" : "Not a code for the till"));
        QVERIFY(cursorIn("#q"));
        QVERIFY(picture("foreign"));

        const auto contact = fmt::format("{}@example.com", name_);
        browser_->press(contact + kEnter);
        QVERIFY(says(isFinnish ? "Rekisteröi jäsen" : "Register a member"));
        if (isOnline)
            QVERIFY(says(isFinnish ? "Ei vielä jäsen" : "Not a member yet"));
        else
            QVERIFY(says(isFinnish ? "ei voi kysyä" : "cannot be asked now"));
        QVERIFY(cursorIn("#terms"));
        QVERIFY(picture("join"));
        browser_->press(kEnter); // nothing is agreed to
        QVERIFY(says(isFinnish ? "vaatii suostumuksen" : "needs consent"));
        QVERIFY(cursorIn("#terms"));
        QVERIFY(picture("join-problems"));
        // Beyond the contact: Enter, Space, Tab, Space, Enter.
        browser_->press(std::string(" ") + kTab + " " + kEnter);
        QVERIFY(says(isFinnish ? "Tervetuloa jäseneksi" : "Welcome to the club"));
        QVERIFY(says("WELCOME10"));
        QVERIFY(cursorIn("#q"));
        QVERIFY(picture("joined"));
        const auto number = browser_->textOf(".number");

        if (!isOnline) {
            QVERIFY(station_->startHub());
            QCOMPARE(station_->ctl("sync").status, 0); // whatever its back-off says
        }
        const auto isMember = [&] {
            for (const auto& member : station_->hub("members"))
                if (member["email"] == contact) return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isMember(), 60'000);
        if (isOnline) {
            browser_->press(contact + kEnter);
            QVERIFY(says(isFinnish ? "Jo jäsen" : "Already a member"));
            QVERIFY(says(number.substr(number.size() - 4)));
            QVERIFY(browser_->textOf("body").find(contact) == std::string::npos);
            QVERIFY(cursorIn("#q"));
            QVERIFY(picture("already-a-member"));
        }
        QVERIFY(browser_->click("form[action='/sign-out'] button"));
        QVERIFY(cursorIn("#badge"));
    }

    void bringsAScanIntoTheFieldWhereverTheCursorStands() {
        browser_ = std::make_unique<Browser>(
            BrowserSettings{.width = 1'280, .height = 800, .takesAnyCertificate = true});
        QVERIFY2(browser_->error().empty(), browser_->error().c_str());
        QVERIFY(browser_->open(station_->tillUrl() + "/"));
        QVERIFY(cursorIn("#badge"));
        browser_->press(std::string(kBadge) + kEnter);
        QVERIFY(cursorIn("#pin"));
        browser_->press(std::string(kPin) + kEnter);
        QVERIFY(cursorIn("#q"));
        browser_->press(std::string("somebody@example.com") + kEnter);
        QVERIFY(cursorIn("#terms"));
        browser_->press(std::string("9521234543213") + kEnter);
        QVERIFY(says("Stoneware mug 0.3 l"));
    }

    void redeemsAndSpendsByKeyboard_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("a till") << "en" << 1'280 << 800;
        QTest::newRow("a phone") << "fi" << 390 << 844;
    }
    void redeemsAndSpendsByKeyboard() {
        QFETCH(QString, language);
        QFETCH(int, width);
        QFETCH(int, height);
        const bool isFinnish = language == "fi";
        name_ = fmt::format("codes-{}x{}-{}", width, height, language.toStdString());
        const std::vector<std::string> days = {"--first-day", "2020-01-01", "--last-day", "2099-12-31"};
        auto options = days;
        options.insert(options.end(), {"--en", "Coffee for two", "--fi", "Kahvit kahdelle", "--percent", "20",
                                       "--currency", "EUR", "--min-purchase", "2000"});
        const auto coupon = hub("issue", {"--campaign", hub("campaign", options)});
        options = days;
        options.insert(options.end(),
                       {"--gift-card", "--en", "Gift card for the whole family", "--currency", "EUR"});
        const auto card = hub("issue", {"--campaign", hub("campaign", options), "--balance", "5000"});
        QCOMPARE(coupon.size(), std::size_t(120));
        QCOMPARE(card.size(), std::size_t(120));
        QCOMPARE(station_->ctl("sync").status, 0);

        browser_ = std::make_unique<Browser>(BrowserSettings{.language = language.toStdString(),
                                                             .width = width,
                                                             .height = height,
                                                             .takesAnyCertificate = true});
        QVERIFY2(browser_->error().empty(), browser_->error().c_str());
        QVERIFY(browser_->open(station_->tillUrl() + "/"));
        QVERIFY(cursorIn("#badge"));
        browser_->press(std::string("STAFF-1002") + kEnter);
        QVERIFY(cursorIn("#pin"));
        browser_->press(std::string("862073") + kEnter);
        QVERIFY(cursorIn("#q"));

        browser_->press(coupon + kEnter);
        QVERIFY(says(isFinnish ? "Koodi käy." : "It is good."));
        QVERIFY(cursorIn("button[value=redeem]"));
        QVERIFY(picture("coupon"));
        browser_->press(kEnter);
        QVERIFY(says(isFinnish ? "Vähennä ostoksesta 20" : "Take 20"));
        QVERIFY(cursorIn("#q"));
        QVERIFY(picture("redeemed"));
        browser_->press(coupon + kEnter);
        QVERIFY(says(isFinnish ? "Koodi on jo käytetty täällä." : "It has been used here."));
        QVERIFY(picture("used-here"));

        browser_->press(card + kEnter);
        QVERIFY(says(isFinnish ? "50,00" : "€50.00"));
        QVERIFY(cursorIn("#amount"));
        browser_->press(std::string("1,234") + kEnter);
        QVERIFY(says(isFinnish ? "Kirjoita summa" : "Type an amount"));
        QVERIFY(cursorIn("#amount"));
        QVERIFY(picture("amount-problem"));
        QVERIFY(browser_->click("#q"));
        browser_->press(card + kEnter);
        QVERIFY(cursorIn("#amount"));
        QVERIFY(picture("gift-card"));
        browser_->press(std::string("12,50") + kEnter);
        QVERIFY(says(isFinnish ? "Kortilta veloitettiin 12,50" : "€12.50 was taken off the card."));
        QVERIFY(cursorIn("#q"));
        QVERIFY(picture("spent"));
        browser_->press(std::string(kTab) + kTab + kEnter); // find, take back
        QVERIFY(says(isFinnish ? "Käyttö on peruttu." : "It has been taken back."));
        QVERIFY(picture("taken-back"));
    }

    void canBeUsedByEverybody() {
        const Accessibility accessibility(SILTA_AXE);
        if (!accessibility.missing().empty()) QSKIP(accessibility.missing().c_str());
        const std::vector<std::string> days = {"--first-day", "2020-01-01", "--last-day", "2099-12-31"};
        auto options = days;
        options.insert(options.end(), {"--en", "Tea for two", "--percent", "20"});
        const auto coupon = hub("issue", {"--campaign", hub("campaign", options)});
        options = days;
        options.insert(options.end(), {"--gift-card", "--en", "Gift card", "--currency", "EUR"});
        const auto card = hub("issue", {"--campaign", hub("campaign", options), "--balance", "5000"});
        QCOMPARE(station_->ctl("sync").status, 0);
        browser_ = std::make_unique<Browser>(
            BrowserSettings{.width = 1'280, .height = 800, .takesAnyCertificate = true});
        QVERIFY2(browser_->error().empty(), browser_->error().c_str());
        std::string faults;
        const auto look = [&](const char* page) {
            // A till that nobody uses locks itself, script or not: essential, WCAG 2.2.1.
            for (const auto& line : QByteArray::fromStdString(accessibility.faultsOf(*browser_)).split('\n'))
                if (!line.isEmpty() && !line.contains("meta-refresh"))
                    faults += std::string(page) + ": " + line.toStdString() + '\n';
        };
        const auto find = [&](const std::string& text) { // the audit moves the cursor
            return browser_->click("#q") && (browser_->press(text + kEnter), true);
        };
        QVERIFY(browser_->open(station_->tillUrl() + "/"));
        QVERIFY(cursorIn("#badge"));
        look("door");
        QVERIFY(browser_->click("#badge"));
        browser_->press(std::string("STAFF-1002") + kEnter);
        QVERIFY(cursorIn("#pin"));
        browser_->press(std::string("000000") + kEnter);
        QVERIFY(says("4 tries left"));
        look("wrong PIN");
        QVERIFY(browser_->click("#pin"));
        browser_->press(std::string("862073") + kEnter);
        QVERIFY(cursorIn("#q"));
        look("field");
        const std::vector<std::pair<std::string, const char*>> scanned = {
            {"9521234543213", "Stoneware mug 0.3 l"},
            {"mug", "Products"},
            {"WIFI:T:WPA;S:cafe;P:secret;;", "Not a code for the till"},
            {"WELCOME10", "Valid until"},
            {"9246000010000011", "umber ends in 0011"},
            {"4006381333931", "4006381333931"},
            {coupon, "Tea for two"},
            {card, "€50.00"},
            {"everybody@example.com", "Register a member"}};
        for (const auto& [text, words] : scanned) {
            QVERIFY(find(text));
            QVERIFY2(says(words), words);
            look(words);
        }
        QVERIFY(browser_->click("form[action='/join'] .go")); // nothing is agreed to
        QVERIFY(says("needs consent"));
        look("what is wrong with a sign-up");
        QVERIFY(browser_->click("#terms") && browser_->click("#age"));
        QVERIFY(browser_->click("form[action='/join'] .go"));
        QVERIFY(says("Welcome to the club"));
        look("a new member");
        QVERIFY(find("everybody@example.com"));
        QVERIFY(says("Already a member"));
        look("a member");
        QVERIFY(browser_->open(station_->tillUrl() + "/nothing"));
        QVERIFY(
            QTest::qWaitFor([&] { return browser_->url().find("/nothing") != std::string::npos; }, 20'000));
        QVERIFY(cursorIn("#q"));
        look("no such page");
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void keepsNobodyOnDiskOrInLogs() {
        station_->stopTill();
        station_->stopEdge();
        station_->stopHub();
        const auto found = fileThatHolds(*station_, {kPin, "@example.com"});
        QVERIFY2(found.empty(), found.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTillBrowser)
#include "tst_till_browser.moc"
