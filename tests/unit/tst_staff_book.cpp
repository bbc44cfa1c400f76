// Staff on the device: what counts as a badge and a PIN, and tries that no restart gives back.
#include "support/clocks.h"
#include "sync/journal.h"
#include "sync/staff_book.h"

#include <silta/crypto.h>

#include <QTemporaryDir>
#include <QTest>

using namespace silta;

namespace {

constexpr const char* kId = "0190f3a0-7c1e-7000-8000-0000000000a1";
constexpr const char* kOtherId = "0190f3a0-7c1e-7000-8000-0000000000a2";

Staff aino() {
    return {kId, "STAFF-1001", "Aino", StaffRole::Cashier, "hash-1", true};
}

} // namespace

class TestStaffBook : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{7};
    std::unique_ptr<Journal> journal_;

    void open() {
        journal_.reset();
        journal_ = std::move(*Journal::open(folder_->path().toStdString(), "device", clock_, random_));
    }
    StaffBook book() { return StaffBook(journal_->database()); }
    std::int64_t tried() { return *book().countTry(kId, clock_.now); }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        clock_ = {};
        open();
        QVERIFY(book().put(aino()));
    }

    void readsBadges_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("badge");
        QTest::newRow("plain") << "STAFF-1001"
                               << "STAFF-1001";
        QTest::newRow("typed small, with blanks") << "  staff-1001 "
                                                  << "STAFF-1001";
        QTest::newRow("too short") << "ABC"
                                   << "";
        QTest::newRow("as long as may be") << QString(64, 'A') << QString(64, 'A');
        QTest::newRow("too long") << QString(65, 'A') << "";
        QTest::newRow("a slash") << "STAFF/1001"
                                 << "";
        QTest::newRow("not ASCII") << "STÄFF-1001"
                                   << "";
        QTest::newRow("nothing") << ""
                                 << "";
    }
    void readsBadges() {
        QFETCH(QString, text);
        QFETCH(QString, badge);
        QCOMPARE(normalizeBadge(text.toStdString()), badge.toStdString());
    }

    void wantsSixToTwelveDigits() {
        QVERIFY(!isPinText("12345"));
        QVERIFY(isPinText("123456"));
        QVERIFY(isPinText("123456789012"));
        QVERIFY(!isPinText("1234567890123"));
        QVERIFY(!isPinText("12345a"));
    }

    void hashesAPinWithSaltOfItsOwn() {
        const auto first = *hashPin("246810");
        QVERIFY(QByteArray::fromStdString(first).startsWith("$argon2id$"));
        QVERIFY(first != *hashPin("246810"));
        QVERIFY(isPin("246810", first));
        QVERIFY(!isPin("246811", first));
        QVERIFY(!isPin("246810", "no hash"));
        QVERIFY(!isPin("246810", std::string(200, '$')));
    }

    void refusesWhatIsNotStaff() {
        QVERIFY(parseStaff(toJson(aino())));
        for (const auto* key : {"id", "badge", "name", "role", "pin", "active"}) {
            auto json = toJson(aino());
            json.erase(key);
            QVERIFY2(!parseStaff(json), key);
        }
        auto json = toJson(aino());
        json["badge"] = "staff-1001"; // not as normalizeBadge() gives it
        QVERIFY(!parseStaff(json));
        json = toJson(aino());
        json["role"] = "owner";
        QVERIFY(!parseStaff(json));
        QVERIFY(!parseStaffEvent({{"staff", kId}, {"action", "stole"}, {"atMs", 1}}));
        QVERIFY(parseStaffEvent({{"staff", kId}, {"action", "sign-in"}, {"atMs", 1}}));
    }

    void findsWhoIsActive() {
        QCOMPARE(book().findByBadge("STAFF-1001")->name, std::string("Aino"));
        auto away = aino();
        away.active = false;
        QVERIFY(book().put(away));
        QVERIFY(!book().findByBadge("STAFF-1001"));
        QCOMPARE(book().find(kId).error().code, Errc::NotFound); // nothing is kept of who has left
    }

    void givesABadgeToSomebodyElse() {
        auto elias = aino();
        elias.id = kOtherId;
        elias.name = "Elias";
        QVERIFY(book().put(elias));
        QCOMPARE(book().findByBadge("STAFF-1001")->name, std::string("Elias"));
        QVERIFY(!book().find(kId));
    }

    void locksForLongerEachTime() {
        for (std::int64_t left = kPinTriesMax - 1; left > 0; --left)
            QCOMPARE(tried(), left);
        QCOMPARE(*book().lockedUntil(kId, clock_.now), 0);
        QCOMPARE(tried(), 0);
        QCOMPARE(*book().lockedUntil(kId, clock_.now), clock_.now + kLockMs);
        clock_.now += kLockMs;
        QCOMPARE(*book().lockedUntil(kId, clock_.now), 0);
        for (int i = 0; i < kPinTriesMax; ++i)
            tried();
        QCOMPARE(*book().lockedUntil(kId, clock_.now), clock_.now + 2 * kLockMs);
        for (int i = 0; i < 20 * kPinTriesMax; ++i)
            tried();
        QCOMPARE(*book().lockedUntil(kId, clock_.now), clock_.now + kLockMsMax);
    }

    void remembersALockOverARestart() {
        for (int i = 0; i < kPinTriesMax; ++i)
            tried();
        open();
        QVERIFY(*book().lockedUntil(kId, clock_.now) > 0);
    }

    void forgetsTriesWithTheRightPin() {
        tried();
        QVERIFY(book().forgetTries(kId));
        QCOMPARE(tried(), kPinTriesMax - 1);
    }

    void endsALockWithANewPinOnly() {
        for (int i = 0; i < kPinTriesMax; ++i)
            tried();
        QVERIFY(book().put(aino())); // told again
        QVERIFY(*book().lockedUntil(kId, clock_.now) > 0);
        auto renewed = aino();
        renewed.pinHash = "hash-2";
        QVERIFY(book().put(renewed));
        QCOMPARE(*book().lockedUntil(kId, clock_.now), 0);
    }

    void locksNobodyOutForEverWhenTheClockIsPutBack() {
        for (int i = 0; i < kPinTriesMax; ++i)
            tried();
        clock_.now -= UtcMs{365} * 24 * 3'600'000;
        QVERIFY(*book().lockedUntil(kId, clock_.now) <= clock_.now + kLockMsMax);
        QVERIFY(book().shortenLock(kId, clock_.now));
        clock_.now += kLockMsMax;
        QCOMPARE(*book().lockedUntil(kId, clock_.now), 0);
    }
};

QTEST_GUILESS_MAIN(TestStaffBook)
#include "tst_staff_book.moc"
