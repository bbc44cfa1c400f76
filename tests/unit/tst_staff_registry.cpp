// Staff at the hub, on both stores: who is told what, what they did, and who is a member.
#include "guest_samples.h"
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <iterator>

using namespace silta;
using namespace silta::hub;

class TestStaffRegistry : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{31};
    HubKeys keys_;
    std::unique_ptr<OperationStore> store_;
    DeviceRow helsinki_, turku_;
    std::map<std::string, std::string> cursors_; ///< by device
    std::int64_t seq_ = 0;

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    Staff somebody(const std::string& badge) {
        return {uuid(), badge, "Aino", StaffRole::Cashier, "$argon2id$1", true};
    }
    /// What the device has not heard yet.
    std::vector<Json> news(const DeviceRow& device) {
        std::vector<Json> changes;
        for (bool more = true; more;) {
            const auto page = store_->changesFor(device.id, cursors_[device.id]);
            if (!page) return {};
            std::ranges::copy_if(page->changes, std::back_inserter(changes), [](const Json& change) {
                return !textMember(change, "type").value_or("").starts_with("order.");
            });
            cursors_[device.id] = page->cursor;
            more = page->more;
        }
        return changes;
    }
    VerdictKind send(const std::string& entity, const std::string& type, const Json& data) {
        Operation operation;
        operation.id = uuid();
        operation.device = helsinki_.id;
        operation.incarnation = "inc1";
        operation.seq = ++seq_;
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = entity;
        operation.type = type;
        operation.data = data;
        const auto reply = store_->receive(helsinki_, operation.incarnation, toLine(operation) + "\n");
        return reply && reply->verdicts.size() == 1 ? reply->verdicts[0].kind : VerdictKind::Unknown;
    }
    VerdictKind signUp(const std::string& email, const std::string& number, const std::string& staffId) {
        const auto id = uuid();
        Json data = {{"memberId", id},
                     {"number", number},
                     {"sealed", test::sealedFor(keys_.seal, {{"name", "Aino"}, {"email", email}})},
                     {"lang", "fi"},
                     {"wishlistId", ""},
                     {"consents",
                      {{{"purpose", "membership-terms"},
                        {"channel", "any"},
                        {"granted", true},
                        {"wordingHash", std::string(64, 'c')},
                        {"lang", "fi"}}}}};
        if (!staffId.empty()) data["staffId"] = staffId;
        return send("member/" + id, "member.signup", data);
    }

public:
    explicit TestStaffRegistry(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        cursors_.clear();
        seq_ = 0;
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = *loadOrMakeHubKeys((folder_->path() + "/hub.keys").toStdString());
        const auto path = (folder_->path() + "/hub.db").toStdString();
        auto store = OperationStore::open(postgres_ != nullptr ? postgres_->makeDatabase() : path, keys_,
                                          clock_, random_);
        QVERIFY2(store.has_value(), store ? "" : store.error().what.c_str());
        store_ = std::move(*store);
        const auto enrol = [this](const char* code, const char* id, char key) {
            return *store_->devices().enrol(*store_->devices().makeEnrolCode(code, 24), id,
                                            std::string(32, key));
        };
        helsinki_ = enrol("FI-HEL-01", "d1", 'p');
        turku_ = enrol("FI-TKU-01", "d2", 'q');
        QCOMPARE(news(helsinki_).size(), std::size_t(1)); // staff.begin
        QCOMPARE(news(turku_).size(), std::size_t(1));
    }

    void tellsTheDevicesOfTheirStores() {
        const auto aino = somebody("STAFF-1001");
        QVERIFY(store_->addStaff(aino, {"FI-HEL-01"}));
        const auto told = news(helsinki_);
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0]["type"].get<std::string>(), std::string("staff.put"));
        const auto staff = parseStaff(told[0]["staff"]);
        QVERIFY(staff);
        QCOMPARE(staff->badge, std::string("STAFF-1001"));
        QCOMPARE(staff->pinHash, aino.pinHash);
        QVERIFY(news(turku_).empty());
    }

    void tellsWhatHasChanged() {
        QVERIFY(store_->addStaff(somebody("STAFF-1001"), {"FI-HEL-01", "FI-TKU-01"}));
        news(helsinki_);
        news(turku_);
        QVERIFY(store_->setStaffPin("STAFF-1001", "$argon2id$2"));
        QVERIFY(store_->setStaffActive("STAFF-1001", false));
        const auto told = news(turku_);
        QCOMPARE(told.size(), std::size_t(2));
        QCOMPARE(told[0]["staff"]["pin"].get<std::string>(), std::string("$argon2id$2"));
        QVERIFY(!told[1]["staff"]["active"].get<bool>());
        QCOMPARE(store_->setStaffPin("STAFF-9999", "x").error().code, Errc::NotFound);
    }

    void tellsANewDeviceAll() {
        QVERIFY(store_->addStaff(somebody("STAFF-1001"), {"FI-HEL-01"}));
        QVERIFY(store_->addStaff(somebody("STAFF-1002"), {"FI-TKU-01"}));
        QVERIFY(store_->addStaff(somebody("STAFF-1003"), {"FI-HEL-01"}));
        QVERIFY(store_->setStaffActive("STAFF-1003", false)); // has left, and is nobody's to know
        const auto device = *store_->devices().enrol(*store_->devices().makeEnrolCode("FI-HEL-01", 24), "d3",
                                                     std::string(32, 'r'));
        const auto told = news(device);
        QCOMPARE(told.size(), std::size_t(2));
        QCOMPARE(told[0]["type"].get<std::string>(), std::string("staff.begin"));
        QCOMPARE(told[1]["staff"]["badge"].get<std::string>(), std::string("STAFF-1001"));
    }

    void tellsADeviceThatMovesToAnotherStore() {
        QVERIFY(store_->addStaff(somebody("STAFF-1002"), {"FI-TKU-01"}));
        const auto moved = *store_->devices().enrol(*store_->devices().makeEnrolCode("FI-TKU-01", 24), "d1",
                                                    std::string(32, 'p'));
        QVERIFY(store_->tellStaff(moved));
        const auto told = news(moved);
        QCOMPARE(told.size(), std::size_t(2));
        QCOMPARE(told[0]["type"].get<std::string>(), std::string("staff.begin"));
        QCOMPARE(told[1]["staff"]["badge"].get<std::string>(), std::string("STAFF-1002"));
    }

    void givesABadgeOnce() {
        QVERIFY(store_->addStaff(somebody("STAFF-1001"), {"FI-HEL-01"}));
        QCOMPARE(store_->addStaff(somebody("STAFF-1001"), {"FI-TKU-01"}).error().code, Errc::Conflict);
        QVERIFY(news(turku_).empty());
        QCOMPARE(store_->staff()->size(), std::size_t(1));
    }

    void takesSoManyOfAStore() {
        for (int i = 0; i < kStaffOfStoreMax; ++i)
            QVERIFY(store_->addStaff(somebody(fmt::format("STAFF-{}", 1'000 + i)), {"FI-TKU-01"}));
        const auto one = store_->addStaff(somebody("STAFF-9999"), {"FI-HEL-01", "FI-TKU-01"});
        QCOMPARE(one.error().code, Errc::Limit);
        QVERIFY(news(helsinki_).empty());
        // Who has left makes room, and comes back when there is some.
        QVERIFY(store_->setStaffActive("STAFF-1000", false));
        QVERIFY(store_->addStaff(somebody("STAFF-9999"), {"FI-TKU-01"}));
        QCOMPARE(store_->setStaffActive("STAFF-1000", true).error().code, Errc::Limit);
        QVERIFY(store_->setStaffActive("STAFF-9999", false));
        QVERIFY(store_->setStaffActive("STAFF-1000", true));
    }

    void writesDownWhatTheyDid() {
        const auto aino = somebody("STAFF-1001");
        QVERIFY(store_->addStaff(aino, {"FI-HEL-01"}));
        const Json event = {{"staff", aino.id}, {"action", "sign-in"}, {"atMs", 1'790'000'000'000}};
        QCOMPARE(send("staff/" + aino.id, "staff.event", event), VerdictKind::Ok);
        QCOMPARE(signUp("aino@example.com", "9246000010000011", aino.id), VerdictKind::Ok);
        const auto events = store_->staffEvents(10);
        QCOMPARE(events->size(), std::size_t(2));
        QCOMPARE((*events)[0].action, std::string("sign-up"));
        QCOMPARE((*events)[1].action, std::string("sign-in"));
        QCOMPARE((*events)[1].badge, std::string("STAFF-1001"));
        QCOMPARE((*events)[1].atMs, 1'790'000'000'000);
        QCOMPARE((*events)[1].storeCode, std::string("FI-HEL-01"));
        const auto members = store_->members();
        QCOMPARE((*members)[0].consents[0]["staffId"].get<std::string>(), aino.id);
    }

    void setsAsideWhatIsNoEvent() {
        const auto id = uuid();
        QCOMPARE(send("staff/" + uuid(), "staff.event", {{"staff", id}, {"action", "sign-in"}, {"atMs", 1}}),
                 VerdictKind::Quarantined);
        QCOMPARE(send("staff/" + id, "staff.event", {{"staff", id}, {"action", "stole"}, {"atMs", 1}}),
                 VerdictKind::Quarantined);
        QVERIFY(store_->staffEvents(10)->empty());
        QCOMPARE(signUp("a@example.com", "9246000010000011", "not a uuid"), VerdictKind::Quarantined);
    }

    void saysWhoIsAMember() {
        QCOMPARE(signUp("aino@example.com", "9246000010000011", {}), VerdictKind::Ok);
        QCOMPARE(signUp("AINO@example.com", "9246000010000029", {}),
                 VerdictKind::Ok); // another number of hers
        const auto sealed = [this](const Json& person) { return test::sealedFor(keys_.seal, person); };
        const auto met = store_->lookUpMember(sealed({{"email", " Aino@Example.com"}}), {});
        QCOMPARE(met->number, std::string("9246000010000011"));
        QVERIFY(met->sinceMs > 0);
        QCOMPARE(store_->lookUpMember({}, "9246000010000029")->number, std::string("9246000010000011"));
        QVERIFY(store_->lookUpMember(sealed({{"email", "b@example.com"}}), {})->number.empty());
        QVERIFY(store_->lookUpMember({}, "9246000010000037")->number.empty());
        QCOMPARE(store_->lookUpMember(sealed({{"email", "nobody"}}), {}).error().code, Errc::Invalid);
        QCOMPARE(store_->lookUpMember("bm90IHNlYWxlZA", {}).error().code, Errc::Invalid);
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestStaffRegistry>(argc, argv);
}

#include "tst_staff_registry.moc"
