#include "e2e/station.h"

#include <fmt/format.h>
#include <sys/prctl.h>

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QThread>
#include <csignal>

namespace silta::test {

namespace {

constexpr int kUpMs = 20'000; // sanitizer builds on a busy machine start slowly
constexpr int kPollMs = 25;
constexpr int kRunMs = 120'000;

QStringList toList(const std::vector<std::string>& words) {
    QStringList list;
    for (const auto& word : words)
        list << QString::fromStdString(word);
    return list;
}

int freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool until(const std::function<bool()>& isDone) {
    const QDeadlineTimer deadline(kUpMs);
    while (!isDone()) {
        if (deadline.hasExpired()) return false;
        QThread::msleep(kPollMs);
    }
    return true;
}

/// What is started so does not outlive a test that is killed.
void endWithUs(QProcess& process) {
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

void end(std::unique_ptr<QProcess>& process, bool gently) {
    if (!process) return;
    if (gently) {
        process->terminate();
        process->waitForFinished(kUpMs);
    }
    process->kill();
    process->waitForFinished();
    process.reset();
}

} // namespace

Station::Station(std::string programs)
    : programs_(std::move(programs)), folder_(temporary_.path().toStdString()) {
    QDir().mkpath(QString::fromStdString(path("run")));
    hubPort_ = freePort();
    proxyPort_ = freePort();
    tillPort_ = freePort();
    write("edge.toml", "state_folder = '" + path("state") + "'\ncatalog_folder = '" + path("catalog") +
                           "'\nsocket_folder = '" + path("run") + "'\nhub_url = '" + recordedUrl() +
                           "'\npull_seconds = 1\n");
    write("till.toml", fmt::format("listen = ['127.0.0.1:{}']\nstate_folder = '{}'\nedge_socket = '{}'\n",
                                   tillPort_, path("till"), path("run/till.sock")));
}

Station::~Station() {
    stopKiosk();
    stopTill();
    stopEdge();
    stopHub();
    end(proxy_, false);
}

Station::Finished Station::checkTraffic() const {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(SILTA_TESTS "/support/traffic.py",
                  toList({"check", SILTA_TESTS "/../app/hub/openapi.yaml", path("traffic.log")}));
    if (!process.waitForFinished(kRunMs)) return {};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(), {}};
}

void Station::write(const std::string& name, const std::string& bytes) const {
    QFile file(QString::fromStdString(path(name)));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("cannot write %s", name.c_str());
    file.write(QByteArray::fromStdString(bytes));
}

void Station::append(const std::string& name, const std::string& bytes) const {
    QFile file(QString::fromStdString(path(name)));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append)) qFatal("cannot write %s", name.c_str());
    file.write(QByteArray::fromStdString(bytes));
}

Station::Finished Station::run(const std::string& program, const std::vector<std::string>& args,
                               const std::string& input) const {
    QProcess process;
    process.start(QString::fromStdString(programs_ + "/" + program), toList(args));
    process.write(QByteArray::fromStdString(input));
    process.closeWriteChannel();
    if (!process.waitForFinished(kRunMs)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput().toStdString(), process.readAllStandardError().toStdString()};
}

std::vector<Json> Station::hub(const std::string& command) const {
    const auto finished = run("silta-hub", {command, "--db", path("hub.db"), "--json"});
    std::vector<Json> values;
    for (const auto& line : QByteArray::fromStdString(finished.out).split('\n'))
        if (auto json = parseJson(line.toStdString(), 1 << 20)) values.push_back(*json);
    return values;
}

Station::Finished Station::ctl(const std::string& command, const std::vector<std::string>& args) const {
    std::vector<std::string> all = {command, "--sockets", path("run"), "--json"};
    all.insert(all.end(), args.begin(), args.end());
    return run("siltactl", all);
}

std::unique_ptr<QProcess> Station::launch(const std::string& program,
                                          const std::vector<std::string>& args) const {
    auto process = std::make_unique<QProcess>();
    endWithUs(*process);
    process->setStandardErrorFile(QString::fromStdString(path(program + ".log")), QIODevice::Append);
    process->setStandardOutputFile(QString::fromStdString(path(program + ".log")), QIODevice::Append);
    process->start(QString::fromStdString(programs_ + "/" + program), toList(args));
    process->waitForStarted();
    return process;
}

bool Station::startHub() {
    if (!proxy_) {
        proxy_ = std::make_unique<QProcess>();
        endWithUs(*proxy_);
        proxy_->start(
            SILTA_TESTS "/support/traffic.py",
            toList({"proxy", std::to_string(proxyPort_), std::to_string(hubPort_), path("traffic.log")}));
    }
    std::vector<std::string> args = {
        "serve",        "--db",   path("hub.db"), "--listen",  "127.0.0.1:" + std::to_string(hubPort_),
        "--public-url", hubUrl(), "--chain",      "Test chain"};
    args.insert(args.end(), hubOptions_.begin(), hubOptions_.end());
    hub_ = launch("silta-hub", args);
    return until([this] {
        HttpCall call;
        call.url = recordedUrl() + "/healthz";
        const auto reply = makeCurlTransport()->send(call);
        return reply && reply->status == 200;
    });
}

void Station::stopHub() {
    end(hub_, true);
}

bool Station::startEdge() {
    edge_ = launch("silta-edge", {"--config", path("edge.toml")});
    const auto answersOn = [this](const char* socket) {
        HttpCall call;
        call.url = "http://edge/";
        call.unixSocket = path(socket);
        return makeCurlTransport()->send(call).has_value();
    };
    return until([&] {
        return answersOn("run/kiosk.sock") && answersOn("run/portal.sock") && answersOn("run/till.sock") &&
               answersOn("run/admin.sock");
    });
}

void Station::killEdge() {
    end(edge_, false);
}

void Station::stopEdge() {
    end(edge_, true);
}

bool Station::enrol(const std::string& storeCode) {
    // As it is printed for a scanner: with the hub's key, by which the hub then has to prove itself.
    const auto code = run(
        "silta-hub", {"enrol-code", "--db", path("hub.db"), "--store", storeCode, "--url", recordedUrl()});
    if (code.status != 0) return false;
    return ctl("enrol", {QByteArray::fromStdString(code.out).trimmed().toStdString()}).status == 0;
}

bool Station::startTill() {
    till_ = launch("silta-till", {"--config", path("till.toml")});
    return until([this] {
        HttpCall call;
        call.url = tillUrl() + "/";
        call.caFile = path("till/certificate.pem");
        return makeCurlTransport()->send(call).has_value();
    });
}

void Station::stopTill() {
    end(till_, true);
}

bool Station::startKiosk(const std::vector<std::string>& scanners) {
    std::vector<std::string> args = {"--edge",     kioskSocket(), "--control",      path("run/control.sock"),
                                     "--windowed", "540x960",     "--idle-seconds", "3600"};
    for (const auto& scanner : scanners)
        args.insert(args.end(), {"--scanner", scanner});
    kiosk_ = launch("silta-kiosk", args);
    return until([this] { return kiosk("page").contains("page"); });
}

void Station::stopKiosk() {
    control_.reset();
    end(kiosk_, true);
}

std::vector<qint64> Station::pids() const {
    std::vector<qint64> pids;
    for (const auto* process : {&hub_, &edge_, &till_, &kiosk_})
        if (*process) pids.push_back((*process)->processId());
    return pids;
}

Json Station::kiosk(const std::string& command) {
    if (!control_ || control_->state() != QLocalSocket::ConnectedState) {
        control_ = std::make_unique<QLocalSocket>();
        control_->connectToServer(QString::fromStdString(path("run/control.sock")));
        if (!control_->waitForConnected(kUpMs)) return Json::object();
    }
    control_->write(QByteArray::fromStdString(command + "\n"));
    const QDeadlineTimer deadline(kUpMs);
    while (!control_->canReadLine())
        if (!control_->waitForReadyRead(static_cast<int>(deadline.remainingTime())) || deadline.hasExpired())
            return Json::object();
    auto answer = parseJson(control_->readLine().toStdString(), 1 << 20);
    return answer ? *answer : Json::object();
}

Json Station::kioskUntil(const std::string& command, const std::function<bool(const Json&)>& isDone) {
    Json answer;
    until([&] {
        answer = kiosk(command);
        return isDone(answer);
    });
    return answer;
}

Result<HttpReply> Station::edge(const std::string& method, const std::string& path, const Json& body,
                                const std::string& socket) const {
    HttpCall call;
    call.method = method;
    call.url = "http://edge" + path;
    call.unixSocket = this->path("run/" + socket);
    if (!body.is_null()) call.body = dumpJson(body);
    return makeCurlTransport()->send(call);
}

} // namespace silta::test
