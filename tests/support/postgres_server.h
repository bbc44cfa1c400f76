// A PostgreSQL server of the test's own, in a temporary folder, on a socket that nobody else sees.
#pragma once

#include <sys/types.h>

#include <QTemporaryDir>
#include <memory>
#include <string>

namespace silta::test {

class PostgresServer {
public:
    /// Nothing where PostgreSQL is not installed. `durable`: with fsync, as a hub has it.
    static std::unique_ptr<PostgresServer> start(bool durable = false);
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    /// Makes a new, empty database and gives its address.
    std::string makeDatabase();

private:
    PostgresServer() = default;
    [[nodiscard]] std::string addressOf(const std::string& database) const;

    QTemporaryDir folder_;
    pid_t pid_ = -1;
    int databases_ = 0;
};

} // namespace silta::test
