#include "hub/postgres_engine.h"

#include "hub/postgres_result.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace silta::hub {

namespace {

// A statement that waits longer for another's lock than a device waits for an answer helps nobody.
constexpr const char* kSession = "SET lock_timeout = '10s'; SET statement_timeout = '60s'; "
                                 "SET idle_in_transaction_session_timeout = '60s'; "
                                 "SET client_min_messages = warning; SET timezone = 'UTC'";
constexpr const char* kVersionTable = "CREATE TABLE IF NOT EXISTS schema_version(one INTEGER PRIMARY KEY "
                                      "CHECK(one = 1), version BIGINT NOT NULL)";

Errc codeOf(std::string_view state) {
    if (state == "40001" || state == "40P01" || state == "55P03" || state == "57014") return Errc::Busy;
    if (state == "53100") return Errc::Full;
    const auto group = state.substr(0, 2);
    if (group == "23") return Errc::Conflict;
    if (group == "22" || group == "42") return Errc::Invalid;
    if (group == "28") return Errc::Denied;
    if (group == "53") return Errc::Busy;
    if (group == "54") return Errc::Limit;
    if (group == "XX") return Errc::Corrupt;
    return Errc::Io; // the connection, or the server on its way down
}

/// Without the server's words: they may quote the data of a row.
Error errorOf(const PGresult* result, const char* verb) {
    const char* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view known = state != nullptr ? state : "no connection";
    return {codeOf(known), fmt::format("{}: postgresql {}", verb, known)};
}

bool isDone(const PGresult* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

std::int64_t numberOf(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// The same on every replica.
std::int64_t lockNumber(std::string_view name) {
    const auto hash = sha256(name);
    std::int64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof number);
    return number;
}

class PostgresStatement final : public SqlStatement {
public:
    PostgresStatement(PGconn* connection, std::string name, int parameters, std::int64_t& changes)
        : connection_(connection), name_(std::move(name)), changes_(changes),
          parameters_(static_cast<std::size_t>(parameters)) {}
    ~PostgresStatement() override {
        result_.reset();
        PgResult(PQexec(connection_, fmt::format("DEALLOCATE {}", name_).c_str()));
    }

    void bindInteger(int position, std::int64_t value) override {
        auto& p = at(position);
        p = {fmt::format_int(value).str(), {}, false, false, true};
    }
    void bindReal(int position, double value) override {
        at(position) = {fmt::format("{}", value), {}, false, false, true};
    }
    // As raw bytes with their length, so that a NUL in the middle is refused and does not cut the text.
    void bindText(int position, std::string_view text) override {
        at(position) = {{}, text, false, true, false};
    }
    void bindBlob(int position, std::string_view bytes) override {
        at(position) = {{}, bytes, false, true, false};
    }
    void bindNull(int position) override { at(position) = {{}, {}, true, false, false}; }

    Result<bool> step() override {
        if (!result_) {
            if (auto done = execute(); !done) return done.error();
            row_ = 0;
        } else {
            ++row_;
        }
        return row_ < PQntuples(result_.get());
    }
    void reset() override { result_.reset(); }
    void clear() override { std::fill(parameters_.begin(), parameters_.end(), Parameter{}); }

    [[nodiscard]] std::int64_t integer(int column) const override { return numberOf(text(column)); }
    [[nodiscard]] double real(int column) const override {
        return std::strtod(std::string(text(column)).c_str(), nullptr);
    }
    [[nodiscard]] std::string_view text(int column) const override {
        return {PQgetvalue(result_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
    }
    [[nodiscard]] std::string_view blob(int column) const override {
        const auto hex = text(column); // "\x0123…"
        blob_.clear();
        for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
            unsigned value = 0;
            std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16);
            blob_.push_back(static_cast<char>(value));
        }
        return blob_;
    }
    [[nodiscard]] bool isNull(int column) const override {
        return PQgetisnull(result_.get(), row_, column) != 0;
    }

private:
    struct Parameter {
        std::string number;
        std::string_view bytes;
        bool isNull = true, isBinary = false, isNumber = false;
    };
    Parameter& at(int position) { return parameters_.at(static_cast<std::size_t>(position)); }

    Result<void> execute() {
        std::vector<const char*> values;
        std::vector<int> lengths;
        std::vector<int> formats;
        for (const auto& p : parameters_) {
            const char* bytes = p.bytes.data() != nullptr ? p.bytes.data() : "";
            values.push_back(p.isNull ? nullptr : p.isNumber ? p.number.c_str() : bytes);
            lengths.push_back(static_cast<int>(p.isNumber ? p.number.size() : p.bytes.size()));
            formats.push_back(p.isBinary ? 1 : 0);
        }
        result_.reset(PQexecPrepared(connection_, name_.c_str(), static_cast<int>(values.size()),
                                     values.data(), lengths.data(), formats.data(), 0));
        if (!isDone(result_.get())) {
            auto error = errorOf(result_.get(), "step statement");
            result_.reset();
            return error;
        }
        changes_ = numberOf(PQcmdTuples(result_.get()));
        return {};
    }

    PGconn* connection_;
    std::string name_;
    std::int64_t& changes_;
    std::vector<Parameter> parameters_;
    PgResult result_;
    int row_ = 0;
    mutable std::string blob_;
};

class PostgresEngine final : public SqlEngine {
public:
    explicit PostgresEngine(PGconn* connection) : connection_(connection) {}
    ~PostgresEngine() override { PQfinish(connection_); }

    [[nodiscard]] SqlDialect dialect() const override { return SqlDialect::Postgres; }
    Result<void> exec(const char* sql) override {
        const PgResult result(PQexec(connection_, sql));
        if (!isDone(result.get())) return errorOf(result.get(), "run sql");
        changes_ = numberOf(PQcmdTuples(result.get()));
        return {};
    }
    Result<std::unique_ptr<SqlStatement>> prepare(std::string_view sql) override {
        const auto name = fmt::format("s{}", ++statements_);
        const auto text = withNumberedParameters(sql);
        const PgResult result(PQprepare(connection_, name.c_str(), text.c_str(), 0, nullptr));
        if (!isDone(result.get())) return errorOf(result.get(), "prepare sql");
        const PgResult described(PQdescribePrepared(connection_, name.c_str()));
        if (!isDone(described.get())) return errorOf(described.get(), "prepare sql");
        return std::unique_ptr<SqlStatement>(
            std::make_unique<PostgresStatement>(connection_, name, PQnparams(described.get()), changes_));
    }
    Result<void> begin() override { return exec("BEGIN"); }
    Result<void> lockNames(std::span<const std::string> names) override {
        // In the order of their numbers, so that two transactions cannot wait for each other.
        std::vector<std::int64_t> numbers;
        for (const auto& name : names)
            numbers.push_back(lockNumber(name));
        std::sort(numbers.begin(), numbers.end());
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
        std::string list;
        for (const auto number : numbers)
            list += fmt::format("{}{}", list.empty() ? "" : ",", number);
        if (list.empty()) return {};
        return exec(fmt::format("SELECT pg_advisory_xact_lock(n) FROM unnest('{{{}}}'::bigint[]) AS n", list)
                        .c_str());
    }
    Result<std::int64_t> schemaVersion() override {
        if (auto done = exec(kVersionTable); !done) return done.error();
        const PgResult result(PQexec(connection_, "SELECT version FROM schema_version"));
        if (!isDone(result.get())) return errorOf(result.get(), "read version");
        return PQntuples(result.get()) == 0 ? 0 : numberOf(PQgetvalue(result.get(), 0, 0));
    }
    Result<void> setSchemaVersion(std::int64_t version) override {
        return exec(
            fmt::format(
                "INSERT INTO schema_version VALUES(1, {0}) ON CONFLICT(one) DO UPDATE SET version = {0}",
                version)
                .c_str());
    }
    [[nodiscard]] std::int64_t changes() const override { return changes_; }
    [[nodiscard]] std::int64_t lastInsertId() const override { return 0; }
    Result<void> checkpoint() override { return {}; } // the server's own business

private:
    PGconn* connection_;
    std::int64_t statements_ = 0;
    std::int64_t changes_ = 0;
};

} // namespace

bool isPostgresAddress(std::string_view where) {
    return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string withNumberedParameters(std::string_view sql) {
    std::string numbered;
    int count = 0;
    bool isQuoted = false;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\'') isQuoted = !isQuoted;
        if (sql[i] != '?' || isQuoted) {
            numbered.push_back(sql[i]);
            continue;
        }
        const bool hasNumber = i + 1 < sql.size() && sql[i + 1] >= '1' && sql[i + 1] <= '9';
        numbered.push_back('$');
        if (!hasNumber) numbered += fmt::format_int(++count).str();
    }
    return numbered;
}

Result<std::unique_ptr<SqlEngine>> openPostgres(const std::string& address) {
    auto* connection = PQconnectdb(address.c_str());
    auto engine = std::make_unique<PostgresEngine>(connection);
    if (PQstatus(connection) != CONNECTION_OK)
        // libpq's words name the host and what it said, not the password; but the address may hold one.
        return Error{PQconnectionNeedsPassword(connection) != 0 ? Errc::Denied : Errc::Io,
                     "open database: postgresql cannot be reached or refuses us"};
    PQsetNoticeProcessor(
        connection, [](void*, const char*) {}, nullptr);
    if (auto done = engine->exec(kSession); !done) return done.error();
    return std::unique_ptr<SqlEngine>(std::move(engine));
}

} // namespace silta::hub
