// Books, sheet music and periodicals among product numbers.
#pragma once

#include <silta/scan.h>

#include <optional>

namespace silta {

/// The number of a publication that is also its GTIN; nothing for other products.
std::optional<Publication> publicationOf(const Gtin& gtin);

} // namespace silta
