// Pusher: brings the outbox to the hub, batch after batch.
#pragma once

#include "sync/hub_client.h"
#include "sync/journal.h"

#include <mutex>
#include <optional>

namespace silta {

struct PushLimits {
    std::size_t operations = kPushOperationsMax; ///< in a batch
    int batches = 200;                           ///< 100,000 operations; then pulling gets its turn
};

struct PushOutcome {
    std::size_t sent = 0;           ///< operations, in all batches that were answered
    bool more = false;              ///< it made progress, and something waits still
    std::int64_t bytes = 0;         ///< of those batches, compressed
    UtcMs hubNowMs = 0;             ///< what time the hub said it is; 0 = it did not
    std::optional<Error> trouble{}; ///< why it ended early; what was answered before is settled
};

/// Sends what waits. While the hub works on a batch, the answer to the one before is written down and the one
/// after is made ready. The journal is held only while it is read and written, never while the network is
/// waited for. Trouble: as HubClient::signedCall; Invalid when the hub's answer cannot be read (nothing is
/// taken as sent); what the journal says.
PushOutcome pushPending(Journal& journal, std::mutex& journalMutex, HubClient& hub, const PushLimits& limits);

} // namespace silta
