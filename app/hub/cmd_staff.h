// `silta-hub staff …`: who may sign in at the tills.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

int runStaff(std::span<const std::string> args);

} // namespace silta::hub
