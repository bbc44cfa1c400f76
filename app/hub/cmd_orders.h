// silta-hub orders: what people at headquarters see of orders, and how they forget who ordered.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// `list`, `show`, `who`, `erase`, `expire`. Gives the exit status.
int runOrders(std::span<const std::string> args);

} // namespace silta::hub
