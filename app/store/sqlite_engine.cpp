#include "core/mutant.h"
#include "store/flat_file.h"
#include "store/sql_engine.h"
#include "store/wal_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace silta {

namespace {

constexpr int kBusyTimeoutMs = 5'000;   // longer than any transaction of ours but a first feed import
constexpr int kCacheKibibytes = 16'384; // enough for the upper levels of a million-row tree

Errc codeOf(int sqliteCode) {
    switch (sqliteCode & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Errc::Busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Errc::Corrupt;
    case SQLITE_FULL:
        return Errc::Full;
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
        return Errc::Io;
    case SQLITE_CANTOPEN:
        return Errc::NotFound;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return Errc::Denied;
    case SQLITE_CONSTRAINT:
        return Errc::Conflict;
    case SQLITE_TOOBIG:
        return Errc::Limit;
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
        return Errc::Invalid;
    default:
        return Errc::Internal;
    }
}

// sqlite3_errstr, not sqlite3_errmsg: the latter may quote the data of a row.
Error errorOf(int sqliteCode, const char* verb) {
    return Error{codeOf(sqliteCode),
                 fmt::format("{}: {} ({})", verb, sqlite3_errstr(sqliteCode), sqliteCode)};
}

const char* pragmasOf(OpenMode mode) {
    switch (mode) {
    case OpenMode::Precious:
        if (isMutant(Mutant::SyncNormal))
            return "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";
        // Small pages: what one action changes is some hundred bytes in each of a few pages, and every page
        // of it is written twice.
        return "PRAGMA page_size=1024; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
               "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
    case OpenMode::Lossy:
        // A commit waits for the disk at a checkpoint only. Its owner makes those when nobody waits; at 8 MB
        // of log one comes by itself. What is deleted is overwritten, too.
        return "PRAGMA page_size=1024; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
               "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=8192; PRAGMA secure_delete=ON;"
               "PRAGMA foreign_keys=ON;";
    case OpenMode::Shared:
    case OpenMode::Replica:
        return "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
    case OpenMode::ReadOnly:
        return "PRAGMA query_only=ON;";
    case OpenMode::BuildOnce:
        return "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;";
    case OpenMode::Memory:
        return "PRAGMA foreign_keys=ON;";
    }
    return "";
}

int flagsOf(OpenMode mode) {
    constexpr int kCommon = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
    case OpenMode::ReadOnly:
        return kCommon | SQLITE_OPEN_READONLY;
    case OpenMode::Replica:
        return kCommon | SQLITE_OPEN_READWRITE;
    case OpenMode::Memory:
        return kCommon | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
    default:
        return kCommon | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
}

// SQLite would create the file with the umask's mode; journals and hub databases are nobody else's business.
void createPrivately(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) ::close(fd);
}

class SqliteStatement final : public SqlStatement {
public:
    explicit SqliteStatement(sqlite3_stmt* handle) : handle_(handle) {}
    ~SqliteStatement() override { sqlite3_finalize(handle_); }

    void bindInteger(int position, std::int64_t value) override {
        note(sqlite3_bind_int64(handle_, position + 1, value));
    }
    void bindReal(int position, double value) override {
        note(sqlite3_bind_double(handle_, position + 1, value));
    }
    void bindText(int position, std::string_view text) override {
        const char* data = text.data() != nullptr ? text.data() : "";
        note(sqlite3_bind_text64(handle_, position + 1, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
    void bindBlob(int position, std::string_view bytes) override {
        const char* data = bytes.data() != nullptr ? bytes.data() : "";
        note(sqlite3_bind_blob64(handle_, position + 1, data, bytes.size(), SQLITE_STATIC));
    }
    void bindNull(int position) override { note(sqlite3_bind_null(handle_, position + 1)); }
    Result<bool> step() override {
        const int rc = misuse_ != SQLITE_OK ? misuse_ : sqlite3_step(handle_);
        if (rc == SQLITE_ROW) return true;
        if (rc == SQLITE_DONE) return false;
        sqlite3_reset(handle_);
        return errorOf(rc, "step statement");
    }
    void reset() override { sqlite3_reset(handle_); }
    void clear() override { sqlite3_clear_bindings(handle_); }

    [[nodiscard]] std::int64_t integer(int column) const override {
        return sqlite3_column_int64(handle_, column);
    }
    [[nodiscard]] double real(int column) const override { return sqlite3_column_double(handle_, column); }
    [[nodiscard]] std::string_view text(int column) const override {
        const auto* data =
            static_cast<const char*>(static_cast<const void*>(sqlite3_column_text(handle_, column)));
        if (data == nullptr) return {};
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }
    [[nodiscard]] std::string_view blob(int column) const override {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
        if (data == nullptr) return {};
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }
    [[nodiscard]] bool isNull(int column) const override {
        return sqlite3_column_type(handle_, column) == SQLITE_NULL;
    }

private:
    /// A value that the statement has no place for is a mistake of ours and must not pass silently.
    void note(int rc) {
        if (rc != SQLITE_OK) misuse_ = rc;
    }

    sqlite3_stmt* handle_;
    int misuse_ = SQLITE_OK;
};

class SqliteEngine final : public SqlEngine {
public:
    explicit SqliteEngine(sqlite3* handle) : handle_(handle) {}
    ~SqliteEngine() override { sqlite3_close_v2(handle_); }

    [[nodiscard]] SqlDialect dialect() const override { return SqlDialect::Sqlite; }
    Result<void> exec(const char* sql) override {
        const int rc = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
        if (rc != SQLITE_OK) return errorOf(rc, "run sql");
        return {};
    }
    Result<std::unique_ptr<SqlStatement>> prepare(std::string_view sql) override {
        sqlite3_stmt* handle = nullptr;
        const int rc = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
        if (rc != SQLITE_OK) return errorOf(rc, "prepare sql");
        return std::unique_ptr<SqlStatement>(std::make_unique<SqliteStatement>(handle));
    }
    Result<void> begin() override { return exec("BEGIN IMMEDIATE"); }
    Result<void> lockNames(std::span<const std::string>) override { return {}; }
    Result<std::int64_t> schemaVersion() override {
        auto query = prepare("PRAGMA user_version");
        if (!query) return query.error();
        if (auto row = (*query)->step(); !row) return row.error();
        return (*query)->integer(0);
    }
    Result<void> setSchemaVersion(std::int64_t version) override {
        return exec(fmt::format("PRAGMA user_version={}", version).c_str());
    }
    [[nodiscard]] std::int64_t changes() const override { return sqlite3_changes64(handle_); }
    [[nodiscard]] std::int64_t lastInsertId() const override { return sqlite3_last_insert_rowid(handle_); }
    Result<void> checkpoint() override {
        const int rc =
            sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        if (rc != SQLITE_OK) return errorOf(rc, "checkpoint database");
        return {};
    }
    [[nodiscard]] Result<std::int64_t> fileBytes() const override {
        sqlite3_file* file = nullptr;
        sqlite3_int64 bytes = 0;
        sqlite3_file_control(handle_, nullptr, SQLITE_FCNTL_FILE_POINTER, &file);
        if (file == nullptr || file->pMethods == nullptr) return SqlEngine::fileBytes(); // in memory
        if (const int rc = file->pMethods->xFileSize(file, &bytes); rc != SQLITE_OK)
            return errorOf(rc, "tell size of database");
        return static_cast<std::int64_t>(bytes);
    }

private:
    sqlite3* handle_;
};

/// SQLite would write over what its log holds behind a wrong frame, and remove the log when it closes.
Result<void> checkLog(sqlite3* handle, const std::string& path) {
    constexpr std::size_t kPageBytes = 1'024; // see pragmasOf()
    const auto log = readWhatIsThere(path + "-wal");
    if (!readWal(log, kPageBytes, [](const WalFrame&) {})) return {};
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return Error{Errc::Corrupt, "open database: its log goes on behind a damaged page"};
}

} // namespace

bool Database::exists(const std::string& path) {
    auto* files = sqlite3_vfs_find(nullptr);
    int is = 0;
    return files->xAccess(files, path.c_str(), SQLITE_ACCESS_EXISTS, &is) == SQLITE_OK && is != 0;
}

void Database::removeFile(const std::string& path) {
    auto* files = sqlite3_vfs_find(nullptr);
    files->xDelete(files, path.c_str(), 0);
}

Result<std::unique_ptr<SqlEngine>> openSqlite(const std::string& path, OpenMode mode) {
    if (mode == OpenMode::Precious || mode == OpenMode::Shared) createPrivately(path);
    sqlite3* handle = nullptr;
    const char* name = mode == OpenMode::Memory ? ":memory:" : path.c_str();
    const int rc = sqlite3_open_v2(name, &handle, flagsOf(mode), nullptr);
    auto engine = std::make_unique<SqliteEngine>(handle);
    if (rc != SQLITE_OK) return errorOf(rc, "open database");
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    // Foreign bytes reach us as database files: no triggers, views or SQL functions of theirs with side
    // effects.
    // (Not for a file that we build ourselves: it would keep the rollback journal on.)
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, mode == OpenMode::BuildOnce ? 0 : 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (auto done = engine->exec(pragmasOf(mode)); !done) return done.error();
    if (auto done = engine->exec(fmt::format("PRAGMA cache_size=-{}", kCacheKibibytes).c_str()); !done)
        return done.error();
    // Reads the header, so that a file that is no database is refused here and not at the first query.
    if (auto done = engine->exec("SELECT count(*) FROM sqlite_schema"); !done) return done.error();
    if (mode == OpenMode::Precious)
        if (auto done = checkLog(handle, path); !done) return done.error();
    return std::unique_ptr<SqlEngine>(std::move(engine));
}

Result<std::unique_ptr<SqlEngine>> openSqliteImage(std::string_view bytes) {
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(":memory:", &handle, flagsOf(OpenMode::Memory), nullptr);
    auto engine = std::make_unique<SqliteEngine>(handle);
    if (opened != SQLITE_OK) return errorOf(opened, "open image");
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size() + 1)); // of nothing there is none
    if (copy == nullptr) return Error{Errc::Limit, "open image: too large"};
    std::ranges::copy(bytes, copy);
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    const int rc = sqlite3_deserialize(handle, "main", copy, size, size,
                                       SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    if (rc != SQLITE_OK) return errorOf(rc, "open image");
    if (auto done = engine->exec("SELECT count(*) FROM sqlite_schema"); !done) return done.error();
    return std::unique_ptr<SqlEngine>(std::move(engine));
}

} // namespace silta
