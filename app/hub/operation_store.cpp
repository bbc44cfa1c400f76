#include "hub/operation_store.h"

#include "core/mutant.h"
#include "hub/hub_database.h"
#include "hub/schemas.h"

#include <algorithm>
#include <iterator>

namespace silta::hub {

namespace {

// Another replica's transaction was in the way; the device would only come back with the same.
constexpr int kAttempts = 4;

// Transient trouble is the batch's; everything else is the operation's own fault.
bool isTransient(Errc code) {
    return code == Errc::Busy || code == Errc::Full || code == Errc::Io || code == Errc::Corrupt ||
           code == Errc::Internal;
}

/// Takes out what must not stand in the log of operations: a person's data is in a row of its own now, under
/// the person's own key, and a second copy would outlive an erasure; the key of an order's page opens it for
/// whoever reads it. True where there was any.
bool strip(Operation& operation) {
    auto removed = operation.data.erase("sealed");
    if (operation.type == "order.place")
        removed += operation.data.erase("pageKey") + operation.data.erase("word");
    return removed > 0;
}

} // namespace

Result<std::unique_ptr<OperationStore>> OperationStore::open(const std::string& where, const HubKeys& keys,
                                                             const Clock& clock, Random& random) {
    auto database = openHubDatabase(where);
    if (!database) return database.error();
    std::unique_ptr<OperationStore> store(new OperationStore(std::move(*database), keys, clock, random));
    if (auto known = store->epoch(); !known) return known.error();
    return store;
}

Result<OperationStore::Marks> OperationStore::marksOf(const std::string& deviceId,
                                                      const std::string& incarnation) const {
    auto query = database_.prepare(
        "SELECT i.high_seq, i.durable_seq, (SELECT 1 FROM hub_setting WHERE name = 'keeps_backups'), "
        "coalesce(i.fenced, (SELECT CASE WHEN written_off = 1 THEN 1 ELSE 0 END FROM device WHERE id = ?1)) "
        "FROM (SELECT 1) AS one LEFT JOIN incarnation AS i ON i.device = ?1 AND i.incarnation = ?2");
    if (!query) return query.error();
    if (auto row = query->bind(0, deviceId).bind(1, incarnation).step(); !row) return row.error();
    Marks marks;
    if (!query->isNull(0)) marks.highSeq = query->integer(0);
    if (!query->isNull(2)) marks.backedUpSeq = query->isNull(1) ? 0 : query->integer(1);
    if (!query->isNull(3)) marks.ended = static_cast<Ended>(query->integer(3));
    return marks;
}

Result<HubMarks> OperationStore::marksFor(const std::string& deviceId, const std::string& incarnation) {
    auto current = epoch();
    if (!current) return current.error();
    auto marks = marksOf(deviceId, incarnation);
    if (!marks) return marks.error();
    const bool isFenced = marks->ended == Ended::WrittenOff;
    if (isFenced) { // the device hears of it by this answer, or by the next that this incarnation gets
        auto transaction = Transaction::begin(database_);
        if (!transaction) return transaction.error();
        if (auto done = mark(deviceId, incarnation, marks->highSeq, marks->ended); !done) return done.error();
        if (auto done = transaction->commit(); !done) return done.error();
    }
    return HubMarks{std::move(*current), marks->highSeq, marks->backedUpSeq.value_or(marks->highSeq),
                    isFenced};
}

// ---- receiving
// ---------------------------------------------------------------------------------------------------

Result<OperationStore::Received> OperationStore::read(const DeviceRow& device, const std::string& incarnation,
                                                      std::string_view line) {
    auto operation = parseOperation(line);
    if (operation && operation->device == device.id && operation->incarnation == incarnation) {
        auto id = operation->id;
        return Received{line, std::move(id), 0, std::move(*operation)};
    }
    // Not what a device of ours sends. The sender is told by its name, and it cannot block what follows; a
    // line without a name would count as taken.
    const auto json = parseJson(line, kOperationBytesMax);
    auto id = json ? textMember(*json, "id", kOperationNameBytesMax).value_or("") : "";
    if (id.empty()) return Error{Errc::Invalid, "receive: a line without an id"};
    const bool isNumbered = textMember(*json, "dev") == device.id && textMember(*json, "inc") == incarnation;
    const auto seq = isNumbered ? integerMember(*json, "seq").value_or(0) : 0;
    return Received{line, std::move(id), seq, std::nullopt};
}

Result<PushReply> OperationStore::receive(const DeviceRow& device, const std::string& incarnation,
                                          std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!line.empty()) lines.push_back(line);
    }
    if (lines.size() > kPushOperationsMax) return Error{Errc::Limit, "receive: too many operations"};
    auto care = Care::None;
    for (int attempt = 1;; ++attempt) {
        auto reply = receiveBatch(device, incarnation, lines, care);
        if (reply && *reply) return std::move(**reply);
        if (!reply && (reply.error().code != Errc::Busy || attempt == kAttempts)) return reply.error();
        if (reply) care = Care::Savepoints; // one was refused
    }
}

/// Several replicas work on what the batch is about one after the other; a hub on SQLite is alone anyway.
Result<void> OperationStore::lockBatch(const DeviceRow& device, const std::vector<std::string_view>& lines) {
    if (database_.dialect() == SqlDialect::Sqlite) return {};
    std::vector<std::string> names = {"device/" + device.id};
    for (const auto line : lines)
        if (auto operation = parseOperation(line)) {
            // A token that is used at the expense of the offline budget changes that pool too.
            if (const auto& lease = objectMember(operation->data, "lease"); !lease.empty())
                names.push_back("pool/" + textMember(lease, "pool", kPoolBytesMax).value_or(""));
            auto shelves = orderLocks(orderReader(), *operation);
            if (!shelves) return shelves.error();
            std::ranges::move(*shelves, std::back_inserter(names));
            names.push_back(std::move(operation->entity));
        }
    return database_.lockNames(names);
}

// The operations are read one by one: five hundred at once would not fit the nearest memory.
Result<std::optional<PushReply>> OperationStore::receiveBatch(const DeviceRow& device,
                                                              const std::string& incarnation,
                                                              const std::vector<std::string_view>& lines,
                                                              Care care) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (auto done = lockBatch(device, lines); !done) return done.error();
    auto before = marksOf(device.id, incarnation);
    if (!before) return before.error();
    auto newest = newestId(device.id);
    if (!newest) return newest.error();
    PushReply reply;
    reply.nowMs = clock_.nowMs();
    Batch batch{device, care, before->highSeq, {database_, reply.nowMs, std::move(*newest)}};
    auto ended = before->ended;
    for (const auto line : lines) {
        auto received = read(device, incarnation, line);
        if (!received) return received.error();
        if (ended != Ended::No && received->operation) {
            const auto kind = ended == Ended::Forked ? VerdictKind::Fork : VerdictKind::Fenced;
            reply.verdicts.push_back({std::move(received->id), kind});
            continue;
        }
        auto verdict = receiveOne(batch, *received);
        if (!verdict) return verdict.error();
        if (!*verdict) return std::optional<PushReply>();
        // Two have this numbering. What follows, here or in a later batch, must not overtake what was not
        // taken.
        if ((*verdict)->kind == VerdictKind::Fork) ended = Ended::Forked;
        reply.verdicts.push_back(std::move(**verdict));
    }
    if (auto done = batch.rows.writeAdds(); !done) {
        if (isTransient(done.error().code) || care != Care::None) return done.error();
        return std::optional<PushReply>();
    }
    if (auto done = batch.rows.writeOperations(); !done) return done.error();
    if (auto done = mark(device.id, incarnation, batch.highSeq, ended); !done) return done.error();
    auto current = epoch();
    if (!current) return current.error();
    if (auto done = transaction->commit(); !done) return done.error();
    reply.highSeq = batch.highSeq;
    reply.epoch = *current;
    reply.durableSeq = before->backedUpSeq.value_or(reply.highSeq);
    return std::optional(std::move(reply));
}

Result<void> OperationStore::mark(const std::string& device, const std::string& incarnation,
                                  std::int64_t highSeq, Ended ended) {
    auto upsert =
        database_.prepare("INSERT INTO incarnation(device, incarnation, high_seq, fenced) VALUES(?1, ?2, ?3, "
                          "?4) ON CONFLICT(device, incarnation) DO UPDATE SET high_seq = ?3, "
                          "fenced = CASE WHEN ?4 > 0 THEN ?4 ELSE incarnation.fenced END");
    if (!upsert) return upsert.error();
    upsert->bind(0, device).bind(1, incarnation).bind(2, highSeq);
    upsert->bind(3, static_cast<std::int64_t>(ended));
    if (auto done = upsert->run(); !done || ended != Ended::WrittenOff) return done;
    auto heard = database_.prepare("UPDATE device SET written_off = 2 WHERE id = ? AND written_off = 1");
    if (!heard) return heard.error();
    return heard->bind(0, device).run();
}

Result<std::string> OperationStore::newestId(const std::string& device) const {
    auto query = database_.prepare("SELECT max(id) FROM operation WHERE device = ?");
    if (!query) return query.error();
    if (auto row = query->bind(0, device).step(); !row) return row.error();
    return query->string(0);
}

Result<std::optional<Verdict>> OperationStore::receiveOne(Batch& batch, Received& received) {
    if (!received.operation) { // it has its number all the same: what follows it is no gap
        if (received.seq == batch.highSeq + 1) ++batch.highSeq;
        return std::optional(Verdict{received.id, VerdictKind::Quarantined});
    }
    auto& operation = *received.operation;
    const auto known = batch.rows.verdictOn(batch.device.id, operation.id);
    if (!known) return known.error();
    if (*known && !isMutant(Mutant::NoIdDedupe)) {
        if (operation.seq == batch.highSeq + 1) ++batch.highSeq; // the same one under a new incarnation
        const bool isRefused = **known == VerdictKind::Quarantined;
        return std::optional(Verdict{operation.id, isRefused ? VerdictKind::Quarantined : VerdictKind::Dup});
    }
    if (operation.seq <= batch.highSeq) {
        const auto kind = isMutant(Mutant::DedupeBySeq) ? VerdictKind::Dup : VerdictKind::Fork;
        return std::optional(Verdict{operation.id, kind});
    }
    if (operation.seq > batch.highSeq + 1) return std::optional(Verdict{operation.id, VerdictKind::Gap});
    auto applied = tryApply(batch, operation);
    if (!applied) return applied.error();
    if (!*applied) return std::optional<Verdict>();
    DecidedOperation decided{{}, received.line, {}, (*applied)->kind, std::move((*applied)->reason)};
    if (decided.kind != VerdictKind::Quarantined && strip(operation)) decided.stripped = toLine(operation);
    operation.data = nullptr;
    decided.operation = std::move(operation);
    const Verdict verdict{std::move(received.id), decided.kind};
    if (auto done = batch.rows.add(std::move(decided)); !done) return done.error();
    ++batch.highSeq;
    return std::optional(verdict);
}

/// Most batches hold nothing that is refused. They go without savepoints, of which PostgreSQL makes two trips
/// to the server each; the first refusal begins the batch again with them.
Result<std::optional<OperationStore::Applied>> OperationStore::tryApply(Batch& batch,
                                                                        const Operation& operation) {
    const bool hasSavepoint = batch.care == Care::Savepoints;
    for (int attempt = 1;; ++attempt) {
        if (hasSavepoint)
            if (auto done = database_.exec("SAVEPOINT operation"); !done) return done.error();
        auto kind = applyOperation(batch, operation);
        if (hasSavepoint) // what it adds belongs to it
            if (auto done = batch.rows.writeAdds(); !done && kind) kind = done.error();
        if (!kind && (isTransient(kind.error().code) || isMutant(Mutant::PoisonBlocks))) return kind.error();
        if (!kind && !hasSavepoint) return std::optional<Applied>();
        if (!kind)
            if (auto done = database_.exec("ROLLBACK TO SAVEPOINT operation"); !done) return done.error();
        if (hasSavepoint)
            if (auto done = database_.exec("RELEASE SAVEPOINT operation"); !done) return done.error();
        if (kind) return std::optional(Applied{*kind, {}});
        // Somebody else wrote the same person meanwhile: the second look sees them.
        if (kind.error().code != Errc::Conflict || attempt == 2)
            return std::optional(Applied{VerdictKind::Quarantined, kind.error().what});
    }
}

// ---- what was set aside
// ------------------------------------------------------------------------------------------

Result<OperationStore::Replayed> OperationStore::replay() {
    struct Refused {
        std::int64_t row;
        std::string device, line;
    };
    std::vector<Refused> refused;
    {
        auto query = database_.prepare(
            "SELECT row, device, line FROM operation WHERE verdict = 'quarantined' ORDER BY row");
        if (!query) return query.error();
        for (;;) {
            auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            refused.push_back({query->integer(0), query->string(1), query->string(2)});
        }
    }
    Replayed replayed;
    for (const auto& [row, deviceId, line] : refused) {
        auto device = devices().find(deviceId);
        if (!device) return device.error();
        auto taken = replayOne(row, *device, line);
        if (!taken) return taken.error();
        ++replayed.tried;
        replayed.taken += *taken ? 1 : 0;
    }
    return replayed;
}

Result<bool> OperationStore::replayOne(std::int64_t row, const DeviceRow& device, const std::string& line) {
    const auto operation = parseOperation(line);
    if (!operation) return false;
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    auto names = orderLocks(orderReader(), *operation);
    if (!names) return names.error();
    names->insert(names->end(), {"device/" + device.id, operation->entity});
    if (auto done = database_.lockNames(*names); !done) return done.error();
    auto newest = newestId(device.id);
    if (!newest) return newest.error();
    Batch batch{device, Care::Savepoints, 0, {database_, clock_.nowMs(), std::move(*newest)}};
    auto applied = tryApply(batch, *operation);
    if (!applied) return applied.error();
    if ((*applied)->kind == VerdictKind::Quarantined) return false;
    auto update =
        database_.prepare("UPDATE operation SET verdict = ?, reason = ?, line = ? WHERE row = ? AND "
                          "verdict = 'quarantined'");
    if (!update) return update.error();
    auto stripped = *operation;
    strip(stripped);
    const auto stored = toLine(stripped);
    update->bind(0, toString((*applied)->kind)).bind(1, kTakenLaterReason).bind(2, stored).bind(3, row);
    if (auto done = update->run(); !done) return done.error();
    if (database_.changes() == 0) return false; // another replica was first, and this one's work is undone
    if (!isMutant(Mutant::ReplayUntold))
        if (auto done = feed().tell(device.id, operationResult(operation->id), clock_.nowMs()); !done)
            return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return true;
}

// ---- telling
// -----------------------------------------------------------------------------------------------------

Result<ChangePage> OperationStore::changesFor(const std::string& deviceId, std::string_view cursor) {
    auto current = epoch();
    if (!current) return current.error();
    return feed().after(deviceId, *current, cursor, clock_.nowMs());
}

Result<std::int64_t> OperationStore::forgetChangesBefore(UtcMs ms) {
    auto current = epoch();
    if (!current) return current.error();
    return feed().forgetBefore(ms, *current);
}

} // namespace silta::hub
