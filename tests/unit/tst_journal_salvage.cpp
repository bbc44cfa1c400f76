#include "sync/page_file.h"
#include "sync/private_feed.h"
#include "unit/journal_fixture.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <map>

using namespace silta;

class TestJournalSalvage : public test::JournalFixture {
    Q_OBJECT

    static constexpr int kPageBytes = 1'024;
    static constexpr int kLogHeaderBytes = 32, kFrameHeaderBytes = 24;
    static constexpr int kFrameBytes = kFrameHeaderBytes + kPageBytes;

    /// The greatest id in the index of ids becomes a greater one; the row keeps its own.
    void damageIndexOfIds() {
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

    /// In place of the folder one with a copy of a journal that was never closed, its log changed.
    void copyOfAJournal(int operations, const std::function<void(QByteArray&)>& change) {
        auto journal = open();
        QVERIFY(journal->setSetting("enrolment", "old"));
        fill(*journal, operations);
        QVERIFY(journal->setSetting("enrolment", "new"));
        auto copies = std::make_unique<QTemporaryDir>();
        for (const char* name : {"journal.db", "journal.db-wal"})
            QVERIFY(QFile::copy(folder_->filePath(name), copies->filePath(name)));
        journal.reset();
        folder_ = std::move(copies);
        path_ = folder_->path().toStdString();
        QFile file(folder_->filePath("journal.db-wal"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto log = file.readAll();
        change(log);
        file.seek(0);
        QCOMPARE(file.write(log), log.size());
    }

private slots:
    void init() { makeFolder(); }

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
        QVERIFY(journal->record({"wishlist/x", "wishlist.add"}, test::note("goes on")));
        QVERIFY(QFile::exists(folder_->filePath("journal-2.db")));
        QVERIFY(QFile::exists(folder_->filePath("journal.db"))); // for a technician
    }

    void losesAPagesOperationsWhicheverPageIsDamaged() {
        constexpr int kOperations = 60, kOnPageMax = 4;
        {
            auto journal = open();
            fill(*journal, kOperations);
        }
        QFile file(folder_->filePath("journal.db"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        QVERIFY(bytes.size() / kPageBytes > 20);
        for (int page = 0; page < bytes.size() / kPageBytes; ++page) {
            makeFolder();
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

    void findsWhatTheLogHoldsBehindAByteThatChanged_data() {
        QTest::addColumn<int>("frame"); // whose first byte changes; -1: the log's header
        QTest::newRow("its header") << -1;
        for (const int frame : {0, 1, 40, 100, 150})
            QTest::newRow(qPrintable(QString("frame %1").arg(frame))) << frame;
    }
    void findsWhatTheLogHoldsBehindAByteThatChanged() {
        QFETCH(int, frame);
        constexpr int kRows = 40, kOnPageMax = 4;
        copyOfAJournal(kRows, [frame](QByteArray& log) {
            QVERIFY(log.size() > kLogHeaderBytes + 160 * kFrameBytes);
            auto& byte = log[frame < 0 ? 17 : kLogHeaderBytes + frame * kFrameBytes + kFrameHeaderBytes];
            byte = static_cast<char>(byte ^ 1);
        });
        auto journal = open();
        QVERIFY(journal != nullptr && journal->wasDamaged());
        const auto pending = journal->counts()->pending;
        QVERIFY2(pending >= kRows - kOnPageMax, qPrintable(QString::number(pending)));
        QCOMPARE(QString::fromStdString(*journal->setting("enrolment")), QString("new"));
        const auto incarnation = journal->incarnation();
        journal.reset();
        journal = open();
        QVERIFY(!journal->wasDamaged());
        QCOMPARE(QString::fromStdString(journal->incarnation()), QString::fromStdString(incarnation));
    }

    /// A transaction that the power cut short was promised to nobody.
    void takesATornEndOfTheLogForAPowerCut() {
        constexpr int kRows = 40;
        copyOfAJournal(kRows, [](QByteArray& log) {
            auto& byte = log[log.size() - kFrameBytes + kFrameHeaderBytes]; // of the last commit
            byte = static_cast<char>(byte ^ 1);
        });
        auto journal = open();
        QVERIFY(journal != nullptr && !journal->wasDamaged());
        QCOMPARE(journal->counts()->pending, std::int64_t(kRows));
        QCOMPARE(QString::fromStdString(*journal->setting("enrolment")), QString("old"));
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
                                    "INSERT INTO guest_count VALUES('2026-11-{2:02}/new/page', "
                                    "'2026-11-{2:02}', 'new', 'page', {2});"
                                    "INSERT INTO voucher VALUES('v{2}', 60, 0, 1790000000000, {2}, '');"
                                    "INSERT INTO staff_try VALUES('s{2}', 3, 1790000000000);"
                                    "INSERT INTO token_use VALUES('r{2}', '{1}', 'coupon/{2}', 'coupon', "
                                    "{2}, 1, 1, 0, 0);"
                                    "INSERT INTO member VALUES('{0}', '924600001000{2:04}', 1790000000000, "
                                    "NULL);"
                                    "INSERT INTO guest_sign_up VALUES('{0}', 1790000000000);"
                                    "INSERT INTO shop_order VALUES('{0}', 'K7QF{2:04}', 0, '{{\"a\":1}}', "
                                    "'', '', 1790000000000, 0);"
                                    "INSERT INTO order_change VALUES('{1}', '{0}', '{0}', '{{\"a\":1}}', 1);"
                                    "INSERT INTO receipt(number, somebodys, kept_ms) VALUES('R{2}', 0, "
                                    "1790000000000);",
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
        for (const char* table : {"wishlist_tag", "guest_count", "voucher", "staff_try", "token_use",
                                  "member", "guest_sign_up", "shop_order", "order_change", "receipt"}) {
            auto count = journal->database().prepare(fmt::format("SELECT count(*) FROM {}", table));
            QVERIFY(count && *count->step());
            QVERIFY2(count->integer(0) == kRows, table); // its own, and nothing of another table
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
};

QTEST_APPLESS_MAIN(TestJournalSalvage)
#include "tst_journal_salvage.moc"
