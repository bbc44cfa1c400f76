// `silta-hub search-words`: the chain's words for search.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// Puts a file of words in the place of those before, or none, and publishes that; with `--db` alone shows
/// those there are. Prints what is wrong to stderr and returns the exit status.
int runSearchWords(std::span<const std::string> args);

} // namespace silta::hub
