#include "sync/pusher.h"

#include "net/compression.h"

namespace silta {

namespace {

constexpr int kCompressionLevel = 3; // a batch of JSON shrinks to a tenth; higher levels gain a few percent

} // namespace

Result<PushOutcome> pushOnce(Journal& journal, std::mutex& journalMutex, HubClient& hub) {
    Journal::Batch batch;
    std::string incarnation;
    {
        const std::lock_guard lock(journalMutex);
        auto pending = journal.pendingBatch();
        if (!pending) return pending.error();
        batch = std::move(*pending);
        incarnation = journal.incarnation();
    }
    if (batch.ids.empty()) return PushOutcome{};
    auto body = compress(batch.lines, kCompressionLevel);
    if (!body) return body.error();
    auto reply = hub.signedCall("POST", "/v1/ops", *body, incarnation,
                                {{"Content-Type", "application/x-ndjson"}, {"Content-Encoding", "zstd"}});
    if (!reply) return reply.error();
    auto verdicts = parsePushReply(reply->body);
    if (!verdicts) return verdicts.error();
    const std::lock_guard lock(journalMutex);
    auto settled = journal.settle(batch.ids, *verdicts);
    if (!settled) return settled.error();
    PushOutcome outcome;
    outcome.sent = batch.ids.size();
    outcome.hubNowMs = verdicts->nowMs;
    outcome.bytes = static_cast<std::int64_t>(body->size());
    // No progress means that sending again at once would be a loop.
    outcome.more = *settled > 0 && journal.hasPending();
    return outcome;
}

} // namespace silta
