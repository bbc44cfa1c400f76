// portal.db as somebody finds it who takes the card out of the device: whom it names, and for how long.
#include "portal/session_store.h"
#include "support/clocks.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::portal;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
const gate::Mac kAda{{0x02, 0x5e, 0xa1, 0xb2, 0xc3, 0xd4}};

gate::Mac macOf(unsigned device) {
    return {{2, 0, 0, 0, static_cast<std::uint8_t>(device >> 8U), static_cast<std::uint8_t>(device)}};
}

} // namespace

class TestSessionStore : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{7};
    std::unique_ptr<QTemporaryDir> folder_;
    std::optional<SessionStore> store_;

    [[nodiscard]] QString path(const char* more = "") const { return folder_->filePath("portal.db") + more; }
    void open() {
        store_.reset(); // one process has it
        auto store = SessionStore::open(path().toStdString(), clock_, random_);
        QVERIFY2(store.has_value(), store ? "" : store.error().what.c_str());
        store_.emplace(std::move(*store));
    }
    [[nodiscard]] Session running(std::int64_t ms) const {
        Session session;
        session.startedMs = clock_.now;
        session.endsMs = clock_.now + ms;
        return session;
    }
    /// All that lies on the card, while the store is open.
    [[nodiscard]] QByteArray bytes() const {
        QByteArray all;
        for (const auto* more : {"", "-wal"})
            if (QFile file(path(more)); file.open(QIODevice::ReadOnly)) all += file.readAll();
        return all;
    }
    /// The first column of every row, with the store closed.
    QStringList rows(const char* sql) {
        store_.reset();
        QStringList found;
        auto database = Database::open(path().toStdString(), OpenMode::Lossy);
        if (!database) return {"the database does not open"};
        auto query = database->prepare(sql);
        if (!query) return {"no such table"};
        for (auto row = query->step(); row && *row; row = query->step())
            found << QString::fromStdString(query->string(0));
        return found;
    }
    QStringList devices() { return rows("SELECT device FROM session"); }

private slots:
    void init() {
        clock_.now = 1'790'000'000'000;
        folder_ = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup() { store_.reset(); }

    void namesNoDevice() {
        QVERIFY(store_->save(kAda, running(60'000)));
        const auto card = bytes();
        QVERIFY(card.contains("session")); // it is the file that was meant
        QVERIFY(!card.contains(QByteArray(static_cast<const char*>(static_cast<const void*>(&kAda)), 6)));
        auto text = QByteArray::fromStdString(gate::toString(kAda));
        QCOMPARE(text.size(), qsizetype(17));
        QVERIFY(!card.toLower().contains(text.toLower()));
        QVERIFY(!card.toLower().contains(text.replace(":", "").toLower()));
    }
    void aDeviceHasAnotherNameEachDay() {
        QVERIFY(store_->save(kAda, running(3 * kDayMs)));
        const auto today = devices();
        QCOMPARE(today.size(), qsizetype(1));
        open();
        QVERIFY(store_->save(kAda, running(3 * kDayMs)));
        QCOMPARE(devices(), today); // the same on the same day, in another process
        clock_.now += kDayMs;
        open();
        const auto known = store_->find(kAda);
        QVERIFY(known && *known); // who is in over midnight stays in
        QVERIFY(store_->save(kAda, **known));
        const auto tomorrow = devices();
        QCOMPARE(tomorrow.size(), qsizetype(1)); // and has one name
        QVERIFY(tomorrow != today);
    }
    void twoDaysLaterNobodyCanTellWhoWasHere() {
        QVERIFY(store_->save(kAda, running(60'000)));
        const auto keys = rows("SELECT value FROM setting WHERE name = 'day_key'");
        QCOMPARE(keys.size(), qsizetype(1));
        const auto device = devices();
        clock_.now += kDayMs;
        open(); // the key of the day before is kept for those who are in over midnight
        QCOMPARE(rows("SELECT value FROM setting WHERE name = 'day_key_before'"), keys);
        open();
        QVERIFY(bytes().contains(keys.front().toUtf8()));
        clock_.now += kDayMs;
        QVERIFY(store_->find(kAda) && !*store_->find(kAda));
        const auto card = bytes(); // nor from what a database leaves in its file and its log
        QVERIFY(card.contains("cookie_key") && !card.contains(keys.front().toUtf8()));
        QVERIFY(!card.contains(device.front().toUtf8()));
        QCOMPARE(devices(), QStringList());
    }
    void aClockThatJumpsBeginsANewDay() {
        QVERIFY(store_->save(kAda, running(60'000)));
        clock_.now += 30 * kDayMs;
        QVERIFY(store_->find(kAda) && !*store_->find(kAda));
        clock_.now -= 30 * kDayMs; // nor does it come back
        QVERIFY(store_->find(kAda) && !*store_->find(kAda));
    }
    void signInsLeaveTheWaitingForTheDiskToSettle() {
        const auto wal = [this] { return QFileInfo(path("-wal")).size(); };
        QVERIFY(store_->settle());
        for (unsigned i = 0; i < 300; ++i)
            QVERIFY(store_->save(macOf(i), running(60'000)));
        const auto before = wal();
        QVERIFY2(before > 300'000, qPrintable(QString::number(before))); // nothing was moved by itself
        QVERIFY(store_->settle());
        QCOMPARE(wal(), qint64(0));
        QVERIFY(store_->save(macOf(0), running(120'000)));
        const auto little = wal();
        QVERIFY(store_->settle()); // too little to be worth it
        QCOMPARE(wal(), little);
        open();
        for (unsigned i = 0; i < 300; ++i)
            QCOMPARE((*store_->find(macOf(i)))->endsMs, clock_.now + (i == 0 ? 120'000 : 60'000));
    }
};

QTEST_APPLESS_MAIN(TestSessionStore)
#include "tst_session_store.moc"
