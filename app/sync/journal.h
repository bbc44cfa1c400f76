// Journal: the device's precious file. What people did, and that it still has to reach the hub.
//
// One SQLite file, one connection (this one). A person's action writes its state and its operation in one
// transaction; nothing is acknowledged before the commit. Tables: see kMigrations in journal.cpp.
#pragma once

#include "sync/operation.h"
#include "sync/protocol.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace silta {

/// What a new operation is stamped with before its content is made.
struct OperationStamp {
    std::string id;
    Hlc hlc;
};

struct OutboxCounts {
    std::int64_t pending = 0;     ///< not yet acknowledged by the hub
    std::int64_t kept = 0;        ///< acknowledged, kept until the hub calls it durable
    std::int64_t quarantined = 0; ///< refused by the hub, kept for a person to look at
    std::int64_t oldestMs = 0;    ///< when the oldest pending one was made; 0 = none
};

struct OutboxRow {
    std::int64_t seq = 0;
    std::string state; ///< "pending", "kept", "quarantined"
    UtcMs createdMs = 0;
    std::string id, type;
};

/// Thread: any, one at a time (its users share a mutex).
class Journal {
public:
    /// Opens or creates. A damaged file is moved aside as `<path>.damaged-<ms>`, what can be read of its
    /// outbox is taken over, and wasDamaged() tells. Errors: Busy (another process has it), Full, Io,
    /// Unsupported.
    static Result<std::unique_ptr<Journal>> open(const std::string& path, std::string deviceId,
                                                 const Clock& clock, Random& random);

    [[nodiscard]] bool wasDamaged() const { return wasDamaged_; }
    [[nodiscard]] const std::string& incarnation() const { return incarnation_; }

    /// Writes state through the connection and returns the operation's data.
    using Action = std::function<Result<Json>(Database&, const OperationStamp&)>;
    /// One transaction: the action's state, the operation, the clock. After it returns, the action is safe.
    /// Errors: what the action returned; Busy, Full, Io.
    Result<Operation> record(std::string entity, std::string type, const Action& action);
    /// One transaction without an operation: something that came from the hub.
    Result<void> apply(const std::function<Result<void>(Database&)>& change);

    /// The oldest pending operations as NDJSON lines within the push limits, in order of seq.
    /// A row that cannot be read is quarantined.
    struct Batch {
        std::vector<std::string> ids;
        std::string lines;
    };
    Result<Batch> pendingBatch();
    /// Takes the verdicts on the operations of `sentIds` and no others; forgets what the hub calls durable.
    /// A fork, or a hub that has seen more than we made, starts a new incarnation.
    Result<void> settle(std::span<const std::string> sentIds, const PushReply& reply);
    /// Takes what the hub says of itself: a new epoch means that it lost its newest state, and all that is
    /// kept is sent again; what is durable is forgotten. True when something is to be sent again.
    Result<bool> noteHub(std::string_view epoch, std::int64_t durableSeq);

    Result<OutboxCounts> counts() const;
    Result<std::vector<OutboxRow>> outbox(int limit) const;

    /// A small setting that lives and dies with the journal. Errors: NotFound.
    Result<std::string> setting(std::string_view name) const;
    Result<void> setSetting(std::string_view name, std::string_view value);
    [[nodiscard]] Database& database() { return database_; }

private:
    Journal(Database database, std::string deviceId, const Clock& clock, Random& random)
        : database_(std::move(database)), deviceId_(std::move(deviceId)), clock_(clock), random_(random) {}
    Result<void> load();
    Result<void> salvageFrom(const std::string& damagedPath);
    Result<void> startIncarnation();
    /// The hub wants what follows `highSeq`.
    Result<void> resendAfter(std::int64_t highSeq, bool& forked);
    Result<void> applyVerdict(const Verdict& verdict, bool& forked);

    Database database_;
    std::string deviceId_;
    const Clock& clock_;
    Random& random_;
    std::string incarnation_;
    std::int64_t nextSeq_ = 1;
    Hlc hlc_;
    bool wasDamaged_ = false;
};

} // namespace silta
