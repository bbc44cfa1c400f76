// A kiosk without a device: jobs run when the test says, the edge is a function, the catalogue is in memory.
#pragma once

#include "core/json.h"
#include "support/clocks.h"
#include "support/fake_catalog.h"
#include "view/kiosk_controller.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <QCoreApplication>
#include <deque>

namespace silta::test {

/// Keeps jobs until they are run by hand, on the test's own thread.
class ManualQueue final : public kiosk::JobQueue {
public:
    void post(Job job) override { jobs.push_back(std::move(job)); }
    void runOne() {
        const Job job = std::move(jobs.front());
        jobs.pop_front();
        job();
    }
    std::deque<Job> jobs;
};

/// Plays silta-edge: lists and memberships in memory.
class FakeEdge final : public HttpTransport {
public:
    Result<HttpReply> send(const HttpCall& call) override {
        calls.push_back(call);
        if (!reachable) return Error{Errc::Unavailable, "connect: refused"};
        const std::string path = call.url.substr(call.url.find("/v1"));
        if (path == "/v1/status") return reply(200, status);
        if (path == "/v1/wifi") return reply(200, wifi);
        if (path == "/v1/staff/sign-in") return signIn(call);
        if (refusal != 0) return reply(refusal, Json{{"error", "refused"}});
        if (path == "/v1/enrol") return reply(200, Json{{"ok", true}});
        if (path == "/v1/vouchers")
            return reply(200, Json{{"voucher", fmt::format("K7QM{}-FDX9R", ++vouchers % 10)},
                                   {"token", "SW1.p.s"},
                                   {"url", fmt::format("http://10.77.0.1/?voucher=SW1.{}", vouchers)},
                                   {"minutes", 120},
                                   {"expiresMs", clock == nullptr ? 0 : clock->now + voucherMs}});
        if (path.starts_with("/v1/orders")) return order(call, path.substr(0, path.find('?')));
        if (path == "/v1/members") return reply(200, Json{{"memberId", "m"}, {"number", "9246000010000014"}});
        return list(call, path);
    }
    /// Bodies sent by POST to paths that begin with `path`.
    std::vector<std::string> bodies(const std::string& path) const {
        std::vector<std::string> found;
        for (const auto& call : calls)
            if (call.method == "POST" && call.url.find("/v1" + path) != std::string::npos)
                found.push_back(call.body);
        return found;
    }

    bool reachable = true;
    int refusal = 0; ///< status of every POST; 0 = accept
    Json status;
    Json wifi = {{"state", "open"}, {"name", "Silta Guest"}, {"code", "WIFI:T:nopass;S:Silta Guest;;"}};
    const FakeClock* clock = nullptr; ///< the stage's
    std::int64_t voucherMs = 15 * 60'000;
    int vouchers = 0; ///< given out
    int wrongPins = 0;
    std::map<std::string, std::vector<std::string>> lists;
    std::map<std::string, Json> orders; ///< by id
    std::string orderState = "placed";  ///< of those that are placed from now on
    bool keepsOrders = true;            ///< by its own stock
    bool losesAnswer = false;           ///< of an order, after it was taken
    std::vector<HttpCall> calls;

private:
    /// One badge and its PIN; the third wrong one locks it.
    Result<HttpReply> signIn(const HttpCall& call) {
        const auto body = parseJson(call.body, 1 << 15);
        if (wrongPins >= 3) return reply(423, Json{{"error", "locked"}, {"seconds", 60}});
        if (textMember(*body, "badge") == "STAFF-1001" && textMember(*body, "pin") == "246810")
            return reply(200, Json{{"id", "staff-id"}, {"name", "Aino"}, {"role", "cashier"}});
        ++wrongPins;
        if (wrongPins >= 3) return reply(423, Json{{"error", "locked"}, {"seconds", 60}});
        return reply(403, Json{{"error", "wrong"}, {"triesLeft", 3 - wrongPins}});
    }
    Result<HttpReply> order(const HttpCall& call, const std::string& path) {
        const auto body = parseJson(call.body.empty() ? "{}" : call.body, 1 << 15);
        if (path == "/v1/orders/words") return reply(200, Json{{"words", {"maple", "lantern", "harbour"}}});
        if (path == "/v1/orders/check")
            return reply(200, Json{{"promise", keepsOrders ? "kept" : "requested"}, {"online", true}});
        if (path == "/v1/orders") return placed(*body);
        if (path == "/v1/orders/find") {
            for (const auto& [id, known] : orders)
                if (known["number"] == *textMember(*body, "code")) return reply(200, withoutWord(known));
            return reply(404, Json{{"word", "unknown"}});
        }
        const auto known = orders.find(path.substr(std::string("/v1/orders/").size(), 36));
        if (known == orders.end()) return reply(404, Json::object());
        if (path.ends_with("/arrivals")) known->second["arrivedMs"] = 1;
        if (path.ends_with("/return-requests")) known->second["returnAsked"] = true;
        if (path.ends_with("/cancellations")) {
            if (textMember(*body, "word") != textMember(known->second, "word"))
                return reply(403, Json{{"word", "wrong-word"}});
            known->second["state"] = "cancelled";
        }
        return reply(200, call.method == "GET" ? known->second : withoutWord(known->second));
    }
    static Json withoutWord(Json order) {
        order.erase("word");
        order.erase("pageUrl");
        return order;
    }
    Result<HttpReply> placed(const Json& body) {
        const std::string id = *textMember(body, "orderId");
        if (!orders.contains(id)) {
            Json order = {{"orderId", id},
                          {"number", fmt::format("K7QF2M9{}", orders.size())},
                          {"code", fmt::format("SO-K7QF2M9{}", orders.size())},
                          {"kind", body["kind"]},
                          {"lines", body["lines"]},
                          {"currency", body["currency"]},
                          {"state", orderState},
                          {"promise", keepsOrders ? "kept" : "requested"},
                          {"word", textMember(body, "word").value_or("drawn")},
                          {"store", textMember(body, "store").value_or("A")},
                          {"pageUrl", "https://hub.example/o/key"},
                          {"promisedMs", clock == nullptr ? 0 : clock->now + 7'200'000},
                          {"expiresMs", clock == nullptr ? 0 : clock->now + 86'400'000}};
            std::int64_t total = 0;
            for (const Json& line : body["lines"])
                total += line["quantity"].get<std::int64_t>() * line["unitPriceMinor"].get<std::int64_t>();
            order["totalMinor"] = total;
            if (orderState == "accepted_unallocated")
                order["alternatives"] = {{{"store", "B"}, {"name", "Store B"}, {"km", 6.1}}};
            orders[id] = std::move(order);
        }
        if (losesAnswer) return Error{Errc::Unavailable, "read answer: cut off"};
        return reply(200, orders[id]);
    }
    static HttpReply reply(int code, const Json& json) { return {code, {}, dumpJson(json)}; }
    HttpReply list(const HttpCall& call, const std::string& path) {
        const std::string rest = path.substr(std::string("/v1/wishlists/").size());
        const std::string id = rest.substr(0, rest.find('/'));
        auto& skus = lists[id];
        if (call.method == "POST") {
            const auto body = parseJson(call.body, 1024);
            const std::string sku = textMember(*body, "sku", 64).value_or("");
            std::erase(skus, sku);
            if (path.ends_with("/items")) skus.push_back(sku);
        }
        Json items = Json::array();
        for (const auto& sku : skus)
            items.push_back({{"sku", sku}, {"quantity", 1}, {"tag", "t"}});
        return reply(200, Json{{"id", id}, {"items", items}});
    }
};

struct KioskStage {
    using LanguageHook = kiosk::KioskController::LanguageHook;
    explicit KioskStage(bool enrolled = true, ChainCodes codes = {}, LanguageHook useLanguage = {})
        : controller({catalog, service, clock, random},
                     optionsWith(std::move(codes), std::move(useLanguage))) {
        edge->status = {{"deviceId", "d"},
                        {"storeCode", "A"},
                        {"storeName", "Store A"},
                        {"enrolled", enrolled},
                        {"hub", {{"url", "https://hub"}, {"reachable", true}, {"lastSyncMs", 1}}},
                        {"mediaDir", "/nowhere"},
                        {"publicUrl", "https://lists.example"},
                        {"guestNetwork", true},
                        {"generation", 1}};
        edge->clock = &clock;
        if (!enrolled) return;
        edge->status["sealKey"] = toBase64(hubKeys.publicKey);
        edge->status["catalog"] = {{"path", "/catalog-1.db"}, {"catalogSeq", 1}, {"stockSeq", 1}};
    }

    /// Runs jobs and answers until nothing is left to do.
    void settle() {
        for (bool again = true; again;) {
            again = false;
            for (auto* queue : {&catalogQueue, &edgeQueue})
                while (!queue->jobs.empty()) {
                    queue->runOne();
                    again = true;
                }
            QCoreApplication::sendPostedEvents();
            again = again || !catalogQueue.jobs.empty() || !edgeQueue.jobs.empty();
        }
    }
    /// Connected, catalogue open, home page shown.
    void open() {
        controller.pollStatus();
        settle();
        controller.openHome();
        settle();
    }
    void poll() {
        controller.pollStatus();
        settle();
    }
    void scan(const std::string& code) {
        controller.scan({Symbology::Unknown, {}, code, "test"});
        settle();
    }

    FakeClock clock;
    SeededRandom random{7};
    KeyPair hubKeys = makeSealingKeys();
    std::shared_ptr<FakeShelf> shelf = std::make_shared<FakeShelf>(makeShelf());
    int restarts = 0;                ///< asked for by staff
    std::vector<std::string> opened; ///< paths of catalogues, in order
    ManualQueue catalogQueue, edgeQueue;
    FakeEdge* edge = new FakeEdge; // owned by the service below
    kiosk::CatalogService catalog{
        catalogQueue,
        [this](const std::string& path, const std::string& home) -> Result<std::unique_ptr<CatalogReader>> {
            opened.push_back(path);
            return std::unique_ptr<CatalogReader>(new FakeCatalog(shelf, home));
        }};
    kiosk::EdgeService service{edgeQueue, std::unique_ptr<HttpTransport>(edge), "/edge.sock"};
    kiosk::KioskController controller;

private:
    kiosk::KioskController::Options optionsWith(ChainCodes codes, LanguageHook useLanguage) {
        kiosk::KioskController::Options options;
        options.useLanguage = std::move(useLanguage);
        options.codes = std::move(codes);
        options.restart = [this] { ++restarts; };
        return options;
    }
};

} // namespace silta::test
