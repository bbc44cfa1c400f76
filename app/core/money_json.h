// Money between our own programs: {"minor": 1295, "currency": "EUR"}.
#pragma once

#include "core/json.h"

#include <silta/money.h>

#include <optional>

namespace silta {

Json moneyToJson(const Money& money);
/// The member `key`; nothing when it is absent or malformed.
std::optional<Money> moneyMember(const Json& json, const char* key);

} // namespace silta
