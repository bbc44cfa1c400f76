// Bodies as they come over portal.sock, given to the real handlers of an enrolled engine with no hub. The
// first byte chooses the route.
#include "edge/portal_api.h"
#include "fuzz_check.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace silta;
using silta::fuzz::check;

namespace {

/// Each call is a minute later: no limit per minute is ever reached.
class HurryingClock final : public Clock {
public:
    UtcMs nowMs() const override { return 1'795'000'000'000 + ms_; }
    std::int64_t steadyMs() const override { return ms_; }
    void hurry() { ms_ += 61'000; }

private:
    std::int64_t ms_ = 0;
};

class NoTransport final : public HttpTransport {
public:
    Result<HttpReply> send(const HttpCall&) override { return Error{Errc::Unavailable, "no hub"}; }
};

/// One for the whole run: making it costs more than a body.
struct Shop {
    HurryingClock clock;
    SystemRandom random;
    std::string folder;
    std::unique_ptr<Engine> engine;
    std::vector<HttpServer::Route> routes;

    Shop() {
        std::array<char, 32> name{"/tmp/silta-fuzz-portal-XXXXXX"};
        check(mkdtemp(name.data()) != nullptr);
        folder = name.data();
        EdgeConfig config;
        config.stateFolder = folder + "/state";
        config.catalogFolder = folder + "/catalog";
        config.socketFolder = folder;
        std::filesystem::create_directories(config.stateFolder);
        {
            auto journal = Journal::open(config.stateFolder, "d1", clock, random);
            check(journal.has_value());
            const Enrolment enrolment{
                "http://127.0.0.1:9",        1,  "FI-HEL-01", "Helsinki", makeSealingKeys().publicKey,
                makeSigningKeys().publicKey, "", "9246"};
            check((*journal)->setSetting("enrolment", dumpJson(toJson(enrolment))).has_value());
        }
        auto opened = Engine::open(config, clock, random, std::make_unique<NoTransport>());
        check(opened.has_value());
        engine = std::move(*opened);
        for (auto& route : portalRoutes(*engine, config, clock))
            if (route.method == "POST") routes.push_back(std::move(route));
        auto kiosk = voucherMaker(*engine, config, clock);
        routes.push_back({"POST", "/v1/vouchers", std::move(kiosk)});
    }
    Shop(const Shop&) = delete;
    Shop& operator=(const Shop&) = delete;
    ~Shop() {
        engine.reset();
        std::error_code error;
        std::filesystem::remove_all(folder, error);
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Shop shop;
    if (size == 0) return 0;
    shop.clock.hurry();
    const auto& route = shop.routes[data[0] % shop.routes.size()];
    HttpRequest request;
    request.method = "POST";
    request.path = route.path.find('*') == std::string::npos
                       ? route.path
                       : "/v1/codes/0190f3a0-7c1e-7000-8000-000000000001/check";
    request.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto waiting = [] { return shop.engine->status()["outbox"]["pending"].get<std::int64_t>(); };
    const auto before = waiting();
    const auto response = route.handler(request);
    const auto made = waiting() - before;
    check(response.status >= 200 && response.status < 600 && response.status != 500);
    check(parseJson(response.body, std::size_t{64} * 1024).has_value());
    check(made == 0 || (made == 1 && response.status == 200)); // what is refused leaves nothing behind
    return 0;
}
