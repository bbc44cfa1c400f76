// Replicas of the real hub on one PostgreSQL behind the nginx of deploy/hub, in a temporary folder.
#pragma once

#include "hub/operation_store.h"
#include "support/postgres_server.h"

#include <QProcess>
#include <QTemporaryDir>
#include <memory>
#include <string>
#include <vector>

namespace silta::test {

/// Thread: the test's. Everything it started ends with it.
class HubFarm {
public:
    /// `programs`: the folder that holds silta-hub. `source`: the project's. `durable`: PostgreSQL with
    /// fsync.
    HubFarm(std::string programs, std::string source, bool durable);
    ~HubFarm();

    /// Starts PostgreSQL, nginx and the replicas; an empty text, or what does not start.
    std::string start(int replicas);
    /// SIGKILL, as a machine that dies.
    void killReplica(std::size_t i);
    bool startReplica(std::size_t i);

    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.path().toStdString() + "/" + name;
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(nginxPort_); }
    [[nodiscard]] const std::string& address() const { return address_; }
    PostgresServer& postgres() { return *postgres_; }
    [[nodiscard]] const hub::HubKeys& keys() const { return keys_; }

private:
    bool startNginx();

    std::string programs_, source_;
    bool durable_;
    QTemporaryDir folder_;
    std::unique_ptr<PostgresServer> postgres_;
    std::string address_;
    hub::HubKeys keys_;
    std::vector<int> ports_;
    std::vector<std::unique_ptr<QProcess>> replicas_;
    std::unique_ptr<QProcess> nginx_;
    int nginxPort_ = 0;
};

} // namespace silta::test
