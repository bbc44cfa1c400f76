// Salvage: what can still be read of a damaged journal.
#pragma once

#include <silta/store.h>

#include <cstdint>

namespace silta {

/// Copies row by row what can be read of the tables of `from` into those of `into`, from both ends of each
/// table, so that only what lies under the damage is missing. Call within a transaction on `into`.
/// Gives the number of rows. Errors: those of writing; what cannot be read is no error.
Result<std::int64_t> salvage(Database& from, Database& into);

} // namespace silta
