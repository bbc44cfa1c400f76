// The format of a catalog file.
#pragma once

#include <silta/store.h>

#include <array>
#include <cstdint>

namespace silta {

/// "SILC": tells our files from other SQLite databases.
inline constexpr std::int64_t kCatalogApplicationId = 0x53494c43;

/// Migration n brings a file to PRAGMA user_version n + 1. A shipped one is never edited.
extern const std::array<const char*, 3> kCatalogMigrations;

/// Indexes that a bulk load does without and finish() makes in one go; also part of the migrations.
extern const char* const kDropBulkIndexes;
extern const char* const kCreateBulkIndexes;

/// Errors: Corrupt (not a catalog file, or cut off), Unsupported (newer than the program).
Result<void> checkCatalogHeader(const Database& database);

} // namespace silta
