// Commands of silta-hub about guests of the Wi-Fi.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

// Each prints what is wrong to stderr and returns the exit status.
int runContacts(std::span<const std::string> args);
int runGuestCounts(std::span<const std::string> args);
int runWelcomeCoupon(std::span<const std::string> args);

} // namespace silta::hub
