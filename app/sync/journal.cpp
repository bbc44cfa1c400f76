#include "sync/journal.h"

#include "core/log.h"
#include "core/mutant.h"
#include "store/sql_engine.h"
#include "sync/journal_tables.h"
#include "sync/outbox_line.h"
#include "sync/page_file.h"
#include "sync/page_salvage.h"
#include "sync/private_feed.h"
#include "sync/salvage.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace silta {

namespace {

constexpr std::int64_t kRowsChecked = 2'000; // of the outbox in one slice: some milliseconds
constexpr int kFilesKept = 3;                // damaged ones, for a technician to take along
constexpr int kFilesMax = 1'000;             // ever, in one folder: by then the card has long been at its end

std::string fileName(const std::string& folder, int number) {
    return number == 1 ? folder + "/journal.db" : fmt::format("{}/journal-{}.db", folder, number);
}

/// The numbers of the journals in the folder, the newest first; a log without its database counts too. The
/// oldest are removed with time, so that any number of names can be free before the first.
std::vector<int> journalsIn(const std::string& folder) {
    std::vector<int> numbers;
    for (int number = 1, missing = 0; number <= kFilesMax && missing < kFilesKept + 1; ++number) {
        const auto path = fileName(folder, number);
        const bool isThere = Database::exists(path) || Database::exists(path + "-wal");
        if (isThere) numbers.insert(numbers.begin(), number);
        missing = isThere || numbers.empty() ? 0 : missing + 1;
    }
    return numbers;
}

/// With what its log holds behind the place at which SQLite stops reading.
Result<Database> openDamaged(const std::string& path, const PageFile& file) {
    if (!file.hasLostTail()) return Database::open(path, OpenMode::Precious);
    auto image = openSqliteImage(file.image());
    if (!image) return image.error();
    return Database(std::move(*image));
}

} // namespace

Result<std::string> Journal::currentFile(const std::string& folder) {
    const auto numbers = journalsIn(folder);
    if (numbers.empty()) return Error{Errc::NotFound, "find journal: none is there"};
    return fileName(folder, numbers.front());
}

/// Nothing when the file is a new journal's that was never finished.
Result<std::unique_ptr<Journal>> Journal::openFile(const std::string& path, const std::string& deviceId,
                                                   const Clock& clock, Random& random) {
    auto database = Database::open(path, OpenMode::Precious);
    if (!database) return database.error();
    if (auto sound = database->wholeCheck(); !sound) return sound.error();
    std::unique_ptr<Journal> journal(new Journal(std::move(*database), deviceId, clock, random));
    if (auto done = journal->database_.migrate(journalMigrations()); !done) return done.error();
    auto begun = journal->load();
    if (!begun) return begun.error();
    if (!*begun) return std::unique_ptr<Journal>();
    if (auto sound = journal->checkNumbers(); !sound) return sound.error();
    // Where there is no room to note it, it is noted at the next start.
    if (auto asks = journal->askForOutcomes(); !asks && asks.error().code != Errc::Full) return asks.error();
    return journal;
}

Result<std::unique_ptr<Journal>> Journal::open(const std::string& folder, std::string deviceId,
                                               const Clock& clock, Random& random) {
    const auto numbers = journalsIn(folder);
    std::string damagedPath;
    for (const auto number : numbers) {
        auto journal = openFile(fileName(folder, number), deviceId, clock, random);
        if (!journal && journal.error().code != Errc::Corrupt) return journal;
        if (journal && *journal) return journal;
        if (!journal) {
            damagedPath = fileName(folder, number);
            break;
        }
    }
    const auto next = numbers.empty() ? 1 : numbers.front() + 1;
    if (next > kFilesMax) return Error{Errc::Limit, "open journal: too many were damaged in this folder"};
    const auto path = fileName(folder, next);
    auto database = Database::open(path, OpenMode::Precious);
    if (!database) return database.error();
    std::unique_ptr<Journal> journal(new Journal(std::move(*database), std::move(deviceId), clock, random));
    if (auto done = journal->database_.migrate(journalMigrations()); !done) return done.error();
    if (auto done = journal->begin(damagedPath); !done) return done.error();
    for (std::size_t i = kFilesKept; i < numbers.size(); ++i)
        for (const char* suffix : {"", "-wal"})
            Database::removeFile(fileName(folder, numbers[i]) + suffix);
    return journal;
}

Result<bool> Journal::load() {
    auto query = database_.prepare("SELECT incarnation, next_seq, hlc FROM clock");
    if (!query) return query.error();
    auto row = query->step();
    if (!row || !*row) return row;
    incarnation_ = query->string(0);
    nextSeq_ = query->integer(1);
    hlc_ = Hlc{static_cast<std::uint64_t>(query->integer(2))};
    return true;
}

/// Pages that are each sound can be of different times (D-073). A number that two operations have would be
/// settled for both by the verdict on one.
Result<void> Journal::checkNumbers() const {
    auto query = database_.prepare(
        "SELECT 1 FROM outbox WHERE seq >= ?1 UNION ALL "
        "SELECT 1 FROM (SELECT seq FROM outbox WHERE seq > 0 GROUP BY seq HAVING count(*) > 1) LIMIT 1");
    if (!query) return query.error();
    auto row = query->bind(0, nextSeq_).step();
    if (!row) return row.error();
    if (*row) return Error{Errc::Corrupt, "open journal: its pages are of different times"};
    return {};
}

/// The feed told what became of a sign-up, and only its cursor is left of that: pages of different times
/// again. A sign-up whose answer is still on its way looks the same: then this costs one look at the whole
/// feed.
Result<void> Journal::askForOutcomes() {
    // Mistakes with the cursor are to be seen, not mended.
    if (isMutant(Mutant::CursorFirst) || isMutant(Mutant::NaiveCursor)) return {};
    auto query = database_.prepare(
        "SELECT 1 FROM member WHERE outcome IS NULL AND id NOT IN (SELECT coalesce(json_extract(line, "
        "'$.d.memberId'), '') FROM outbox WHERE type = 'member.signup' AND state <> 1 AND json_valid(line)) "
        "LIMIT 1");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    query->reset();
    return *row ? setSetting(kFeedCursorSetting, "") : Result<void>{};
}

Result<void> Journal::begin(const std::string& damagedPath) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    incarnation_ = makeIncarnation(random_);
    std::int64_t rows = 0;
    wasDamaged_ = !damagedPath.empty();
    if (wasDamaged_) {
        if (!isMutant(Mutant::SalvageNothing)) {
            auto saved = salvageFrom(damagedPath);
            if (!saved) return saved.error();
            rows = *saved;
        }
        auto next = renumber();
        if (!next) return next.error();
        nextSeq_ = *next;
        // The hub never hears of a change whose operation is lost: its word counts without it.
        if (auto done = database_.exec("DELETE FROM order_change WHERE at_hub = 0 AND operation_id NOT IN "
                                       "(SELECT id FROM outbox)");
            !done)
            return done.error();
        // The rest may be of different times, and what the feed told of before its place be gone.
        if (auto done = setSetting(kFeedCursorSetting, ""); !done) return done;
    }
    auto insert = database_.prepare("INSERT INTO clock VALUES(1, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, incarnation_).bind(1, nextSeq_).bind(2, static_cast<std::int64_t>(hlc_.value));
    if (auto done = insert->run(); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    if (wasDamaged_) log::error("sync", "journal was damaged; set aside and salvaged rows={}", rows);
    return {};
}

Result<std::int64_t> Journal::salvageFrom(const std::string& path) {
    const auto file = PageFile::read(path);
    std::int64_t rows = 0;
    std::set<std::string_view> unsound; // a damaged root can look like that of a table with few rows, or none
    for (const auto& table : journalTables())
        unsound.insert(table.name);
    if (auto damaged = openDamaged(path, file)) {
        auto copied = salvage(*damaged, database_);
        if (!copied) return copied.error();
        rows = *copied;
        std::erase_if(unsound,
                      [&damaged](const auto& name) { return damaged->wholeCheck(name).has_value(); });
        if (auto clock = damaged->prepare("SELECT hlc FROM clock"))
            if (auto row = clock->step(); row && *row)
                hlc_ = Hlc{static_cast<std::uint64_t>(clock->integer(0))};
    }
    if (unsound.empty() || isMutant(Mutant::SalvageTablesOnly)) return rows;
    auto found = salvagePages(file, database_, unsound);
    if (!found) return found.error();
    return rows + *found;
}

Result<Operation> Journal::record(const Kind& kind, const Action& action) {
    auto recorded = recordOnce(kind, action);
    if (!recorded) noteFailure(recorded.error());
    return recorded;
}

Result<Operation> Journal::recordOnce(const Kind& kind, const Action& action) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const auto hlc = Hlc::next(hlc_, clock_.nowMs());
    const OperationStamp stamp{makeUuid(hlc, random_), hlc};
    auto data = action(database_, stamp);
    if (!data) return data.error();
    Operation operation;
    operation.id = stamp.id;
    operation.device = deviceId_;
    operation.incarnation = incarnation_;
    operation.seq = nextSeq_;
    operation.hlc = stamp.hlc;
    operation.entity = kind.entity;
    operation.type = kind.type;
    operation.version = kind.version;
    operation.dependsOn = kind.dependsOn;
    operation.data = std::move(*data);
    const auto line = toWaitingLine(operation);
    if (line.size() + kOperationAddressBytesMax > kOperationBytesMax)
        return Error{Errc::Limit, "record operation: too large"};
    // Nobody is told "saved" of what the hub could not even read.
    if (!parseOperation(completeLine(line, deviceId_, incarnation_, nextSeq_)))
        return Error{Errc::Invalid, "record operation: malformed"};
    auto insert = database_.prepare(
        "INSERT INTO outbox(seq, id, created_ms, type, line, checksum) VALUES(?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, operation.seq).bind(1, operation.id).bind(2, clock_.nowMs()).bind(3, operation.type);
    if (auto done = insert->bind(4, line).bind(5, lineChecksum(line)).run(); !done) return done.error();
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
    auto done = [this, &change]() -> Result<void> {
        auto transaction = Transaction::begin(database_);
        if (!transaction) return transaction.error();
        if (auto changed = change(database_); !changed) return changed;
        return transaction->commit();
    }();
    if (!done) noteFailure(done.error());
    return done;
}

Result<void> Journal::checkSlice() {
    // Pages in memory are what was read long ago; damage happens on the medium.
    if (auto done = database_.exec("PRAGMA shrink_memory"); !done) return done;
    if (std::exchange(isSuspect_, false)) return database_.wholeCheck();
    const auto tables = journalTables();
    if (slice_ < tables.size()) return database_.wholeCheck(tables[slice_++].name);
    return checkOutboxRows();
}

Result<void> Journal::checkOutboxRows() {
    auto query = database_.prepare(
        "SELECT row, line, checksum FROM outbox WHERE row > ? AND state <> 2 ORDER BY row LIMIT ?");
    if (!query) return query.error();
    query->bind(0, rowChecked_).bind(1, kRowsChecked);
    std::vector<std::int64_t> damaged;
    std::int64_t rows = 0;
    for (; rows < kRowsChecked; ++rows) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        rowChecked_ = query->integer(0);
        if (!isSoundLine(*query, 1, 2)) damaged.push_back(rowChecked_);
    }
    query->reset();
    if (rows < kRowsChecked) slice_ = 0, rowChecked_ = 0; // from the beginning
    for (const auto row : damaged)
        if (auto done = setAside(row); !done) return done;
    return {};
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
