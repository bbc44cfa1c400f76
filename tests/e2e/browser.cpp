#include "e2e/browser.h"

#include <silta/http.h>

#include <sys/prctl.h>

#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>
#include <csignal>

namespace silta::test {

namespace {

constexpr int kPhoneWidthMax = 600;
constexpr std::size_t kAnswerBytesMax = 32U << 20U; // a picture
constexpr int kBlocked = 2;                         // of a content setting
constexpr const char* kElement = "element-6066-11e4-a52e-4f735466cecf";

Json capabilities(const BrowserSettings& settings, const std::string& profile) {
    auto arguments = Json::array(
        {"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--user-data-dir=" + profile});
    auto preferences = Json{{"intl.accept_languages", settings.language}};
    const char* kContent = "profile.default_content_setting_values.";
    if (!settings.takesCookies) preferences[std::string(kContent) + "cookies"] = kBlocked;
    if (!settings.runsScript) preferences[std::string(kContent) + "javascript"] = kBlocked;
    Json options = {{"args", arguments}, {"prefs", preferences}};
    if (settings.width < kPhoneWidthMax)
        options["mobileEmulation"] = {
            {"deviceMetrics",
             {{"width", settings.width}, {"height", settings.height}, {"pixelRatio", 2}, {"touch", true}}}};
    return {{"capabilities",
             {{"alwaysMatch",
               {{"pageLoadStrategy", "none"}, // with no script, the driver would wait for ever
                {"acceptInsecureCerts", settings.takesAnyCertificate},
                {"goog:chromeOptions", options}}}}}};
}

} // namespace

std::string Browser::missing() {
    for (const auto* program : {"chromium", "chromedriver"})
        if (QStandardPaths::findExecutable(program).isEmpty()) return fmt::format("skipped: no {}", program);
    return {};
}

Browser::Browser(const Network& network, const std::string& nameServer, const BrowserSettings& settings)
    : network_(&network), settings_(settings), driverUrl_("http://127.0.0.1:9515") {
    start(nameServer);
}

Browser::Browser(const BrowserSettings& settings) : settings_(settings) {
    QTcpServer free;
    free.listen(QHostAddress::LocalHost);
    driverUrl_ = fmt::format("http://127.0.0.1:{}", free.serverPort());
    free.close();
    start({});
}

void Browser::start(const std::string& nameServer) {
    const auto program = QStandardPaths::findExecutable("chromedriver");
    const auto port = QString::fromStdString("--port=" + driverUrl_.substr(driverUrl_.rfind(':') + 1));
    if (network_ != nullptr) {
        QFile resolver(folder_.filePath("resolv.conf"));
        if (!resolver.open(QIODevice::WriteOnly)) {
            error_ = "cannot write resolv.conf";
            return;
        }
        resolver.write(("nameserver " + nameServer + "\n").c_str());
        resolver.close();
        driver_ = network_->start(program, {port}, resolver.fileName().toStdString());
    } else {
        driver_ = std::make_unique<QProcess>();
        driver_->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        driver_->start(program, {port});
    }
    const auto isThere = QTest::qWaitFor([this] { return !command("GET", "/status").is_null(); }, 20'000);
    const auto answer = isThere ? command("POST", "/session",
                                          capabilities(settings_, folder_.filePath("profile").toStdString()))
                                : Json();
    session_ = textMember(answer, "sessionId").value_or("");
    if (session_.empty()) {
        error_ = "the browser does not start: " + dumpJson(answer);
        return;
    }
    // Headless, the page may be one without the keyboard.
    if (network_ == nullptr) devTools("Emulation.setFocusEmulationEnabled", {{"enabled", true}});
    if (settings_.width >= kPhoneWidthMax) emulate({});
}

void Browser::emulate(const Emulation& emulation) {
    const auto width = emulation.width == 0 ? settings_.width : emulation.width;
    // A phone shows a page that is too wide smaller: what is too wide is seen in a window.
    const bool isPhone = emulation.width == 0 && width < kPhoneWidthMax;
    devTools("Emulation.setDeviceMetricsOverride", {{"width", width},
                                                    {"height", settings_.height},
                                                    {"deviceScaleFactor", width < kPhoneWidthMax ? 2 : 1},
                                                    {"mobile", isPhone}});
    devTools(
        "Emulation.setEmulatedMedia",
        {{"features", {{{"name", "prefers-color-scheme"}, {"value", emulation.isDark ? "dark" : "light"}}}}});
}

Json Browser::evaluate(const std::string& expression) {
    const auto answer = devTools(
        "Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}});
    const auto result = answer.find("result");
    return answer.is_object() && !answer.contains("exceptionDetails") && result != answer.end()
               ? result->value("value", Json())
               : Json();
}

Browser::~Browser() {
    if (!session_.empty()) command("DELETE", "/session/" + session_);
    if (!driver_) return;
    driver_->kill();
    driver_->waitForFinished();
}

Json Browser::command(const char* method, const std::string& path, const Json& body) {
    HttpCall call;
    call.method = method;
    call.url = driverUrl_ + path;
    call.timeoutMs = 30'000;
    call.responseBytesMax = kAnswerBytesMax;
    if (!body.is_null()) call.body = dumpJson(body);
    Json value;
    const auto send = [&] {
        const auto reply = makeCurlTransport()->send(call);
        if (!reply) return;
        const auto json = Json::parse(reply->body, nullptr, false); // a picture is longer than our messages
        if (json.is_object() && json.contains("value")) value = json["value"];
        if (reply->status != 200)
            value = Json();
        else if (value.is_null())
            value = Json::object(); // done, with nothing to say
    };
    if (network_ != nullptr)
        network_->in(send);
    else
        send();
    return value;
}

bool Browser::open(const std::string& url) {
    return !command("POST", "/session/" + session_ + "/url", {{"url", url}}).is_null();
}

std::string Browser::url() {
    const auto value = command("GET", "/session/" + session_ + "/url");
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string Browser::find(const std::string& css) {
    const auto value =
        command("POST", "/session/" + session_ + "/element", {{"using", "css selector"}, {"value", css}});
    return value.is_object() && value.contains(kElement)
               ? "/session/" + session_ + "/element/" + value[kElement].get<std::string>()
               : std::string();
}

bool Browser::has(const std::string& css) {
    return !find(css).empty();
}

std::string Browser::textOf(const std::string& css) {
    const auto element = find(css);
    if (element.empty()) return {};
    const auto value = command("GET", element + "/text");
    return value.is_string() ? value.get<std::string>() : std::string();
}

Json Browser::devTools(const char* method, const Json& parameters) {
    return command("POST", "/session/" + session_ + "/goog/cdp/execute",
                   {{"cmd", method}, {"params", parameters}});
}

// The driver's own click waits for script, which a page may not have.
bool Browser::click(const std::string& css) {
    const auto document = devTools("DOM.getDocument", {{"depth", 0}});
    const auto root = integerMember(objectMember(document, "root"), "nodeId").value_or(0);
    const auto found = devTools("DOM.querySelector", {{"nodeId", root}, {"selector", css}});
    const auto node = integerMember(found, "nodeId").value_or(0);
    if (node == 0) return false;
    devTools("DOM.scrollIntoViewIfNeeded", {{"nodeId", node}});
    const auto shape = devTools("DOM.getContentQuads", {{"nodeId", node}});
    const auto& quads = arrayMember(shape, "quads");
    if (quads.empty() || quads[0].size() != 8) return false; // four corners
    const auto middle = [&quads](std::size_t axis) {
        return (quads[0][axis].get<double>() + quads[0][4 + axis].get<double>()) / 2;
    };
    for (const auto* what : {"mousePressed", "mouseReleased"})
        devTools("Input.dispatchMouseEvent",
                 {{"type", what}, {"x", middle(0)}, {"y", middle(1)}, {"button", "left"}, {"clickCount", 1}});
    return true;
}

bool Browser::type(const std::string& css, const std::string& text) {
    const auto element = find(css);
    return !element.empty() && !command("POST", element + "/value", {{"text", text}}).is_null();
}

void Browser::press(const std::string& keys) {
    auto actions = Json::array();
    for (const auto key : QString::fromStdString(keys))
        for (const auto* what : {"keyDown", "keyUp"})
            actions.push_back({{"type", what}, {"value", QString(key).toStdString()}});
    command("POST", "/session/" + session_ + "/actions",
            {{"actions", {{{"type", "key"}, {"id", "keyboard"}, {"actions", actions}}}}});
}

bool Browser::takePicture(const std::string& path) {
    const auto picture =
        devTools("Page.captureScreenshot", {{"format", "png"}, {"captureBeyondViewport", true}});
    if (!picture.is_object() || !picture.contains("data")) return false;
    QFile file(QString::fromStdString(path));
    const auto bytes = QByteArray::fromBase64(QByteArray::fromStdString(picture["data"].get<std::string>()));
    return bytes.size() > 1'000 && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace silta::test
