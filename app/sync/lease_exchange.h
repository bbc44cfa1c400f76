// What device and hub say to each other about leases.
#pragma once

#include "sync/hub_client.h"
#include "sync/journal.h"
#include "sync/lease_book.h"

#include <mutex>
#include <string>
#include <vector>

namespace silta {

/// The hub has nothing to give.
struct LeaseRefusal {
    std::string pool;
    std::string
        why; ///< "unknown", "revoked", "held" (by others now), "used" (all of it); empty: it did not say
};

/// Asks for the leases that are wanted and takes what is granted; tells a hub that was restored what this
/// device holds, since it gives nothing out before every device has. Says nothing when there is nothing to
/// say. `journalMutex` is held while the journal is read and written, never while waiting for the hub.
/// Gives what was refused. Errors: as the call's; Invalid (the answer); Full, Io.
Result<std::vector<LeaseRefusal>> exchangeLeases(Journal& journal, std::mutex& journalMutex, HubClient& hub);

/// Gives a lease back: it is forgotten here, and the hub is told, in one transaction. Call with the journal's
/// mutex held. Errors: NotFound (it is not here), Full, Io.
Result<void> closeLease(Journal& journal, const Lease& lease);

} // namespace silta
