// Opening a live catalogue within bounds of the caller's; CatalogWriter::open takes those of limits.h.
#pragma once

#include <silta/catalog.h>

#include <cstdint>
#include <memory>
#include <string>

namespace silta {

/// As CatalogWriter::open. `stockEntriesMax`: see kStockLogEntriesMax.
Result<std::unique_ptr<CatalogWriter>> openCatalogWriter(const std::string& path,
                                                         std::int64_t stockEntriesMax);

} // namespace silta
