// `silta-hub import`: reads feeds into the hub's database and publishes what changed.
#pragma once

#include <silta/random.h>
#include <silta/time.h>

#include <iosfwd>
#include <span>
#include <string>

namespace silta::hub {

/// Problems shown on the terminal; the rest is counted, and all of them stand in the file of --report.
inline constexpr int kProblemsShownMax = 20;

/// Words that explain the options, for --help.
extern const char* const kImportUsage;

/// `args`: what follows "import". Words for people go to `out`, problems and errors to `err`.
/// Returns 0 (also with some bad rows), 1 (refused, or a file was cut), 2 (usage).
int runImport(std::span<const std::string> args, const Clock& clock, Random& random, std::ostream& out,
              std::ostream& err);

/// With standard output and standard error.
int runImport(std::span<const std::string> args, const Clock& clock, Random& random);

/// Where the hub keeps snapshots, segments and pictures of a database.
std::string filesFolderOf(const std::string& databasePath);

} // namespace silta::hub
