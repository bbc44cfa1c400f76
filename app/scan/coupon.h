// What the number of a coupon says.
#pragma once

#include <silta/scan.h>

#include <optional>
#include <vector>

namespace silta::gs1 {

/// The first coupon among checked elements.
/// Source: GS1 General Specifications, AI (255), (8110) and (8112); GS1 US, North American Coupon Application
/// Guideline.
std::optional<Coupon> couponIn(const std::vector<Gs1Element>& elements);

} // namespace silta::gs1
