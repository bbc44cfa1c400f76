// Every page of the portal in every state and language, for those who see little, or hear it, or have no
// pointer: in Chromium, light and dark. Pictures of some go to SILTA_SCREENS, for a person to look at.
#include "e2e/accessibility.h"
#include "support/portal_samples.h"

#include <QDir>
#include <QTest>
#include <set>

using namespace silta;
using namespace silta::test;

class TestPortalAccessibility : public QObject {
    Q_OBJECT

    std::unique_ptr<Accessibility> accessibility_;
    std::unique_ptr<Browser> browser_;
    int shown_ = 0;

    /// Writes it into the window that is there, which keeps what has been loaded to look at it.
    bool show(const std::string& html) {
        const auto mark = fmt::format("page-{}", ++shown_);
        browser_->evaluate(fmt::format("document.open(); document.write({}); document.close(); "
                                       "document.documentElement.id = '{}'; 0",
                                       dumpJson(html), mark));
        return QTest::qWaitFor(
            [&] {
                return browser_->evaluate("document.readyState + document.documentElement.id") ==
                       Json("complete" + mark);
            },
            kPatienceMs);
    }
    void takePicture(const std::string& name) {
        QVERIFY2(browser_->takePicture(fmt::format("{}/{}.png", SILTA_SCREENS, name)), name.c_str());
    }

private slots:
    void initTestCase() {
        if (const auto missing = Browser::missing(); !missing.empty()) QSKIP(missing.c_str());
        accessibility_ = std::make_unique<Accessibility>(SILTA_AXE);
        if (const auto& missing = accessibility_->missing(); !missing.empty()) QSKIP(missing.c_str());
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        browser_ = std::make_unique<Browser>(BrowserSettings{});
        QVERIFY2(browser_->error().empty(), browser_->error().c_str());
        QVERIFY(browser_->open("about:blank")); // what a browser begins with lets nobody write
        QTRY_COMPARE_WITH_TIMEOUT(browser_->url(), std::string("about:blank"), kPatienceMs);
    }

    void findsWhatIsWrong() {
        if (!browser_) QSKIP("skipped: no browser");
        QVERIFY(show("<!doctype html><html><head><title>x</title><meta name=viewport "
                     "content=\"width=device-width\"><style>a{outline:0!important}"
                     "p{color:#bbb;background:#fff;width:60rem}</style></head><body><main><h1>x</h1>"
                     "<p>pale</p><img src=x><a href=x>a</a></main></body></html>"));
        const auto faults = accessibility_->faultsOf(*browser_);
        for (const auto* fault :
             {"light: color-contrast", "light: image-alt", "light: html-has-lang",
              "keyboard: focus is not seen: <a", "at 320 px: 968 px wide", "text at 200 %: 1928 px wide"})
            QVERIFY2(faults.find(fault) != std::string::npos, fault);
    }

    void everybodyCanUseEveryPage_data() {
        QTest::addColumn<int>("language");
        for (std::size_t i = 0; i < kLangs.size(); ++i)
            QTest::newRow(std::string(codeOf(kLangs[i])).c_str()) << static_cast<int>(i);
    }
    // Colours, names and order are the same in every language: each page is looked at in one language in
    // light and in another in dark, the languages taking turns. How long words are is not: sizes are tried in
    // all. SILTA_EVERY_STATE=1 looks at everything everywhere.
    void everybodyCanUseEveryPage() {
        if (!browser_) QSKIP("skipped: no browser");
        QFETCH(int, language);
        const bool isEveryState = qEnvironmentVariableIsSet("SILTA_EVERY_STATE");
        const auto lang = kLangs[static_cast<std::size_t>(language)];
        const std::set<std::string> pictured = {"login",  "login-error", "landing", "find-found", "join",
                                                "joined", "collect",     "time-up", "status-503"};
        std::string faults;
        int pages = 0, states = 0;
        for (const auto& page : samplePages(lang)) {
            const auto turn = (language + pages++) % static_cast<int>(kLangs.size());
            const Looks looks{isEveryState || turn == 0, isEveryState || turn == 2, true};
            states += 2 + (looks.inLight ? 2 : 0) + (looks.inDark ? 1 : 0);
            const auto name = fmt::format("{}.{}", page.name, codeOf(lang));
            QVERIFY2(show(page.html), name.c_str());
            if (pictured.contains(page.name) && looks.inLight) takePicture(name + ".light");
            if (pictured.contains(page.name) && looks.inDark) {
                browser_->emulate({.isDark = true});
                takePicture(name + ".dark");
                browser_->emulate({});
            }
            if (const auto found = accessibility_->faultsOf(*browser_, looks); !found.empty())
                faults += name + "\n" + found;
        }
        qInfo("%d pages, %d states", pages, states);
        QVERIFY2(faults.empty(), faults.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPortalAccessibility)
#include "tst_portal_accessibility.moc"
