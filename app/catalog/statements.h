// Prepared statements kept for the life of a connection.
#pragma once

#include <silta/store.h>

#include <unordered_map>

namespace silta {

/// A statement in use; put back to its start when this goes out of scope, so that no read lock stays behind.
class Query {
public:
    explicit Query(Statement& statement) : statement_(&statement) {}
    Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Query& operator=(Query&&) = delete;
    ~Query() {
        if (statement_ != nullptr) statement_->reset();
    }
    Statement* operator->() const { return statement_; }
    Statement& operator*() const { return *statement_; }

private:
    Statement* statement_;
};

/// Keyed by the address of the SQL text, which must be a constant. One use of a text at a time.
class Statements {
public:
    explicit Statements(const Database& database) : database_(&database) {}

    /// Errors: Invalid, Corrupt, Busy.
    Result<Query> get(const char* sql) {
        auto found = statements_.find(sql);
        if (found == statements_.end()) {
            auto statement = database_->prepare(sql);
            if (!statement) return statement.error();
            found = statements_.emplace(sql, std::move(*statement)).first;
        }
        return Query(found->second);
    }
    /// Before the connection is closed. No statement may be in use.
    void clear() { statements_.clear(); }

private:
    const Database* database_;
    std::unordered_map<const void*, Statement> statements_;
};

/// Steps `query` to its end and calls `row(*query)` for each row, until that returns false.
/// Errors: those of step().
template <class Row>
Result<void> forEachRow(Query& query, Row row) {
    for (;;) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more || !row(*query)) return {};
    }
}

} // namespace silta
