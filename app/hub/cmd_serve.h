// `silta-hub serve`: the HTTP interface for devices and phones.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// Returns when SIGINT or SIGTERM arrives. Exit status: 0 stopped, 1 failed, 2 wrong usage.
int runServe(std::span<const std::string> args);

} // namespace silta::hub
