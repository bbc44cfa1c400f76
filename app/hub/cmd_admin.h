// Commands of silta-hub for people at headquarters: enrol-code, members, wishlists, ops, backup,
// restored.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// Each returns the exit status: 0 done, 1 failed, 2 wrong usage. `args` are those after the command's name.
int runEnrolCode(std::span<const std::string> args);
int runMembers(std::span<const std::string> args);
int runWishlists(std::span<const std::string> args);
int runOperations(std::span<const std::string> args);
/// Copies the database while the hub runs.
int runBackup(std::span<const std::string> args);
/// Says that the database is a copy that took the place of a lost one.
int runRestored(std::span<const std::string> args);

} // namespace silta::hub
