// What bad cards make of the journal's files, beyond a page that cannot be read (tst_journal).
#include "support/clocks.h"
#include "sync/journal.h"
#include "sync/private_feed.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;

class TestJournalPieces : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{7};
    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_; ///< the folder

    std::unique_ptr<Journal> open() {
        auto journal = Journal::open(path_, "d1", clock_, random_);
        return journal ? std::move(*journal) : nullptr;
    }
    static void fill(Journal& journal, int count) {
        const auto nothing = [](Database&, const OperationStamp&) -> Result<Json> { return Json::object(); };
        for (int i = 0; i < count; ++i)
            QVERIFY(journal.record({"wishlist/x", "wishlist.add"}, nothing));
    }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->path().toStdString();
    }

    void salvagesAFileWhoseNumbersAreOfTwoTimes_data() {
        QTest::addColumn<QString>("change");
        QTest::newRow("next number is given out") << "UPDATE clock SET next_seq = 3";
        QTest::newRow("one number twice") << "UPDATE outbox SET seq = 2 WHERE seq = 3";
    }
    void salvagesAFileWhoseNumbersAreOfTwoTimes() {
        QFETCH(QString, change);
        {
            auto journal = open();
            fill(*journal, 3);
            QVERIFY(journal->database().exec(change.toStdString().c_str()));
        }
        auto journal = open();
        QVERIFY(journal != nullptr && journal->wasDamaged());
        fill(*journal, 1);
        const auto batch = *journal->pendingBatch();
        QCOMPARE(batch.ids.size(), std::size_t(4)); // a batch ends where numbers do not follow each other
        QCOMPARE(batch.lastSeq, std::int64_t(4));
    }

    void findsItsFileHoweverManyWereDamaged() {
        constexpr int kDamages = 12;
        for (int i = 1; i <= kDamages; ++i) {
            auto journal = open();
            QVERIFY(journal != nullptr);
            QCOMPARE(journal->counts()->pending, std::int64_t(i - 1));
            fill(*journal, 1);
            QVERIFY(journal->database().exec("UPDATE clock SET next_seq = 1"));
        }
        auto journal = open();
        QCOMPARE(journal->counts()->pending, std::int64_t(kDamages));
        const auto current = folder_->filePath(QString("journal-%1.db").arg(kDamages + 1));
        QCOMPARE(*Journal::currentFile(path_), current.toStdString());
        QVERIFY(!QFile::exists(folder_->filePath("journal.db"))); // three of those before are kept
        QVERIFY(QFile::exists(folder_->filePath(QString("journal-%1.db").arg(kDamages - 2))));
    }

    void makesNoMoreFilesThanItLooksFor() {
        constexpr int kFilesMax = 1'000;
        QFile last(folder_->filePath(QString("journal-%1.db").arg(kFilesMax)));
        QVERIFY(last.open(QIODevice::WriteOnly));
        last.write(QByteArray(4'096, '\xee'));
        last.close();
        const auto journal = Journal::open(path_, "d1", clock_, random_);
        QVERIFY(!journal);
        QCOMPARE(journal.error().code, Errc::Limit);
    }

    /// The page with the outcome is of before, that with the feed's cursor is not.
    void asksTheFeedAgainForAnOutcomeThatItForgot() {
        const auto cursor = [](Journal& journal) { return *journal.setting(kFeedCursorSetting); };
        const Journal::Action signUp = [](Database& database, const OperationStamp&) -> Result<Json> {
            if (auto done = database.exec("INSERT INTO member VALUES('m1', '9246000010000011', 7, NULL)");
                !done)
                return done.error();
            return Json{{"memberId", "m1"}};
        };
        PushReply taken; // all of it, for good
        taken.highSeq = taken.durableSeq = 1;
        taken.epoch = "e1";
        {
            auto journal = open();
            QVERIFY(journal->record({"member/m1", "member.signup"}, signUp));
            QVERIFY(journal->setSetting(kFeedCursorSetting, "5"));
        }
        {
            auto journal = open();
            QCOMPARE(cursor(*journal), std::string("5")); // it waits: nobody has told anything yet
            const auto batch = *journal->pendingBatch();
            QVERIFY(journal->settle(batch, taken));
        }
        {
            auto journal = open();
            QCOMPARE(cursor(*journal), std::string());
            QVERIFY(journal->database().exec("UPDATE member SET outcome = 'created'"));
            QVERIFY(journal->setSetting(kFeedCursorSetting, "6"));
        }
        QCOMPARE(cursor(*open()), std::string("6"));
    }
};

QTEST_APPLESS_MAIN(TestJournalPieces)
#include "tst_journal_pieces.moc"
