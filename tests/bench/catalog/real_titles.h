// The real catalogue of ../shared/data as a shop to search in.
#pragma once

#include "bench/catalog/made_up_shop.h"

#include <string>

namespace silta::bench {

/// `path`: tab-separated, with a line of names first; GTIN in the second column, title in the third. The data
/// knows no popularity, so ranks are thrown like dice, the same for the same file. Empty when it cannot be
/// read.
Shop readRealTitles(const std::string& path, std::size_t searches);

} // namespace silta::bench
