#include "support/clocks.h"
#include "sync/journal.h"
#include "sync/journal_tables.h"
#include "sync/lease_book.h"
#include "sync/page_file.h"
#include "sync/private_feed.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace silta;

namespace {

Journal::Action note(const std::string& text) {
    return [text](Database&, const OperationStamp&) -> Result<Json> { return Json{{"note", text}}; };
}

PushReply replyTo(const Journal::Batch& batch, VerdictKind kind, std::int64_t highSeq, std::int64_t durable) {
    PushReply reply;
    for (const auto& id : batch.ids)
        reply.verdicts.push_back({id, kind});
    reply.highSeq = highSeq;
    reply.durableSeq = durable;
    reply.epoch = "e1";
    return reply;
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{7};
    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;   ///< the folder
    std::string lastId_; ///< of an operation

    std::unique_ptr<Journal> open() {
        auto journal = Journal::open(path_, "d1", clock_, random_);
        return journal ? std::move(*journal) : nullptr;
    }
    void fill(Journal& journal, int count) {
        for (int i = 0; i < count; ++i) {
            const auto recorded =
                journal.record({"wishlist/x", "wishlist.add"}, note("n" + std::to_string(i)));
            QVERIFY(recorded);
            lastId_ = recorded->id;
        }
    }
    /// The greatest id in the index of ids becomes a greater one; the row keeps its own.
    void damageIndexOfIds() {
        constexpr qsizetype kPageBytes = 1'024;
        constexpr char kIndexLeaf = 0x0a;
        QFile file(folder_->filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto bytes = file.readAll();
        const auto id = QByteArray::fromStdString(lastId_);
        auto at = bytes.indexOf(id);
        while (at >= 0 && bytes[at / kPageBytes * kPageBytes] != kIndexLeaf)
            at = bytes.indexOf(id, at + 1);
        QVERIFY(at >= 0);
        bytes[at + id.size() - 1] = 'z';
        file.seek(0);
        file.write(bytes);
    }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->path().toStdString();
    }

    void keepsWhatWasRecordedAcrossARestart() {
        std::string incarnation;
        {
            auto journal = open();
            QVERIFY(journal != nullptr);
            fill(*journal, 3);
            incarnation = journal->incarnation();
        }
        auto journal = open();
        QVERIFY(journal != nullptr);
        QCOMPARE(journal->incarnation(), incarnation);
        QCOMPARE(journal->counts()->pending, std::int64_t(3));
        const auto next = journal->record({"wishlist/x", "wishlist.add"}, note("after"));
        QVERIFY(next.has_value());
        QCOMPARE(next->seq, std::int64_t(4));
    }

    void recordsNothingWhenTheActionFails() {
        auto journal = open();
        const auto failed = journal->record(
            {"wishlist/x", "wishlist.add"}, [](Database& database, const OperationStamp&) -> Result<Json> {
                if (auto done = database.exec("INSERT INTO setting VALUES('half', 'done')"); !done)
                    return done.error();
                return Error{Errc::Limit, "no"};
            });
        QVERIFY(!failed);
        QCOMPARE(journal->counts()->pending, std::int64_t(0));
        QVERIFY(!journal->setting("half"));
        const auto next = journal->record({"wishlist/x", "wishlist.add"}, note("x"));
        QCOMPARE(next->seq, std::int64_t(1)); // no hole in the numbers
    }

    void refusesOperationsThatAreTooLarge() {
        auto journal = open();
        const auto failed =
            journal->record({"wishlist/x", "wishlist.add"}, note(std::string(kOperationBytesMax, 'x')));
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, Errc::Limit);
        QCOMPARE(journal->counts()->pending, std::int64_t(0));
    }

    void batchesWithinTheLimits() {
        auto journal = open();
        fill(*journal, static_cast<int>(kPushOperationsMax) + 10);
        auto batch = journal->pendingBatch();
        QCOMPARE(batch->ids.size(), kPushOperationsMax);
        auto second = std::make_unique<QTemporaryDir>();
        auto wide = Journal::open(second->path().toStdString(), "d1", clock_, random_);
        for (int i = 0; i < 60; ++i)
            QVERIFY((*wide)->record({"wishlist/x", "wishlist.add"}, note(std::string(8'000, 'w'))));
        batch = (*wide)->pendingBatch();
        QVERIFY(batch->lines.size() <= kPushBytesMax);
        QVERIFY(batch->ids.size() < 60);
    }

    void believesOnlyVerdictsOnWhatItSent() {
        auto journal = open();
        fill(*journal, 2);
        const auto batch = *journal->pendingBatch();
        auto sent = batch;
        sent.ids.pop_back();
        sent.lastSeq = 1;
        QVERIFY(journal->settle(sent, replyTo(batch, VerdictKind::Ok, 2, 0)));
        QCOMPARE(journal->counts()->pending, std::int64_t(1));
        QCOMPARE(journal->counts()->kept, std::int64_t(1));
    }

    void forgetsOnlyWhatIsDurable() {
        auto journal = open();
        fill(*journal, 3);
        const auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Ok, 3, 2)));
        QCOMPARE(journal->counts()->pending, std::int64_t(0));
        QCOMPARE(journal->counts()->kept, std::int64_t(1));
    }

    void keepsQuarantinedOperationsForAPerson() {
        auto journal = open();
        fill(*journal, 1);
        const auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Quarantined, 1, 1)));
        QCOMPARE(journal->counts()->quarantined, std::int64_t(1));
        QVERIFY(journal->pendingBatch()->ids.empty());
    }

    void keepsWhatWasTakenLaterUntilItIsDurable() {
        auto journal = open();
        fill(*journal, 2);
        const auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Quarantined, 2, 1)));
        for (const auto& id : batch.ids)
            QVERIFY(journal->acceptQuarantined(id));
        QCOMPARE(journal->counts()->kept, std::int64_t(2));
        QCOMPARE(journal->counts()->quarantined, std::int64_t(0));
        QVERIFY(journal->noteHub("e1", 1)); // the hub's backup holds the first
        QCOMPARE(journal->counts()->kept, std::int64_t(1));
        QVERIFY(*journal->noteHub("e2", 1)); // it was restored
        QCOMPARE(journal->pendingBatch()->ids, std::vector{batch.ids[1]});
    }

    void sendsWhatWasRefusedAgainUnderANewNumbering() {
        auto journal = open();
        fill(*journal, 2);
        const auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Quarantined, 2, 2)));
        const auto before = journal->incarnation();
        fill(*journal, 1);
        const auto third = *journal->pendingBatch();
        QVERIFY(journal->settle(third, replyTo(third, VerdictKind::Fork, 2, 2)));
        QVERIFY(journal->incarnation() != before);
        const auto again = *journal->pendingBatch();
        QCOMPARE(again.ids, (std::vector{batch.ids[0], batch.ids[1], third.ids[0]}));
        QCOMPARE(again.firstSeq, std::int64_t(1));
    }

    void sendsAgainAfterAnUnknownVerdict() {
        auto journal = open();
        fill(*journal, 1);
        const auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Unknown, 0, 0)));
        QCOMPARE(journal->pendingBatch()->ids, batch.ids);
    }

    void startsANewIncarnationWhenTheHubHasSeenMore() {
        auto journal = open();
        fill(*journal, 2);
        const auto before = journal->incarnation();
        const auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Fork, 9, 9)));
        QVERIFY(journal->incarnation() != before);
        const auto again = *journal->pendingBatch();
        QCOMPARE(again.ids, batch.ids); // same ids under new numbers
        const auto first = parseOperation(again.lines.substr(0, again.lines.find('\n')));
        QCOMPARE(first->seq, std::int64_t(1));
        QCOMPARE(first->incarnation, journal->incarnation());
    }

    void startsANewIncarnationWhenAGapCannotBeFilled() {
        auto journal = open();
        fill(*journal, 2);
        auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Ok, 2, 2)));
        fill(*journal, 1);
        batch = *journal->pendingBatch();
        const auto before = journal->incarnation();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Gap, 0, 0)));
        QVERIFY(journal->incarnation() != before);
        QCOMPARE(parseOperation(
                     journal->pendingBatch()->lines.substr(0, journal->pendingBatch()->lines.find('\n')))
                     ->seq,
                 std::int64_t(1));
    }

    void resendsWhatItKeptWhenTheHubWasRestored() {
        auto journal = open();
        fill(*journal, 2);
        auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Ok, 2, 0)));
        fill(*journal, 1);
        batch = *journal->pendingBatch();
        auto reply = replyTo(batch, VerdictKind::Unknown, 0, 0);
        reply.epoch = "e2";
        QVERIFY(journal->settle(batch, reply));
        QCOMPARE(journal->counts()->pending, std::int64_t(3));
    }

    void setsARowAsideThatCannotBeRead() {
        auto journal = open();
        fill(*journal, 2);
        QVERIFY(journal->database().exec("UPDATE outbox SET line = 'garbage' WHERE seq = 1"));
        QCOMPARE(journal->pendingBatch()->ids.size(), std::size_t(1));
        QCOMPARE(journal->counts()->quarantined, std::int64_t(1));
    }

    void salvagesADamagedFile() {
        {
            auto journal = open();
            fill(*journal, 50);
        }
        QFile file(folder_->filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 12 * 1'024);
        file.seek(file.size() - 4'096);
        file.write(QByteArray(4'096, '\xee'));
        file.close();
        auto journal = open();
        QVERIFY(journal != nullptr);
        QVERIFY(journal->wasDamaged());
        QVERIFY(journal->counts()->pending > 0); // what could be read is there
        QVERIFY(journal->record({"wishlist/x", "wishlist.add"}, note("goes on")));
        QVERIFY(QFile::exists(folder_->filePath("journal-2.db")));
        QVERIFY(QFile::exists(folder_->filePath("journal.db"))); // for a technician
    }

    void losesAPagesOperationsWhicheverPageIsDamaged() {
        constexpr int kOperations = 60, kPageBytes = 1'024, kOnPageMax = 4;
        {
            auto journal = open();
            fill(*journal, kOperations);
        }
        QFile file(folder_->filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        QVERIFY(bytes.size() / kPageBytes > 20);
        for (int page = 0; page < bytes.size() / kPageBytes; ++page) {
            init();
            auto damaged = bytes;
            damaged.replace(page * kPageBytes, kPageBytes, QByteArray(kPageBytes, '\xee'));
            QFile copy(folder_->filePath("journal.db"));
            QVERIFY(copy.open(QIODevice::WriteOnly));
            copy.write(damaged);
            copy.close();
            auto journal = open();
            QVERIFY(journal != nullptr);
            const auto left = journal->counts()->pending;
            QVERIFY2(left >= kOperations - kOnPageMax,
                     qPrintable(QString("%1 of page %2").arg(left).arg(page)));
        }
    }

    void readsTheLogOfAFileThatDoesNotOpen() {
        auto journal = open();
        fill(*journal, 20);
        QVERIFY(journal->database().checkpoint());
        // A change that leaves the first page out of the log.
        constexpr UtcMs kCreated = 1'790'000'000'123;
        QVERIFY(journal->database().exec("UPDATE outbox SET created_ms = 1790000000123 WHERE seq = 20"));
        QTemporaryDir copies;
        for (const char* name : {"journal.db", "journal.db-wal"})
            QVERIFY(QFile::copy(folder_->filePath(name), copies.filePath(name)));
        QFile file(copies.filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(1'024, '\xee'));
        file.close();
        path_ = copies.path().toStdString();
        auto salvaged = open();
        QVERIFY(salvaged != nullptr && salvaged->wasDamaged());
        const auto rows = *salvaged->outbox(100);
        QCOMPARE(rows.size(), std::size_t(20));
        QCOMPARE(rows.back().createdMs, kCreated);
    }

    void passesOverTornPagesOfTheLog() {
        constexpr int kLogHeaderBytes = 32, kFrameHeaderBytes = 24, kPageBytes = 1'024;
        constexpr UtcMs kCreated = 1'790'000'000'123;
        auto journal = open();
        fill(*journal, 20);
        QVERIFY(journal->database().checkpoint());
        const auto before = (*journal->outbox(1))[0].createdMs;
        QVERIFY(journal->database().exec("UPDATE outbox SET created_ms = 1790000000123 WHERE seq = 1"));
        QVERIFY(journal->database().exec("UPDATE outbox SET created_ms = 1790000000123 WHERE seq = 20"));
        QTemporaryDir copies;
        for (const char* name : {"journal.db", "journal.db-wal"})
            QVERIFY(QFile::copy(folder_->filePath(name), copies.filePath(name)));
        QFile file(copies.filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(kPageBytes, '\xee'));
        file.close();
        QFile log(copies.filePath("journal.db-wal"));
        QVERIFY(log.open(QIODevice::ReadWrite));
        log.seek(kLogHeaderBytes + kFrameHeaderBytes); // the page of the first change
        log.write(QByteArray(kPageBytes / 2, '\0'));
        log.close();
        std::map<std::int64_t, std::int64_t> createdMs; // by seq
        const auto pages = PageFile::read(copies.filePath("journal.db").toStdString());
        pages.forEachRecord([&createdMs](PageTree tree, const std::vector<PageValue>& values) {
            if (tree == PageTree::Table && values.size() == 8)
                createdMs[values[1].integer] = values[3].integer;
            return true;
        });
        QCOMPARE(createdMs.size(), std::size_t(20));
        QCOMPARE(createdMs[1], before);    // as the file has it
        QCOMPARE(createdMs[20], kCreated); // the frames behind are sound
    }

    void findsRowsUnderADamagedSchema() {
        constexpr int kRows = 40;
        {
            auto journal = open();
            fill(*journal, 20);
            QVERIFY(journal->setSetting("member_serial", "7"));
            QVERIFY(journal->setSetting("enrolment", std::string(700, 'e'))); // goes on in another page
            QVERIFY(journal->apply([this](Database& database) -> Result<void> {
                for (int i = 0; i < kRows; ++i) {
                    const auto sql =
                        fmt::format("INSERT INTO wishlist_tag(list, tag, sku, gtin, quantity, hlc, note) "
                                    "VALUES('{0}', '{1}', "
                                    "'SKU-{2}', {3}, 2, 77, 'note');"
                                    "INSERT INTO guest_count VALUES('2026-11-{2}/new/page', '2026-11-{2}', "
                                    "'new', 'page', {2});"
                                    "INSERT INTO voucher VALUES('v{2}', 60, 0, 1790000000000, {2}, '');"
                                    "INSERT INTO staff_try VALUES('s{2}', 3, 1790000000000);"
                                    "INSERT INTO token_use VALUES('r{2}', '{1}', 'coupon/{2}', 'coupon', "
                                    "{2}, 1, 1, 0, 0);",
                                    makeUuid(clock_, random_), makeUuid(clock_, random_), i,
                                    i % 2 == 0 ? "NULL" : "4006381333931");
                    if (auto done = database.exec(sql.c_str()); !done) return done;
                }
                return {};
            }));
        }
        QFile file(folder_->filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(1'024, '\xee'));
        file.close();
        auto journal = open();
        QVERIFY(journal != nullptr && journal->wasDamaged());
        QCOMPARE(journal->counts()->pending, std::int64_t(20));
        QCOMPARE(*journal->setting("member_serial"),
                 std::string("1007")); // some may have been given out since
        QCOMPARE(*journal->setting("enrolment"), std::string(700, 'e'));
        for (const char* table : {"wishlist_tag", "guest_count", "voucher", "staff_try", "token_use"}) {
            auto count = journal->database().prepare(fmt::format("SELECT count(*) FROM {}", table));
            QVERIFY(count && *count->step());
            QCOMPARE(count->integer(0), std::int64_t(kRows));
        }
        auto row = journal->database().prepare(
            "SELECT sku, gtin, quantity, note FROM wishlist_tag WHERE sku = 'SKU-39'");
        QVERIFY(row && *row->step());
        QCOMPARE(row->integer(1), std::int64_t(4'006'381'333'931));
        QCOMPARE(row->string(3), std::string("note"));
        auto others = journal->database().prepare("SELECT count(*) FROM setting WHERE name NOT IN "
                                                  "('member_serial', 'enrolment', 'changes_cursor')");
        QVERIFY(others && *others->step());
        QCOMPARE(others->integer(0), std::int64_t(0)); // nothing of another table
    }

    /// What a card leaves behind that called some pages written and had not: sound pages of different times.
    void salvagesAFileWhoseIndexIsNotItsTables() {
        {
            auto journal = open();
            fill(*journal, 3);
        }
        damageIndexOfIds();
        QVERIFY(
            Database::open(folder_->filePath("journal.db").toStdString(), OpenMode::Precious)->quickCheck());
        auto journal = open();
        QVERIFY(journal->wasDamaged());
        QCOMPARE(journal->pendingBatch()->ids.size(), std::size_t(3));
    }

    void suspectsItsFileOnceAnActionFailed() {
        auto journal = open();
        fill(*journal, 3);
        QVERIFY(journal->database().checkpoint());
        QVERIFY(journal->checkSlice()); // of the outbox
        damageIndexOfIds();
        QVERIFY(journal->checkSlice()); // of the table that is next
        QVERIFY(!journal->isSuspect());
        const Journal::Action failing = [](Database&, const OperationStamp&) -> Result<Json> {
            return Error{Errc::Corrupt, "malformed"};
        };
        QVERIFY(!journal->record({"wishlist/x", "wishlist.add"}, failing));
        QVERIFY(journal->isSuspect());
        const auto sound = journal->checkSlice();
        QVERIFY(!sound && sound.error().code == Errc::Corrupt);
    }

    void noticesAByteThatChangedInARow() {
        auto journal = open();
        fill(*journal, 3);
        QVERIFY(journal->database().exec(
            "UPDATE outbox SET line = replace(line, '\"n1\"', '\"n7\"') WHERE seq = 2"));
        const auto batch = *journal->pendingBatch();
        QCOMPARE(batch.ids.size(), std::size_t(1)); // a batch has no holes
        QCOMPARE(journal->pendingBatch(batch.lastSeq)->ids.size(), std::size_t(1));
        QCOMPARE(journal->counts()->quarantined, std::int64_t(1));
    }

    void settlesEachOperationOfABatchAsTheHubSays() {
        auto journal = open();
        fill(*journal, 7);
        const auto batch = *journal->pendingBatch();
        PushReply reply;
        reply.verdicts = {{batch.ids[1], VerdictKind::Quarantined},
                          {batch.ids[2], VerdictKind::Dup},
                          {batch.ids[4], VerdictKind::Unknown},
                          {"somebody else's", VerdictKind::Quarantined}};
        reply.highSeq = 7;
        reply.durableSeq = 3;
        reply.epoch = "e1";
        QCOMPARE(*journal->settle(batch, reply), std::size_t(6));
        const auto counts = *journal->counts();
        QCOMPARE(counts.pending, std::int64_t(1));
        QCOMPARE(counts.kept, std::int64_t(3)); // 4, 6 and 7; 1 and 3 are durable
        QCOMPARE(counts.quarantined, std::int64_t(1));
        QCOMPARE(journal->pendingBatch()->ids, std::vector{batch.ids[4]});
    }

    void hearsOfAnOperationByTheIdThatItSent() {
        auto journal = open();
        fill(*journal, 2);
        const auto sent = journal->pendingBatch()->ids;
        QVERIFY(journal->database().exec("UPDATE outbox SET id = 'damaged' WHERE seq = 2"));
        const auto batch = *journal->pendingBatch();
        QCOMPARE(batch.ids, sent);
        PushReply reply; // the hub names what is not ok as the line names it
        reply.verdicts = {{sent[1], VerdictKind::Quarantined}};
        reply.highSeq = reply.durableSeq = 2;
        QVERIFY(journal->settle(batch, reply));
        QCOMPARE(journal->counts()->quarantined, std::int64_t(1)); // not taken for sent and deleted
    }

    void checksItselfSliceBySlice() {
        auto journal = open();
        fill(*journal, 3);
        QVERIFY(journal->database().exec("UPDATE outbox SET line = '{}' WHERE seq = 3"));
        for (int slice = 0; slice < 20; ++slice)
            QVERIFY(journal->checkSlice());
        QCOMPARE(journal->counts()->quarantined, std::int64_t(1)); // found without sending anything
    }

    void findsDamageWhileItRuns() {
        auto journal = open();
        fill(*journal, 400);
        QVERIFY(journal->database().checkpoint());
        QFile file(folder_->filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2 / 1'024 * 1'024);
        file.write(QByteArray(8 * 1'024, '\xee'));
        file.close();
        bool isFound = false;
        for (int slice = 0; slice < 20 && !isFound; ++slice) {
            const auto sound = journal->checkSlice();
            isFound = !sound && sound.error().code == Errc::Corrupt;
        }
        QVERIFY(isFound);
    }

    void salvagesEveryTable() {
        {
            auto journal = open();
            fill(*journal, 200);
            QVERIFY(journal->setSetting("enrolment", "precious"));
            QVERIFY(journal->setSetting("member_serial", "7"));
            QVERIFY(journal->setSetting(kFeedCursorSetting, "far"));
            QVERIFY(journal->apply([](Database& database) {
                return database.exec(
                    "INSERT INTO member(id, number, created_ms) VALUES('m1', '9246', 1);"
                    "INSERT INTO wishlist_tag(list, tag, sku, quantity, hlc) VALUES('l', 't', 's', 1, 1);"
                    "INSERT INTO lease(id, pool, incarnation, state, granted) VALUES('x', 'p', 'i', 1, 5)");
            }));
            fill(*journal, 200);
        }
        QFile file(folder_->filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2 / 1'024 * 1'024); // in the middle of the outbox
        file.write(QByteArray(4 * 1'024, '\xee'));
        file.close();
        auto journal = open();
        QVERIFY(journal != nullptr);
        QVERIFY(journal->wasDamaged());
        const auto pending = journal->counts()->pending;
        QVERIFY2(pending > 350 && pending < 400, qPrintable(QString::number(pending))); // from both ends
        QCOMPARE(*journal->setting("enrolment"), std::string("precious"));
        QCOMPARE(*journal->setting(kFeedCursorSetting), std::string()); // the feed tells all of it again
        QCOMPARE(*journal->setting("member_serial"),
                 std::string("1007")); // some may have been given out since
        {
            auto query =
                journal->database().prepare("SELECT (SELECT count(*) FROM member), (SELECT count(*) FROM "
                                            "wishlist_tag), (SELECT count(*) FROM lease)");
            QVERIFY(query->step());
            QCOMPARE(query->integer(0), std::int64_t(1));
            QCOMPARE(query->integer(1), std::int64_t(1));
            QCOMPARE(query->integer(2), std::int64_t(0)); // rights are not spent on memory
        }
        const auto incarnation = journal->incarnation();
        journal.reset();
        journal = open();
        QCOMPARE(journal->incarnation(), incarnation); // the new file is the journal from now on
        QVERIFY(!journal->wasDamaged());
    }

    void forgetsANewFileThatWasNeverFinished() {
        {
            auto journal = open();
            fill(*journal, 3);
        }
        { // the power went before anything was in it
            auto empty =
                Database::open((folder_->path() + "/journal-2.db").toStdString(), OpenMode::Precious);
            QVERIFY(empty.has_value());
        }
        auto journal = open();
        QCOMPARE(journal->counts()->pending, std::int64_t(3));
    }

    void upgradesTheJournalOfTheVersionBefore() {
        {
            auto old = Database::open((folder_->path() + "/journal.db").toStdString(), OpenMode::Precious);
            QVERIFY(old.has_value());
            const auto migrations = journalMigrations();
            QVERIFY(old->migrate(migrations.first(2)));
            QVERIFY(old->exec(R"sql(INSERT INTO clock VALUES(1, 'abc', 2, 5);
                INSERT INTO outbox(seq, id, created_ms, type, line) VALUES(1,
                '0190f3a0-7c1e-7000-8000-000000000001', 7, 'wishlist.add',
                '{"d":{"sku":"A"},"dev":"d1","e":"wishlist/x","hlc":"0000000000000005","id":"0190f3a0-7c1e-7000-8000-000000000001","inc":"abc","seq":1,"t":"wishlist.add","v":1}')
            )sql"));
        }
        auto journal = open();
        QVERIFY(journal != nullptr);
        QCOMPARE(journal->incarnation(), std::string("abc"));
        const auto batch = *journal->pendingBatch();
        QCOMPARE(batch.ids.size(), std::size_t(1));
        const auto operation = parseOperation(batch.lines.substr(0, batch.lines.find('\n')));
        QVERIFY(operation.has_value());
        QCOMPARE(operation->seq, std::int64_t(1));
        QCOMPARE(operation->incarnation, std::string("abc"));
    }

    void packsWhatComesAfterWhatIsOnItsWay() {
        auto journal = open();
        fill(*journal, 7);
        const auto first = *journal->pendingBatch(0, 3);
        QCOMPARE(first.ids.size(), std::size_t(3));
        QCOMPARE(first.lastSeq, std::int64_t(3));
        const auto second = *journal->pendingBatch(first.lastSeq, 3);
        QCOMPARE(second.lastSeq, std::int64_t(6));
        QVERIFY(journal->settle(first, replyTo(first, VerdictKind::Ok, 3, 3)));
        QVERIFY(journal->pendingBatch(0, 3)->ids == second.ids);
        QCOMPARE(journal->pendingBatch(second.lastSeq)->ids.size(), std::size_t(1));
        QVERIFY(journal->pendingBatch(7)->ids.empty());
    }

    void spendsALeaseOnceAndForgetsItWithItsIncarnation() {
        auto journal = open();
        QVERIFY(journal->apply([](Database& database) -> Result<void> {
            LeaseBook book(database);
            if (auto done = book.ask("l1", "coupon/x", "abc", 3); !done) return done;
            return book.grant("l1", 2, "proof");
        }));
        LeaseBook book(journal->database());
        QCOMPARE(book.spend("coupon/x")->used, std::int64_t(1));
        QCOMPARE(book.spend("coupon/x")->used, std::int64_t(2));
        QCOMPARE(book.spend("coupon/x").error().code, Errc::NotFound);
        QCOMPARE(book.spend("coupon/y").error().code, Errc::NotFound);
        QVERIFY(book.recall("l1"));
        QCOMPARE(book.inState(LeaseState::Recalled)->size(), std::size_t(1));
        QCOMPARE(book.close("l1")->used, std::int64_t(2));
        QCOMPARE(book.close("l1").error().code, Errc::NotFound);
        QVERIFY(book.ask("l2", "coupon/x", "abc", 3) && book.grant("l2", 3, "proof"));
        fill(*journal, 1);
        const auto batch = *journal->pendingBatch();
        QVERIFY(journal->settle(batch, replyTo(batch, VerdictKind::Fenced, 0, 0)));
        QCOMPARE(book.spend("coupon/x").error().code, Errc::NotFound); // somebody else may be spending it
    }

    void limitsTheLeasesItAsksFor() {
        auto journal = open();
        LeaseBook book(journal->database());
        for (int i = 0; i < kLeasesMax; ++i)
            QVERIFY(book.ask("l" + std::to_string(i), "coupon/x", "abc", 1));
        QCOMPARE(book.ask("one more", "coupon/x", "abc", 1).error().code, Errc::Limit);
        QVERIFY(!isPoolName("") && !isPoolName("Coupon") && !isPoolName(std::string(101, 'a')) &&
                isPoolName("gift-card/7"));
    }

    void survivesAClockThatJumpsBack() {
        auto journal = open();
        const auto first = journal->record({"wishlist/x", "wishlist.add"}, note("a"));
        clock_.now -= 10LL * 365 * 86'400'000;
        const auto second = journal->record({"wishlist/x", "wishlist.add"}, note("b"));
        QVERIFY(second->hlc > first->hlc);
        clock_.now += 10LL * 365 * 86'400'000;
    }
};

QTEST_APPLESS_MAIN(TestJournal)
#include "tst_journal.moc"
