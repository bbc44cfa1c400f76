// The page of one order, for whoever has its unguessable address: how it stands, and the number to show.
#pragma once

#include "shopper/order.h"

#include <silta/catalog.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace silta::hub {

/// A whole HTML page. Says neither the word nor who ordered. `order`: null: it has not reached the hub yet.
std::string renderOrder(const Order* order,
                        const std::function<std::optional<ProductRecord>(const std::string&)>& products,
                        const std::function<std::optional<StoreRecord>(const std::string&)>& stores,
                        const std::string& chainName, std::string_view acceptLanguage);

} // namespace silta::hub
