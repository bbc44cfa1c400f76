// What still stands in the pages of a damaged journal of operations that wait, whatever the tables' own pages
// have become.
#pragma once

#include <silta/store.h>

#include <cstdint>
#include <string>

namespace silta {

/// Reads each page of the file and of its log by itself and puts the outbox rows that it finds into `into`,
/// unless it has the operation. A row counts only when its line is sound (outbox_line.h). Some that were
/// deleted may come back: the hub has them, and says so. Call within a transaction on `into`, with the file
/// closed. Gives the number of rows. Errors: those of writing; what cannot be read is no error.
Result<std::int64_t> scanOutbox(const std::string& path, Database& into);

} // namespace silta
