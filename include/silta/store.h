// A thin RAII layer over SQL: Database, Statement, Transaction, migrations. SQLite everywhere; the hub can
// have PostgreSQL instead (see hub/postgres_engine.h).
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silta {

class SqlEngine;
class SqlStatement;

/// What few texts differ by.
enum class SqlDialect { Sqlite, Postgres };

/// How a file is opened; each name is a promise about durability.
enum class OpenMode {
    Precious,  ///< WAL, synchronous=FULL, locking_mode=EXCLUSIVE: the journal; one connection only
    Lossy,     ///< as Precious, but a power cut may take the last transactions with it; a crash takes none
    Shared,    ///< rollback journal, synchronous=FULL: several processes may open it
    Replica,   ///< as Shared, for a database that can be fetched again
    ReadOnly,  ///< never creates or writes
    BuildOnce, ///< no journal, no sync: a file being built that is thrown away on any failure
    Memory,    ///< private, in memory; the path is ignored
};

class Statement;

/// One connection. Thread: its owner's only (opened with SQLITE_OPEN_NOMUTEX).
class Database {
public:
    /// Errors: NotFound (read-only or replica missing), Busy, Corrupt, Denied, Full, Io.
    static Result<Database> open(const std::string& path, OpenMode mode);
    /// Whether SQLite's file layer knows the file.
    static bool exists(const std::string& path);
    /// A file that nobody has open; one that is not there is as good as removed.
    static void removeFile(const std::string& path);
    /// A connection of another engine.
    explicit Database(std::unique_ptr<SqlEngine> engine);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Runs statements that return no rows. Errors: as sqlite3 maps (Busy, Corrupt, Full, Io, Invalid).
    Result<void> exec(const char* sql);
    /// The same text is compiled once and kept. Errors: Invalid (the SQL does not parse).
    Result<Statement> prepare(std::string_view sql) const;
    [[nodiscard]] SqlDialect dialect() const;
    /// Within a transaction: nobody else gets these names before its end. Where transactions that write
    /// follow one another anyway there is nothing to do. Errors: Busy.
    Result<void> lockNames(std::span<const std::string> names);

    /// Runs the migrations that `migrations` holds beyond the database's version, each in one transaction
    /// with the version's change. Errors: Unsupported when the database is newer than the program.
    Result<void> migrate(std::span<const char* const> migrations);
    /// PRAGMA quick_check, of one table or of all. SQLite only. Errors: Corrupt.
    Result<void> quickCheck(std::string_view table = {}) const;
    /// PRAGMA integrity_check: also whether the indices say what the tables say, in three times the time.
    Result<void> wholeCheck(std::string_view table = {}) const;
    /// Moves what the write-ahead log holds into the file. Errors: Busy.
    Result<void> checkpoint();

    [[nodiscard]] std::int64_t lastInsertId() const;
    [[nodiscard]] std::int64_t changes() const;
    /// Changes when another connection has committed.
    [[nodiscard]] std::int64_t dataVersion() const;
    /// Size of the database's own file, asked of the descriptor that the connection has: to open and close
    /// another one would give up all locks that this process has on the file (POSIX). Errors: Unsupported
    /// (no file), Io.
    [[nodiscard]] Result<std::int64_t> fileBytes() const;

private:
    friend class Transaction;
    struct Connection;
    Result<void> runCheck(std::string_view pragma, std::string_view table) const;
    std::unique_ptr<Connection> connection_;
};

/// A prepared statement. Bind positions and columns count from 0. Move-only; must not outlive its Database.
class Statement {
public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    Statement& bind(int position, std::int64_t value);
    Statement& bind(int position, int value) { return bind(position, std::int64_t{value}); }
    Statement& bind(int position, double value);
    /// The bytes must stay alive until the next reset().
    Statement& bind(int position, std::string_view text);
    Statement& bind(int position, const char* text) { return bind(position, std::string_view{text}); }
    Statement& bind(int position, const std::string& text) { return bind(position, std::string_view{text}); }
    Statement& bindBlob(int position, std::string_view bytes);
    Statement& bindNull(int position);
    template <class T>
    Statement& bind(int position, const std::optional<T>& value) {
        return value ? bind(position, *value) : bindNull(position);
    }

    /// True when a row is there, false at the end. Errors: Busy, Corrupt, Full, Io, Conflict (a constraint).
    Result<bool> step();
    /// Steps a statement that returns no row, then resets it.
    Result<void> run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    /// Valid until the next step() or reset().
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class Database;
    using Idle = std::vector<std::unique_ptr<SqlStatement>>;
    Statement(std::unique_ptr<SqlStatement> statement, Idle* home);
    std::unique_ptr<SqlStatement> statement_;
    Idle* home_ = nullptr; ///< where it goes to be used again
};

/// Takes the write lock at once; rolls back unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    /// Errors: Busy, Full, Io.
    Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

} // namespace silta
