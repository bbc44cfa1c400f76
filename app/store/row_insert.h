// RowInsert: many rows of one table by few statements. Most of what a small INSERT costs is its beginning and
// its end; and on PostgreSQL each is a trip to the server.
#pragma once

#include <silta/result.h>
#include <silta/store.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace silta {

/// Rows of one statement. More make none faster, and it has to be compiled.
inline constexpr std::size_t kRowsAtOnce = 25;

/// Thread: any.
class RowInsert {
public:
    /// `head`: the SQL up to `VALUES`; `row`: the parameters of one row, "(?, ?)", none of them numbered;
    /// `tail`: the SQL behind the rows.
    RowInsert(std::string_view head, std::string_view row, std::string_view tail = {});

    /// Writes the items in their order. `bind(statement, position, item)` binds a row from `position` on, to
    /// bytes that live as long as the items. Gives how many rows were written. Errors: as Statement::step().
    template <class Item, class Bind>
    Result<std::int64_t> run(Database& database, std::span<const Item> items, Bind bind) const {
        std::int64_t written = 0;
        while (!items.empty()) {
            const auto count = items.size() >= kRowsAtOnce ? kRowsAtOnce : 1;
            auto insert = database.prepare(count == 1 ? one_ : many_);
            if (!insert) return insert.error();
            int position = 0;
            for (const auto& item : items.first(count)) {
                bind(*insert, position, item);
                position += parameters_;
            }
            if (auto done = insert->run(); !done) return done.error();
            written += database.changes();
            items = items.subspan(count);
        }
        return written;
    }

private:
    std::string one_, many_; ///< SQL for one row and for kRowsAtOnce
    int parameters_;         ///< of a row
};

} // namespace silta
