// A member is erased at the hub, on both stores: what was theirs is gone, from the file too; what they bought
// stays as nobody's, and what comes late is nobody's as well.
#include "guest_samples.h"
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr const char* kCard = "9246000010000011";
constexpr const char* kSecondCard = "9246000010000029";
constexpr const char* kOtherCard = "9246000010000037";

} // namespace

class TestErasure : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    std::string where_;
    test::FakeClock clock_;
    test::SeededRandom random_{59};
    HubKeys keys_;
    std::unique_ptr<OperationStore> store_;
    DeviceRow till_;
    std::int64_t seq_ = 0;
    std::string list_;

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    VerdictKind send(const std::string& entity, const std::string& type, const Json& data) {
        Operation operation;
        operation.id = uuid();
        operation.device = till_.id;
        operation.incarnation = "inc-1";
        operation.seq = ++seq_;
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = entity;
        operation.type = type;
        operation.data = data;
        const auto reply = store_->receive(till_, operation.incarnation, toLine(operation) + "\n");
        return reply && reply->verdicts.size() == 1 ? reply->verdicts[0].kind : VerdictKind::Unknown;
    }
    void signUp(const std::string& email, const std::string& number, const std::string& list = {},
                const char* phone = "+358401234567") {
        const auto id = uuid();
        Json consents = Json::array();
        for (const auto* channel : {"any", "sms"})
            consents.push_back({{"purpose", channel == std::string("any") ? "membership-terms" : "marketing"},
                                {"channel", channel},
                                {"granted", true},
                                {"wordingHash", std::string(64, 'c')},
                                {"lang", "fi"}});
        const Json person = {{"name", "PlantedName"}, {"email", email}, {"phone", phone}};
        QCOMPARE(send("member/" + id, "member.signup",
                      {{"memberId", id},
                       {"number", number},
                       {"sealed", test::sealedFor(keys_.seal, person)},
                       {"lang", "fi"},
                       {"wishlistId", list},
                       {"consents", consents}}),
                 VerdictKind::Ok);
    }
    VerdictKind tell(const char* type, const Json& what) {
        const auto id = uuid();
        return send("sale/" + id, type, {{"id", id}, {"sealed", test::sealedFor(keys_.seal, what)}});
    }
    VerdictKind buy(const std::string& receipt, const std::string& member = {}) {
        Json json = {
            {"receipt", receipt},  {"pos", "POS-1"},
            {"atMs", clock_.now},  {"currency", "EUR"},
            {"totalMinor", 1'000}, {"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"totalMinor", 1'000}}}}};
        if (!member.empty()) json["member"] = member;
        return tell("sale.record", json);
    }
    VerdictKind link(const std::string& receipt, const std::string& member) {
        return tell("sale.link",
                    {{"receipt", receipt}, {"member", member}, {"staff", uuid()}, {"atMs", clock_.now}});
    }
    std::int64_t points(const std::string& number) {
        const auto met = store_->lookUpMember({}, number);
        if (!met || met->id.empty()) return -1;
        const auto standing = store_->standingOf(met->id);
        return standing ? standing->points : -1;
    }
    SaleRow sale(const std::string& receipt) { return store_->salesBy(receipt, 10)->at(0); }
    QByteArray bytesOf(const QString& path) const {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The first column of the first row, whatever it is.
    QByteArray cell(const char* sql) const {
        const auto database = Database::open(where_, OpenMode::ReadOnly);
        auto query = database->prepare(sql);
        if (!query || !query->step().value_or(false)) return {};
        return QByteArray::fromStdString(std::string(query->blob(0)));
    }

public:
    explicit TestErasure(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        seq_ = 0;
        folder_ = std::make_unique<QTemporaryDir>(QFile::exists("/dev/shm") ? "/dev/shm/silta-erasure-XXXXXX"
                                                                            : QString());
        keys_ = *loadOrMakeHubKeys((folder_->path() + "/hub.keys").toStdString());
        where_ =
            postgres_ != nullptr ? postgres_->makeDatabase() : (folder_->path() + "/hub.db").toStdString();
        auto store = OperationStore::open(where_, keys_, clock_, random_);
        QVERIFY2(store.has_value(), store ? "" : store.error().what.c_str());
        store_ = std::move(*store);
        till_ = *store_->devices().enrol(*store_->devices().makeEnrolCode("FI-HEL-01", 24),
                                         "0190f3a0-7c1e-7000-8000-000000000001", std::string(32, 'p'));
        list_ = uuid();
        QCOMPARE(send("wishlist/" + list_, "wishlist.add",
                      {{"list", list_}, {"sku", "MUG-W"}, {"quantity", 1}, {"note", "a gift"}}),
                 VerdictKind::Ok);
        signUp("planted@example.com", kCard, list_);
        signUp("planted@example.com", kSecondCard); // the same person
        signUp("elias@example.com", kOtherCard, {}, "");
        QCOMPARE(buy("R1", kCard), VerdictKind::Ok);
        QCOMPARE(buy("R2", kSecondCard), VerdictKind::Ok);
        QCOMPARE(buy("R3"), VerdictKind::Ok);
        QCOMPARE(link("R3", kCard), VerdictKind::Ok);
        QCOMPARE(buy("R4", kOtherCard), VerdictKind::Ok);
    }

    void leavesSalesThatAreNobodys() {
        QCOMPARE(points(kCard), 30);
        QVERIFY(store_->eraseMember(kSecondCard)); // by any of their numbers
        for (const auto* receipt : {"R1", "R2", "R3"}) {
            const auto row = sale(receipt);
            QCOMPARE(row.points, std::int64_t(10)); // the ledger adds up as before
            QVERIFY(row.member.empty());
            QVERIFY(row.sale.member.empty());
            QCOMPARE(row.sale.lines.size(), std::size_t(1));
        }
        QCOMPARE(QString::fromStdString(sale("R4").member), QString(kOtherCard));
        QCOMPARE(points(kOtherCard), 10);
        QCOMPARE(points(kCard), -1); // nobody
        QCOMPARE(points(kSecondCard), -1);
        QCOMPARE(link("R3", kOtherCard), VerdictKind::Flag); // its points are nobody else's now
        QCOMPARE(points(kOtherCard), 10);
    }

    void forgetsThePerson() {
        QVERIFY(store_->eraseMember(kCard));
        for (const auto& member : *store_->members()) {
            if (member.number != kCard) continue;
            QVERIFY(member.name.empty() && member.email.empty() && member.phone.empty());
            QVERIFY(member.wishlistId.empty());
            QVERIFY(member.consents.empty());
        }
        QVERIFY(store_->wishlist(list_)->empty());
        QVERIFY(store_->eraseMember(kCard)); // again
        const auto nobody = store_->eraseMember("9246000010000045");
        QVERIFY(!nobody && nobody.error().code == Errc::NotFound);
        signUp("planted@example.com", "9246000010000045"); // may come back, as somebody new
        QCOMPARE(points("9246000010000045"), 0);
        QCOMPARE(points(kCard), -1);
    }

    /// What a device that was cut off tells of the old card.
    void takesLateSalesAsNobodys() {
        QVERIFY(store_->eraseMember(kCard));
        QCOMPARE(buy("R5", kSecondCard), VerdictKind::Ok);
        QVERIFY(sale("R5").member.empty());
        QVERIFY(sale("R5").sale.member.empty());
        QCOMPARE(buy("R6"), VerdictKind::Ok);
        QCOMPARE(link("R6", kCard), VerdictKind::Ok);
        QVERIFY(sale("R6").member.empty());
    }

    /// Nothing of it lies in the file's free pages.
    void leavesNothingInTheFile() {
        if (postgres_ != nullptr) return; // its files are the server's
        const auto key = cell("SELECT k.wrapped FROM subject_key AS k JOIN member AS m ON m.id = k.member_id "
                              "WHERE m.number = '9246000010000011'");
        for (int i = 100; i < 300; ++i) // so that pages are split, and rows moved
            QCOMPARE(buy(fmt::format("R{}", i), i % 3 == 0 ? kOtherCard : kCard), VerdictKind::Ok);
        std::vector<QByteArray> documents;
        {
            const auto database = Database::open(where_, OpenMode::ReadOnly);
            auto query = database->prepare("SELECT document FROM sale WHERE member_number IN (?, ?)");
            query->bind(0, kCard).bind(1, kSecondCard);
            while (query->step().value_or(false))
                documents.push_back(QByteArray::fromStdString(std::string(query->blob(0))));
        }
        QVERIFY(key.size() > 32 && documents.size() > 100);
        const auto path = QString::fromStdString(where_);
        QVERIFY(bytesOf(path).contains(key));
        QVERIFY(bytesOf(path).contains(documents[0]));
        QVERIFY(store_->eraseMember(kCard));
        const auto bytes = bytesOf(path);
        QVERIFY(!bytes.isEmpty());
        QVERIFY(!bytes.contains(key));
        for (const auto& document : documents)
            QVERIFY(!bytes.contains(document));
        QVERIFY(bytesOf(path + "-journal").isEmpty());
        for (const auto* planted : {"PlantedName", "planted@example.com", "+358401234567", "a gift"})
            QVERIFY2(!bytes.contains(planted), planted);
        // Where the numbers still stand: on the card that nobody else gets, and in what devices said of them.
        for (const auto* table : {"sale", "sale_link", "consent", "contact", "review", "review_invitation"})
            for (const auto* number : {kCard, kSecondCard})
                QVERIFY2(!dump(table).contains(number), table);
    }

private:
    /// All cells of a table that are texts.
    QByteArray dump(const char* table) const {
        const auto database = Database::open(where_, OpenMode::ReadOnly);
        QByteArray all;
        auto names = database->prepare("SELECT name FROM pragma_table_info(?)");
        names->bind(0, table);
        while (names->step().value_or(false)) {
            auto cells = database->prepare("SELECT CAST(\"" + names->string(0) + "\" AS TEXT) FROM " + table);
            while (cells->step().value_or(false))
                all += QByteArray::fromStdString(cells->string(0)) + '\n';
        }
        return all;
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestErasure>(argc, argv);
}
#include "tst_erasure.moc"
