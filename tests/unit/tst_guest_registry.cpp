// Guests of the Wi-Fi at the hub: contacts, consents, counts and one-time codes, on both stores.
#include "guest_samples.h"
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr const char* kPhone = "+358405550199";
constexpr UtcMs kHourMs = 3'600'000;

} // namespace

class TestGuestRegistry : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{23};
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
    Operation guest(Json data) {
        data["signUpId"] = uuid();
        const auto entity = "guest/" + data["signUpId"].get<std::string>();
        return make(entity, "wifi.signup", std::move(data));
    }
    Operation withEmail(const std::string& email, bool marketing) {
        auto data = test::guestJson("email", marketing);
        data["sealed"] = test::sealedFor(keys_.seal, {{"email", email}});
        return guest(std::move(data));
    }
    Operation withPhone(const std::string& phone, const std::string& challenge) {
        auto data = test::guestJson("phone");
        data["sealed"] = test::sealedFor(keys_.seal, {{"phone", phone}});
        if (!challenge.empty()) data["challenge"] = challenge;
        return guest(std::move(data));
    }
    Operation member(const std::string& email, const std::string& number) {
        const auto id = uuid();
        return make("member/" + id, "member.signup",
                    {{"memberId", id},
                     {"number", number},
                     {"sealed", test::sealedFor(keys_.seal, {{"name", "Aino"}, {"email", email}})},
                     {"lang", "fi"},
                     {"wishlistId", ""},
                     {"consents",
                      {{{"purpose", "membership-terms"},
                        {"channel", "any"},
                        {"granted", true},
                        {"wordingHash", std::string(64, 'c')},
                        {"lang", "fi"}}}}});
    }
    VerdictKind send(const Operation& operation) {
        const auto reply = store_->receive(device_, operation.incarnation, toLine(operation) + "\n");
        return reply && reply->verdicts.size() == 1 ? reply->verdicts[0].kind : VerdictKind::Unknown;
    }
    std::vector<ContactRow> contacts() { return store_->contacts().value_or(std::vector<ContactRow>()); }
    CodeRegistry::Made made(const std::string& challenge, const std::string& phone = kPhone) {
        return store_->makeCode(device_, challenge, phone).value_or(CodeRegistry::Made());
    }
    CodeRegistry::Checked checked(const std::string& challenge, const std::string& code) {
        return store_->checkCode(device_, challenge, code).value_or(CodeRegistry::Checked{false, -1});
    }
    static std::string other(const std::string& code) { return code == "000000" ? "000001" : "000000"; }

public:
    explicit TestGuestRegistry(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        seq_ = 0;
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = *loadOrMakeHubKeys((folder_->path() + "/hub.keys").toStdString());
        const auto path = (folder_->path() + "/hub.db").toStdString();
        auto store = OperationStore::open(postgres_ != nullptr ? postgres_->makeDatabase() : path, keys_,
                                          clock_, random_);
        QVERIFY2(store.has_value(), store ? "" : store.error().what.c_str());
        store_ = std::move(*store);
        const auto code = store_->devices().makeEnrolCode("FI-HEL-01", 24);
        device_ = *store_->devices().enrol(*code, "d1", std::string(32, 'p'));
    }

    void makesAContactAndNoMember() {
        QCOMPARE(send(withEmail(" Aino@Example.com", false)), VerdictKind::Ok);
        QVERIFY(store_->members()->empty());
        const auto rows = contacts();
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].email, std::string("aino@example.com"));
        QCOMPARE(rows[0].storeCode, std::string("FI-HEL-01"));
        QVERIFY(rows[0].memberId.empty());
        QCOMPARE(rows[0].consents.size(), std::size_t(2));
        QCOMPARE(rows[0].consents[0]["version"].get<std::string>(), std::string("2026-11"));
        QVERIFY(!rows[0].consents[1]["granted"].get<bool>());
    }

    void knowsAContactAgainAndAddsConsents() {
        QCOMPARE(send(withEmail("aino@example.com", false)), VerdictKind::Ok);
        QCOMPARE(send(withEmail("AINO@example.com", true)), VerdictKind::Ok);
        const auto rows = contacts();
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].visits, 2);
        QCOMPARE(rows[0].consents.size(), std::size_t(4));
        QVERIFY(!rows[0].consents[1]["granted"].get<bool>());
        QVERIFY(rows[0].consents[3]["granted"].get<bool>());
    }

    void takesTheSameSignUpOnce() {
        const auto first = withEmail("aino@example.com", true);
        QCOMPARE(send(first), VerdictKind::Ok);
        QCOMPARE(send(first), VerdictKind::Dup);
        QCOMPARE(send(make(first.entity, first.type, first.data)),
                 VerdictKind::Ok); // under another operation
        QCOMPARE(contacts()[0].visits, 1);
        QCOMPARE(contacts()[0].consents.size(), std::size_t(2));
    }

    void keepsNoCopyOfAMembersData() {
        QCOMPARE(send(member("aino@example.com", "9246000010000017")), VerdictKind::Ok);
        QCOMPARE(send(withEmail("aino@example.com", true)), VerdictKind::Ok);
        const auto memberId = (*store_->members())[0].id;
        QCOMPARE(contacts()[0].memberId, memberId);
        QVERIFY(contacts()[0].email.empty());
        auto loyalty = test::guestJson("loyalty");
        loyalty["memberNumber"] = "9246000010000017";
        QCOMPARE(send(guest(std::move(loyalty))), VerdictKind::Ok);
        QCOMPARE(contacts().size(), std::size_t(2));
        QCOMPARE(contacts()[1].memberId, memberId);
    }

    void pointsToAMemberWhoJoinsLater() {
        QCOMPARE(send(withEmail("aino@example.com", true)), VerdictKind::Ok);
        auto loyalty = test::guestJson("loyalty");
        loyalty["memberNumber"] = "9246000010000017"; // given out by a device that has not told yet
        QCOMPARE(send(guest(std::move(loyalty))), VerdictKind::Ok);
        QVERIFY(contacts()[1].memberId.empty());
        QCOMPARE(send(member("aino@example.com", "9246000010000017")), VerdictKind::Ok);
        const auto memberId = (*store_->members())[0].id;
        QCOMPARE(contacts()[0].memberId, memberId);
        QCOMPARE(contacts()[1].memberId, memberId);
    }

    void setsAsideWhatItCannotUnderstand_data() {
        QTest::addColumn<QByteArray>("way");
        QTest::addColumn<QByteArray>("box");
        QTest::newRow("no address in the box")
            << QByteArray("email") << QByteArray(R"({"phone":"+35840555"})");
        QTest::newRow("no number in the box") << QByteArray("phone") << QByteArray(R"({"phone":"call me"})");
        QTest::newRow("no object in the box") << QByteArray("email") << QByteArray("aino@example.com");
    }
    void setsAsideWhatItCannotUnderstand() {
        QFETCH(QByteArray, way);
        QFETCH(QByteArray, box);
        auto data = test::guestJson(way.toStdString());
        data["sealed"] = toBase64(*seal(box.toStdString(), keys_.seal.publicKey));
        QCOMPARE(send(guest(std::move(data))), VerdictKind::Quarantined);
        QCOMPARE(send(withEmail("aino@example.com", false)), VerdictKind::Ok); // the rest goes on
        QCOMPARE(contacts().size(), std::size_t(1));
    }

    void addsTheDaysOfAllDevices() {
        const auto data = countsJson("2026-11-21", {{"wifi.login", "email", 3}, {"offer.tap", "", 4}});
        const auto first = make("guests/2026-11-21", "wifi.counts", data);
        QCOMPARE(send(first), VerdictKind::Ok);
        QCOMPARE(send(first), VerdictKind::Dup);
        QCOMPARE(send(make("guests/2026-11-21", "wifi.counts", data)), VerdictKind::Ok);
        const auto rows = *store_->guestCounts();
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].kind, std::string("offer.tap"));
        QCOMPARE(rows[0].count, 8);
        QCOMPARE(rows[1].count, 6);
        QCOMPARE(send(make("guests/2026-11-20", "wifi.counts", data)), VerdictKind::Quarantined);
    }

    void checksACode() {
        const auto challenge = uuid();
        const auto code = made(challenge).code;
        QCOMPARE(code.size(), std::size_t(6));
        QCOMPARE(checked(challenge, other(code)).attemptsLeft, 4);
        QVERIFY(checked(challenge, code).right);
        QVERIFY(checked(challenge, code).right); // its answer may have been lost
        QCOMPARE(checked(uuid(), code).attemptsLeft, 0);
        auto stranger = device_;
        stranger.id = "d2";
        QVERIFY(!store_->checkCode(stranger, challenge, code)->right);
    }

    void endsACodeAfterFiveWrongOnes() {
        const auto challenge = uuid();
        const auto code = made(challenge).code;
        for (int left = kCodeAttempts - 1; left >= 0; --left)
            QCOMPARE(checked(challenge, other(code)).attemptsLeft, left);
        QVERIFY(!checked(challenge, code).right);
    }

    void endsACodeAfterFiveMinutes() {
        const auto challenge = uuid();
        const auto code = made(challenge).code;
        clock_.now += kCodeLifeMs;
        QVERIFY(!checked(challenge, code).right);
    }

    void limitsCodesOfAPhone() {
        using Outcome = CodeRegistry::Made::Outcome;
        const auto first = uuid();
        QCOMPARE(made(first).outcome, Outcome::Made);
        QCOMPARE(made(first).outcome, Outcome::Again);
        for (int i = 1; i < kCodesPerPhoneAnHour; ++i)
            QCOMPARE(made(uuid()).outcome, Outcome::Made);
        QCOMPARE(made(uuid()).outcome, Outcome::TooMany);
        QCOMPARE(made(uuid(), "+358405550100").outcome, Outcome::Made);
        clock_.now += kHourMs + 1'000;
        for (int i = kCodesPerPhoneAnHour; i < kCodesPerPhoneADay; ++i)
            QCOMPARE(made(uuid()).outcome, Outcome::Made);
        clock_.now += kHourMs + 1'000;
        QCOMPARE(made(uuid()).outcome, Outcome::TooMany);
    }

    void limitsCodesOfADevice() {
        using Outcome = CodeRegistry::Made::Outcome;
        for (int i = 0; i < kCodesPerDeviceAnHour; ++i)
            QCOMPARE(made(uuid(), "+35840" + std::to_string(1'000'000 + i)).outcome, Outcome::Made);
        QCOMPARE(made(uuid()).outcome, Outcome::TooMany);
    }

    void callsAPhoneVerifiedAfterItsCode() {
        const auto challenge = uuid();
        const auto code = made(challenge).code;
        QCOMPARE(send(withPhone(kPhone, challenge)), VerdictKind::Ok);
        QCOMPARE(contacts()[0].verifiedMs, 0); // nobody has typed it yet
        QVERIFY(checked(challenge, code).right);
        QCOMPARE(send(withPhone("+358405550100", challenge)), VerdictKind::Ok); // somebody else's code
        QCOMPARE(contacts()[1].verifiedMs, 0);
        QCOMPARE(send(withPhone(kPhone, challenge)), VerdictKind::Ok);
        QVERIFY(contacts()[0].verifiedMs > 0);
    }

    void keepsNoPersonalDataInTheClear() {
        if (postgres_ != nullptr) QSKIP("one file to search is SQLite's");
        QCOMPARE(made(uuid()).code.size(), std::size_t(6));
        QCOMPARE(send(withEmail("planted.person@example.com", true)), VerdictKind::Ok);
        QCOMPARE(send(withPhone(kPhone, "")), VerdictKind::Ok);
        QCOMPARE(contacts()[1].phone, std::string(kPhone));
        QFile file(folder_->path() + "/hub.db");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        QVERIFY(bytes.contains("FI-HEL-01"));
        QVERIFY(!bytes.contains("planted.person"));
        QVERIFY(!bytes.contains("405550199"));
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestGuestRegistry>(argc, argv);
}

#include "tst_guest_registry.moc"
