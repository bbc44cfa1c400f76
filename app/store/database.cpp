#include "store/sql_engine.h"

#include <fmt/format.h>

#include <cassert>
#include <string>
#include <unordered_map>
#include <vector>

namespace silta {

namespace {

constexpr std::size_t kTextsKept = 256;    // more different texts than any program of ours has
constexpr std::size_t kStatementsKept = 4; // of one text; more in use at a time is a recursion

} // namespace

/// Statements are kept for the life of the connection: compiling one costs more than most of them do.
struct Database::Connection {
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unique_ptr<SqlEngine> engine;
    std::unordered_map<std::string, Statement::Idle, TextHash, std::equal_to<>>
        idle; // before the engine goes
};

Result<Database> Database::open(const std::string& path, OpenMode mode) {
    auto engine = openSqlite(path, mode);
    if (!engine) return engine.error();
    return Database(std::move(*engine));
}

Database::Database(std::unique_ptr<SqlEngine> engine)
    : connection_(std::make_unique<Connection>(Connection{std::move(engine), {}})) {}

Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<void> Database::exec(const char* sql) {
    return connection_->engine->exec(sql);
}

Result<Statement> Database::prepare(std::string_view sql) const {
    auto& texts = connection_->idle;
    auto home = texts.find(sql);
    if (home == texts.end() && texts.size() < kTextsKept) home = texts.try_emplace(std::string(sql)).first;
    if (home != texts.end() && !home->second.empty()) {
        auto statement = std::move(home->second.back());
        home->second.pop_back();
        return Statement(std::move(statement), &home->second);
    }
    auto statement = connection_->engine->prepare(sql);
    if (!statement) return statement.error();
    return Statement(std::move(*statement), home == texts.end() ? nullptr : &home->second);
}

SqlDialect Database::dialect() const {
    return connection_->engine->dialect();
}

Result<void> Database::lockNames(std::span<const std::string> names) {
    return connection_->engine->lockNames(names);
}

Result<void> Database::migrate(std::span<const char* const> migrations) {
    auto& engine = *connection_->engine;
    auto version = engine.schemaVersion();
    if (!version) return version.error();
    const auto newest = static_cast<std::int64_t>(migrations.size());
    while (*version < newest) {
        auto transaction = Transaction::begin(*this);
        if (!transaction) return transaction.error();
        // Another program may have begun on the same database meanwhile.
        version = engine.schemaVersion();
        if (!version) return version.error();
        if (*version >= newest) break;
        if (auto done = engine.exec(migrations[static_cast<std::size_t>(*version)]); !done)
            return done.error();
        if (auto done = engine.setSchemaVersion(++*version); !done) return done.error();
        if (auto done = transaction->commit(); !done) return done.error();
    }
    if (*version > newest)
        return Error{
            Errc::Unsupported,
            fmt::format("open database: it has version {}, this program knows up to {}", *version, newest)};
    return {};
}

Result<void> Database::quickCheck(std::string_view table) const {
    return runCheck("quick_check", table);
}

Result<void> Database::wholeCheck(std::string_view table) const {
    return runCheck("integrity_check", table);
}

Result<void> Database::runCheck(std::string_view pragma, std::string_view table) const {
    auto query = prepare(fmt::format("PRAGMA {}({})", pragma, table.empty() ? "1" : table));
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (!*row || query->text(0) != "ok") return Error{Errc::Corrupt, "check database: damaged"};
    return {};
}

Result<void> Database::checkpoint() {
    return connection_->engine->checkpoint();
}

std::int64_t Database::lastInsertId() const {
    return connection_->engine->lastInsertId();
}

std::int64_t Database::changes() const {
    return connection_->engine->changes();
}

std::int64_t Database::dataVersion() const {
    auto query = prepare("PRAGMA data_version");
    if (!query) return 0;
    auto row = query->step();
    return row && *row ? query->integer(0) : 0;
}

Result<std::int64_t> Database::fileBytes() const {
    return connection_->engine->fileBytes();
}

Statement::Statement(std::unique_ptr<SqlStatement> statement, Idle* home)
    : statement_(std::move(statement)), home_(home) {}
Statement::Statement(Statement&&) noexcept = default;

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    std::swap(home_, other.home_);
    return *this;
}

Statement::~Statement() {
    if (!statement_ || home_ == nullptr || home_->size() >= kStatementsKept) return;
    statement_->reset();
    statement_->clear();
    home_->push_back(std::move(statement_));
}

Statement& Statement::bind(int position, std::int64_t value) {
    statement_->bindInteger(position, value);
    return *this;
}

Statement& Statement::bind(int position, double value) {
    statement_->bindReal(position, value);
    return *this;
}

Statement& Statement::bind(int position, std::string_view text) {
    statement_->bindText(position, text);
    return *this;
}

Statement& Statement::bindBlob(int position, std::string_view bytes) {
    statement_->bindBlob(position, bytes);
    return *this;
}

Statement& Statement::bindNull(int position) {
    statement_->bindNull(position);
    return *this;
}

Result<bool> Statement::step() {
    return statement_->step();
}

Result<void> Statement::run() {
    auto row = step();
    reset();
    if (!row) return row.error();
    return {};
}

void Statement::reset() {
    statement_->reset();
}

std::int64_t Statement::integer(int column) const {
    return statement_->integer(column);
}

double Statement::real(int column) const {
    return statement_->real(column);
}

std::string_view Statement::text(int column) const {
    return statement_->text(column);
}

std::string_view Statement::blob(int column) const {
    return statement_->blob(column);
}

bool Statement::isNull(int column) const {
    return statement_->isNull(column);
}

Result<Transaction> Transaction::begin(Database& database) {
    if (auto done = database.connection_->engine->begin(); !done) return done.error();
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ == nullptr) return;
    // SQLite has rolled back by itself after some errors; then this one has nothing left to do.
    [[maybe_unused]] const auto done = database_->exec("ROLLBACK");
}

Result<void> Transaction::commit() {
    assert(database_ != nullptr);
    if (auto done = database_->exec("COMMIT"); !done) return done.error();
    database_ = nullptr;
    return {};
}

} // namespace silta
