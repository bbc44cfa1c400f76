#include "support/postgres_server.h"

#include "hub/postgres_engine.h"

#include <silta/store.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <csignal>
#include <vector>

namespace silta::test {

namespace {

constexpr int kStartMs = 30'000;

std::string programFolder() {
    QDir versions("/usr/lib/postgresql");
    const auto names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    return names.isEmpty() ? std::string() : versions.filePath(names.first() + "/bin").toStdString();
}

/// The server refuses to run as root; then it runs as the user that Debian's package made for it.
const passwd* serverUser() {
    return geteuid() == 0 ? getpwnam("postgres") : nullptr;
}

pid_t spawn(const std::vector<std::string>& command, const std::string& logPath) {
    const pid_t pid = fork();
    if (pid != 0) return pid;
    if (const auto* user = serverUser()) {
        if (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0) _exit(126);
    }
    const int log = ::open(logPath.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, 1);
    dup2(log, 2);
    std::vector<char*> arguments;
    for (const auto& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str())); // NOLINT: execv does not write
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
}

} // namespace

std::unique_ptr<PostgresServer> PostgresServer::start(bool durable) {
    const auto programs = programFolder();
    if (programs.empty() || (geteuid() == 0 && serverUser() == nullptr)) return nullptr;
    std::unique_ptr<PostgresServer> server(new PostgresServer);
    const auto folder = server->folder_.path().toStdString();
    if (const auto* user = serverUser())
        if (chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0) return nullptr;
    const auto data = folder + "/data";
    const auto log = folder + "/log";
    int status = 0;
    const auto made = spawn({programs + "/initdb", "-D", data, "-A", "trust", "-U", "silta", "-E", "UTF8",
                             "--locale=C", "--no-sync"},
                            log);
    if (waitpid(made, &status, 0) != made || status != 0) return nullptr;
    server->pid_ =
        spawn({programs + "/postgres", "-D", data, "-c", "listen_addresses=", "-c",
               "unix_socket_directories=" + folder, "-c", durable ? "fsync=on" : "fsync=off", "-c",
               "max_connections=60", "-c", "shared_buffers=64MB", "-c", "max_prepared_transactions=0"},
              log);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kStartMs) {
        if (hub::openPostgres(server->addressOf("postgres"))) return server;
        if (waitpid(server->pid_, &status, WNOHANG) == server->pid_) break;
        usleep(20'000);
    }
    return nullptr;
}

PostgresServer::~PostgresServer() {
    if (pid_ <= 0) return;
    kill(pid_, SIGINT); // "fast": does not wait for clients
    waitpid(pid_, nullptr, 0);
}

std::string PostgresServer::addressOf(const std::string& database) const {
    return fmt::format("postgresql:///{}?host={}&user=silta", database, folder_.path().toStdString());
}

std::string PostgresServer::makeDatabase() {
    const auto name = fmt::format("t{}", ++databases_);
    auto engine = hub::openPostgres(addressOf("postgres"));
    if (!engine || !(*engine)->exec(fmt::format("CREATE DATABASE {}", name).c_str())) return {};
    return addressOf(name);
}

} // namespace silta::test
