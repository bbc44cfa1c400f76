#include "store/row_insert.h"

#include <silta/store.h>

#include <sys/stat.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <numeric>

using namespace silta;

class TestDatabase : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const char* name) const { return (folder_.path() + "/" + name).toStdString(); }

    static std::int64_t count(const Database& database) {
        auto query = database.prepare("SELECT count(*) FROM t");
        if (!query || !query->step()) return -1;
        return query->integer(0);
    }

private slots:
    void roundTripsEveryType() {
        auto database = Database::open({}, OpenMode::Memory);
        QVERIFY(database.has_value());
        QVERIFY(database->exec("CREATE TABLE t(i INTEGER, r REAL, t TEXT, b BLOB, n TEXT) STRICT"));
        auto insert = database->prepare("INSERT INTO t VALUES(?, ?, ?, ?, ?)");
        QVERIFY(insert.has_value());
        insert->bind(0, std::int64_t(1) << 60).bind(1, 0.5).bind(2, std::string_view("å\0b", 4));
        insert->bindBlob(3, std::string_view("\0\x01", 2)).bind(4, std::optional<std::string>());
        QVERIFY(insert->run());
        auto query = database->prepare("SELECT i, r, t, b, n FROM t");
        QVERIFY(query.has_value());
        auto row = query->step();
        QVERIFY(row && *row);
        QCOMPARE(query->integer(0), std::int64_t(1) << 60);
        QCOMPARE(query->real(1), 0.5);
        QCOMPARE(query->string(2), std::string("å\0b", 4));
        QCOMPARE(query->blob(3), std::string_view("\0\x01", 2));
        QVERIFY(query->isNull(4));
    }

    void rollsBackUnlessCommitted() {
        auto database = Database::open(path("tx.db"), OpenMode::Precious);
        QVERIFY(database.has_value());
        QVERIFY(database->exec("CREATE TABLE t(i INTEGER) STRICT"));
        {
            auto transaction = Transaction::begin(*database);
            QVERIFY(transaction.has_value());
            QVERIFY(database->exec("INSERT INTO t VALUES(1)"));
        }
        QCOMPARE(count(*database), std::int64_t(0));
        auto transaction = Transaction::begin(*database);
        QVERIFY(transaction.has_value());
        QVERIFY(database->exec("INSERT INTO t VALUES(1)"));
        QVERIFY(transaction->commit());
        QCOMPARE(count(*database), std::int64_t(1));
    }

    void keepsASecondConnectionOutOfAPreciousFile() {
        auto first = Database::open(path("one.db"), OpenMode::Precious);
        QVERIFY(first.has_value());
        QVERIFY(first->exec("CREATE TABLE t(i INTEGER) STRICT"));
        const auto second = Database::open(path("one.db"), OpenMode::Precious);
        QVERIFY(!second);
        QCOMPARE(second.error().code, Errc::Busy);
    }

    void makesPreciousFilesPrivate() {
        auto database = Database::open(path("private.db"), OpenMode::Precious);
        QVERIFY(database.has_value());
        struct stat info {};
        QCOMPARE(stat(path("private.db").c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777u, 0600u);
    }

    void migratesStepByStepAndRefusesNewer() {
        constexpr std::array<const char*, 2> kNew = {"CREATE TABLE t(i INTEGER) STRICT",
                                                     "ALTER TABLE t ADD COLUMN j INTEGER"};
        auto database = Database::open(path("migrate.db"), OpenMode::Shared);
        QVERIFY(database.has_value());
        QVERIFY(database->migrate(std::span(kNew).first(1)));
        QVERIFY(database->exec("INSERT INTO t VALUES(1)"));
        QVERIFY(database->migrate(kNew));
        QVERIFY(database->migrate(kNew)); // again: nothing to do
        QVERIFY(database->exec("UPDATE t SET j = 2"));
        const auto older = database->migrate(std::span(kNew).first(1));
        QVERIFY(!older);
        QCOMPARE(older.error().code, Errc::Unsupported);
    }

    void leavesTheOldVersionWhenAMigrationFails() {
        constexpr std::array<const char*, 2> kBroken = {"CREATE TABLE t(i INTEGER) STRICT",
                                                        "CREATE TABLE u(i INTEGER) STRICT; nonsense"};
        auto database = Database::open(path("broken.db"), OpenMode::Shared);
        QVERIFY(database.has_value());
        QVERIFY(!database->migrate(kBroken));
        auto version = database->prepare("PRAGMA user_version");
        QVERIFY(version.has_value());
        QVERIFY(version->step().has_value());
        QCOMPARE(version->integer(0), std::int64_t(1));
        QVERIFY(!database->prepare("SELECT * FROM u"));
    }

    void namesWhatIsWrongWithAFile() {
        const auto missing = Database::open(path("missing.db"), OpenMode::ReadOnly);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Errc::NotFound);
        QFile text(QString::fromStdString(path("text.db")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(8'192, 'x'));
        text.close();
        const auto notOurs = Database::open(path("text.db"), OpenMode::ReadOnly);
        QVERIFY(!notOurs);
        QCOMPARE(notOurs.error().code, Errc::Corrupt);
    }

    void readOnlyRefusesToWrite() {
        {
            auto database = Database::open(path("ro.db"), OpenMode::Shared);
            QVERIFY(database.has_value());
            QVERIFY(database->exec("CREATE TABLE t(i INTEGER) STRICT"));
        }
        auto reader = Database::open(path("ro.db"), OpenMode::ReadOnly);
        QVERIFY(reader.has_value());
        QVERIFY(!reader->exec("INSERT INTO t VALUES(1)"));
    }

    void reportsConstraintsAsConflict() {
        auto database = Database::open({}, OpenMode::Memory);
        QVERIFY(database.has_value());
        QVERIFY(database->exec("CREATE TABLE t(i INTEGER PRIMARY KEY) STRICT; INSERT INTO t VALUES(1)"));
        const auto again = database->exec("INSERT INTO t VALUES(1)");
        QVERIFY(!again);
        QCOMPARE(again.error().code, Errc::Conflict);
    }

    void insertsAnyNumberOfRowsInTheirOrder() {
        auto database = Database::open({}, OpenMode::Memory);
        QVERIFY(database.has_value());
        QVERIFY(database->exec("CREATE TABLE t(row INTEGER PRIMARY KEY, i INTEGER UNIQUE, twice INTEGER)"));
        const RowInsert insert("INSERT INTO t(i, twice) VALUES", "(?, ?)", " ON CONFLICT DO NOTHING");
        const auto bind = [](Statement& statement, int at, const int& item) {
            statement.bind(at, item).bind(at + 1, 2 * item);
        };
        int next = 0;
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, kRowsAtOnce - 1, kRowsAtOnce,
                                        kRowsAtOnce + 1, 3 * kRowsAtOnce + 2}) {
            std::vector<int> items(count);
            std::iota(items.begin(), items.end(), next);
            next += static_cast<int>(count);
            const auto written = insert.run(*database, std::span<const int>(items), bind);
            QVERIFY(written.has_value());
            QCOMPARE(*written, static_cast<std::int64_t>(count));
            QCOMPARE(*insert.run(*database, std::span<const int>(items), bind), std::int64_t(0));
        }
        auto wrong = database->prepare("SELECT count(*), sum(row <> i + 1 OR twice <> 2 * i) FROM t");
        QVERIFY(wrong && *wrong->step());
        QCOMPARE(wrong->integer(0), std::int64_t(next));
        QCOMPARE(wrong->integer(1), std::int64_t(0));
    }
};

QTEST_APPLESS_MAIN(TestDatabase)
#include "tst_database.moc"
