#include "sync/pusher.h"

#include "core/mutant.h"
#include "net/compression.h"

#include <silta/crypto.h>

#include <future>

namespace silta {

namespace {

struct Parcel {
    Journal::Batch batch;
    std::string body;
    std::string digest; ///< of the body; the answer to another request has another
};

using Answer = std::future<Result<HttpReply>>;

class Pusher {
public:
    Pusher(Journal& journal, std::mutex& journalMutex, HubClient& hub, const PushLimits& limits)
        : journal_(journal), journalMutex_(journalMutex), hub_(hub), limits_(limits) {}

    PushOutcome run() {
        PushOutcome outcome;
        if (auto done = sendAll(outcome); !done) outcome.trouble = done.error();
        const std::lock_guard lock(journalMutex_);
        outcome.more = settled_ > 0 && journal_.hasPending();
        return outcome;
    }

private:
    Result<void> sendAll(PushOutcome& outcome) {
        auto made = pack(0);
        if (!made) return made.error();
        auto parcel = std::move(*made);
        if (parcel.batch.ids.empty()) return {};
        auto answer = post(parcel);
        for (int batches = 1; !parcel.batch.ids.empty(); ++batches) {
            Parcel next;
            if (batches < limits_.batches) {
                made = pack(parcel.batch.lastSeq);
                if (!made) return made.error();
                next = std::move(*made);
            }
            auto reply = answer.get();
            if (!reply) return reply.error();
            if (!next.batch.ids.empty()) answer = post(next);
            auto settled = settle(parcel, *reply, outcome);
            if (!settled) return settled.error();
            // No progress means that to go on at once would be a loop; what is on its way is still heard.
            if (*settled == 0) batches = limits_.batches;
            settled_ += *settled;
            parcel = std::move(next);
        }
        return {};
    }

    /// The oldest after this seq; empty = there is nothing.
    Result<Parcel> pack(std::int64_t after) {
        Parcel parcel;
        {
            const std::lock_guard lock(journalMutex_);
            auto pending = journal_.pendingBatch(after, limits_.operations);
            if (!pending) return pending.error();
            parcel.batch = std::move(*pending);
        }
        if (parcel.batch.ids.empty()) return parcel;
        auto body = compressLines(parcel.batch.lines);
        if (!body) return body.error();
        parcel.body = std::move(*body);
        parcel.digest = contentDigest(parcel.body);
        return parcel;
    }

    Answer post(const Parcel& parcel) {
        return hub_.begin([this, body = parcel.body, incarnation = parcel.batch.incarnation] {
            return hub_.signedCall("POST", "/v1/ops", body, incarnation,
                                   {{"Content-Type", "application/x-ndjson"}, {"Content-Encoding", "zstd"}});
        });
    }

    /// Gives how many need not be sent again.
    Result<std::size_t> settle(const Parcel& parcel, const HttpReply& reply, PushOutcome& outcome) {
        auto verdicts = parsePushReply(reply.body);
        if (!verdicts) return verdicts.error();
        if (verdicts->digest != parcel.digest && !isMutant(Mutant::AnyAnswer))
            return Error{Errc::Invalid, "push: this is the answer to another request"};
        outcome.sent += parcel.batch.ids.size();
        outcome.hubNowMs = verdicts->nowMs;
        outcome.bytes += static_cast<std::int64_t>(parcel.body.size());
        const std::lock_guard lock(journalMutex_);
        if (parcel.batch.incarnation != journal_.incarnation()) return std::size_t{0}; // not who we are now
        return journal_.settle(parcel.batch, *verdicts);
    }

    Journal& journal_;
    std::mutex& journalMutex_;
    HubClient& hub_;
    const PushLimits& limits_;
    std::size_t settled_ = 0;
};

} // namespace

PushOutcome pushPending(Journal& journal, std::mutex& journalMutex, HubClient& hub,
                        const PushLimits& limits) {
    return Pusher(journal, journalMutex, hub, limits).run();
}

} // namespace silta
