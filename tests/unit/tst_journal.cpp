#include "sync/journal_tables.h"
#include "sync/lease_book.h"
#include "sync/private_feed.h"
#include "unit/journal_fixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;

namespace {

using test::note;

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

class TestJournal : public test::JournalFixture {
    Q_OBJECT

private slots:
    void init() { makeFolder(); }

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

    void recordsNothingThatTheHubCouldNotRead() {
        auto journal = open();
        QVERIFY(!journal->record({"Wishlist/\n", "wishlist.add"}, note("x")));
        QCOMPARE(journal->counts()->pending, std::int64_t(0));
        fill(*journal, 1);
        QCOMPARE(journal->pendingBatch()->firstSeq, std::int64_t(1));
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

    void startsANewIncarnationWhenTheHubSaysThatItHasSeenMore() {
        auto journal = open();
        fill(*journal, 2);
        const auto before = journal->incarnation();
        QVERIFY(!*journal->noteHighSeq(2));
        QCOMPARE(journal->incarnation(), before);
        QVERIFY(*journal->noteHighSeq(3));
        QVERIFY(journal->incarnation() != before);
        QVERIFY(!*journal->noteHighSeq(0));
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
