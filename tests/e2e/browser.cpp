#include "e2e/browser.h"

#include <fmt/format.h>

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QThread>
#include <algorithm>
#include <array>
#include <string_view>

namespace silta::test {

namespace {

constexpr int kPhoneWidthMax = 600;
constexpr int kOpenMs = 30'000;
// An address of IPv6 that comes soon after a device has joined stops what is on its way: a page, or a name.
constexpr std::array<std::string_view, 2> kUnsettled = {"net::ERR_NETWORK_CHANGED",
                                                        "net::ERR_NAME_NOT_RESOLVED"};
constexpr int kOpenAttemptsMax = 4;
constexpr int kSettlesMs = 1'000;
constexpr int kBlocked = 2; // of a content setting
constexpr qsizetype kPictureBytesMin = 1'000;
constexpr std::size_t kPictureBytesMax = 32U << 20U;

/// Of a key without a character: what a page is told.
struct NamedKey {
    const char* key;   ///< as in kTab and the others
    const char* name;  ///< `key` and `code` of the event
    int number;        ///< its old number
    const char* types; ///< what it types
};
constexpr std::array kNamedKeys = {NamedKey{kTab, "Tab", 9, ""}, NamedKey{kEnter, "Enter", 13, "\r"},
                                   NamedKey{kF2, "F2", 113, ""}};

bool writePreferences(const QString& profile, const BrowserSettings& settings) {
    Json contents = Json::object();
    if (!settings.takesCookies) contents["cookies"] = kBlocked;
    if (!settings.runsScript) contents["javascript"] = kBlocked;
    const Json preferences = {{"intl", {{"accept_languages", settings.language}}},
                              {"credentials_enable_service", false},
                              {"profile", {{"default_content_setting_values", contents}}}};
    QFile file(profile + "/Default/Preferences");
    return QDir().mkpath(profile + "/Default") && file.open(QIODevice::WriteOnly) &&
           file.write(dumpJson(preferences).c_str()) > 0;
}

std::vector<std::string> arguments(const std::string& profile, const BrowserSettings& settings) {
    std::vector<std::string> list = {"--headless=new",
                                     "--no-sandbox",
                                     "--disable-gpu",
                                     "--disable-dev-shm-usage",
                                     "--no-first-run",
                                     "--no-default-browser-check",
                                     "--disable-background-networking",
                                     "--disable-component-update",
                                     "--disable-default-apps",
                                     "--disable-sync",
                                     "--disable-popup-blocking",
                                     "--password-store=basic",
                                     "--enable-automation",
                                     "--user-data-dir=" + profile};
    if (settings.takesAnyCertificate) list.emplace_back("--ignore-certificate-errors");
    list.emplace_back("about:blank");
    return list;
}

/// `css` as the text of a JavaScript expression that finds its first element.
std::string element(const std::string& css) {
    return "document.querySelector(" + dumpJson(css) + ")";
}

} // namespace

std::string Browser::missing() {
    return QStandardPaths::findExecutable("chromium").isEmpty() ? "skipped: no chromium" : std::string();
}

Browser::Browser(const Network& network, const std::string& nameServer, const BrowserSettings& settings)
    : settings_(settings) {
    QFile resolver(folder_.filePath("resolv.conf"));
    if (!resolver.open(QIODevice::WriteOnly)) {
        error_ = "cannot write resolv.conf";
        return;
    }
    resolver.write(("nameserver " + nameServer + "\n").c_str());
    resolver.close();
    start(&network, resolver.fileName().toStdString());
}

Browser::Browser(const BrowserSettings& settings) : settings_(settings) {
    start(nullptr, {});
}

void Browser::start(const Network* network, const std::string& resolver) {
    const auto profile = folder_.filePath("profile");
    if (!writePreferences(profile, settings_)) {
        error_ = "cannot write the profile";
        return;
    }
    tools_ = std::make_unique<DevTools>(network, resolver, arguments(profile.toStdString(), settings_));
    error_ = tools_->error();
    if (!error_.empty()) return;
    // Headless, the page may be one without the keyboard.
    tools_->call("Emulation.setFocusEmulationEnabled", {{"enabled", true}});
    tools_->call("Emulation.setTouchEmulationEnabled", {{"enabled", settings_.width < kPhoneWidthMax}});
    emulate({});
}

void Browser::emulate(const Emulation& emulation) {
    const auto width = emulation.width == 0 ? settings_.width : emulation.width;
    // A phone shows a page that is too wide smaller: what is too wide is seen in a window.
    const bool isPhone = emulation.width == 0 && width < kPhoneWidthMax;
    tools_->call("Emulation.setDeviceMetricsOverride", {{"width", width},
                                                        {"height", settings_.height},
                                                        {"deviceScaleFactor", width < kPhoneWidthMax ? 2 : 1},
                                                        {"mobile", isPhone}});
    tools_->call(
        "Emulation.setEmulatedMedia",
        {{"features", {{{"name", "prefers-color-scheme"}, {"value", emulation.isDark ? "dark" : "light"}}}}});
}

Json Browser::evaluate(const std::string& expression) {
    const auto answer =
        tools_->call("Runtime.evaluate",
                     {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}}, kOpenMs);
    const auto& result = objectMember(answer, "result");
    return result.is_object() && !answer.contains("exceptionDetails") ? result.value("value", Json())
                                                                      : Json();
}

bool Browser::open(const std::string& url) {
    for (int attempt = 0; attempt < kOpenAttemptsMax; ++attempt) {
        const auto answer = tools_->call("Page.navigate", {{"url", url}}, kOpenMs);
        const auto fault = textMember(answer, "errorText").value_or("");
        if (fault.empty()) return answer.contains("frameId");
        qWarning("%s: %s", url.c_str(), fault.c_str());
        if (std::ranges::find(kUnsettled, fault) == kUnsettled.end()) return false;
        QThread::msleep(kSettlesMs);
    }
    return false;
}

std::string Browser::url() {
    const auto history = tools_->call("Page.getNavigationHistory");
    const auto& entries = arrayMember(history, "entries");
    const auto index = static_cast<std::size_t>(integerMember(history, "currentIndex").value_or(0));
    return index < entries.size() ? entries[index].value("url", std::string()) : std::string();
}

bool Browser::has(const std::string& css) {
    return evaluate(element(css) + " !== null") == true;
}

std::string Browser::textOf(const std::string& css) {
    const auto text = evaluate("(e => e?.checkVisibility() ? e.innerText.trim() : '')(" + element(css) + ")");
    return text.is_string() ? text.get<std::string>() : std::string();
}

std::int64_t Browser::find(const std::string& css) {
    const auto document = tools_->call("DOM.getDocument", {{"depth", 0}});
    const auto root = integerMember(objectMember(document, "root"), "nodeId").value_or(0);
    const auto found = tools_->call("DOM.querySelector", {{"nodeId", root}, {"selector", css}});
    return integerMember(found, "nodeId").value_or(0);
}

bool Browser::click(const std::string& css) {
    const auto node = find(css);
    if (node == 0) return false;
    tools_->call("DOM.scrollIntoViewIfNeeded", {{"nodeId", node}});
    const auto shape = tools_->call("DOM.getContentQuads", {{"nodeId", node}});
    const auto& quads = arrayMember(shape, "quads");
    if (quads.empty() || quads[0].size() != 8) return false; // four corners
    const auto middle = [&quads](std::size_t axis) {
        return (quads[0][axis].get<double>() + quads[0][4 + axis].get<double>()) / 2;
    };
    for (const auto* what : {"mousePressed", "mouseReleased"})
        tools_->call(
            "Input.dispatchMouseEvent",
            {{"type", what}, {"x", middle(0)}, {"y", middle(1)}, {"button", "left"}, {"clickCount", 1}});
    return true;
}

bool Browser::type(const std::string& css, const std::string& text) {
    const auto node = find(css);
    if (node == 0 || tools_->call("DOM.focus", {{"nodeId", node}}).is_null()) return false;
    press(text);
    return true;
}

void Browser::press(const std::string& keys) {
    for (const auto character : QString::fromStdString(keys)) {
        const auto text = QString(character).toStdString();
        const auto* const named =
            std::ranges::find_if(kNamedKeys, [&text](const NamedKey& key) { return text == key.key; });
        Json event = {{"key", text}, {"text", text}};
        if (named != kNamedKeys.end())
            event = {{"key", named->name},
                     {"code", named->name},
                     {"windowsVirtualKeyCode", named->number},
                     {"text", named->types}};
        for (const auto* what : {"keyDown", "keyUp"}) {
            event["type"] = what;
            tools_->call("Input.dispatchKeyEvent", event);
            event.erase("text"); // it is typed by the first
        }
    }
}

bool Browser::takePicture(const std::string& path) {
    const auto picture =
        tools_->call("Page.captureScreenshot", {{"format", "png"}, {"captureBeyondViewport", true}}, kOpenMs);
    const auto data = textMember(picture, "data", kPictureBytesMax).value_or("");
    QFile file(QString::fromStdString(path));
    const auto bytes = QByteArray::fromBase64(QByteArray::fromStdString(data));
    return bytes.size() > kPictureBytesMin && file.open(QIODevice::WriteOnly) &&
           file.write(bytes) == bytes.size();
}

} // namespace silta::test
