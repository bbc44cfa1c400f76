// How the codes of a chain look, from its configuration file.
#pragma once

#include <silta/scan.h>

#include <string>

namespace silta {

/// Reads a file such as
///
///     in_store_country = "FI"
///     receipt_prefix = "R"
///     [[member_card]]
///     prefix = "2900"
///     digits = 13
///     check = "ean"   # or "luhn", "none"
///
/// Errors: NotFound, Limit (too long, too many cards), Invalid (the line, and what is wrong with it).
Result<ChainCodes> loadChainCodes(const std::string& path);

} // namespace silta
