// Chromium on a guest's phone: driven by ChromeDriver, with the names that the guest network gives it.
// Source: W3C WebDriver.
#pragma once

#include "core/json.h"
#include "support/networks.h"

#include <QTemporaryDir>
#include <memory>
#include <string>

namespace silta::test {

struct BrowserSettings {
    bool takesCookies = true;
    bool runsScript = true;
    std::string language = "en";
};

/// A phone's screen of 390x844. Thread: the test's.
class Browser {
public:
    /// Empty, or what this machine lacks: the words of a QSKIP.
    static std::string missing();

    /// Asks `nameServer` for names.
    Browser(const Network& network, const std::string& nameServer, const BrowserSettings& settings);
    ~Browser();
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;
    /// Empty, or why it did not start.
    [[nodiscard]] const std::string& error() const { return error_; }

    /// As with a click that leads away, the page is there some time after the call. False when it is no URL.
    bool open(const std::string& url);
    [[nodiscard]] std::string url();
    /// What a person reads of the first element; empty when there is none.
    [[nodiscard]] std::string textOf(const std::string& css);
    /// False when there is no such element, or it cannot be clicked or typed into.
    bool click(const std::string& css);
    bool type(const std::string& css, const std::string& text);
    /// Writes a PNG of the whole page.
    bool takePicture(const std::string& path);

private:
    /// The answer's `value`; null when there is none.
    Json command(const char* method, const std::string& path, const Json& body = nullptr);
    /// A command of Chromium's own protocol.
    Json devTools(const char* method, const Json& parameters);
    [[nodiscard]] std::string find(const std::string& css);

    const Network& network_;
    QTemporaryDir folder_;
    std::unique_ptr<QProcess> driver_;
    std::string session_, error_;
};

} // namespace silta::test
