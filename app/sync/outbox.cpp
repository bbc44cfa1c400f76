// The outbox of the journal: what waits for the hub, and what became of it.
#include "core/json_view.h"
#include "core/log.h"
#include "core/mutant.h"
#include "sync/journal.h"
#include "sync/lease_book.h"
#include "sync/order_book.h"
#include "sync/outbox_line.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace silta {

namespace {

constexpr int kSerialsSkipped = 1'000; // more than a device signs up between two talks with the hub

enum State : std::int64_t { kPending = 0, kKept = 1, kQuarantined = 2 };

const char* nameOf(std::int64_t state) {
    switch (state) {
    case kPending:
        return "pending";
    case kKept:
        return "kept";
    default:
        return "quarantined";
    }
}

/// The id that the hub will see; empty when there is none. The row's own column may have been damaged since:
/// the checksum is not over it.
std::string idIn(std::string_view line) {
    const auto operation = JsonView::parse(line, kOperationBytesMax);
    return operation ? std::string(operation->text("id", kOperationNameBytesMax).value_or("")) : "";
}

} // namespace

std::int64_t lineChecksum(std::string_view line) {
    return static_cast<std::int64_t>(shortHash(line));
}

bool isSoundLine(const Statement& row, int lineColumn, int checksumColumn) {
    const bool hasChecksum = !row.isNull(checksumColumn);
    return isSoundLine(row.text(lineColumn),
                       hasChecksum ? std::optional(row.integer(checksumColumn)) : std::nullopt);
}

bool isSoundLine(std::string_view line, std::optional<std::int64_t> checksum) {
    if (checksum) return lineChecksum(line) == *checksum;
    return !line.empty() && parseOperation(completeLine(line, "d", "i", 1)).has_value();
}

Result<Journal::Batch> Journal::pendingBatch(std::int64_t after, std::size_t operationsMax) {
    auto query = database_.prepare(
        "SELECT seq, row, line, checksum FROM outbox WHERE state = 0 AND seq > ? ORDER BY seq LIMIT ?");
    if (!query) return query.error();
    query->bind(0, after).bind(1, static_cast<std::int64_t>(std::min(operationsMax, kPushOperationsMax)));
    Batch batch;
    batch.incarnation = incarnation_;
    std::vector<std::int64_t> damaged;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto seq = query->integer(0);
        if (!batch.ids.empty() && seq != batch.lastSeq + 1) break;
        auto id = isSoundLine(*query, 2, 3) ? idIn(query->text(2)) : std::string();
        if (id.empty()) { // must not hold up what comes after it
            damaged.push_back(query->integer(1));
            continue;
        }
        const auto line = completeLine(query->text(2), deviceId_, incarnation_, seq);
        if (!batch.ids.empty() && batch.lines.size() + line.size() + 1 > kPushBytesMax) break;
        batch.lines.append(line).push_back('\n');
        batch.ids.push_back(std::move(id));
        if (batch.ids.size() == 1) batch.firstSeq = seq;
        batch.lastSeq = seq;
    }
    query->reset();
    for (const auto row : damaged)
        if (auto done = setAside(row); !done) return done.error();
    return batch;
}

Result<void> Journal::setAside(std::int64_t row) {
    log::error("sync", "outbox row is damaged; set aside row={}", row);
    auto query = database_.prepare("SELECT id FROM outbox WHERE row = ?");
    if (!query) return query.error();
    auto known = query->bind(0, row).step();
    if (!known) return known.error();
    if (*known) { // the hub never hears of it: its word counts without it
        const auto id = query->string(0);
        query->reset();
        if (auto done = OrderBook(database_).drop(id); !done) return done;
    }
    auto update = database_.prepare("UPDATE outbox SET state = 2, seq = 0 WHERE row = ?");
    if (!update) return update.error();
    return update->bind(0, row).run();
}

Result<std::int64_t> Journal::acknowledge(std::int64_t firstSeq, std::int64_t lastSeq,
                                          std::int64_t durableSeq) {
    if (firstSeq > lastSeq) return 0;
    if (isMutant(Mutant::DeleteOnAck)) durableSeq = nextSeq_;
    auto forget = database_.prepare("DELETE FROM outbox WHERE state = 0 AND seq BETWEEN ? AND ?");
    if (!forget) return forget.error();
    forget->bind(0, firstSeq).bind(1, std::min(lastSeq, durableSeq)); // mostly it is durable at once
    if (auto done = forget->run(); !done) return done.error();
    const auto forgotten = database_.changes();
    if (durableSeq >= lastSeq) return forgotten;
    auto keep = database_.prepare("UPDATE outbox SET state = 1 WHERE state = 0 AND seq BETWEEN ? AND ?");
    if (!keep) return keep.error();
    if (auto done = keep->bind(0, firstSeq).bind(1, lastSeq).run(); !done) return done.error();
    return forgotten + database_.changes();
}

Result<std::int64_t> Journal::quarantine(std::int64_t seq) {
    auto update = database_.prepare("UPDATE outbox SET state = 2 WHERE state = 0 AND seq = ?");
    if (!update) return update.error();
    if (auto done = update->bind(0, seq).run(); !done) return done.error();
    return database_.changes();
}

Result<void> Journal::resendAfter(std::int64_t highSeq, bool& forked) {
    auto wanted = database_.prepare("SELECT 1 FROM outbox WHERE seq = ?");
    if (!wanted) return wanted.error();
    auto row = wanted->bind(0, highSeq + 1).step();
    if (!row) return row.error();
    // What is not here any more can never be sent: only a new numbering gets past it.
    forked = forked || !*row;
    auto update = database_.prepare("UPDATE outbox SET state = 0 WHERE seq > ? AND state <> 0");
    if (!update) return update.error();
    return update->bind(0, highSeq).run();
}

Result<std::size_t> Journal::settle(const Batch& sent, const PushReply& reply) {
    std::unordered_map<std::string_view, VerdictKind> verdicts;
    for (const auto& verdict : reply.verdicts)
        verdicts.emplace(verdict.id, verdict.kind);
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    bool forked = reply.highSeq >= nextSeq_;
    bool hasGap = false;
    std::int64_t settled = 0;
    const auto count = [&settled](const Result<std::int64_t>& rows) -> Result<void> {
        if (!rows) return rows.error();
        settled += *rows;
        return {};
    };
    auto takenFrom = sent.firstSeq; // all from here on is taken, up to where the loop is
    for (auto seq = sent.firstSeq; seq <= sent.lastSeq; ++seq) {
        const auto entry = verdicts.find(sent.ids[static_cast<std::size_t>(seq - sent.firstSeq)]);
        const auto kind = entry == verdicts.end() ? VerdictKind::Ok : entry->second;
        if (kind == VerdictKind::Ok || kind == VerdictKind::Dup || kind == VerdictKind::Flag) continue;
        if (auto done = count(acknowledge(takenFrom, seq - 1, reply.durableSeq)); !done) return done.error();
        takenFrom = seq + 1;
        hasGap = hasGap || kind == VerdictKind::Gap;
        forked = forked || kind == VerdictKind::Fork || kind == VerdictKind::Fenced;
        if (kind == VerdictKind::Quarantined)
            if (auto done = count(quarantine(seq)); !done) return done.error();
        // Any other stays pending and is sent again.
    }
    if (auto done = count(acknowledge(takenFrom, sent.lastSeq, reply.durableSeq)); !done) return done.error();
    if (isMutant(Mutant::CumulativeAck)) {
        auto acknowledge = database_.prepare("UPDATE outbox SET state = 1 WHERE state = 0 AND seq <= ?");
        if (!acknowledge) return acknowledge.error();
        if (auto done = acknowledge->bind(0, reply.highSeq).run(); !done) return done.error();
    }
    if (hasGap)
        if (auto done = resendAfter(reply.highSeq, forked); !done) return done.error();
    if (auto noted = noteHub(reply.epoch, reply.durableSeq); !noted) return noted.error();
    if (auto done = transaction->commit(); !done) return done.error();
    if (forked)
        if (auto done = startIncarnation(); !done) return done.error();
    return static_cast<std::size_t>(settled);
}

Result<bool> Journal::noteHighSeq(std::int64_t highSeq) {
    if (highSeq < nextSeq_) return false;
    if (auto done = startIncarnation(); !done) return done.error();
    return true;
}

Result<bool> Journal::noteHub(std::string_view epoch, std::int64_t durableSeq) {
    auto known = setting("hub_epoch");
    if (!known && known.error().code != Errc::NotFound) return known.error();
    bool resends = false;
    if (known && *known != epoch) {
        if (auto done = database_.exec("UPDATE outbox SET state = 0 WHERE state <> 0 AND seq > 0"); !done)
            return done.error();
        resends = database_.changes() > 0;
    }
    if (!known || *known != epoch)
        if (auto done = setSetting("hub_epoch", epoch); !done) return done.error();
    auto forget = database_.prepare("DELETE FROM outbox WHERE state = 1 AND seq <= ?");
    if (!forget) return forget.error();
    if (isMutant(Mutant::DeleteOnAck)) durableSeq = nextSeq_;
    if (auto done = forget->bind(0, durableSeq).run(); !done) return done.error();
    return resends;
}

Result<void> Journal::acceptQuarantined(std::string_view id) {
    // Kept like any other that the hub has taken: a backup that it may be restored from can be older.
    auto keep = database_.prepare("UPDATE outbox SET state = 1 WHERE id = ? AND state = 2");
    if (!keep) return keep.error();
    return keep->bind(0, id).run();
}

Result<void> Journal::startIncarnation() {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (isMutant(Mutant::ForgetOnIncarnation))
        if (auto done = database_.exec("DELETE FROM outbox WHERE state = 1"); !done) return done;
    auto next = renumber();
    if (!next) return next.error();
    const auto incarnation = makeIncarnation(random_);
    auto clock = database_.prepare("UPDATE clock SET incarnation = ?, next_seq = ?");
    if (!clock) return clock.error();
    if (auto done = clock->bind(0, incarnation).bind(1, *next).run(); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    incarnation_ = incarnation;
    nextSeq_ = *next;
    log::warning("sync", "this device was rolled back or cloned; new incarnation pending={}", *next - 1);
    return {};
}

Result<std::int64_t> Journal::renumber() {
    // Ids stay, so the hub still recognises what it already has; only the numbering begins again. What was
    // kept, or refused, is sent again: the marks that would have told when to forget it belong to the old
    // numbering. What is damaged has no number, and is never sent.
    constexpr const char* kRenumber = "UPDATE outbox SET state = 0 WHERE state <> 0 AND seq > 0;"
                                      "UPDATE outbox SET seq = n.number FROM (SELECT row, row_number() OVER "
                                      "(ORDER BY seq, row) AS number FROM outbox"
                                      " WHERE state = 0) AS n WHERE n.row = outbox.row;";
    if (auto done = database_.exec(kRenumber); !done) return done.error();
    auto count = database_.prepare("SELECT count(*) FROM outbox WHERE state = 0");
    if (!count) return count.error();
    if (auto row = count->step(); !row) return row.error();
    const auto next = count->integer(0) + 1;
    // Whoever had this numbering gave out member numbers, and may be spending the leases.
    const auto skip =
        fmt::format("UPDATE setting SET value = value + {} WHERE name IN ('member_serial', 'order_serial')",
                    kSerialsSkipped);
    if (auto done = database_.exec(skip.c_str()); !done) return done.error();
    if (auto done = LeaseBook(database_).forgetAll(); !done) return done.error();
    return next;
}

bool Journal::hasPending() const {
    auto query = database_.prepare("SELECT 1 FROM outbox WHERE state = 0 LIMIT 1");
    auto row = query ? query->step() : Result<bool>(false);
    return row && *row;
}

Result<bool> Journal::isRefused(std::string_view type, std::string_view entity) const {
    auto query = database_.prepare("SELECT 1 FROM outbox WHERE state = 2 AND type = ? AND "
                                   "CASE WHEN json_valid(line) THEN json_extract(line, '$.e') END = ?");
    if (!query) return query.error();
    return query->bind(0, type).bind(1, entity).step();
}

Result<OutboxCounts> Journal::counts() const {
    auto query = database_.prepare("SELECT state, count(*), min(seq) FROM outbox GROUP BY state");
    auto oldest = database_.prepare("SELECT created_ms FROM outbox WHERE state = 0 AND seq = ?");
    if (!query) return query.error();
    if (!oldest) return oldest.error();
    OutboxCounts counts;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return counts;
        const auto state = query->integer(0);
        (state == kPending ? counts.pending
         : state == kKept  ? counts.kept
                           : counts.quarantined) = query->integer(1);
        if (state != kPending) continue;
        if (auto first = oldest->bind(0, query->integer(2)).step(); !first) return first.error();
        counts.oldestMs = oldest->integer(0);
    }
}

Result<std::vector<OutboxRow>> Journal::outbox(int limit) const {
    auto query =
        database_.prepare("SELECT seq, state, created_ms, id, type FROM outbox ORDER BY row LIMIT ?");
    if (!query) return query.error();
    query->bind(0, limit);
    std::vector<OutboxRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back({query->integer(0), nameOf(query->integer(1)), query->integer(2), query->string(3),
                        query->string(4)});
    }
}

} // namespace silta
