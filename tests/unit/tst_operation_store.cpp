#include "core/json.h"
#include "hub/hub_database.h"
#include "hub/member_registry.h"
#include "hub/nonce.h"
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace silta;
using namespace silta::hub;

class TestOperationStore : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::string where_;
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{11};
    HubKeys keys_;
    std::unique_ptr<OperationStore> store_;
    DeviceRow device_;
    std::int64_t seq_ = 0;

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    Operation make(const std::string& entity, const std::string& type, Json data) {
        Operation operation;
        operation.id = uuid();
        operation.device = device_.id;
        operation.incarnation = "inc1";
        operation.seq = ++seq_;
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = entity;
        operation.type = type;
        operation.data = std::move(data);
        return operation;
    }
    Operation makeAdd(const std::string& list, const std::string& sku) {
        return make("wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", sku}, {"quantity", 1}});
    }
    void openNew(const char* name) {
        store_.reset();
        seq_ = 0;
        const auto path = (folder_->path() + "/" + name).toStdString();
        where_ = postgres_ != nullptr ? postgres_->makeDatabase() : path;
        auto store = OperationStore::open(where_, keys_, clock_, random_);
        QVERIFY2(store.has_value(), store ? "" : store.error().what.c_str());
        store_ = std::move(*store);
        const auto code = store_->devices().makeEnrolCode("FI-HEL-01", 24);
        device_ = *store_->devices().enrol(*code, "d1", std::string(32, 'p'));
    }
    Operation makeSignUp(const std::string& name, const std::string& email, const std::string& phone,
                         const std::string& number) {
        const auto id = uuid();
        const auto sealed =
            seal(dumpJson({{"name", name}, {"email", email}, {"phone", phone}}), keys_.seal.publicKey);
        const Json terms = {{"purpose", "membership-terms"},
                            {"channel", "any"},
                            {"granted", true},
                            {"wordingHash", std::string(64, 'b')},
                            {"lang", "en"}};
        return make("member/" + id, "member.signup",
                    {{"memberId", id},
                     {"number", number},
                     {"sealed", toBase64(*sealed)},
                     {"lang", "en"},
                     {"wishlistId", ""},
                     {"consents", Json::array({terms})}});
    }
    std::vector<VerdictKind> send(const std::vector<Operation>& operations, PushReply* whole = nullptr) {
        std::string lines;
        for (const auto& operation : operations)
            lines += toLine(operation) + "\n";
        const auto reply = store_->receive(device_, operations.front().incarnation, lines);
        std::vector<VerdictKind> kinds;
        if (!reply) return kinds;
        for (const auto& verdict : reply->verdicts)
            kinds.push_back(verdict.kind);
        if (whole != nullptr) *whole = *reply;
        return kinds;
    }

public:
    explicit TestOperationStore(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = *loadOrMakeHubKeys((folder_->path() + "/hub.keys").toStdString());
        openNew("hub.db");
    }

    void spendsACodeOnceAndInTime() {
        const auto code = *store_->devices().makeEnrolCode("FI-TKU-01", 1);
        QCOMPARE(code.size(), std::size_t(14));
        QVERIFY(store_->devices().enrol(code, "d2", std::string(32, 'q')));
        const auto again = store_->devices().enrol(code, "d3", std::string(32, 'r'));
        QVERIFY(!again);
        QCOMPARE(again.error().code, Errc::Denied);
        const auto late = *store_->devices().makeEnrolCode("FI-TKU-01", 1);
        clock_.now += 2 * 3'600'000;
        QVERIFY(!store_->devices().enrol(late, "d3", std::string(32, 'r')));
        QVERIFY(!store_->devices().enrol("XXXX-XXXX-XXXX", "d3", std::string(32, 'r')));
    }

    void givesEachDeviceItsOwnNumber() {
        const auto second = store_->devices().enrol(*store_->devices().makeEnrolCode("FI-TKU-01", 1), "d2",
                                                    std::string(32, 'q'));
        QVERIFY(second->number != device_.number);
        const auto moved = store_->devices().enrol(*store_->devices().makeEnrolCode("SE-STO-01", 1), "d2",
                                                   std::string(32, 'q'));
        QCOMPARE(moved->number, second->number);
        QCOMPARE(moved->storeCode, std::string("SE-STO-01"));
    }

    void takesAnOperationOnce() {
        const auto list = uuid();
        const auto add = makeAdd(list, "MUG-1");
        PushReply reply;
        QCOMPARE(send({add, add}, &reply), (std::vector{VerdictKind::Ok, VerdictKind::Dup}));
        QCOMPARE(reply.highSeq, std::int64_t(1));
        QCOMPARE(reply.durableSeq, std::int64_t(1));
        QCOMPARE(send({add}), std::vector{VerdictKind::Dup});
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(1));
        QCOMPARE(store_->operations(10)->size(), std::size_t(1));
    }

    void takesALongBatchAsItDoesOneByOne() {
        const auto list = uuid();
        std::vector<Operation> operations;
        const auto remove = [&](const Operation& add) {
            return make("wishlist/" + list, "wishlist.remove",
                        {{"list", list}, {"tags", Json::array({add.id})}});
        };
        // Ids of one millisecond are in no order.
        for (int i = 0; i < 60; ++i) {
            operations.push_back(makeAdd(list, "SKU-" + std::to_string(i)));
            if (i % 2 == 1) std::swap(operations[operations.size() - 2].id, operations.back().id);
        }
        auto follower = makeAdd(list, "AFTER");
        follower.dependsOn = operations[58].id; // waits still when this one is looked at
        operations.push_back(follower);
        operations.push_back(remove(operations[59]));
        operations.push_back(remove(operations[0]));
        auto repeated = operations[30];
        repeated.seq = ++seq_;
        operations.push_back(repeated);
        std::vector<VerdictKind> expected(operations.size(), VerdictKind::Ok);
        expected.back() = VerdictKind::Dup;
        QCOMPARE(send(operations), expected);
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(59));
        QCOMPARE(store_->operations(100)->size(), std::size_t(63));
        QCOMPARE(send(operations), std::vector(operations.size(), VerdictKind::Dup));
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(59));
    }

    void refusesOneOfALongBatchWithWhatDependsOnIt() {
        const auto list = uuid();
        std::vector<Operation> operations;
        std::vector<VerdictKind> expected;
        for (int i = 0; i < 60; ++i) {
            operations.push_back(makeAdd(list, i == 40 ? "" : "SKU-" + std::to_string(i)));
            if (i == 41) operations.back().dependsOn = operations[40].id;
            if (i == 42) operations.back().dependsOn = operations[39].id;
            expected.push_back(i == 40 || i == 41 ? VerdictKind::Quarantined : VerdictKind::Ok);
        }
        QCOMPARE(send(operations), expected);
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(58));
        QCOMPARE(store_->operations(100)->size(), std::size_t(60));
    }

    /// What comes behind it in the same numbering is no gap, now or in a later batch.
    void passesOverALineThatItCannotRead() {
        const auto list = uuid();
        const auto before = makeAdd(list, "MUG-1");
        auto unreadable = makeAdd(list, "MUG-2");
        unreadable.entity = "Not a name";
        const auto after = makeAdd(list, "MUG-3");
        PushReply reply;
        const std::vector sent = {before, unreadable, after};
        QCOMPARE(send(sent, &reply),
                 (std::vector{VerdictKind::Ok, VerdictKind::Quarantined, VerdictKind::Ok}));
        QCOMPARE(reply.highSeq, after.seq);
        QCOMPARE(send(sent), (std::vector{VerdictKind::Dup, VerdictKind::Quarantined, VerdictKind::Dup}));
        QCOMPARE(send({makeAdd(list, "MUG-4")}), std::vector{VerdictKind::Ok});
        auto stranger = makeAdd(list, "MUG-5");
        const auto seq = stranger.seq;
        stranger.device = "d9"; // its number is another numbering's
        QCOMPARE(send({stranger}, &reply), std::vector{VerdictKind::Quarantined});
        QCOMPARE(reply.highSeq, seq - 1);
    }

    void quarantinesPoisonAndGoesOn() {
        const auto list = uuid();
        auto poison = makeAdd(list, "A");
        poison.data["quantity"] = -1;
        auto unknown = make("order/" + uuid(), "order.place", {{"x", 1}});
        const auto good = makeAdd(list, "B");
        QCOMPARE(send({poison, unknown, good}),
                 (std::vector{VerdictKind::Quarantined, VerdictKind::Quarantined, VerdictKind::Ok}));
        QCOMPARE(send({poison}), std::vector{VerdictKind::Quarantined}); // again: the same answer
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(1));
    }

    void namesGapsAndForks() {
        const auto list = uuid();
        const auto first = makeAdd(list, "A");
        const auto second = makeAdd(list, "B");
        QCOMPARE(send({second}), std::vector{VerdictKind::Gap});
        QCOMPARE(send({first, second}), (std::vector{VerdictKind::Ok, VerdictKind::Ok}));
        auto other = makeAdd(list, "C");
        other.seq = 1; // a device that was rolled back uses its numbers again
        const auto next = makeAdd(list, "D");
        QCOMPARE(next.seq, std::int64_t(4));
        auto follower = next;
        follower.seq = 3;
        QCOMPARE(send({other, follower}), (std::vector{VerdictKind::Fork, VerdictKind::Fork}));
        QCOMPARE(send({follower}), std::vector{VerdictKind::Fork}); // it must not overtake the other one
        QVERIFY(store_->wishlist(list)->size() == 2);
        for (auto* operation : {&other, &follower})
            operation->incarnation = "inc2";
        other.seq = 1;
        follower.seq = 2;
        QCOMPARE(send({other, follower}), (std::vector{VerdictKind::Ok, VerdictKind::Ok}));
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(4));
    }

    void doesNotTakeOneDevicesOperationFromAnother() {
        auto stolen = makeAdd(uuid(), "A");
        stolen.device = "d9";
        QCOMPARE(send({stolen}), std::vector{VerdictKind::Quarantined});
        QVERIFY(store_->operations(10)->empty());
    }

    void doesNotLetAClockAheadWinForEver() {
        const auto list = uuid();
        auto ahead = makeAdd(list, "A");
        ahead.data["quantity"] = 9;
        ahead.hlc = Hlc::make(clock_.now + 10LL * 365 * 86'400'000, 0);
        QCOMPARE(send({ahead}), std::vector{VerdictKind::Ok});
        clock_.now += 10 * 60 * 1000;
        auto later = makeAdd(list, "A");
        later.data["quantity"] = 2;
        QCOMPARE(send({later}), std::vector{VerdictKind::Ok});
        QCOMPARE(store_->wishlist(list)->front().quantity, 2);
    }

    void limitsABatch() {
        std::string lines;
        for (std::size_t i = 0; i <= kPushOperationsMax; ++i)
            lines += toLine(makeAdd(uuid(), "A")) + "\n";
        const auto reply = store_->receive(device_, "inc1", lines);
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, Errc::Limit);
        QVERIFY(store_->operations(10)->empty()); // nothing of it was taken
    }

    void mergesSignUpsOfOnePerson() {
        QCOMPARE(send({makeSignUp("Aino", "Aino@Example.com ", "", *makeMemberNumber("9246", 1, 1)),
                       makeSignUp("Aino V", "aino@example.com", "+358 40 123 4567",
                                  *makeMemberNumber("9246", 1, 2)),
                       makeSignUp("Bo", "", "0046 70-123 45 67", *makeMemberNumber("9246", 1, 3))}),
                 (std::vector{VerdictKind::Ok, VerdictKind::Ok, VerdictKind::Ok}));
        const auto members = *store_->members();
        QCOMPARE(members.size(), std::size_t(2));
        QCOMPARE(members[0].email, std::string("aino@example.com"));
        QCOMPARE(members[0].aliases, std::vector{*makeMemberNumber("9246", 1, 2)});
        QCOMPARE(members[0].consents.size(), std::size_t(2)); // every consent is kept
        QCOMPARE(members[0].phone, std::string());            // an unproven second contact is not attached
        QCOMPARE(members[1].phone, std::string("+46701234567"));
        const auto changes = *store_->changesFor(device_.id, "");
        QCOMPARE(changes.changes.size(), std::size_t(5)); // between staff and orders, of which there are none
        QCOMPARE(changes.changes[0]["type"].get<std::string>(), std::string("staff.begin"));
        QCOMPARE(changes.changes[2]["outcome"].get<std::string>(), std::string("merged"));
        QCOMPARE(store_->changesFor("other", "")->changes.size(), std::size_t(2));
        QVERIFY(store_->changesFor(device_.id, changes.cursor)->changes.empty());
    }

    void givesANumberOfItsOwnWhenOneIsTaken() {
        const auto number = *makeMemberNumber("9246", 1, 1);
        QCOMPARE(send({makeSignUp("Aino", "aino@example.com", "", number),
                       makeSignUp("Bo", "bo@example.com", "", number),
                       makeSignUp("Aino", "aino@example.com", "", number)}),
                 (std::vector{VerdictKind::Ok, VerdictKind::Ok, VerdictKind::Ok}));
        const auto members = *store_->members();
        QCOMPARE(members.size(), std::size_t(2));
        QCOMPARE(members[0].number, number);
        QVERIFY(members[1].number.starts_with("924699999"));
        QVERIFY(isLuhnValid(members[1].number));
        const auto changes = store_->changesFor(device_.id, "")->changes;
        QVERIFY(!changes[1].contains("number"));
        QCOMPARE(changes[2]["number"].get<std::string>(), members[1].number);
        QVERIFY(!changes[3].contains("number")); // merged into the member that has it
    }

    void givesTheSameNumberAgainAfterARestore() {
        const auto number = *makeMemberNumber("9246", 1, 1);
        std::vector<Operation> late;
        for (int n = 1; n <= 3; ++n)
            late.push_back(makeSignUp("Bo", "bo" + std::to_string(n) + "@example.com", "", number));
        const auto numbersAfter = [&](const char* name, const std::vector<Operation>& arriving) {
            openNew(name);
            send({makeSignUp("Aino", "aino@example.com", "", number)});
            for (auto operation : arriving) {
                operation.seq = ++seq_;
                send({operation});
            }
            std::map<std::string, std::string> numbers;
            const auto members = *store_->members();
            for (const auto& member : members)
                numbers[member.email] = member.number;
            return numbers;
        };
        const auto before = numbersAfter("first.db", late);
        QCOMPARE(before.size(), std::size_t(4));
        QVERIFY(numbersAfter("second.db", {late[2], late[0], late[1]}) == before);
    }

    void callsDurableWhatABackupHolds() {
        const auto list = uuid();
        const auto push = [&] { return store_->receive(device_, "inc1", toLine(makeAdd(list, "A")) + "\n"); };
        QCOMPARE(push()->durableSeq, std::int64_t(1)); // no backups: what is committed
        const auto copy = (folder_->path() + "/copy.db").toStdString();
        if (postgres_ != nullptr) {
            QCOMPARE(store_->backUp(copy).error().code, Errc::Unsupported);
            return;
        }
        QVERIFY(store_->backUp(copy));
        QCOMPARE(store_->backUp(copy).error().code, Errc::Conflict);
        QCOMPARE(push()->durableSeq, std::int64_t(1));
        QCOMPARE(push()->durableSeq, std::int64_t(1));
        QCOMPARE(store_->marksFor(device_.id, "inc1")->durableSeq, std::int64_t(1));
        QVERIFY(store_->backUp(copy + "2"));
        QCOMPARE(store_->marksFor(device_.id, "inc1")->durableSeq, std::int64_t(3));
        const auto epoch = *store_->epoch();
        auto restored = OperationStore::open(copy, keys_, clock_, random_);
        QVERIFY(restored);
        QCOMPARE(*(*restored)->epoch(), epoch);
        QVERIFY((*restored)->startEpoch());
        QVERIFY(*(*restored)->epoch() != epoch);
        // The copy knows that it is one: what comes back to it is not durable before the next backup.
        const auto reply = (*restored)->receive(device_, "inc1", "");
        QCOMPARE(reply->highSeq, std::int64_t(1));
        QCOMPARE(reply->durableSeq, std::int64_t(0));
    }

    void keepsOnlyAWelcomeCouponThatItCanRead() {
        WelcomeCoupon coupon{{{"en", "10 % off"}}, "TEN", "2099-12-31"};
        QVERIFY(store_->setWelcomeCoupon(coupon));
        coupon.titles["en"] = std::string(150, '\xe4'); // each would be stored as three bytes
        QCOMPARE(store_->setWelcomeCoupon(coupon).error().code, Errc::Invalid);
        QCOMPARE((*store_->welcomeCoupon())->titles.at("en"), std::string("10 % off"));
        auto database = openHubDatabase(where_);
        QVERIFY(database &&
                database->exec("UPDATE hub_setting SET value = '{}' WHERE name = 'welcome_coupon'"));
        const auto unreadable = store_->welcomeCoupon();
        QVERIFY(unreadable && !*unreadable); // devices get their changes
        QVERIFY(store_->setWelcomeCoupon(std::nullopt));
    }

    void quarantinesASignUpItCannotOpen() {
        auto signUp = makeSignUp("Aino", "a@b.fi", "", *makeMemberNumber("9246", 1, 1));
        signUp.data["sealed"] = toBase64(*seal("{}", makeSealingKeys().publicKey));
        QCOMPARE(send({signUp}), std::vector{VerdictKind::Quarantined});
        QVERIFY(store_->members()->empty());
    }

    void keepsNoPlainPersonalDataInTheFile() {
        const std::string planted = "Plantedname Hiddenperson";
        QCOMPARE(send({makeSignUp(planted, "planted.person@example.com", "+358401234567",
                                  *makeMemberNumber("9246", 1, 1))}),
                 std::vector{VerdictKind::Ok});
        store_.reset();
        if (postgres_ != nullptr) {
            const auto dump = QString::fromStdString(where_);
            QProcess program;
            program.start("pg_dump", {"--data-only", dump});
            QVERIFY(program.waitForFinished());
            const auto bytes = program.readAllStandardOutput();
            QVERIFY(bytes.contains("membership-terms"));
            QVERIFY(!bytes.contains("Plantedname") && !bytes.contains("planted.person") &&
                    !bytes.contains("401234567"));
            return;
        }
        for (const auto& entry : QDir(folder_->path()).entryInfoList(QDir::Files)) {
            QFile file(entry.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto bytes = file.readAll();
            QVERIFY2(!bytes.contains("Plantedname") && !bytes.contains("planted.person") &&
                         !bytes.contains("401234567"),
                     qPrintable(entry.fileName()));
        }
    }

    void erasingTheKeyErasesThePerson() {
        QCOMPARE(send({makeSignUp("Aino", "a@b.fi", "", *makeMemberNumber("9246", 1, 1))}),
                 std::vector{VerdictKind::Ok});
        auto database = openHubDatabase(where_);
        QVERIFY(database && database->exec("DELETE FROM subject_key"));
        const auto members = *store_->members();
        QCOMPARE(members.size(), std::size_t(1));
        QCOMPARE(members[0].email, std::string());
    }

    void normalizesContacts_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("email");
        QTest::addColumn<QByteArray>("phone");
        QTest::newRow("mail") << QByteArray(" Aino@Example.COM ") << QByteArray("aino@example.com")
                              << QByteArray();
        QTest::newRow("two ats") << QByteArray("a@b@c.fi") << QByteArray() << QByteArray();
        QTest::newRow("no dot") << QByteArray("a@localhost") << QByteArray() << QByteArray();
        QTest::newRow("local phone") << QByteArray("040 123-4567") << QByteArray()
                                     << QByteArray("0401234567");
        QTest::newRow("double zero") << QByteArray("00358 (40) 1234567") << QByteArray()
                                     << QByteArray("+358401234567");
        QTest::newRow("too short") << QByteArray("1234") << QByteArray() << QByteArray();
        QTest::newRow("too long") << QByteArray("+1234567890123456") << QByteArray() << QByteArray();
    }
    void normalizesContacts() {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, email);
        QFETCH(QByteArray, phone);
        QCOMPARE(QByteArray::fromStdString(normalizeEmail(input.toStdString())), email);
        QCOMPARE(QByteArray::fromStdString(normalizePhone(input.toStdString())), phone);
    }

    void noncesAgeAndCannotBeForged() {
        const auto nonce = makeNonce(clock_.now, keys_.nonceKey, random_);
        QVERIFY(isFreshNonce(nonce, clock_.now, keys_.nonceKey));
        QVERIFY(isFreshNonce(nonce, clock_.now + kNonceLifetimeMs, keys_.nonceKey));
        QVERIFY(!isFreshNonce(nonce, clock_.now + kNonceLifetimeMs + 1, keys_.nonceKey));
        QVERIFY(!isFreshNonce(nonce, clock_.now - 1, keys_.nonceKey));
        QVERIFY(!isFreshNonce(nonce, clock_.now, std::string(32, 'x')));
        QVERIFY(!isFreshNonce("AAAA", clock_.now, keys_.nonceKey));
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestOperationStore>(argc, argv);
}
#include "tst_operation_store.moc"
