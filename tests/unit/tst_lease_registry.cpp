// Leases, what depends on what, old schemas and the horizon of the feed: at the hub, on both stores.
#include "hub/operation_store.h"
#include "hub/schemas.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <silta/crypto.h>
#include <silta/scan.h>
#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>
#include <map>
#include <set>

using namespace silta;
using namespace silta::hub;

class TestLeaseRegistry : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{5};
    HubKeys keys_;
    std::unique_ptr<OperationStore> store_;
    DeviceRow first_, second_;
    std::map<std::string, std::int64_t> seqs_;

    static constexpr const char* kPool = "coupon/summer";

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    DeviceRow enrol(const std::string& id) {
        const auto code = *store_->devices().makeEnrolCode("FI-HEL-01", 24);
        return *store_->devices().enrol(code, id, std::string(31, 'p') + id.back());
    }
    Operation make(const DeviceRow& device, const std::string& entity, const std::string& type, Json data,
                   const std::string& incarnation = "inc1") {
        Operation operation;
        operation.id = uuid();
        operation.device = device.id;
        operation.incarnation = incarnation;
        operation.seq = ++seqs_[device.id + incarnation];
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = entity;
        operation.type = type;
        operation.data = std::move(data);
        return operation;
    }
    VerdictKind send(const DeviceRow& device, const Operation& operation) {
        const auto reply = store_->receive(device, operation.incarnation, toLine(operation) + "\n");
        return reply && reply->verdicts.size() == 1 ? reply->verdicts.front().kind : VerdictKind::Unknown;
    }
    Lease lease(const DeviceRow& device, std::int64_t rights, const std::string& id) {
        const auto grants = store_->exchangeLeases(device, "inc1", {{id, kPool, rights}}, std::nullopt);
        if (!grants || grants->empty()) return {};
        return {id, kPool, "inc1", LeaseState::Open, grants->front().rights, 0, grants->front().proof};
    }
    Operation redemption(const DeviceRow& device, const Lease& lease,
                         const std::string& incarnation = "inc1") {
        return make(device, std::string("pool/") + kPool, "right.redeem", leaseData(lease), incarnation);
    }
    VerdictKind signUp(int n) {
        const auto id = uuid();
        const auto person = dumpJson({{"email", "p" + std::to_string(n) + "@example.org"}});
        const Json terms = {{"purpose", "membership-terms"},
                            {"channel", "any"},
                            {"granted", true},
                            {"wordingHash", std::string(64, 'b')},
                            {"lang", "en"}};
        return send(first_, make(first_, "member/" + id, "member.signup",
                                 {{"memberId", id},
                                  {"number", *makeMemberNumber("9246", 1, n)},
                                  {"sealed", toBase64(*seal(person, keys_.seal.publicKey))},
                                  {"lang", "en"},
                                  {"wishlistId", ""},
                                  {"consents", Json::array({terms})}}));
    }
    /// By this hub, of before it was restored.
    Lease forgottenLease(const DeviceRow& device, std::int64_t rights) {
        Lease lease{uuid(), kPool, "inc1", LeaseState::Open, rights, 0, {}};
        lease.proof = toBase64(sign(leaseText(device.id, lease), keys_.sign));
        return lease;
    }
    PoolRow pool() { return store_->pools()->front(); }

public:
    explicit TestLeaseRegistry(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        folder_ = std::make_unique<QTemporaryDir>();
        seqs_.clear();
        const auto path = (folder_->path() + "/hub.db").toStdString();
        keys_ = *loadOrMakeHubKeys(path + ".keys");
        store_ = *OperationStore::open(postgres_ != nullptr ? postgres_->makeDatabase() : path, keys_, clock_,
                                       random_);
        first_ = enrol("d1");
        second_ = enrol("d2");
        QVERIFY(store_->setPool(kPool, 10));
    }

    void givesOutNoMoreThanThereIs() {
        QCOMPARE(lease(first_, 7, uuid()).granted, std::int64_t(7));
        QCOMPARE(lease(second_, 7, uuid()).granted, std::int64_t(3));
        QCOMPARE(lease(second_, 1, uuid()).granted, std::int64_t(0));
        const auto unknown =
            store_->exchangeLeases(first_, "inc1", {{uuid(), "coupon/other", 1}}, std::nullopt);
        QCOMPARE(unknown->front().rights, std::int64_t(0));
    }

    void grantsOnceForOneAsking() {
        const auto id = uuid();
        const auto granted = lease(first_, 4, id);
        QCOMPARE(lease(first_, 4, id).proof, granted.proof); // the answer was lost
        QCOMPARE(pool().held, std::int64_t(4));
        QCOMPARE(lease(second_, 4, id).granted, std::int64_t(0)); // not yours
        QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Ok);
        QCOMPARE(lease(first_, 4, id).granted, std::int64_t(0)); // it is being spent
    }

    void rightsReturnWhenTheDeviceClosesItsLease() {
        auto granted = lease(first_, 6, uuid());
        for (int i = 0; i < 2; ++i)
            QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Ok);
        clock_.now += 365LL * 86'400'000; // no time-out, ever
        QCOMPARE(lease(second_, 9, uuid()).granted, std::int64_t(4));
        granted.used = 2;
        QCOMPARE(send(first_, make(first_, std::string("pool/") + kPool, "lease.close", leaseData(granted))),
                 VerdictKind::Ok);
        QCOMPARE(lease(second_, 9, uuid()).granted, std::int64_t(4));
        QCOMPARE(pool().redeemed, std::int64_t(2));
    }

    void flagsWhatGoesBeyondALease() {
        const auto granted = lease(first_, 1, uuid());
        QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Ok);
        QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Flag);
        QCOMPARE(pool().flagged, std::int64_t(1));
        auto closing = granted;
        closing.used = 1; // the device knows of one only
        QCOMPARE(send(first_, make(first_, std::string("pool/") + kPool, "lease.close", leaseData(closing))),
                 VerdictKind::Flag);
        QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Flag); // after its end
    }

    void believesNoLeaseWithoutProof() {
        auto forged = lease(first_, 2, uuid());
        forged.granted = 9;
        QCOMPARE(send(first_, redemption(first_, forged)), VerdictKind::Quarantined);
        const auto others = lease(second_, 2, uuid());
        QCOMPARE(send(first_, redemption(first_, others)), VerdictKind::Quarantined);
        QVERIFY(!store_->exchangeLeases(first_, "inc1", {}, std::vector{forged}));
        QCOMPARE(pool().redeemed, std::int64_t(0));
    }

    void aRestoredHubWaitsForAllToTell() {
        const auto granted = lease(first_, 6, uuid());
        QVERIFY(store_->startEpoch());
        const auto asking = LeaseRegistry::Asking{uuid(), kPool, 10};
        QVERIFY(store_->exchangeLeases(second_, "inc1", {asking}, std::vector<Lease>{})->empty());
        QVERIFY(store_->exchangeLeases(first_, "inc1", {}, std::vector{granted}));
        QCOMPARE(store_->exchangeLeases(second_, "inc1", {asking}, std::nullopt)->front().rights,
                 std::int64_t(4));
    }

    void aDeviceWrittenOffIsFenced() {
        const auto granted = lease(first_, 6, uuid());
        QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Ok);
        QCOMPARE(*store_->writeOff(first_.id), std::int64_t(5));
        QCOMPARE(store_->writeOff("nobody").error().code, Errc::NotFound);
        QCOMPARE(lease(second_, 10, uuid()).granted, std::int64_t(9));
        QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Fenced);
        // It lives after all, and has spent one more: the customer has had it, and somebody is told.
        QCOMPARE(send(first_, redemption(first_, granted, "inc2")), VerdictKind::Flag);
    }

    void aDeviceWrittenOffAfterARestoreIsFencedAndFlagged() {
        const auto granted = forgottenLease(first_, 6);
        QVERIFY(store_->startEpoch());
        QCOMPARE(*store_->writeOff(first_.id), std::int64_t(0));
        QCOMPARE(send(first_, redemption(first_, granted)), VerdictKind::Fenced);
        QVERIFY(store_->exchangeLeases(first_, "inc2", {}, std::vector<Lease>{}));
        QCOMPARE(send(first_, redemption(first_, granted, "inc2")), VerdictKind::Flag);
        QCOMPARE(pool().held, std::int64_t(0));
        // From now on it is a device as any other.
        QVERIFY(store_->exchangeLeases(second_, "inc1", {}, std::vector<Lease>{}));
        const auto next = store_->exchangeLeases(first_, "inc2", {{uuid(), kPool, 2}}, std::nullopt);
        QCOMPARE(next->front().rights, std::int64_t(2));
    }

    void tellsADeviceWithNothingToSayThatItWasWrittenOff() {
        QVERIFY(!store_->marksFor(first_.id, "inc1")->isFenced);
        QVERIFY(store_->writeOff(first_.id).has_value());
        QVERIFY(!store_->marksFor(second_.id, "inc1")->isFenced);
        for (int asked = 0; asked < 2; ++asked) // the first answer may be lost
            QVERIFY(store_->marksFor(first_.id, "inc1")->isFenced);
        QVERIFY(!store_->marksFor(first_.id, "inc2")->isFenced);
    }

    void grantsNothingToAnIncarnationThatIsOver() {
        const auto asked = [this](const char* incarnation) {
            const auto grants =
                store_->exchangeLeases(first_, incarnation, {{uuid(), kPool, 1}}, std::vector<Lease>{});
            return grants ? static_cast<int>(grants->size()) : -1;
        };
        QVERIFY(lease(first_, 2, uuid()).granted == 2);
        QCOMPARE(send(first_, make(first_, "pool/x", "no.such", Json::object())), VerdictKind::Quarantined);
        QVERIFY(store_->writeOff(first_.id).has_value());
        QCOMPARE(asked("inc1"), 0); // has not heard of it
        QCOMPARE(asked("inc2"), 0); // nor has a card of before, of which nothing ever came
        QVERIFY(store_->marksFor(first_.id, "inc2")->isFenced);
        QCOMPARE(asked("inc2"), 0);
        QCOMPARE(asked("inc1"), 0);
        QCOMPARE(pool().held, std::int64_t(0));
        QCOMPARE(asked("inc3"), 1); // the one that it has begun since
    }

    void neverCoversMoreThanTheBudget() {
        // Told too late: the rights were given to another device meanwhile.
        const auto late = forgottenLease(first_, 8);
        const auto granted = lease(second_, 9, uuid());
        for (int i = 0; i < 9; ++i)
            QCOMPARE(send(second_, redemption(second_, granted)), VerdictKind::Ok);
        QCOMPARE(send(first_, redemption(first_, late)), VerdictKind::Ok);
        QCOMPARE(send(first_, redemption(first_, late)), VerdictKind::Flag);
        QCOMPARE(pool().redeemed, std::int64_t(11));
        QCOMPARE(pool().flagged, std::int64_t(1));
    }

    void recallsLeases() {
        const auto granted = lease(first_, 6, uuid());
        QCOMPARE(*store_->recall(kPool), std::int64_t(1));
        const auto begin = store_->changesFor(first_.id, "")->cursor; // a snapshot holds no passing wishes
        QVERIFY(!begin.empty());
        QCOMPARE(*store_->recall(kPool), std::int64_t(1));
        const auto changes = store_->changesFor(first_.id, begin)->changes;
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0]["lease"].get<std::string>(), granted.id);
    }

    void refusesWhatDependsOnSomethingRefused() {
        const auto list = uuid();
        auto poison = make(first_, "wishlist/" + list, "wishlist.add",
                           {{"list", list}, {"sku", "A"}, {"quantity", -1}});
        auto dependant = make(first_, "wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", "B"}});
        dependant.dependsOn = poison.id;
        auto lonely = make(first_, "wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", "C"}});
        lonely.dependsOn = uuid();
        const auto good = make(first_, "wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", "D"}});
        QCOMPARE(send(first_, poison), VerdictKind::Quarantined);
        QCOMPARE(send(first_, dependant), VerdictKind::Quarantined);
        QCOMPARE(send(first_, lonely), VerdictKind::Quarantined);
        QCOMPARE(send(first_, good), VerdictKind::Ok);
        auto follower = make(first_, "wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", "E"}});
        follower.dependsOn = good.id;
        QCOMPARE(send(first_, follower), VerdictKind::Ok);
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(2));
    }

    void takesTheVersionsBeforeAndNoOthers() {
        const auto list = uuid();
        const auto add = [&](int version, const char* sku) {
            auto operation = make(
                first_, "wishlist/" + list, "wishlist.add",
                {{"list", list}, {"sku", sku}, {"quantity", 1}, {"note", version > 1 ? "blue" : "ignored"}});
            operation.version = version;
            return send(first_, operation);
        };
        QCOMPARE(add(1, "A"), VerdictKind::Ok);
        QCOMPARE(add(2, "B"), VerdictKind::Ok);
        QCOMPARE(add(3, "C"), VerdictKind::Quarantined);
        const auto items = *store_->wishlist(list);
        QCOMPARE(items.size(), std::size_t(2));
        QCOMPARE(items[0].note, std::string()); // version 1 knew of none
        QCOMPARE(items[1].note, std::string("blue"));
    }

    void upcastsStepByStep() {
        constexpr Schema::Upcast toThree = [](Json& data) -> Result<void> {
            data["steps"] = data["steps"].get<std::string>() + "3";
            return {};
        };
        constexpr Schema::Upcast toTwo = [](Json& data) -> Result<void> {
            data["steps"] = data["steps"].get<std::string>() + "2";
            return {};
        };
        const Schema schemas[] = {{"x", 4, {toThree, toTwo}}};
        auto operation = make(first_, "x/1", "x", {{"steps", ""}});
        operation.version = 2;
        QVERIFY(upcast(operation, schemas));
        QCOMPARE(operation.data["steps"].get<std::string>(), std::string("23"));
        QCOMPARE(operation.version, 4);
        operation.version = 1;
        QCOMPARE(upcast(operation, schemas).error().code, Errc::Unsupported);
        operation.version = 5;
        QCOMPARE(upcast(operation, schemas).error().code, Errc::Unsupported);
    }

    void triesAgainWhatWasSetAside() {
        // What depended on an operation that came late is taken once somebody asks for it again.
        const auto list = uuid();
        const auto late = make(second_, "wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", "A"}});
        auto early = make(first_, "wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", "B"}});
        const auto awaited = make(first_, "wishlist/" + list, "wishlist.add", {{"list", list}, {"sku", "C"}});
        early.dependsOn = awaited.id;
        QCOMPARE(send(first_, early), VerdictKind::Quarantined);
        QCOMPARE(send(second_, late), VerdictKind::Ok);
        auto replayed = *store_->replay();
        QCOMPARE(replayed.tried, std::int64_t(1));
        QCOMPARE(replayed.taken, std::int64_t(0));
        const auto begin = store_->changesFor(first_.id, "")->cursor;
        QCOMPARE(send(first_, awaited), VerdictKind::Ok);
        replayed = *store_->replay();
        QCOMPARE(replayed.taken, std::int64_t(1));
        QCOMPARE(store_->wishlist(list)->size(), std::size_t(3));
        const auto changes = store_->changesFor(first_.id, begin)->changes;
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0]["id"].get<std::string>(), early.id);
        QCOMPARE(store_->replay()->tried, std::int64_t(0));

        // A device that lost its place, or a hub that was restored, begins anew and hears it again.
        const auto anew = *store_->changesFor(first_.id, "");
        QStringList types;
        for (const auto& change : anew.changes)
            types.append(QString::fromStdString(change["type"].get<std::string>()));
        QCOMPARE(types.count("operation.result"), 1);
        types.removeAll("operation.result");
        QVERIFY2(std::ranges::all_of(types, [](const auto& type) { return type.endsWith(".begin"); }),
                 qPrintable(types.join(' ')));
        QCOMPARE(send(first_, early), VerdictKind::Dup);
    }

    void whoStoppedBeforeTheHorizonBeginsAnew() {
        const auto begin = store_->changesFor(first_.id, "")->cursor;
        for (int n = 1; n <= 5; ++n)
            QCOMPARE(signUp(n), VerdictKind::Ok);
        QCOMPARE(store_->changesFor(first_.id, begin)->changes.size(), std::size_t(5));
        clock_.now += 1'000'000;
        QCOMPARE(signUp(6), VerdictKind::Ok);
        QCOMPARE(*store_->forgetChangesBefore(clock_.now - 1'000), std::int64_t(5));
        const auto gone = store_->changesFor(first_.id, begin);
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, Errc::NotFound);
        const auto anew = *store_->changesFor(first_.id, "");
        // Nothing is missing; "staff.begin" and "order.begin" besides.
        QCOMPARE(anew.changes.size(), std::size_t(8));
        QCOMPARE(signUp(7), VerdictKind::Ok);
        QCOMPARE(store_->changesFor(first_.id, anew.cursor)->changes.size(), std::size_t(1));
        // A cursor that nobody gave out begins anew too.
        auto forged = anew.cursor;
        forged[forged.size() - 1] = forged.back() == 'A' ? 'B' : 'A';
        QCOMPARE(store_->changesFor(first_.id, forged)->changes.size(), std::size_t(9));
    }

    void aLongSnapshotComesInPages() {
        constexpr int kPeople = 450;
        for (int n = 1; n <= kPeople; ++n) {
            QCOMPARE(signUp(n), VerdictKind::Ok);
        }
        std::set<std::string> people;
        std::string cursor;
        for (bool more = true; more;) {
            const auto page = *store_->changesFor(first_.id, cursor);
            QVERIFY(page.changes.size() <= kChangesMax);
            for (const auto& change : page.changes)
                if (change["type"] == "member.result") people.insert(change["memberId"].get<std::string>());
            cursor = page.cursor;
            more = page.more;
        }
        QCOMPARE(people.size(), std::size_t(kPeople));
        QVERIFY(store_->changesFor(first_.id, cursor)->changes.empty());
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestLeaseRegistry>(argc, argv);
}
#include "tst_lease_registry.moc"
