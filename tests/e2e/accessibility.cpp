#include "e2e/accessibility.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

namespace silta::test {

namespace {

constexpr int kNpmMs = 60'000;
constexpr int kReflowWidth = 320; // WCAG 1.4.10
constexpr int kZoomWidth = 390;   // a phone, for 1.4.4

std::string textOfFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void addTo(std::string& faults, const char* when, const Json& found) {
    if (!found.is_array()) { // the script itself failed
        faults += fmt::format("{}: not looked at: {}\n", when, dumpJson(found));
        return;
    }
    for (const auto& fault : found)
        faults += fmt::format("{}: {}\n", when, fault.get<std::string>());
}

} // namespace

Accessibility::Accessibility(const std::string& folder) {
    const auto home = QString::fromStdString(folder);
    const auto axe = home + "/node_modules/axe-core/axe.min.js";
    if (QStandardPaths::findExecutable("npm").isEmpty()) missing_ = "skipped: no npm";
    if (missing_.empty() && !QFile::exists(axe)) {
        QDir().mkpath(home);
        QFile::remove(home + "/package.json");
        QFile::copy(SILTA_ACCESSIBILITY "/package.json", home + "/package.json");
        QProcess npm;
        npm.setWorkingDirectory(home);
        npm.start("npm", {"install", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=0",
                          "--fetch-timeout=20000"});
        if (!npm.waitForFinished(kNpmMs)) npm.kill();
        if (!QFile::exists(axe)) missing_ = "skipped: npm does not reach its registry";
    }
    script_ = textOfFile(axe) + ";\n" + textOfFile(SILTA_ACCESSIBILITY "/checks.js");
}

std::string Accessibility::faultsOf(Browser& browser, const Looks& looks) const {
    std::string faults;
    // A page that was written into the window of another one has it already.
    if (browser.evaluate("typeof silta") != Json("object")) browser.evaluate(script_ + ";0");
    if (looks.inLight) {
        addTo(faults, "light", browser.evaluate("silta.axe()"));
        addTo(faults, "keyboard", browser.evaluate("silta.focus()"));
    }
    if (looks.inDark) {
        browser.emulate({.isDark = true});
        const auto* rules =
            looks.inLight ? "['color-contrast', 'link-in-text-block']" : ""; // the others saw light
        addTo(faults, "dark", browser.evaluate(fmt::format("silta.axe({})", rules)));
    }
    if (looks.atSizes) {
        browser.emulate({.width = kReflowWidth});
        addTo(faults, "at 320 px", browser.evaluate("silta.overflow()"));
        browser.emulate({.width = kZoomWidth});
        addTo(faults, "text at 200 %",
              browser.evaluate("document.documentElement.style.fontSize = '200%'; silta.overflow()"));
    }
    if (looks.inDark || looks.atSizes) browser.emulate({});
    return faults;
}

} // namespace silta::test
