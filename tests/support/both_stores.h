// One suite of tests, run once on each of the hub's stores.
#pragma once

#include "support/postgres_server.h"

#include <QTest>

namespace silta::test {

/// `Suite(PostgresServer*)`: null means SQLite. Gives the exit status.
template <class Suite>
int runOnBothStores(int argc, char** argv) {
    Suite sqlite(nullptr);
    int failed = QTest::qExec(&sqlite, argc, argv);
    const auto server = PostgresServer::start();
    if (!server) {
        qWarning("PostgreSQL does not start; it was not tested");
        return failed + 1;
    }
    Suite postgres(server.get());
    failed += QTest::qExec(&postgres, argc, argv);
    return failed;
}

} // namespace silta::test
