// What an engine of SQL does behind Database: SQLite in sqlite_engine.cpp, PostgreSQL in postgres_engine.cpp.
// Bind positions and columns count from 0, in SQL `?` is a parameter.
#pragma once

#include <silta/result.h>
#include <silta/store.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace silta {

/// One prepared statement. Bound bytes must stay alive until reset().
class SqlStatement {
public:
    SqlStatement() = default;
    SqlStatement(const SqlStatement&) = delete;
    SqlStatement& operator=(const SqlStatement&) = delete;
    virtual ~SqlStatement() = default;

    virtual void bindInteger(int position, std::int64_t value) = 0;
    virtual void bindReal(int position, double value) = 0;
    virtual void bindText(int position, std::string_view text) = 0;
    virtual void bindBlob(int position, std::string_view bytes) = 0;
    virtual void bindNull(int position) = 0;
    virtual Result<bool> step() = 0;
    virtual void reset() = 0;
    /// Unbinds everything: the next user of this statement must not inherit a value.
    virtual void clear() = 0;

    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual std::string_view blob(int column) const = 0;
    [[nodiscard]] virtual bool isNull(int column) const = 0;
};

/// One connection.
class SqlEngine {
public:
    SqlEngine() = default;
    SqlEngine(const SqlEngine&) = delete;
    SqlEngine& operator=(const SqlEngine&) = delete;
    virtual ~SqlEngine() = default;

    [[nodiscard]] virtual SqlDialect dialect() const = 0;
    virtual Result<void> exec(const char* sql) = 0;
    virtual Result<std::unique_ptr<SqlStatement>> prepare(std::string_view sql) = 0;
    /// Begins a transaction that is going to write.
    virtual Result<void> begin() = 0;
    /// See Database::lockNames.
    virtual Result<void> lockNames(std::span<const std::string> names) = 0;
    virtual Result<std::int64_t> schemaVersion() = 0;
    virtual Result<void> setSchemaVersion(std::int64_t version) = 0;
    /// Rows that the last statement changed.
    [[nodiscard]] virtual std::int64_t changes() const = 0;
    [[nodiscard]] virtual std::int64_t lastInsertId() const = 0;
    virtual Result<void> checkpoint() = 0;
    /// See Database::fileBytes.
    [[nodiscard]] virtual Result<std::int64_t> fileBytes() const {
        return Error{Errc::Unsupported, "tell size of database: it is no file"};
    }
};

/// Errors: as Database::open.
Result<std::unique_ptr<SqlEngine>> openSqlite(const std::string& path, OpenMode mode);
/// A database of these bytes, to be read. Errors: Corrupt, Limit (no memory for it).
Result<std::unique_ptr<SqlEngine>> openSqliteImage(std::string_view bytes);

} // namespace silta
