#include "support/hub_farm.h"

#include <silta/http.h>

#include <fmt/format.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QThread>

namespace silta::test {

namespace {

constexpr int kUpMs = 10'000;

int freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool answers(int port) {
    const auto transport = makeCurlTransport();
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < kUpMs; QThread::msleep(20)) {
        HttpCall call;
        call.url = fmt::format("http://127.0.0.1:{}/healthz", port);
        const auto reply = transport->send(call);
        if (reply && reply->status == 200) return true;
    }
    return false;
}

QString q(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

HubFarm::HubFarm(std::string programs, std::string source, bool durable)
    : programs_(std::move(programs)), source_(std::move(source)), durable_(durable) {}

HubFarm::~HubFarm() {
    for (std::size_t i = 0; i < replicas_.size(); ++i)
        killReplica(i);
    if (!nginx_) return;
    nginx_->terminate();
    nginx_->waitForFinished();
}

std::string HubFarm::start(int replicas) {
    postgres_ = PostgresServer::start(durable_);
    if (!postgres_) return "PostgreSQL does not start";
    address_ = postgres_->makeDatabase();
    auto keys = hub::loadOrMakeHubKeys(path("hub.db.keys"));
    if (!keys) return keys.error().what;
    keys_ = std::move(*keys);
    for (int i = 0; i < replicas; ++i) {
        ports_.push_back(freePort());
        replicas_.push_back(nullptr);
    }
    for (std::size_t i = 0; i < replicas_.size(); ++i)
        if (!startReplica(i)) return "a replica does not start";
    for (const auto port : ports_)
        if (!answers(port)) return "a replica does not answer";
    if (!startNginx()) return "nginx does not start";
    return answers(nginxPort_) ? "" : "nginx does not answer";
}

void HubFarm::killReplica(std::size_t i) {
    if (!replicas_[i]) return;
    replicas_[i]->kill();
    replicas_[i]->waitForFinished();
}

bool HubFarm::startReplica(std::size_t i) {
    auto& process = replicas_[i];
    process = std::make_unique<QProcess>();
    process->setStandardErrorFile(q(path("replica.log")), QIODevice::Append);
    process->start(q(programs_ + "/silta-hub"),
                   {"serve", "--db", q(path("hub.db")), "--operations", q(address_), "--listen",
                    QString("127.0.0.1:%1").arg(ports_[i])});
    return process->waitForStarted();
}

bool HubFarm::startNginx() {
    nginxPort_ = freePort();
    const auto folder = q(path("nginx"));
    QDir().mkdir(folder);
    for (const char* name : {"/nginx.conf", "/silta_routes.conf"})
        if (!QFile::copy(q(source_ + "/deploy/hub") + name, folder + name)) return false;
    QFile hub(folder + "/hub.conf");
    if (!hub.open(QIODevice::WriteOnly)) return false;
    std::string servers;
    for (const auto port : ports_)
        servers += fmt::format(" server 127.0.0.1:{} fail_timeout=1s;", port);
    hub.write(fmt::format("upstream silta_hub {{{} }}\nserver {{ listen 127.0.0.1:{}; include "
                          "silta_routes.conf; }}\nclient_body_temp_path body; proxy_temp_path proxy;\n"
                          "fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n",
                          servers, nginxPort_)
                  .c_str());
    hub.close();
    nginx_ = std::make_unique<QProcess>();
    const QString user = geteuid() == 0 ? " user root;" : ""; // its temporary folder is ours alone
    nginx_->start("/usr/sbin/nginx", {"-p", folder, "-c", folder + "/nginx.conf", "-e", folder + "/log", "-g",
                                      "daemon off; pid " + folder + "/pid;" + user});
    return nginx_->waitForStarted();
}

} // namespace silta::test
