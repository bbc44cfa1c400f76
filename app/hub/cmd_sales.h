// silta-hub sales: what people at headquarters see of receipts.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// Gives the exit status.
int runSales(std::span<const std::string> args);

} // namespace silta::hub
