// A shop with its searches that another program has written down, so that nothing is tuned to one generator.
#pragma once

#include "bench/catalog/made_up_shop.h"

#include <string>

namespace silta::bench {

/// Reads two files of tab-separated columns without a head line; columns that are not named are skipped.
///
///     products.tsv   1 number, 2 GTIN, 9 rank (0 = most popular, no two alike), 11 title, 13 title in
///     another
///                    language, 14 model, 15 model without hyphens
///     queries.tsv    2 kind ("comp" and "infl" are compound and inflected), 4 number of what is meant, 5
///     typed
///
/// No products when a file is missing or a line has too few columns.
Shop readRecordedShop(const std::string& folder);

} // namespace silta::bench
