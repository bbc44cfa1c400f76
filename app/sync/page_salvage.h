// What still stands in the pages of a damaged journal, whatever its tables' own pages have become.
#pragma once

#include "sync/page_file.h"

#include <silta/store.h>

#include <cstdint>
#include <set>
#include <string_view>

namespace silta {

/// Reads each page of a damaged file by itself and puts the rows of `tables` that it finds into `into`,
/// unless it has them. A row of the outbox counts when its line is sound (outbox_line.h), one of another
/// table when it cannot be another's. Some that were deleted may come back: of operations the hub says that
/// it has them. Call within a transaction on `into`. Gives the number of rows. Errors: those of writing; what
/// cannot be read is no error.
Result<std::int64_t> salvagePages(const PageFile& file, Database& into,
                                  const std::set<std::string_view>& tables);

} // namespace silta
