// Sales at the hub, on both stores: counted once, whoever tells of them and in whatever order; for every
// number of a member; and what is no sale set aside.
#include "guest_samples.h"
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr const char* kCard = "9246000010000011";
constexpr const char* kOtherCard = "9246000010000029";

} // namespace

class TestSaleRegistry : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{47};
    HubKeys keys_;
    std::unique_ptr<OperationStore> store_;
    DeviceRow till_, tablet_;
    std::map<std::string, std::int64_t> seqs_; ///< by device

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    VerdictKind send(const DeviceRow& device, const std::string& entity, const std::string& type,
                     const Json& data) {
        Operation operation;
        operation.id = uuid();
        operation.device = device.id;
        operation.incarnation = "inc-" + device.id;
        operation.seq = ++seqs_[device.id];
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = entity;
        operation.type = type;
        operation.data = data;
        const auto reply = store_->receive(device, operation.incarnation, toLine(operation) + "\n");
        return reply && reply->verdicts.size() == 1 ? reply->verdicts[0].kind : VerdictKind::Unknown;
    }
    VerdictKind tell(const DeviceRow& device, const char* type, const Json& what, std::string id = {}) {
        if (id.empty()) id = uuid();
        return send(device, "sale/" + id, type, {{"id", id}, {"sealed", test::sealedFor(keys_.seal, what)}});
    }
    Json sale(const std::string& receipt, std::int64_t totalMinor, const std::string& member = {}) const {
        Json json = {{"receipt", receipt},
                     {"pos", "POS-1"},
                     {"atMs", clock_.now},
                     {"currency", "EUR"},
                     {"totalMinor", totalMinor},
                     {"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"totalMinor", totalMinor}}}}};
        if (!member.empty()) json["member"] = member;
        return json;
    }
    Json link(const std::string& receipt, const std::string& member) {
        return {{"receipt", receipt}, {"member", member}, {"staff", uuid()}, {"atMs", clock_.now}};
    }
    static Json consent(const char* purpose, const char* channel, bool granted) {
        return {{"purpose", purpose},
                {"channel", channel},
                {"granted", granted},
                {"wordingHash", std::string(64, 'c')},
                {"lang", "fi"}};
    }
    /// `more`: consents besides the terms.
    void signUp(const std::string& email, const std::string& number, const std::string& list = {},
                const std::vector<Json>& more = {}) {
        Json consents = {consent("membership-terms", "any", true)};
        for (const auto& one : more)
            consents.push_back(one);
        const auto id = uuid();
        const Json data = {{"memberId", id},
                           {"number", number},
                           {"sealed", test::sealedFor(keys_.seal, {{"name", "Aino"}, {"email", email}})},
                           {"lang", "fi"},
                           {"wishlistId", list},
                           {"consents", consents}};
        QCOMPARE(send(till_, "member/" + id, "member.signup", data), VerdictKind::Ok);
    }
    Standing standing(const std::string& number) {
        const auto met = store_->lookUpMember({}, number);
        const auto has = met ? store_->standingOf(met->id) : Result<Standing>(met.error());
        return has ? *has : Standing{-1, Tier::Member};
    }

public:
    explicit TestSaleRegistry(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        seqs_.clear();
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = *loadOrMakeHubKeys((folder_->path() + "/hub.keys").toStdString());
        const auto path = (folder_->path() + "/hub.db").toStdString();
        auto store = OperationStore::open(postgres_ != nullptr ? postgres_->makeDatabase() : path, keys_,
                                          clock_, random_);
        QVERIFY2(store.has_value(), store ? "" : store.error().what.c_str());
        store_ = std::move(*store);
        const auto enrolled = [this](const char* id, char key) {
            const auto code = store_->devices().makeEnrolCode("FI-HEL-01", 24);
            return *store_->devices().enrol(*code, id, std::string(32, key));
        };
        till_ = enrolled("0190f3a0-7c1e-7000-8000-000000000001", 'p');
        tablet_ = enrolled("0190f3a0-7c1e-7000-8000-000000000002", 'q');
    }

    void givesAPointForEachWholeUnit() {
        signUp("aino@example.com", kCard);
        QCOMPARE(tell(till_, "sale.record", sale("R1", 2'599, kCard)), VerdictKind::Ok);
        QCOMPARE(tell(till_, "sale.record", sale("R2", -599, kCard)), VerdictKind::Ok); // brought back
        QCOMPARE(standing(kCard).points, 25 - 5);
        auto yen = sale("R3", 1'000, kCard);
        yen["currency"] = "JPY";
        QCOMPARE(tell(till_, "sale.record", yen), VerdictKind::Ok);
        QCOMPARE(standing(kCard).points, 20 + 1'000);
    }

    void countsAReceiptOnceWhoeverTellsOfIt() {
        signUp("aino@example.com", kCard);
        const auto id = uuid();
        QCOMPARE(tell(till_, "sale.record", sale("R1", 1'000, kCard), id), VerdictKind::Ok);
        QCOMPARE(tell(tablet_, "sale.record", sale("R1", 1'000, kCard), id), VerdictKind::Flag);
        QCOMPARE(tell(tablet_, "sale.record", sale("R1", 1'000, kCard)), VerdictKind::Flag);
        QCOMPARE(standing(kCard).points, 10);
        QCOMPARE(store_->salesBy("R1", 10)->size(), std::size_t(1));
    }

    void countsWhatCameBeforeTheSignUp() {
        QCOMPARE(tell(till_, "sale.record", sale("R1", 1'000, kCard)), VerdictKind::Ok);
        signUp("aino@example.com", kCard);
        QCOMPARE(standing(kCard).points, 10);
    }

    void countsAllNumbersOfAMember() {
        signUp("aino@example.com", kCard);
        signUp("AINO@example.com", kOtherCard);
        QCOMPARE(tell(till_, "sale.record", sale("R1", 1'000, kCard)), VerdictKind::Ok);
        QCOMPARE(tell(tablet_, "sale.record", sale("R2", 2'000, kOtherCard)), VerdictKind::Ok);
        QCOMPARE(standing(kCard).points, 30);
        QCOMPARE(standing(kOtherCard).points, 30);
    }

    void linksAReceiptInEitherOrder_data() {
        QTest::addColumn<bool>("isSaleFirst");
        QTest::newRow("the sale is told first") << true;
        QTest::newRow("the receipt is scanned first") << false;
    }
    void linksAReceiptInEitherOrder() {
        QFETCH(bool, isSaleFirst);
        signUp("aino@example.com", kCard);
        signUp("elias@example.com", kOtherCard);
        if (isSaleFirst) QCOMPARE(tell(till_, "sale.record", sale("R1", 1'000)), VerdictKind::Ok);
        QCOMPARE(tell(tablet_, "sale.link", link("R1", kCard)), VerdictKind::Ok);
        if (!isSaleFirst) {
            QCOMPARE(standing(kCard).points, 0);
            QCOMPARE(tell(till_, "sale.record", sale("R1", 1'000)), VerdictKind::Ok);
        }
        QCOMPARE(standing(kCard).points, 10);
        QCOMPARE(tell(till_, "sale.link", link("R1", kOtherCard)), VerdictKind::Flag); // it is Aino's
        QCOMPARE(standing(kOtherCard).points, 0);
        QCOMPARE(standing(kCard).points, 10);
        const auto rows = store_->salesBy({}, 10);
        QCOMPARE(QString::fromStdString((*rows)[0].member), QString(kCard));
    }

    void keepsTheCardThatWasShownWithTheSale() {
        signUp("aino@example.com", kCard);
        signUp("elias@example.com", kOtherCard);
        QCOMPARE(tell(till_, "sale.record", sale("R1", 1'000, kCard)), VerdictKind::Ok);
        QCOMPARE(tell(tablet_, "sale.link", link("R1", kOtherCard)), VerdictKind::Ok);
        QCOMPARE(standing(kCard).points, 10);
        QCOMPARE(standing(kOtherCard).points, 0);
    }

    void hasATierByThePointsOfAYear() {
        signUp("aino@example.com", kCard);
        QCOMPARE(tell(till_, "sale.record", sale("R1", (kSilverPoints - 1) * 100, kCard)), VerdictKind::Ok);
        QVERIFY(standing(kCard).tier == Tier::Member);
        QCOMPARE(tell(till_, "sale.record", sale("R2", 100, kCard)), VerdictKind::Ok);
        QVERIFY(standing(kCard).tier == Tier::Silver);
        auto future = sale("R3", (kGoldPoints - kSilverPoints) * 100, kCard);
        future["atMs"] = clock_.now + 10 * kTierMs; // a POS whose clock is wrong
        QCOMPARE(tell(till_, "sale.record", future), VerdictKind::Ok);
        QVERIFY(standing(kCard).tier == Tier::Gold);
        clock_.now += kTierMs + 1'000;
        QVERIFY(standing(kCard).tier == Tier::Member);
        QCOMPARE(standing(kCard).points, kGoldPoints);
    }

    /// Their newest word counts, of each channel.
    void tellsWhatIsWishedForToWhoMayBeOffered() {
        const auto list = uuid();
        for (std::size_t i = 0; i <= kWishesToldMax; ++i) {
            const auto sku = "SKU-" + std::to_string(10 + i);
            QCOMPARE(send(till_, "wishlist/" + list, "wishlist.add",
                          {{"list", list}, {"sku", sku}, {"quantity", 1}}),
                     VerdictKind::Ok);
        }
        const auto wishes = [this] {
            const auto met = store_->lookUpMember({}, kCard);
            return store_->wishesOf(met->id).value_or(std::vector<std::string>{"?"}).size();
        };
        signUp("aino@example.com", kCard, list,
               {consent("marketing", "email", false), consent("marketing", "sms", false)});
        QCOMPARE(wishes(), std::size_t(0));
        signUp("aino@example.com", kOtherCard, {}, {consent("marketing", "sms", true)});
        QCOMPARE(wishes(), kWishesToldMax);
        signUp("aino@example.com", "9246000010000037", {}, {consent("marketing", "sms", false)});
        QCOMPARE(wishes(), std::size_t(0));
    }

    void keepsTheReceipt() {
        auto told = sale("R1", 1'295, kCard);
        told["lines"].push_back({{"text", "Pantti"}, {"quantity", 2}, {"totalMinor", 40}});
        QCOMPARE(tell(till_, "sale.record", told), VerdictKind::Ok);
        const auto rows = store_->salesBy("R1", 10);
        QCOMPARE(rows->size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(dumpJson(toJson((*rows)[0].sale))),
                 QString::fromStdString(dumpJson(told)));
        QVERIFY(store_->salesBy("R2", 10)->empty());
    }

    void setsAsideWhatIsNoSale_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("no receipt") << "receipt"
                                    << "\"\"";
        QTest::newRow("a receipt with a space") << "receipt"
                                                << "\"R 1\"";
        QTest::newRow("no POS") << "pos"
                                << "\"\"";
        QTest::newRow("no time") << "atMs"
                                 << "\"now\"";
        QTest::newRow("a currency of nobody") << "currency"
                                              << "\"ZZZ\"";
        QTest::newRow("too much money") << "totalMinor"
                                        << "1000000001";
        QTest::newRow("a card of letters") << "member"
                                           << "\"924600001000001x\"";
        QTest::newRow("an empty card") << "member"
                                       << "\"\"";
        QTest::newRow("no lines") << "lines"
                                  << "[]";
        QTest::newRow("a line of nothing") << "lines"
                                           << R"([{"quantity":1,"totalMinor":1}])";
        QTest::newRow("a line with a sku that is none")
            << "lines"
            << R"([{"sku":1,"text":"x","quantity":1,"totalMinor":1}])";
        QTest::newRow("a line that is none") << "lines"
                                             << "[1]";
        QTest::newRow("a line of too many") << "lines"
                                            << R"([{"sku":"A","quantity":100001,"totalMinor":1}])";
    }
    void setsAsideWhatIsNoSale() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        auto told = sale("R1", 1'000, kCard);
        told[key.toStdString()] = *parseJson(value.toStdString(), 1'000);
        QCOMPARE(tell(till_, "sale.record", told), VerdictKind::Quarantined);
        QVERIFY(store_->salesBy({}, 10)->empty());
    }

    void setsAsideWhatIsTooLongOrSealedToAnother() {
        auto told = sale("R1", 1'000);
        const Json line = {{"sku", "A"}, {"quantity", 1}, {"totalMinor", 1}};
        told["lines"] = Json::array();
        for (std::size_t i = 0; i < kSaleLinesMax; ++i)
            told["lines"].push_back(line);
        QCOMPARE(tell(till_, "sale.record", told), VerdictKind::Ok);
        told["receipt"] = "R2";
        told["lines"].push_back(line);
        QCOMPARE(tell(till_, "sale.record", told), VerdictKind::Quarantined);
        const auto id = uuid();
        const auto box = test::sealedFor(makeSealingKeys(), sale("R3", 1));
        QCOMPARE(send(till_, "sale/" + id, "sale.record", {{"id", id}, {"sealed", box}}),
                 VerdictKind::Quarantined);
        QCOMPARE(send(till_, "sale/" + uuid(), "sale.record",
                      {{"id", id}, {"sealed", test::sealedFor(keys_.seal, sale("R3", 1))}}),
                 VerdictKind::Quarantined); // another one's name
        QCOMPARE(tell(till_, "sale.link", {{"receipt", "R3"}, {"member", kCard}, {"atMs", 1}}),
                 VerdictKind::Quarantined); // by nobody
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestSaleRegistry>(argc, argv);
}
#include "tst_sale_registry.moc"
