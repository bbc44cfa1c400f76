// Where the hub keeps devices, operations, wishlists, members and leases: one SQLite file, or PostgreSQL.
// The statements are the same for both; the few that differ ask Database::dialect().
#pragma once

#include <silta/store.h>

#include <string>

namespace silta::hub {

/// `where`: a path, or "postgresql://…". Brings the tables up to date; replicas may do so at once.
/// Errors: Unsupported (newer than this program), Corrupt, Denied, Full, Io.
Result<Database> openHubDatabase(const std::string& where);

} // namespace silta::hub
