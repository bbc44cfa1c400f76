// What the portal keeps in memory of guests, by who they are: so many, then the oldest gives way.
#pragma once

#include "portal/limits.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace silta::portal {

/// In place of what was kept of the same holder. Kept has a member `sinceMs`.
template <class Kept>
void remember(std::unordered_map<std::string, Kept>& all, const std::string& holder, Kept kept) {
    const auto age = [](const auto& entry) { return entry.second.sinceMs; };
    if (all.size() >= kRememberedMax && !all.contains(holder))
        all.erase(std::ranges::min_element(all, {}, age));
    all.insert_or_assign(holder, std::move(kept));
}

} // namespace silta::portal
