#include "sync/journal.h"

#include "core/log.h"
#include "core/mutant.h"
#include "shopper/wishlist_repository.h"

#include <silta/uuid.h>

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_set>

namespace silta {

namespace {

constexpr std::size_t kIncarnationBytes = 8;
constexpr int kSerialsSkipped = 1'000; // more than a device signs up between two talks with the hub

enum State : std::int64_t { kPending = 0, kKept = 1, kQuarantined = 2 };

// outbox.line is the operation without dev, inc and seq: those are put in when it is sent, because a device
// can get its incarnation replaced while operations wait.
constexpr std::array<const char*, 2> kMigrations = {R"sql(
CREATE TABLE clock(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  incarnation TEXT NOT NULL,
  next_seq INTEGER NOT NULL,
  hlc INTEGER NOT NULL
) STRICT;
CREATE TABLE outbox(
  row INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  type TEXT NOT NULL,
  line TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox(state, row);
CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE member(
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL,
  outcome TEXT
) STRICT, WITHOUT ROWID;
)sql",
                                                    kWishlistTables};

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

bool exists(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0;
}

} // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path, std::string deviceId,
                                               const Clock& clock, Random& random) {
    const auto openSound = [&path]() -> Result<Database> {
        auto database = Database::open(path, OpenMode::Precious);
        if (!database) return database.error();
        if (auto sound = database->quickCheck(); !sound) return sound.error();
        return database;
    };
    auto database = openSound();
    std::string damagedPath;
    if (!database && database.error().code == Errc::Corrupt) {
        damagedPath = fmt::format("{}.damaged-{}", path, clock.nowMs());
        if (std::rename(path.c_str(), damagedPath.c_str()) != 0)
            return Error{Errc::Io, "open journal: cannot move the damaged file aside"};
        // A log beside a file of another content would corrupt the new one.
        if (exists(path + "-wal")) std::rename((path + "-wal").c_str(), (damagedPath + "-wal").c_str());
        std::remove((path + "-shm").c_str());
        database = openSound();
    }
    if (!database) return database.error();
    std::unique_ptr<Journal> journal(new Journal(std::move(*database), std::move(deviceId), clock, random));
    if (auto done = journal->database_.migrate(kMigrations); !done) return done.error();
    if (auto done = journal->load(); !done) return done.error();
    if (!damagedPath.empty()) {
        journal->wasDamaged_ = true;
        if (auto done = journal->salvageFrom(damagedPath); !done) return done.error();
    }
    return journal;
}

Result<void> Journal::load() {
    auto query = database_.prepare("SELECT incarnation, next_seq, hlc FROM clock");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (*row) {
        incarnation_ = query->string(0);
        nextSeq_ = query->integer(1);
        hlc_ = Hlc{static_cast<std::uint64_t>(query->integer(2))};
        return {};
    }
    incarnation_ = random_.hex(kIncarnationBytes);
    auto insert = database_.prepare("INSERT INTO clock VALUES(1, ?, 1, 0)");
    if (!insert) return insert.error();
    return insert->bind(0, incarnation_).run();
}

Result<void> Journal::salvageFrom(const std::string& damagedPath) {
    auto damaged = Database::open(damagedPath, OpenMode::ReadOnly);
    std::int64_t rows = 0;
    if (damaged) {
        auto transaction = Transaction::begin(database_);
        if (!transaction) return transaction.error();
        auto query =
            damaged->prepare("SELECT id, created_ms, type, line FROM outbox WHERE state <> 1 ORDER BY row");
        auto insert = database_.prepare(
            "INSERT OR IGNORE INTO outbox(seq, id, created_ms, type, line) VALUES(?, ?, ?, ?, ?)");
        if (!insert) return insert.error();
        while (query) {
            auto row = query->step();
            if (!row || !*row) break; // what comes after the damage cannot be reached
            const auto id = query->text(0);
            if (!isUuid(id)) continue;
            insert->bind(0, nextSeq_).bind(1, id).bind(2, query->integer(1)).bind(3, query->text(2));
            insert->bind(4, query->text(3));
            if (auto done = insert->run(); !done) return done;
            nextSeq_ += database_.changes();
            ++rows;
        }
        auto clock = database_.prepare("UPDATE clock SET next_seq = ?");
        if (!clock) return clock.error();
        if (auto done = clock->bind(0, nextSeq_).run(); !done) return done;
        if (auto done = transaction->commit(); !done) return done;
    }
    log::error("sync", "journal was damaged; set aside and salvaged operations={}", rows);
    return {};
}

Result<Operation> Journal::record(std::string entity, std::string type, const Action& action) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const OperationStamp stamp{makeUuid(clock_, random_), Hlc::next(hlc_, clock_.nowMs())};
    auto data = action(database_, stamp);
    if (!data) return data.error();
    Operation operation;
    operation.id = stamp.id;
    operation.device = deviceId_;
    operation.incarnation = incarnation_;
    operation.seq = nextSeq_;
    operation.hlc = stamp.hlc;
    operation.entity = std::move(entity);
    operation.type = std::move(type);
    operation.data = std::move(*data);
    const auto line = toLine(operation);
    if (line.size() > kOperationBytesMax) return Error{Errc::Limit, "record operation: too large"};
    auto insert =
        database_.prepare("INSERT INTO outbox(seq, id, created_ms, type, line) VALUES(?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, operation.seq).bind(1, operation.id).bind(2, clock_.nowMs()).bind(3, operation.type);
    if (auto done = insert->bind(4, line).run(); !done) return done.error();
    auto clock = database_.prepare("UPDATE clock SET next_seq = ?, hlc = ?");
    if (!clock) return clock.error();
    clock->bind(0, nextSeq_ + 1).bind(1, static_cast<std::int64_t>(stamp.hlc.value));
    if (auto done = clock->run(); !done) return done.error();
    if (auto done = transaction->commit(); !done && !isMutant(Mutant::AckBeforeCommit)) return done.error();
    ++nextSeq_;
    hlc_ = stamp.hlc;
    return operation;
}

Result<void> Journal::apply(const std::function<Result<void>(Database&)>& change) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (auto done = change(database_); !done) return done;
    return transaction->commit();
}

Result<Journal::Batch> Journal::pendingBatch() {
    auto query = database_.prepare("SELECT seq, id, line FROM outbox WHERE state = 0 ORDER BY row LIMIT ?");
    if (!query) return query.error();
    query->bind(0, static_cast<std::int64_t>(kPushOperationsMax));
    Batch batch;
    std::vector<std::string> unreadable;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        auto operation = parseOperation(query->text(2));
        if (!operation) { // a damaged row must not hold up what comes after it
            unreadable.push_back(query->string(1));
            continue;
        }
        operation->device = deviceId_;
        operation->incarnation = incarnation_;
        operation->seq = query->integer(0);
        const auto line = toLine(*operation);
        if (!batch.ids.empty() && batch.lines.size() + line.size() + 1 > kPushBytesMax) break;
        batch.lines.append(line).push_back('\n');
        batch.ids.push_back(query->string(1));
    }
    query->reset();
    for (const auto& id : unreadable) {
        log::error("sync", "outbox row cannot be read; set aside id={}", id);
        auto update = database_.prepare("UPDATE outbox SET state = 2, seq = 0 WHERE id = ?");
        if (!update) return update.error();
        if (auto done = update->bind(0, id).run(); !done) return done.error();
    }
    return batch;
}

Result<void> Journal::applyVerdict(const Verdict& verdict, bool& forked) {
    std::int64_t state = kPending;
    switch (verdict.kind) {
    case VerdictKind::Ok:
    case VerdictKind::Dup:
        state = kKept;
        break;
    case VerdictKind::Quarantined:
        state = kQuarantined;
        break;
    case VerdictKind::Fork:
        forked = true;
        return {};
    case VerdictKind::Gap:
    case VerdictKind::Unknown:
        return {}; // stays pending and is sent again
    }
    auto update = database_.prepare("UPDATE outbox SET state = ? WHERE id = ? AND state = 0");
    if (!update) return update.error();
    return update->bind(0, state).bind(1, verdict.id).run();
}

Result<void> Journal::resendAfter(std::int64_t highSeq, bool& forked) {
    auto wanted = database_.prepare("SELECT 1 FROM outbox WHERE seq = ?");
    if (!wanted) return wanted.error();
    auto row = wanted->bind(0, highSeq + 1).step();
    if (!row) return row.error();
    // What is not here any more can never be sent: only a new numbering gets past it.
    forked = forked || !*row;
    auto update = database_.prepare("UPDATE outbox SET state = 0 WHERE seq > ?");
    if (!update) return update.error();
    return update->bind(0, highSeq).run();
}

Result<void> Journal::settle(std::span<const std::string> sentIds, const PushReply& reply) {
    const std::unordered_set<std::string_view> sent(sentIds.begin(), sentIds.end());
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    bool forked = reply.highSeq >= nextSeq_;
    bool hasGap = false;
    for (const auto& verdict : reply.verdicts) {
        if (sent.count(verdict.id) == 0) continue; // not ours to believe
        hasGap = hasGap || verdict.kind == VerdictKind::Gap;
        if (auto done = applyVerdict(verdict, forked); !done) return done;
    }
    if (isMutant(Mutant::CumulativeAck)) {
        auto acknowledge = database_.prepare("UPDATE outbox SET state = 1 WHERE state = 0 AND seq <= ?");
        if (!acknowledge) return acknowledge.error();
        if (auto done = acknowledge->bind(0, reply.highSeq).run(); !done) return done;
    }
    if (hasGap)
        if (auto done = resendAfter(reply.highSeq, forked); !done) return done;
    if (auto noted = noteHub(reply.epoch, reply.durableSeq); !noted) return noted.error();
    if (auto done = transaction->commit(); !done) return done;
    return forked ? startIncarnation() : Result<void>{};
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

Result<void> Journal::startIncarnation() {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const auto incarnation = random_.hex(kIncarnationBytes);
    // Ids stay, so the hub still recognises what it already has; only the numbering begins again. What was
    // kept is sent again: the marks that would have told when to forget it belong to the old numbering.
    constexpr const char* kRenumber = "UPDATE outbox SET state = 0 WHERE state = 1;"
                                      "UPDATE outbox SET seq = 0 WHERE state = 2;"
                                      "UPDATE outbox SET seq = n.number FROM (SELECT row, row_number() OVER "
                                      "(ORDER BY row) AS number FROM outbox"
                                      " WHERE state = 0) AS n WHERE n.row = outbox.row;";
    if (isMutant(Mutant::ForgetOnIncarnation))
        if (auto done = database_.exec("DELETE FROM outbox WHERE state = 1"); !done) return done;
    if (auto done = database_.exec(kRenumber); !done) return done;
    auto count = database_.prepare("SELECT count(*) FROM outbox WHERE state = 0");
    if (!count) return count.error();
    if (auto row = count->step(); !row) return row.error();
    const auto next = count->integer(0) + 1;
    count->reset();
    auto clock = database_.prepare("UPDATE clock SET incarnation = ?, next_seq = ?");
    if (!clock) return clock.error();
    if (auto done = clock->bind(0, incarnation).bind(1, next).run(); !done) return done;
    // Whoever had this numbering gave out member numbers too.
    const auto skip =
        fmt::format("UPDATE setting SET value = value + {} WHERE name = 'member_serial'", kSerialsSkipped);
    if (auto done = database_.exec(skip.c_str()); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    incarnation_ = incarnation;
    nextSeq_ = next;
    log::warning("sync", "this device was rolled back or cloned; new incarnation pending={}", next - 1);
    return {};
}

Result<OutboxCounts> Journal::counts() const {
    auto query =
        database_.prepare("SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1),"
                          " count(*) FILTER (WHERE state = 2), coalesce(min(created_ms) FILTER (WHERE state "
                          "= 0), 0) FROM outbox");
    if (!query) return query.error();
    if (auto row = query->step(); !row) return row.error();
    return OutboxCounts{query->integer(0), query->integer(1), query->integer(2), query->integer(3)};
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

Result<std::string> Journal::setting(std::string_view name) const {
    auto query = database_.prepare("SELECT value FROM setting WHERE name = ?");
    if (!query) return query.error();
    auto row = query->bind(0, name).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "read setting: not there"};
    return query->string(0);
}

Result<void> Journal::setSetting(std::string_view name, std::string_view value) {
    auto insert = database_.prepare("INSERT OR REPLACE INTO setting VALUES(?, ?)");
    if (!insert) return insert.error();
    return insert->bind(0, name).bind(1, value).run();
}

} // namespace silta
