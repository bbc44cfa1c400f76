#include "sync/salvage.h"

#include "sync/journal_tables.h"

#include <fmt/format.h>

#include <string>

namespace silta {

namespace {

/// "quote(a) || ',' || quote(b)" of "a, b": the values as SQL writes them, so that each keeps its type.
std::string quoted(std::string_view columns) {
    std::string sql = "quote(";
    for (const char c : columns) {
        if (c == ',')
            sql += ") || ',' || quote(";
        else
            sql.push_back(c);
    }
    return sql + ")";
}

/// Copies until the end or the damage. `order` is "ASC" or "DESC".
Result<std::int64_t> copyRows(Database& from, Database& into, const JournalTable& table, const char* order) {
    const std::string_view columns(table.columns);
    // The order of the tree that holds the rows: of outbox its row number, of the others their key.
    const auto key = std::string_view(table.name) == "outbox" ? "row" : columns.substr(0, columns.find(','));
    auto query = from.prepare(
        fmt::format("SELECT {} FROM {} ORDER BY {} {}", quoted(columns), table.name, key, order));
    if (!query) return std::int64_t{0}; // the table itself is gone
    std::int64_t rows = 0;
    for (;;) {
        const auto row = query->step();
        if (!row || !*row) return rows; // what comes after the damage cannot be reached from this side
        const auto insert =
            fmt::format("INSERT OR IGNORE INTO {}({}) VALUES({})", table.name, columns, query->text(0));
        const auto done = into.exec(insert.c_str());
        if (done) rows += into.changes();
        // A value that has become another type is the damage's doing; a full disk is not.
        if (!done && done.error().code != Errc::Conflict && done.error().code != Errc::Invalid)
            return done.error();
    }
}

} // namespace

Result<std::int64_t> salvage(Database& from, Database& into) {
    std::int64_t rows = 0;
    for (const auto& table : journalTables())
        for (const char* order : {"ASC", "DESC"}) {
            const auto copied = copyRows(from, into, table, order);
            if (!copied) return copied.error();
            rows += *copied;
        }
    return rows;
}

} // namespace silta
