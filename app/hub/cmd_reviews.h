// silta-hub reviews: what members wrote of what they bought, and which of it others may read.
#pragma once

#include "hub/review_registry.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// `list`, `approve`, `refuse`, `feed`. Gives the exit status.
int runReviews(std::span<const std::string> args);

/// As a feed that `import --reviews` reads; names nobody. Source: Google Product Ratings, review feed schema
/// 2.3.
std::string reviewFeed(const std::vector<ReviewRow>& reviews);

} // namespace silta::hub
