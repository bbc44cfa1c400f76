// Which products a writer's transactions have changed, for those who keep a search index; see
// catalog_index.h.
#pragma once

#include "catalog/catalog_index.h"
#include "catalog/statements.h"

#include <set>
#include <string_view>

namespace silta {

/// Thread: the connection's owner.
class IndexLog {
public:
    /// A row of "meta" as it is at the start of a transaction.
    void readMeta(std::string_view key, std::int64_t value);
    /// Something else is found of this product from now on.
    void touch(std::int64_t product) { touched_.insert(product); }
    /// Part of the open transaction. Gives a file its number if it has none: a new one, or one of the time
    /// when search was inside the database. Errors: Busy, Corrupt, Full.
    Result<void> flush(Statements& statements);

    /// The file's number; 0 = none before flush().
    [[nodiscard]] std::int64_t source() const { return state_.source; }

private:
    IndexState state_;
    std::set<std::int64_t> touched_;
};

} // namespace silta
