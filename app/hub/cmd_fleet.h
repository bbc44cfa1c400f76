// `silta-hub fleet …`: which device is on what, and what they are to run.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

int runFleet(std::span<const std::string> args);

} // namespace silta::hub
