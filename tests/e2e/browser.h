// Chromium: on a guest's phone, with the names that the guest network gives it, or on this machine's own
// network.
#pragma once

#include "e2e/devtools.h"

#include <QTemporaryDir>
#include <memory>
#include <string>

namespace silta::test {

// Keys without a character, as one. Source: W3C WebDriver, 17.4.2.
inline constexpr const char* kTab = "\uE004";
inline constexpr const char* kEnter = "\uE007";
inline constexpr const char* kF2 = "\uE032";

struct BrowserSettings {
    bool takesCookies = true;
    bool runsScript = true;
    std::string language = "en";
    int width = 390, height = 844; ///< narrower than 600: a phone's, with a finger
    bool takesAnyCertificate = false;
};

/// What a page sees of the device that shows it.
struct Emulation {
    bool isDark = false;
    int width = 0; ///< of a window; 0: as the browser was started
};

/// Thread: the test's.
class Browser {
public:
    /// Empty, or what this machine lacks: the words of a QSKIP.
    static std::string missing();

    /// Asks `nameServer` for names.
    Browser(const Network& network, const std::string& nameServer, const BrowserSettings& settings);
    /// On this machine's own network.
    explicit Browser(const BrowserSettings& settings);
    /// Empty, or why it did not start.
    [[nodiscard]] const std::string& error() const { return error_; }

    /// As with a click that leads away, the page is there some time after the call. False when it is no URL.
    bool open(const std::string& url);
    [[nodiscard]] std::string url();
    /// What a person reads of the first element; empty when there is none.
    [[nodiscard]] std::string textOf(const std::string& css);
    /// There is such an element now.
    [[nodiscard]] bool has(const std::string& css);
    /// False when there is no such element, or it cannot be clicked or typed into.
    bool click(const std::string& css);
    bool type(const std::string& css, const std::string& text);
    /// Presses keys, as a keyboard or a scanner does, wherever the cursor stands.
    void press(const std::string& keys);
    /// What a JavaScript expression comes to, waited for where it is a promise; null when it throws. The
    /// page's own policy does not count.
    Json evaluate(const std::string& expression);
    void emulate(const Emulation& emulation);
    /// Writes a PNG of the whole page.
    bool takePicture(const std::string& path);

private:
    /// The node that the browser knows it by; 0: there is none.
    [[nodiscard]] std::int64_t find(const std::string& css);
    void start(const Network* network, const std::string& resolver);

    const BrowserSettings settings_;
    QTemporaryDir folder_;
    std::unique_ptr<DevTools> tools_;
    std::string error_;
};

} // namespace silta::test
