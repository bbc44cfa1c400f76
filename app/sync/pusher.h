// Pusher: brings the outbox to the hub, one batch at a time.
#pragma once

#include "sync/hub_client.h"
#include "sync/journal.h"

#include <functional>
#include <mutex>

namespace silta {

struct PushOutcome {
    std::size_t sent = 0;
    bool more = false; ///< there is another batch to send at once
    std::int64_t bytes = 0;
    UtcMs hubNowMs = 0; ///< what time the hub said it is; 0 = it did not
};

/// Sends one batch. The journal is held only while it is read and written, never while the network is waited
/// for. Errors: as HubClient::signedCall; Invalid when the hub's answer cannot be read (nothing is taken as
/// sent).
Result<PushOutcome> pushOnce(Journal& journal, std::mutex& journalMutex, HubClient& hub);

} // namespace silta
