// The hub database's schema, by version.
#pragma once

#include <span>

namespace silta::hub {

std::span<const char* const> hubMigrations();

} // namespace silta::hub
