// The private feed: what this device must know, told by the hub in the order in which it was decided.
#pragma once

#include "sync/hub_client.h"
#include "sync/journal.h"

#include <mutex>

namespace silta {

/// Takes what is new; changes and cursor are stored in one transaction. True when the hub turns out to have
/// lost its newest state, so that there is something to push again. `journalMutex` is held while the journal
/// is read and written, never while waiting for the hub. Errors: as the call's; Invalid (the answer); Full,
/// Io.
Result<bool> pullPrivateFeed(Journal& journal, std::mutex& journalMutex, HubClient& hub);

} // namespace silta
