// Schemas of operations: which versions the hub takes, and how an older one becomes the current one.
//
// Devices are updated over weeks. The hub knows the current version of each type and the two before it, and
// makes an old operation a current one when it arrives. A version that it does not know yet is set aside and
// replayed after the hub has been updated.
#pragma once

#include "sync/operation.h"

#include <array>
#include <span>
#include <string_view>

namespace silta::hub {

inline constexpr int kVersionsBefore = 2;

struct Schema {
    using Upcast = Result<void> (*)(Json& data);
    std::string_view type;
    int version = 1; ///< current
    /// From the version before the current one to the current one, and from the one before that to it; null
    /// where there was none.
    std::array<Upcast, kVersionsBefore> upcasts = {};
};

std::span<const Schema> operationSchemas();
/// True when there is nothing to do for upcast().
bool isCurrent(const Operation& operation, std::span<const Schema> schemas);
/// Makes the operation one of the current version. Errors: Unsupported (unknown type, newer or too old),
/// Invalid.
Result<void> upcast(Operation& operation, std::span<const Schema> schemas);

} // namespace silta::hub
