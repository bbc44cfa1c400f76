// The real engine against the real hub over loopback HTTP, with a transport that can fail in every way a hub
// can.
#include "edge/device_keys.h"
#include "edge/engine.h"
#include "hub/cmd_import.h"
#include "hub/feed_waits.h"
#include "hub/hub_api.h"
#include "support/clocks.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace silta;

namespace {

enum class Fault { None, Down, LosesReplies, LoginPage, Error500, ComeLater, CutBody };

class FaultyTransport final : public HttpTransport {
public:
    explicit FaultyTransport(std::shared_ptr<std::atomic<Fault>> fault) : fault_(std::move(fault)) {}
    Result<HttpReply> send(const HttpCall& call) override {
        switch (fault_->load()) {
        case Fault::Down:
            return Error{Errc::Unavailable, "down"};
        case Fault::LoginPage: {
            HttpReply reply;
            reply.status = 200;
            reply.body = "<html>Please log in to the Wi-Fi</html>";
            return reply;
        }
        case Fault::Error500: {
            HttpReply reply;
            reply.status = 500;
            return reply;
        }
        case Fault::ComeLater: {
            HttpReply reply;
            reply.status = 503;
            reply.headers["retry-after"] = "3600";
            return reply;
        }
        case Fault::LosesReplies: {
            if (call.url.find("/v1/ops") == std::string::npos) return real_->send(call);
            [[maybe_unused]] const auto lost = real_->send(call);
            return Error{Errc::Unavailable, "time-out"};
        }
        case Fault::CutBody: {
            auto reply = real_->send(call);
            if (reply) reply->body.resize(reply->body.size() / 2);
            return reply;
        }
        case Fault::None:
            break;
        }
        return real_->send(call);
    }

private:
    std::shared_ptr<std::atomic<Fault>>
        fault_; ///< shared with the test, which changes it while the engine runs
    std::unique_ptr<HttpTransport> real_ = makeCurlTransport();
};

} // namespace

class TestEngine : public QObject {
    Q_OBJECT

    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<hub::HubKeys> keys_;
    std::unique_ptr<hub::OperationStore> store_;
    std::unique_ptr<hub::FeedWaits> waits_;
    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::HubApi> api_;
    std::unique_ptr<HttpServer> server_;
    std::shared_ptr<std::atomic<Fault>> fault_;
    /// Of what waits for news.
    const std::shared_ptr<std::atomic<Fault>> feedFault_ = std::make_shared<std::atomic<Fault>>(Fault::None);
    std::unique_ptr<Engine> engine_;
    const std::string list_ = "0190f3a0-7c1e-7000-8000-000000000001";

    std::string path(const char* name) const { return (folder_->path() + "/" + name).toStdString(); }

    void startHub() {
        hub::HubOptions options;
        options.listen = "127.0.0.1:0";
        options.filesFolder = path("hub.db.files");
        options.publicUrl = "https://hub.example";
        waits_ = std::make_unique<hub::FeedWaits>(4, nullptr, clock_);
        store_->setOnTold([this](std::string_view device) { waits_->told(device); });
        options.waits = waits_.get();
        pool_ = std::make_unique<hub::StorePool>(*store_);
        const auto noProduct = [](const std::string&) { return std::optional<ProductRecord>(); };
        const auto noStore = [](const std::string&) { return std::optional<StoreRecord>(); };
        api_ = std::make_unique<hub::HubApi>(*pool_, *keys_, options, noProduct, noStore, clock_, random_);
        server_ = *api_->serve();
    }
    void startEngine() {
        EdgeConfig config;
        config.stateFolder = path("state");
        config.catalogFolder = path("catalog");
        config.socketFolder = path("run");
        config.hubUrl = "http://127.0.0.1:" + std::to_string(server_->port());
        auto engine = Engine::start(config, clock_, random_, std::make_unique<FaultyTransport>(fault_),
                                    nullptr, std::make_unique<FaultyTransport>(feedFault_));
        QVERIFY2(engine.has_value(), engine ? "" : engine.error().what.c_str());
        engine_ = std::move(*engine);
    }
    void enrol() {
        const auto code = *atStore()->devices().makeEnrolCode("FI-HEL-01", 1);
        QVERIFY(engine_->requestEnrolment({code, "", ""}));
        QTRY_VERIFY(engine_->status()["enrolled"].get<bool>());
    }
    /// For one look: the hub answers the device on threads of its own meanwhile.
    hub::StorePool::Loan atStore() { return std::move(*pool_->take()); }
    std::int64_t pending() const { return engine_->status()["outbox"]["pending"].get<std::int64_t>(); }
    std::size_t atHub() { return atStore()->wishlist(list_)->size(); }
    SignUp signUp() const {
        SignUp form;
        form.memberId = "0190f3a0-7c1e-7000-8000-0000000000aa";
        form.sealed = toBase64(
            *seal(R"({"name":"Aino","email":"aino@example.com","phone":""})", keys_->seal.publicKey));
        form.lang = "fi";
        form.consents = {{"membership-terms", "any", true, std::string(64, 'c'), "fi"}};
        return form;
    }

    std::string keyAtHub() {
        const auto row = atStore()->devices().find(engine_->status()["deviceId"].get<std::string>());
        return row ? row->publicKey : std::string();
    }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = std::make_unique<hub::HubKeys>(*hub::loadOrMakeHubKeys(path("hub.db.keys")));
        store_ = *hub::OperationStore::open(path("hub.db"), *keys_, clock_, random_);
        fault_ = std::make_shared<std::atomic<Fault>>(Fault::None);
        startHub();
        startEngine();
    }
    void cleanup() {
        engine_.reset();
        server_.reset();
        waits_.reset();
    }

    void worksWithNoHub() {
        *fault_ = Fault::Down;
        QCOMPARE(engine_->addToWishlist(list_, "A", std::nullopt, 1)->size(), std::size_t(1));
        QCOMPARE(engine_->addToWishlist(list_, "B", std::nullopt, 2)->size(), std::size_t(2));
        QCOMPARE(engine_->removeFromWishlist(list_, "A")->size(), std::size_t(1));
        QCOMPARE(engine_->removeFromWishlist(list_, "A")->size(), std::size_t(1)); // twice is once
        QCOMPARE(pending(), std::int64_t(3));
        const auto member = engine_->signUp(signUp());
        QVERIFY(!member);
        QCOMPARE(member.error().code, Errc::Unavailable);
        *fault_ = Fault::None;
        enrol();
        QTRY_COMPARE(pending(), std::int64_t(0));
        QCOMPARE(atStore()->wishlist(list_)->front().sku, std::string("B"));
    }

    void refusesAWrongCodeInWords() {
        QVERIFY(engine_->requestEnrolment({"AAAA-AAAA-AAAA", "", ""}));
        QTRY_COMPARE(engine_->status()["enrolment"]["state"].get<std::string>(), std::string("failed"));
        QVERIFY(engine_->status()["enrolment"]["error"].get<std::string>().find("unknown, used or too old") !=
                std::string::npos);
        enrol(); // a right one works afterwards
        QCOMPARE(engine_->requestEnrolment({"AAAA-AAAA-AAAA", "", ""}).error().code, Errc::Conflict);
    }

    void losesNothingWhateverTheHubAnswers_data() {
        QTest::addColumn<int>("fault");
        QTest::newRow("down") << static_cast<int>(Fault::Down);
        QTest::newRow("replies lost") << static_cast<int>(Fault::LosesReplies);
        QTest::newRow("login page") << static_cast<int>(Fault::LoginPage);
        QTest::newRow("500") << static_cast<int>(Fault::Error500);
        QTest::newRow("cut body") << static_cast<int>(Fault::CutBody);
    }
    void losesNothingWhateverTheHubAnswers() {
        QFETCH(int, fault);
        enrol();
        QTRY_VERIFY(engine_->status()["hub"]["reachable"].get<bool>());
        *fault_ = static_cast<Fault>(fault);
        for (int i = 0; i < 20; ++i)
            QVERIFY(engine_->addToWishlist(list_, "S" + std::to_string(i), std::nullopt, 1));
        engine_->syncNow();
        QTRY_VERIFY(!engine_->status()["hub"]["reachable"].get<bool>());
        QVERIFY(pending() > 0);
        *fault_ = Fault::None;
        engine_->syncNow();
        QTRY_COMPARE(pending(), std::int64_t(0));
        QCOMPARE(atHub(), std::size_t(20));
        QCOMPARE(atStore()->operations(100)->size(), std::size_t(20));
        QCOMPARE(engine_->status()["outbox"]["quarantined"].get<int>(), 0);
    }

    void signsAMemberUpOnce() {
        enrol();
        const auto number = engine_->signUp(signUp());
        QVERIFY2(number.has_value(), number ? "" : number.error().what.c_str());
        QVERIFY(isLuhnValid(*number));
        QCOMPARE(*engine_->signUp(signUp()), *number); // the screen asked again after a lost answer
        QTRY_COMPARE(pending(), std::int64_t(0));
        const auto members = *atStore()->members();
        QCOMPARE(members.size(), std::size_t(1));
        QCOMPARE(members[0].number, *number);
        QCOMPARE(members[0].name, std::string("Aino"));
        QCOMPARE(members[0].storeCode, std::string("FI-HEL-01"));
    }

    void limitsAWishlist() {
        *fault_ = Fault::Down;
        for (int i = 0; i < kWishlistItemsMax; ++i)
            QVERIFY(engine_->addToWishlist(list_, "S" + std::to_string(i), std::nullopt, 1));
        const auto full = engine_->addToWishlist(list_, "one more", std::nullopt, 1);
        QVERIFY(!full);
        QCOMPARE(full.error().code, Errc::Limit);
        QVERIFY(engine_->addToWishlist(list_, "S1", std::nullopt, 5)); // what is on it may change
    }

    void comesBackAsItWas() {
        enrol();
        const auto number = engine_->signUp(signUp());
        QTRY_COMPARE(pending(), std::int64_t(0));
        const auto id = engine_->status()["deviceId"];
        *fault_ = Fault::Down;
        QVERIFY(engine_->addToWishlist(list_, "A", std::nullopt, 1));
        engine_.reset();
        startEngine();
        QVERIFY(engine_->status()["deviceId"] == id);
        QVERIFY(engine_->status()["enrolled"].get<bool>());
        QCOMPARE(engine_->wishlist(list_)->size(), std::size_t(1));
        auto second = signUp();
        second.memberId = "0190f3a0-7c1e-7000-8000-0000000000bb";
        QVERIFY(*engine_->signUp(second) != *number);
    }

    void keepsASecondEngineOut() {
        EdgeConfig config;
        config.stateFolder = path("state");
        config.catalogFolder = path("catalog");
        const auto second = Engine::start(config, clock_, random_, std::make_unique<FaultyTransport>(fault_));
        QVERIFY(!second);
        QCOMPARE(second.error().code, Errc::Busy);
    }

    void replacesItsKey() {
        enrol();
        const auto id = engine_->status()["deviceId"].get<std::string>();
        const auto before = keyAtHub();
        QVERIFY(engine_->requestNewKey());
        QTRY_VERIFY(!QFile::exists(folder_->filePath("state/device.key.next")) &&
                    QFile::exists(folder_->filePath("state/device.id")));
        QVERIFY(engine_->addToWishlist(list_, "MUG-1", std::nullopt, 1));
        QTRY_COMPARE(atHub(), std::size_t(1)); // signed with the new one
        QTRY_VERIFY(keyAtHub() != before);
        engine_.reset();
        startEngine(); // and after a restart, under the same name
        QCOMPARE(engine_->status()["deviceId"].get<std::string>(), id);
        QVERIFY(engine_->addToWishlist(list_, "MUG-2", std::nullopt, 1));
        QTRY_COMPARE(atHub(), std::size_t(2));
    }

    void goesOnWithAKeyThatWasNotBroughtToTheHub() {
        enrol();
        const auto before = keyAtHub();
        engine_.reset();
        QVERIFY(loadOrMakeNextKeys(path("state")).has_value()); // the power went here
        startEngine();
        engine_->syncNow();
        QTRY_VERIFY(!QFile::exists(folder_->filePath("state/device.key.next")));
        engine_->syncNow();
        QTRY_VERIFY(keyAtHub() != before);
    }

    void aRevokedDeviceIsToldSoAndLosesNothing() {
        enrol();
        QVERIFY(atStore()->devices().revoke(engine_->status()["deviceId"].get<std::string>()));
        QVERIFY(engine_->addToWishlist(list_, "MUG-1", std::nullopt, 1));
        QTRY_VERIFY(engine_->status()["hub"]["lastError"] == "denied");
        QCOMPARE(pending(), std::int64_t(1));
        QCOMPARE(atHub(), std::size_t(0));
        QVERIFY(atStore()->devices().revoke("nobody").error().code == Errc::NotFound);
    }

    void healsACatalogueThatTheCardHasChanged() {
        std::ofstream(path("items.tsv"))
            << "id\ttitle\tprice\nA1\tKahvikuppi\t9.95 EUR\nA2\tTuoppi\t12.50 EUR\n";
        std::ostringstream out, err;
        const std::vector<std::string> args = {"--db", path("hub.db"), "--products", path("items.tsv")};
        QCOMPARE(hub::runImport(args, clock_, random_, out, err), 0);
        enrol();
        QTRY_VERIFY(engine_->status()["catalog"].is_object());
        const auto check = [this] { return engine_->status()["catalogCheck"]; };
        QVERIFY(check()["state"] == "never");
        engine_->requestCatalogCheck();
        QTRY_VERIFY(check()["state"] == "same");
        const auto file = engine_->status()["catalog"]["path"].get<std::string>();
        {
            auto database = Database::open(file, OpenMode::Replica);
            QVERIFY(database->exec("UPDATE products SET regular = 1 WHERE sku = 'A2'"));
        }
        engine_->requestCatalogCheck();
        QTRY_VERIFY(check()["repairs"] == 1);
        QTRY_VERIFY(check()["state"] == "same");
        const auto healed = engine_->status()["catalog"]["path"].get<std::string>();
        QVERIFY(healed != file);
        auto reader = *CatalogReader::open(healed, "");
        const auto page = reader->product(*reader->idOfSku("A2"), "en");
        QCOMPARE(page->record.price->regular.minor, std::int64_t(1250));
    }

    void showsItsCatalogueAfterAPowerCutWithNoHub() {
        std::ofstream(path("items.tsv")) << "id\ttitle\tprice\nA1\tKahvikuppi\t9.95 EUR\n";
        std::ostringstream out, err;
        const std::vector<std::string> args = {"--db", path("hub.db"), "--products", path("items.tsv")};
        QCOMPARE(hub::runImport(args, clock_, random_, out, err), 0);
        enrol();
        QTRY_VERIFY(engine_->status()["catalog"].is_object());
        const auto file = engine_->status()["catalog"]["path"].get<std::string>();
        *fault_ = Fault::Down;
        engine_.reset();
        const auto copy = path("copy.db");
        {
            auto database = Database::open(file, OpenMode::Replica);
            QVERIFY(
                database->exec("PRAGMA cache_size=1; BEGIN IMMEDIATE; CREATE TABLE unfinished AS "
                               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
                               "SELECT hex(randomblob(100)) AS text FROM n"));
            for (const char* suffix : {"", "-journal"}) // as a power cut leaves them
                std::filesystem::copy_file(file + suffix, copy + suffix);
        }
        for (const char* suffix : {"", "-journal"})
            std::filesystem::copy_file(copy + suffix, file + suffix,
                                       std::filesystem::copy_options::overwrite_existing);
        QVERIFY(!CatalogReader::open(file, "")); // a reader cannot take it back
        startEngine();
        QVERIFY(engine_->status()["catalog"].is_object());
        QVERIFY((*CatalogReader::open(file, ""))->idOfSku("A1"));
    }

    void spendsRightsWithNoUplink() {
        QVERIFY(atStore()->setPool("coupon/x", 5));
        enrol();
        QCOMPARE(engine_->redeem("coupon/x").error().code, Errc::NotFound);
        QCOMPARE(engine_->wantRights("Not a pool", 3).error().code, Errc::Invalid);
        QVERIFY(engine_->wantRights("coupon/x", 3));
        QTRY_VERIFY(engine_->status()["leases"].value("coupon/x", 0) == 3);
        fault_->store(Fault::Down);
        for (int left = 2; left >= 0; --left)
            QCOMPARE(engine_->redeem("coupon/x")->left, std::int64_t(left));
        QCOMPARE(engine_->redeem("coupon/x").error().code, Errc::NotFound);
        fault_->store(Fault::None);
        engine_->syncNow();
        QTRY_COMPARE(atStore()->pools()->front().redeemed, std::int64_t(3));
        QVERIFY(engine_->returnRights("coupon/x"));
        QTRY_COMPARE(atStore()->pools()->front().held, std::int64_t(0));
        QCOMPARE(atStore()->pools()->front().flagged, std::int64_t(0));
    }

    void hearsNewsLongBeforeItsNextPull() {
        QVERIFY(atStore()->setPool("coupon/x", 5));
        enrol();
        QVERIFY(engine_->wantRights("coupon/x", 3));
        QTRY_COMPARE(atStore()->pools()->front().held, std::int64_t(3));
        QTRY_VERIFY(engine_->status()["leases"].value("coupon/x", 0) == 3);
        QTRY_VERIFY_WITH_TIMEOUT(waits_->waiting() == 1, 10'000);
        {
            const auto loan = pool_->take();
            QVERIFY(loan.has_value());
            QCOMPARE(*(*loan)->recall("coupon/x"), std::int64_t(1));
        }
        QTRY_COMPARE(atStore()->pools()->front().held,
                     std::int64_t(0));                            // within 5 s, and a pull comes each 15 s
        QTRY_VERIFY_WITH_TIMEOUT(waits_->waiting() == 1, 10'000); // and waits again
    }

    void comesForNewsNoSoonerThanTheHubAsked() {
        QVERIFY(atStore()->setPool("coupon/x", 5));
        enrol();
        QVERIFY(engine_->wantRights("coupon/x", 3));
        QTRY_COMPARE(atStore()->pools()->front().held, std::int64_t(3));
        QTRY_VERIFY_WITH_TIMEOUT(waits_->waiting() == 1, 10'000);
        *fault_ = Fault::ComeLater; // in an hour
        engine_->syncNow();
        QTRY_VERIFY(!engine_->status()["hub"]["reachable"].get<bool>());
        const auto attempts = engine_->status()["hub"]["attempts"].get<int>();
        {
            const auto loan = pool_->take();
            QVERIFY(loan.has_value());
            QCOMPARE(*(*loan)->recall("coupon/x"), std::int64_t(1));
        }
        QTRY_VERIFY_WITH_TIMEOUT(waits_->waiting() == 0, 10'000); // the device has heard that there is news
        QTest::qWait(2'500);
        QCOMPARE(engine_->status()["hub"]["attempts"].get<int>(), attempts);
    }

    void findsAnOldCardThatHasNothingToSay() {
        QVERIFY(atStore()->setPool("coupon/x", 5));
        enrol();
        QVERIFY(engine_->wantRights("coupon/x", 3));
        QTRY_VERIFY(engine_->status()["leases"].value("coupon/x", 0) == 3);
        engine_.reset();
        using std::filesystem::copy_options;
        std::filesystem::copy(path("state"), path("card"), copy_options::recursive);
        startEngine();
        QVERIFY(engine_->returnRights("coupon/x"));
        QTRY_COMPARE(atStore()->pools()->front().held, std::int64_t(0));
        QTRY_COMPARE(pending(), std::int64_t(0));
        engine_.reset();
        std::filesystem::remove_all(path("state"));
        std::filesystem::rename(path("card"), path("state"));
        startEngine(); // it believes that the rights are its own
        QTRY_VERIFY(!engine_->status()["leases"].contains("coupon/x"));
        QCOMPARE(pending(), std::int64_t(0));
        QVERIFY(engine_->addToWishlist(list_, "A", std::nullopt, 1));
        QTRY_COMPARE(atHub(), std::size_t(1));
    }

    void isEnrolledStillWhenItsJournalForgot() {
        enrol();
        engine_.reset();
        {
            auto journal = Database::open(*Journal::currentFile(path("state")), OpenMode::Precious);
            QVERIFY(journal && journal->exec("DELETE FROM setting WHERE name = 'enrolment'"));
        }
        startEngine();
        QVERIFY(engine_->status()["enrolled"].get<bool>());
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
