// A real browser on the guest network: it opens a page of the internet, is led to the sign-in, signs in, and
// reads what it wanted. Its pictures go to SILTA_SCREENS, for a person to look at.
#include "e2e/browser.h"
#include "e2e/portal/guest_store.h"

#include <QDir>
#include <QTest>

using namespace silta;
using namespace silta::test;

class TestPortalBrowser : public QObject {
    Q_OBJECT

    std::unique_ptr<GuestStore> store_;

    [[nodiscard]] const Network& guest() { return store_->rig().guest; }
    // Once, as soon as a page that is still being read has something to click on.
    static bool clicks(Browser& browser, const std::string& css) {
        return QTest::qWaitFor([&] { return browser.click(css); }, kPatienceMs);
    }
    static bool types(Browser& browser, const std::string& css, const std::string& text) {
        return QTest::qWaitFor([&] { return browser.type(css, text); }, kPatienceMs);
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        if (const auto missing = Browser::missing(); !missing.empty()) QSKIP(missing.c_str());
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        store_ = std::make_unique<GuestStore>(
            "ways = { email = 240, phone = 240, loyalty = 480, voucher = 120, terms = 30 }\n"
            "quota_megabytes = 500\n");
        const auto wrong = store_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
    void init() {
        if (!store_) QSKIP("skipped: no rig");
        QVERIFY(!store_->newDevice(guest()).empty());
    }
    void cleanupTestCase() { store_.reset(); }

    void signsInAndReadsOn_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("takesCookies");
        QTest::addColumn<bool>("runsScript");
        QTest::addColumn<QString>("language");
        QTest::newRow("as phones are") << "plain" << true << true << "en";
        QTest::newRow("no cookies, no script") << "bare" << false << false << "fi";
    }
    void signsInAndReadsOn() {
        QFETCH(QString, name);
        QFETCH(bool, takesCookies);
        QFETCH(bool, runsScript);
        QFETCH(QString, language);
        const auto picture = [&](const char* step) {
            return fmt::format("{}/{}-{}.png", SILTA_SCREENS, name.toStdString(), step);
        };
        Browser browser(
            guest(), kGateway4,
            {.takesCookies = takesCookies, .runsScript = runsScript, .language = language.toStdString()});
        QVERIFY2(browser.error().empty(), browser.error().c_str());
        QVERIFY(browser.open("http://www.internet.net/page"));
        QTRY_VERIFY_WITH_TIMEOUT(browser.textOf("body").find("Helsinki Kamppi") != std::string::npos,
                                 kPatienceMs);
        QVERIFY2(browser.url().starts_with("http://10.77.0.1/?to="), browser.url().c_str());
        QVERIFY(browser.takePicture(picture("1-sign-in")));

        QVERIFY(clicks(browser, "a[href^='/find']")); // before the internet as well as after it
        QTRY_VERIFY_WITH_TIMEOUT(browser.has("#q"), kPatienceMs);
        QVERIFY(types(browser, "#q", "stoneware"));
        QVERIFY(clicks(browser, "form[role=search] button"));
        QTRY_VERIFY_WITH_TIMEOUT(!browser.textOf(".found li").empty(), kPatienceMs);
        QVERIFY(browser.takePicture(picture("5-found")));
        QVERIFY(browser.open("http://10.77.0.1/join"));
        QTRY_VERIFY_WITH_TIMEOUT(browser.has("#membership"), kPatienceMs);
        QVERIFY(types(browser, "#email", "a.member@example.com"));
        QVERIFY(clicks(browser, "label[for=membership]"));
        QVERIFY(clicks(browser, "form[action='/join'] button"));
        QTRY_VERIFY_WITH_TIMEOUT(!browser.textOf(".number dd").empty(), kPatienceMs);
        QVERIFY(browser.takePicture(picture("6-joined")));
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
        QVERIFY(browser.open("http://www.internet.net/page"));
        QTRY_VERIFY_WITH_TIMEOUT(browser.has("form[action='/login']"), kPatienceMs);

        QVERIFY(clicks(browser, "form[action='/login'] button")); // nothing filled in
        QTRY_VERIFY_WITH_TIMEOUT(!browser.textOf(".problems h2").empty(), kPatienceMs);
        QVERIFY(browser.takePicture(picture("2-problems")));

        QVERIFY(types(browser, "#email", "a.guest@example.com"));
        QVERIFY(clicks(browser, "label[for=terms]"));
        QVERIFY(clicks(browser, "form[action='/login'] button"));
        QTRY_COMPARE_WITH_TIMEOUT(browser.url(), "http://10.77.0.1/?lang=" + language.toStdString(),
                                  kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!browser.textOf("form[action='/sign-out'] button").empty(), kPatienceMs);
        QVERIFY(browser.takePicture(picture("3-signed-in")));
        QCOMPARE(store_->isCaptive(guest()), std::optional(false));

        QVERIFY(clicks(browser, "a[href='http://www.internet.net/page']"));
        QTRY_COMPARE_WITH_TIMEOUT(browser.url(), std::string("http://www.internet.net/page"), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(browser.textOf("body"), std::string("www.internet.net /page"), kPatienceMs);

        QVERIFY(browser.open("http://10.77.0.1/"));
        QTRY_VERIFY_WITH_TIMEOUT(!browser.textOf("form[action='/sign-out'] button").empty(), kPatienceMs);
        QVERIFY(clicks(browser, "form[action='/sign-out'] button"));
        QTRY_COMPARE_WITH_TIMEOUT(store_->isCaptive(guest()), std::optional(true), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(browser.url(), std::string("http://10.77.0.1/sign-out"), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!browser.textOf("h1").empty(), kPatienceMs);
        QVERIFY(browser.takePicture(picture("4-signed-out")));
    }
};

QTEST_GUILESS_MAIN(TestPortalBrowser)
#include "tst_portal_browser.moc"
