// Every page of the portal in every state and language, for those who see little, or hear it, or have no
// pointer: in Chromium, light and dark. Pictures of some go to SILTA_SCREENS, for a person to look at.
#include "e2e/accessibility.h"
#include "support/portal_samples.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <set>

using namespace silta;
using namespace silta::test;

class TestPortalAccessibility : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Accessibility> accessibility_;
    std::unique_ptr<Browser> browser_;

    /// Writes it, opens it, and waits until it is there.
    bool show(const std::string& name, const std::string& html) {
        const auto path = fmt::format("{}/{}.html", folder_.path().toStdString(), name);
        std::ofstream(path, std::ios::binary) << html;
        browser_->open("file://" + path);
        return QTest::qWaitFor([this, &name] {
            const auto state = browser_->evaluate("document.readyState + ' ' + location.pathname");
            return state.is_string() && state.get<std::string>().starts_with("complete") &&
                   state.get<std::string>().ends_with("/" + name + ".html");
        });
    }

private slots:
    void initTestCase() {
        if (const auto missing = Browser::missing(); !missing.empty()) QSKIP(missing.c_str());
        accessibility_ = std::make_unique<Accessibility>(SILTA_AXE);
        if (const auto& missing = accessibility_->missing(); !missing.empty()) QSKIP(missing.c_str());
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        browser_ = std::make_unique<Browser>(BrowserSettings{});
        QVERIFY2(browser_->error().empty(), browser_->error().c_str());
    }

    void findsWhatIsWrong() {
        if (!browser_) QSKIP("skipped: no browser");
        QVERIFY(show("wrong", "<!doctype html><html><head><title>x</title><meta name=viewport "
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
        QTest::addColumn<QString>("language");
        for (const auto lang : kLangs)
            QTest::newRow(std::string(codeOf(lang)).c_str()) << QString::fromUtf8(codeOf(lang));
    }
    void everybodyCanUseEveryPage() {
        if (!browser_) QSKIP("skipped: no browser");
        QFETCH(QString, language);
        const auto lang = *std::ranges::find(kLangs, language.toStdString(), codeOf);
        const std::set<std::string> pictured = {"login",  "login-error", "landing", "find-found", "join",
                                                "joined", "collect",     "time-up", "status-503"};
        std::string faults;
        for (const auto& page : samplePages(lang)) {
            browser_->emulate({});
            const auto name = page.name + "." + language.toStdString();
            QVERIFY2(show(name, page.html), name.c_str());
            if (pictured.contains(page.name)) {
                QVERIFY(browser_->takePicture(fmt::format("{}/{}.light.png", SILTA_SCREENS, name)));
                browser_->emulate({.isDark = true});
                QVERIFY(browser_->takePicture(fmt::format("{}/{}.dark.png", SILTA_SCREENS, name)));
                browser_->emulate({});
            }
            if (const auto found = accessibility_->faultsOf(*browser_); !found.empty())
                faults += name + "\n" + found;
        }
        QVERIFY2(faults.empty(), faults.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPortalAccessibility)
#include "tst_portal_accessibility.moc"
