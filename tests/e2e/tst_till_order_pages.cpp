// Orders in a real browser at the till: found by list and by scanner, handed over, missed and taken back by
// keyboard alone, with the line up and down. Its pictures go to SILTA_SCREENS, for a person to look at.
#include "e2e/accessibility.h"
#include "e2e/browser.h"
#include "e2e/till_store.h"

#include <silta/uuid.h>

#include <QDir>
#include <QTest>

using namespace silta;
using namespace silta::test;

class TestTillOrderPages : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    std::unique_ptr<Browser> browser_;
    SystemClock clock_;
    SystemRandom random_;
    std::string name_;
    int step_ = 0;

    /// An order as the kiosk places it.
    Json placed(const char* kind, const std::vector<std::pair<const char*, int>>& lines) {
        Json body = {{"orderId", makeUuid(clock_, random_)},
                     {"kind", kind},
                     {"lang", "en"},
                     {"currency", "EUR"},
                     {"word", "Harbour"},
                     {"initials", "AP"}};
        for (const auto& [sku, quantity] : lines)
            body["lines"].push_back({{"sku", sku}, {"quantity", quantity}, {"unitPriceMinor", 1'295}});
        const auto reply = station_->edge("POST", "/v1/orders", body);
        return reply ? parseJson(reply->body, 1 << 16).value_or(Json::object()) : Json::object();
    }
    std::string stateOf(const Json& order) const {
        const auto reply = station_->edge("GET", "/v1/orders/" + order["orderId"].get<std::string>());
        const auto json = reply ? parseJson(reply->body, 1 << 16) : Result<Json>(reply.error());
        return json ? textMember(*json, "state").value_or("") : std::string();
    }
    void arrive(const Json& order) {
        (void)station_->edge("POST", "/v1/orders/" + order["orderId"].get<std::string>() + "/arrivals",
                             Json::object());
    }
    bool isOnline() const { return askTill(*station_, "GET", "/v1/desk").body["online"] == true; }
    /// Without them no promise is kept with the line down.
    bool holdsPartsOfTheShelf() const {
        const auto pools = parseJson(station_->ctl("status").out, 1 << 20).value_or(Json::object());
        for (const auto& [pool, left] : objectMember(pools, "leases").items())
            if (pool.starts_with("shelf/") && left.is_number() && left > 0) return true;
        return false;
    }
    bool picture(const char* what) {
        return browser_->takePicture(fmt::format("{}/{}-{:02}-{}.png", SILTA_SCREENS, name_, ++step_, what));
    }
    bool says(const std::string& words) {
        return QTest::qWaitFor([&] { return browser_->textOf("body").find(words) != std::string::npos; },
                               20'000);
    }
    /// As soon as there is one to be clicked.
    bool clickOn(const std::string& css) {
        return QTest::qWaitFor([&] { return browser_->click(css); }, 20'000);
    }
    /// Opens what is folded, and waits for the cursor there: what comes next is one Tab away.
    bool unfold(const std::string& css) {
        return clickOn(css + " summary") && cursorIn(css + "[open] summary");
    }
    /// Another page, or the same one anew: nothing meant for it reaches the one before.
    bool show(const std::string& url) {
        browser_->evaluate("document.documentElement.dataset.before = ''");
        return browser_->open(url) &&
               QTest::qWaitFor([&] { return browser_->has("html:not([data-before]) #q"); }, 20'000);
    }
    /// Where the cursor stands: waits for it.
    bool cursorIn(const std::string& css) {
        return QTest::qWaitFor([&] { return browser_->has(css + ":focus"); }, 20'000);
    }
    /// The cursor in the button of that change.
    bool cursorAt(const char* act) { return cursorIn(fmt::format("form:has([value={}]) button", act)); }
    /// What edge says of the order.
    Json known(const Json& order) const {
        const auto reply =
            askTill(*station_, "GET", "/v1/orders/" + order["orderId"].get<std::string>() + "?lang=en");
        return reply.body.is_object() ? reply.body : Json::object();
    }
    std::string pageOf(const Json& order, const char* lang) const {
        return station_->tillUrl() + "/order?lang=" + lang + "&id=" + order["orderId"].get<std::string>();
    }
    /// A till that nobody uses locks itself, script or not: essential, WCAG 2.2.1.
    std::string faultsOf(const Accessibility& with) {
        std::string faults;
        for (const auto& line : QByteArray::fromStdString(with.faultsOf(*browser_)).split('\n'))
            if (!line.isEmpty() && !line.contains("meta-refresh")) faults += line.toStdString() + '\n';
        return faults;
    }
    bool signIn(int width, int height, const std::string& badge = kBadge, const std::string& pin = kPin) {
        browser_ = std::make_unique<Browser>(
            BrowserSettings{.width = width, .height = height, .takesAnyCertificate = true});
        if (!browser_->error().empty() || !browser_->open(station_->tillUrl() + "/")) return false;
        if (!cursorIn("#badge")) return false;
        browser_->press(badge + kEnter);
        if (!cursorIn("#pin")) return false;
        browser_->press(pin + kEnter);
        return cursorIn("#q");
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
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("a till") << 1'280 << 800;
        QTest::newRow("a tablet") << 768 << 1'024;
    }
    void worksByKeyboard() {
        QFETCH(int, width);
        QFETCH(int, height);
        name_ = fmt::format("orders-{}x{}", width, height);
        QVERIFY(signIn(width, height));
        browser_->press(kF2);
        QVERIFY(says("No order waits to be handed over."));
        QVERIFY(picture("empty"));

        const auto order = placed("collect", {{"MUG-W", 2}, {"TENT", 1}});
        const auto other = placed("reserve", {{"MUG-W", 1}});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(other), std::string("accepted"), 30'000);
        const auto code = textMember(other, "code").value_or("");
        const auto number = textMember(other, "number").value_or("");
        QVERIFY(!number.empty());

        // Fetched: the slip is scanned, Enter, Enter.
        browser_->press(code + kEnter);
        QVERIFY(says("still has to be fetched"));
        QVERIFY(says("Aisle A12"));
        QVERIFY(cursorAt("pick"));
        QVERIFY(picture("to-fetch"));
        browser_->press(kEnter);
        QVERIFY(says("Somebody is fetching it"));
        QVERIFY(cursorAt("ready"));
        browser_->press(kEnter);
        QVERIFY(says("It is ready to hand over."));
        arrive(other);
        browser_->press(kF2);
        QVERIFY(says("The shopper is here"));
        QVERIFY(picture("list"));

        // Handed over: the number is typed, paid, a wrong word, the word.
        QVERIFY(cursorIn("#q"));
        browser_->press(number + kEnter);
        QVERIFY(says("To pay: €12.95"));
        QVERIFY(cursorAt("pay"));
        QVERIFY(picture("ready"));
        browser_->press(kEnter);
        QVERIFY(cursorIn("#word"));
        browser_->press(std::string("castle") + kEnter);
        QVERIFY(says("That is not the word."));
        QVERIFY(cursorIn("#word"));
        QVERIFY(picture("word-wrong"));
        browser_->press(std::string("harbour") + kEnter);
        QVERIFY(says("It has been handed over."));
        QVERIFY(cursorIn("#q"));
        QVERIFY(picture("done"));
        QCOMPARE(stateOf(other), std::string("handed_over"));

        // Taken back: beyond the field's button, changed mind, opened.
        browser_->press(std::string(kTab) + kTab + "1" + kTab + "c" + kTab + "o");
        QVERIFY(picture("return"));
        browser_->press(std::string(kTab) + kEnter);
        QVERIFY(says("All of it has come back."));
        QVERIFY(says("€12.95"));
        QVERIFY(picture("returned"));
        QCOMPARE(stateOf(other), std::string("returned"));

        // A line is missing.
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(order), std::string("accepted"), 30'000);
        browser_->press(textMember(order, "code").value_or("") + kEnter);
        QVERIFY(cursorAt("pick"));
        QVERIFY(clickOn("form:has([value=missing]) button"));
        QVERIFY(says("Not all of it was found on the shelf."));
        QVERIFY(picture("not-found"));
        QVERIFY(unfold("details:has([value=cancel])"));
        QVERIFY(picture("cancel"));
        browser_->press(std::string(kTab) + "i" + kTab + kEnter); // it was not found
        QVERIFY(says("It has been cancelled."));
        QCOMPARE(stateOf(order), std::string("cancelled"));
    }

    void countsASecondSubmitOnce() {
        name_ = "orders-twice";
        QVERIFY(signIn(1'280, 800));
        const auto order = placed("reserve", {{"MUG-W", 1}});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(order), std::string("accepted"), 30'000);
        browser_->press(textMember(order, "code").value_or("") + kEnter);
        QVERIFY(cursorAt("pick"));
        const auto used = dumpJson(browser_->evaluate("document.querySelector('[name=request]').value"));
        browser_->evaluate("(() => { const form = document.querySelector('form:has([value=pick])'); "
                           "form.submit(); form.submit(); return 0; })()");
        QVERIFY(says("Somebody is fetching it"));
        QVERIFY(cursorAt("ready"));
        QCOMPARE(stateOf(order), std::string("picking"));
        browser_->evaluate("(() => { const form = document.querySelector('form:has([value=ready])'); "
                           "form.elements.request.value = " +
                           used + "; form.submit(); return 0; })()"); // as from the page before
        QVERIFY(says("The order has changed meanwhile."));
        QCOMPARE(stateOf(order), std::string("picking"));
    }

    void givesMoneyBack() {
        const Accessibility accessibility(SILTA_AXE);
        name_ = "orders-refund";
        QVERIFY(signIn(1'280, 800));
        const auto order = placed("reserve", {{"MUG-W", 2}});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(order), std::string("accepted"), 30'000);
        browser_->press(textMember(order, "code").value_or("") + kEnter);
        QVERIFY(cursorAt("pick"));
        QVERIFY(clickOn("form:has([value=pay]) button"));
        QTRY_VERIFY(known(order)["paid"] == true);
        QVERIFY(show(pageOf(order, "en")));
        QVERIFY(unfold("details:has([value=cancel])"));
        browser_->press(std::string(kTab) + "t" + kTab + kEnter); // the shopper does not want it
        QVERIFY(says("It has been cancelled."));
        QVERIFY(says("To give back: €25.90"));
        QVERIFY(cursorIn("#q")); // an Enter too many does nothing
        QVERIFY(picture("owed"));
        std::string faults;
        if (accessibility.missing().empty()) faults += faultsOf(accessibility);
        QVERIFY(show(station_->tillUrl() + "/orders?lang=en&list=look"));
        QVERIFY(says("Money to give back"));
        QVERIFY(picture("list"));
        if (accessibility.missing().empty()) faults += faultsOf(accessibility);
        QVERIFY(show(station_->tillUrl() + "/orders?lang=fi&list=look"));
        QVERIFY(says("Palautettavat maksut"));
        QVERIFY(picture("list-fi"));
        QVERIFY(show(pageOf(order, "fi")));
        QVERIFY(says("Palautettavaa: "));
        QVERIFY(picture("owed-fi"));
        QVERIFY(cursorIn("#q"));
        browser_->press(std::string(kTab) + kTab + kEnter); // beyond the field's button
        QVERIFY(says("Rahat on palautettu"));
        QVERIFY(picture("given-back-fi"));
        QVERIFY(known(order)["refunded"] == true);
        QVERIFY(show(station_->tillUrl() + "/orders?lang=en&list=look"));
        QVERIFY(says("Look into"));
        QVERIFY(browser_->textOf("body").find("Money to give back") == std::string::npos);
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void letsASupervisorForgiveTheWord() {
        const Accessibility accessibility(SILTA_AXE);
        name_ = "orders-forgotten";
        const auto order = placed("reserve", {{"MUG-W", 2}});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(order), std::string("accepted"), 30'000);
        arrive(order);
        QVERIFY(signIn(1'280, 800));
        QVERIFY(show(pageOf(order, "en")));
        QVERIFY(unfold("details:not(:has(form))"));
        QVERIFY(says("A supervisor can hand it over"));
        QVERIFY(picture("cashier"));
        std::string faults;
        if (accessibility.missing().empty()) faults += faultsOf(accessibility);

        QVERIFY(signIn(768, 1'024, "STAFF-1002", "862073"));
        QVERIFY(show(pageOf(order, "sv")));
        QVERIFY(unfold("details:has([value=word_forgotten])"));
        QVERIFY(picture("supervisor-sv"));
        if (accessibility.missing().empty()) faults += faultsOf(accessibility);
        QVERIFY(show(pageOf(order, "sv"))); // the look at it has moved the cursor
        QVERIFY(unfold("details:has([value=word_forgotten])"));
        browser_->press(std::string(kTab) + kEnter);
        QVERIFY(says("Den har lämnats ut."));
        QCOMPARE(stateOf(order), std::string("handed_over"));

        // What the shopper asks at the kiosk is filled in.
        const Json wanted = {{"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"reason", "damaged"}}}}};
        const auto asked = station_->edge(
            "POST", "/v1/orders/" + order["orderId"].get<std::string>() + "/return-requests", wanted);
        QCOMPARE(asked ? asked->status : 0, 200);
        QVERIFY(show(pageOf(order, "en")));
        QVERIFY(says("1 to be returned: Damaged"));
        QVERIFY(picture("return-asked"));
        if (accessibility.missing().empty()) faults += faultsOf(accessibility);
        QVERIFY(show(pageOf(order, "en")));
        QVERIFY(cursorIn("#q"));
        browser_->press(std::string(kTab) + kTab + kTab + kTab + "o"); // only its condition has to be said
        browser_->press(std::string(kTab) + kEnter);
        QVERIFY(says("What came back was worth €12.95"));
        QVERIFY(known(order)["lines"][0]["returned"] == 1);
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void canBeUsedByEverybody() {
        const Accessibility accessibility(SILTA_AXE);
        if (!accessibility.missing().empty()) QSKIP(accessibility.missing().c_str());
        name_ = "orders-axe";
        QVERIFY(signIn(1'280, 800));
        const auto order = placed("reserve", {{"MUG-W", 2}});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(order), std::string("accepted"), 30'000);
        arrive(order);
        const auto card = station_->tillUrl() + "/order?lang=en&id=" + order["orderId"].get<std::string>();
        const auto faultsAt = [&](const std::string& url, const char* words) {
            if (!show(url) || !says(words)) return "not shown: " + url;
            return faultsOf(accessibility);
        };
        auto faults = faultsAt(station_->tillUrl() + "/orders?lang=en", "The shopper is here");
        faults += faultsAt(card, "Ask for the word");
        QVERIFY(clickOn("#word"));
        browser_->press(std::string("harbour") + kEnter);
        QVERIFY(says("It has been handed over."));
        faults += faultsOf(accessibility); // with what may be taken back
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void worksWithTheLineDown() {
        name_ = "orders-offline";
        QTRY_VERIFY_WITH_TIMEOUT(holdsPartsOfTheShelf(), 60'000);
        station_->stopHub();
        QTRY_VERIFY_WITH_TIMEOUT(!isOnline(), 60'000);
        const auto order = placed("reserve", {{"MUG-W", 1}});
        QCOMPARE(textMember(order, "promise").value_or(""), std::string("kept"));
        arrive(order);
        QVERIFY(signIn(1'280, 800));
        browser_->press(kF2);
        QVERIFY2(says("until the line is back"), browser_->textOf("body").c_str());
        QVERIFY(says("The shopper is here"));
        QVERIFY(picture("list"));
        browser_->press(textMember(order, "code").value_or("") + kEnter);
        QVERIFY(says("Headquarters has not heard of it yet."));
        QVERIFY(picture("card"));
        QVERIFY(clickOn("#word"));
        browser_->press(std::string("HARBOUR") + kEnter);
        QVERIFY(says("It has been handed over."));
        QCOMPARE(stateOf(order), std::string("handed_over"));

        // A page that stands there while the line comes back.
        browser_->press(kF2);
        QVERIFY(says("until the line is back"));
        const auto saysOnline = [&] { return browser_->textOf(".line") == "Online"; };
        QVERIFY(station_->startHub());
        QCOMPARE(station_->ctl("sync").status, 0); // whatever its back-off says
        QTRY_VERIFY_WITH_TIMEOUT(saysOnline(), 60'000);
        QVERIFY(browser_->textOf("body").find("until the line is back") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestTillOrderPages)
#include "tst_till_order_pages.moc"
