// Journal: the device's precious file. What people did, and that it still has to reach the hub.
//
// One SQLite file, one connection (this one). A person's action writes its state and its operation in one
// transaction; nothing is acknowledged before the commit. Tables: see journal_tables.cpp.
//
// The folder holds `journal.db`. When that is found damaged, `journal-2.db` takes its place with everything
// that could be read, then `journal-3.db`, and so on: a file's name is never used again, since a database
// beside the log of another one is a corrupt database.
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
    /// Opens or creates. When the file is damaged, what can be read of it is taken over into a new one, and
    /// wasDamaged() tells. Errors: Busy (another process has it), Full, Io, Limit (too many were damaged),
    /// Unsupported.
    static Result<std::unique_ptr<Journal>> open(const std::string& folder, std::string deviceId,
                                                 const Clock& clock, Random& random);
    /// The file that open() would take. Errors: NotFound.
    static Result<std::string> currentFile(const std::string& folder);

    [[nodiscard]] bool wasDamaged() const { return wasDamaged_; }
    [[nodiscard]] const std::string& incarnation() const { return incarnation_; }

    /// Writes state through the connection and returns the operation's data.
    using Action = std::function<Result<Json>(Database&, const OperationStamp&)>;
    struct Kind {
        std::string entity, type;
        int version = 1;
        std::string dependsOn = {}; ///< see Operation
    };
    /// One transaction: the action's state, the operation, the clock. After it returns, the action is safe.
    /// Errors: what the action returned; Busy, Full, Io.
    Result<Operation> record(const Kind& kind, const Action& action);
    /// One transaction without an operation: something that came from the hub.
    Result<void> apply(const std::function<Result<void>(Database&)>& change);

    /// The oldest pending operations as NDJSON lines within the push limits, in order of seq. A row that is
    /// damaged is quarantined. Their seqs have no holes, so that two of them say what is in the batch.
    struct Batch {
        std::vector<std::string> ids; ///< as the lines have them
        std::string lines;
        std::string incarnation;
        std::int64_t firstSeq = 0, lastSeq = 0;
    };
    /// `after`: a seq, where what comes before is on its way.
    Result<Batch> pendingBatch(std::int64_t after = 0, std::size_t operationsMax = kPushOperationsMax);
    /// Takes the verdicts on the operations of `sent`, a batch of this incarnation, and on no others; forgets
    /// what the hub calls durable. A fork, a fence, or a hub that has seen more than we made, starts a new
    /// incarnation. Gives how many of them need not be sent again.
    Result<std::size_t> settle(const Batch& sent, const PushReply& reply);
    /// Takes what the hub says of itself: a new epoch means that it lost its newest state, and all that is
    /// kept is sent again; what is durable is forgotten. True when something is to be sent again.
    Result<bool> noteHub(std::string_view epoch, std::int64_t durableSeq);
    /// The hub has seen this much of our numbering. More than we made means that this is an old card, or that
    /// a copy of it runs elsewhere: a new incarnation begins. True then.
    Result<bool> noteHighSeq(std::int64_t highSeq);
    /// The hub took an operation after all that it had refused before: it is kept until it is durable.
    Result<void> acceptQuarantined(std::string_view id);
    [[nodiscard]] bool hasPending() const;

    /// Looks for damage in the next slice of the file, as the medium has it, or in all of it when it is
    /// suspect. Errors: Corrupt (open() again).
    Result<void> checkSlice();
    /// Corrupt makes the file suspect: what uses the journal tells what became of that.
    void noteFailure(const Error& error) { isSuspect_ = isSuspect_ || error.code == Errc::Corrupt; }
    [[nodiscard]] bool isSuspect() const { return isSuspect_; }

    /// Whether the hub refused an operation of this type on the entity, and has not taken it since.
    Result<bool> isRefused(std::string_view type, std::string_view entity) const;

    Result<OutboxCounts> counts() const;
    Result<std::vector<OutboxRow>> outbox(int limit) const;

    /// A small setting that lives and dies with the journal. Errors: NotFound.
    Result<std::string> setting(std::string_view name) const;
    Result<void> setSetting(std::string_view name, std::string_view value);
    [[nodiscard]] Database& database() { return database_; }

private:
    Journal(Database database, std::string deviceId, const Clock& clock, Random& random)
        : database_(std::move(database)), deviceId_(std::move(deviceId)), clock_(clock), random_(random) {}
    static Result<std::unique_ptr<Journal>> openFile(const std::string& path, const std::string& deviceId,
                                                     const Clock& clock, Random& random);
    Result<bool> load();
    /// Errors: Corrupt.
    Result<void> checkNumbers() const;
    Result<void> askForOutcomes();
    Result<Operation> recordOnce(const Kind& kind, const Action& action);
    /// One transaction: an incarnation of its own, and what can be read of the damaged file.
    Result<void> begin(const std::string& damagedPath);
    /// Gives the number of rows.
    Result<std::int64_t> salvageFrom(const std::string& path);
    Result<void> startIncarnation();
    /// Begins the numbering anew and gives its next number.
    Result<std::int64_t> renumber();
    /// The hub wants what follows `highSeq`.
    Result<void> resendAfter(std::int64_t highSeq, bool& forked);
    /// The hub has what the rows [first, last] of a batch hold. Gives how many.
    Result<std::int64_t> acknowledge(std::int64_t firstSeq, std::int64_t lastSeq, std::int64_t durableSeq);
    Result<std::int64_t> quarantine(std::int64_t seq);
    Result<void> setAside(std::int64_t row);
    Result<void> checkOutboxRows();

    Database database_;
    std::string deviceId_;
    const Clock& clock_;
    Random& random_;
    std::string incarnation_;
    std::int64_t nextSeq_ = 1;
    Hlc hlc_;
    bool wasDamaged_ = false;
    bool isSuspect_ = false;
    std::size_t slice_ = 0;       ///< of journalTables(), for checkSlice()
    std::int64_t rowChecked_ = 0; ///< of the outbox
};

} // namespace silta
