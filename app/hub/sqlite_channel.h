// Hints by looking at the file of a hub on SQLite, which commands of other processes write to.
#pragma once

#include "hub/feed_waits.h"

#include <silta/result.h>

#include <memory>
#include <string>

namespace silta::hub {

/// Hears of whoever was told something, by this process too. A look costs next to nothing while nobody
/// commits. Errors: as openHubDatabase().
Result<std::unique_ptr<FeedChannel>> makeSqliteChannel(const std::string& path);

} // namespace silta::hub
