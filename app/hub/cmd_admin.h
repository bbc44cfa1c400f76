// Commands of silta-hub for people at headquarters: enrol-code, members, wishlists, ops.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// Each returns the exit status: 0 done, 1 failed, 2 wrong usage. `args` are those after the command's name.
int runEnrolCode(std::span<const std::string> args);
int runMembers(std::span<const std::string> args);
int runWishlists(std::span<const std::string> args);
int runOperations(std::span<const std::string> args);

} // namespace silta::hub
