// PostgreSQL behind Database. The one place that names libpq.
#pragma once

#include "store/sql_engine.h"

namespace silta::hub {

/// True for "postgresql://…" and "postgres://…".
bool isPostgresAddress(std::string_view where);
/// Errors: Io (no connection), Denied (credentials), Invalid (address).
Result<std::unique_ptr<SqlEngine>> openPostgres(const std::string& address);
/// "SELECT ?, '?'" → "SELECT $1, '?'".
std::string withNumberedParameters(std::string_view sql);

} // namespace silta::hub
