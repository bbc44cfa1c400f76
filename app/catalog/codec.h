// The JSON forms of catalogue records: segment lines, and the columns of the replica that hold lists.
#pragma once

#include "core/json.h"

#include <silta/catalog.h>

#include <string>
#include <string_view>

namespace silta {

/// {"week": [[[540, 1260]], … 7 days], "special": [{"date": "2025-12-24", "open": [[540, 780]]}]}
Json hoursToJson(const OpeningHours& hours);
/// Errors: Invalid, Limit.
Result<OpeningHours> hoursFromJson(const Json& json);

/// {"d": [description of each text], "a": [[name, value]], "r": [review]}; empty when there is none of them.
std::string detailsToJson(const ProductRecord& product);
/// Fills descriptions, attributes and reviews; `product.texts` is there already. Errors: Corrupt.
Result<void> addDetails(std::string_view json, ProductRecord& product);

/// What every writer of records may rely on: keys present and short enough, lists bounded, figures in range.
/// Errors: Invalid, Limit.
Result<void> checkRecord(const ProductRecord& product);
Result<void> checkRecord(const StoreRecord& store);
Result<void> checkRecord(const StockRecord& cell);
Result<void> checkRecord(const StoreReport& report);

} // namespace silta
