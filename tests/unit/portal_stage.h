// portal.sock as the portal uses it: the real engine and the real hub, over a Unix socket and loopback HTTP.
#pragma once

#include "edge/kiosk_api.h"
#include "edge/portal_api.h"
#include "edge/replies.h"
#include "hub/hub_api.h"
#include "hub/sms_sender.h"
#include "support/clocks.h"
#include "unit/catalog_fixture.h"
#include "unit/guest_samples.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>

namespace silta::test {

inline constexpr const char* kHome = "FI-HEL-01";
inline constexpr const char* kPhone = "+358405550199";

/// The machine's clocks, moved.
class MovedClock final : public Clock {
public:
    UtcMs nowMs() const override { return real_.nowMs() + moved; }
    std::int64_t steadyMs() const override { return real_.steadyMs() + moved; }
    std::atomic<std::int64_t> moved = 0;

private:
    SystemClock real_;
};

/// A line that can be cut.
class CutTransport final : public HttpTransport {
public:
    explicit CutTransport(std::shared_ptr<std::atomic<bool>> cut) : cut_(std::move(cut)) {}
    Result<HttpReply> send(const HttpCall& call) override {
        if (*cut_) return Error{Errc::Unavailable, "cut"};
        return real_->send(call);
    }

private:
    std::shared_ptr<std::atomic<bool>> cut_; ///< shared with the test, which cuts it while the engine runs
    std::unique_ptr<HttpTransport> real_ = makeCurlTransport();
};

/// What a test of portal.sock stands on. Begin each with begin(), end it with end().
class PortalStage {
protected:
    MovedClock clock_;
    SystemRandom random_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<hub::HubKeys> keys_;
    std::unique_ptr<hub::OperationStore> store_;
    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::SmsQueue> sms_;
    std::unique_ptr<hub::HubApi> api_;
    std::unique_ptr<HttpServer> hub_, portal_, kiosk_;
    std::shared_ptr<std::atomic<bool>> cut_;
    EdgeConfig config_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<HttpTransport> client_ = makeCurlTransport();

    std::string path(const std::string& name) const { return (folder_->path().toStdString() + "/") + name; }

    void startHub() {
        hub::HubOptions options;
        options.listen = "127.0.0.1:0";
        options.filesFolder = path("hub.db.files");
        options.chainName = "Test chain";
        options.sms = sms_.get();
        pool_ = std::make_unique<hub::StorePool>(*store_);
        const auto noProduct = [](const std::string&) { return std::optional<ProductRecord>(); };
        const auto noStore = [](const std::string&) { return std::optional<StoreRecord>(); };
        api_ = std::make_unique<hub::HubApi>(*pool_, *keys_, options, noProduct, noStore, clock_, random_);
        hub_ = *api_->serve();
    }
    void startEdge() {
        config_ = {};
        config_.stateFolder = path("state");
        config_.catalogFolder = path("catalog");
        config_.socketFolder = path("run");
        config_.hubUrl = "http://127.0.0.1:" + std::to_string(hub_->port());
        config_.portalUrl = "http://wifi.example";
        config_.chainName = "Silta Demo";
        config_.companyName = "Silta Demo Oy";
        config_.language = "fi";
        std::filesystem::create_directories(config_.socketFolder);
        engine_ = std::move(*Engine::start(config_, clock_, random_, std::make_unique<CutTransport>(cut_),
                                           std::make_unique<CutTransport>(cut_)));
        portal_ = std::move(*servePortal(*engine_, config_, clock_));
        kiosk_ = std::move(*serveKiosk(*engine_, config_, clock_));
    }
    void stopEdge() {
        portal_.reset();
        kiosk_.reset();
        engine_.reset();
    }
    void enrol() {
        const auto code = *store_->devices().makeEnrolCode(kHome, 1);
        QVERIFY(engine_->requestEnrolment({code, "", ""}));
        QTRY_VERIFY(engine_->status()["enrolled"].get<bool>());
    }
    struct Answer {
        int status = 0;
        Json body;
    };
    Answer call(const std::string& socket, const std::string& method, const std::string& target,
                const Json& body = nullptr) {
        HttpCall call;
        call.method = method;
        call.url = "http://edge" + target;
        call.unixSocket = config_.socketFolder + "/" + socket;
        if (!body.is_null()) call.body = dumpJson(body);
        const auto reply = client_->send(call);
        if (!reply) return {};
        return {reply->status, parseJson(reply->body, 1 << 20).value_or(Json(nullptr))};
    }
    Answer get(const std::string& target) { return call("portal.sock", "GET", target); }
    Answer post(const std::string& target, const Json& body) {
        return call("portal.sock", "POST", target, body);
    }
    Json emailSignUp() const {
        auto json = guestJson("email", true);
        json["sealed"] = sealedFor(keys_->seal, {{"email", "planted.person@example.com"}});
        return json;
    }
    Answer settled(const std::string& challenge) {
        Answer answer;
        const bool isSettled = QTest::qWaitFor([&] {
            answer = get("/v1/codes/" + challenge);
            return answer.status != 202;
        });
        return isSettled ? answer : Answer{};
    }
    std::string sentCode() const {
        QFile file(QString::fromStdString(path("sms.jsonl")));
        if (!file.open(QIODevice::ReadOnly)) return {};
        const auto lines = file.readAll().trimmed().split('\n');
        const auto json = parseJson(lines.back().toStdString(), 4'096);
        return json ? (*json)["text"].get<std::string>().substr(0, 6) : std::string();
    }
    void writeCatalog() {
        std::filesystem::create_directories(config_.catalogFolder);
        const auto name = config_.catalogFolder + "/catalog-test.db";
        auto writer = std::move(*CatalogWriter::create(name));
        SILTA_OK(writer->begin());
        SILTA_OK(writer->putStore(store(kHome)));
        SILTA_OK(writer->putStore(store("FI-TKU-01", 60.45, 22.26)));
        const auto put = [&](const std::string& sku, const std::string& department, std::int64_t regular,
                             std::int64_t sale, int here) {
            auto product = test::product(sku, "Item " + sku, department);
            product.texts.push_back(text("fi", "Tuote " + sku));
            product.price = priceOf(regular);
            if (sale > 0) product.price->sale = Money{sale, kEur};
            product.picture = std::string(64, 'a');
            SILTA_OK(writer->putProduct(product));
            const std::vector<StockRecord> cells = {cell(sku, kHome, here, 1'000'000, "A12"),
                                                    cell(sku, "FI-TKU-01", 9)};
            SILTA_OK(writer->putStock(sku, cells));
        };
        put("HALF", "Kitchen > Mugs", 1000, 500, 3);
        put("THIRD", "Kitchen > Mugs", 900, 600, 4);
        put("FIFTH", "Kitchen > Mugs", 1000, 800, 5);
        put("TENTH", "Lighting", 1000, 900, 6);
        put("ELSEWHERE", "Lighting", 1000, 100, 0);
        put("FULL-PRICE", "Lighting", 1000, 0, 8);
        SILTA_OK(writer->setPosition("e", 1));
        SILTA_OK(writer->setStockPosition({"", 1}));
        SILTA_OK(writer->commit());
        SILTA_OK(writer->finish());
        QFile pointer(QString::fromStdString(config_.catalogFolder + "/catalog.current"));
        QVERIFY(pointer.open(QIODevice::WriteOnly));
        pointer.write("catalog-test.db\n");
    }

    void begin() {
        clock_.moved = 0;
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = std::make_unique<hub::HubKeys>(*hub::loadOrMakeHubKeys(path("hub.keys")));
        store_ = *hub::OperationStore::open(path("hub.db"), *keys_, clock_, random_);
        sms_ = std::make_unique<hub::SmsQueue>(hub::makeFileSms(path("sms.jsonl")));
        cut_ = std::make_shared<std::atomic<bool>>(false);
        startHub();
        startEdge();
    }
    void end() {
        stopEdge();
        hub_.reset();
        sms_.reset();
    }
};

} // namespace silta::test
