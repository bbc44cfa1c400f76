// A hub in the test's own thread: engines ask its routes without a network, over lines that fail when told
// to.
#pragma once

#include "edge/engine.h"
#include "hub/hub_api.h"
#include "support/clocks.h"

#include <QTemporaryDir>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace silta::test {

/// Between one device and the hub.
struct Line {
    bool isCut = false;
    bool losesReplies = false; ///< the hub does what is asked, and nobody hears of it
    /// What a proxy in between makes of a reply; `path` as it was asked for.
    std::function<void(const std::string& path, HttpReply& reply)> spoil = {};
};

class DirectHub {
public:
    static constexpr const char* kUrl = "http://hub";

    explicit DirectHub(std::uint64_t seed)
        : random_(seed), folder_(QString::fromStdString(memoryFolder() + "/silta-direct-XXXXXX")) {
        keys_ = *hub::loadOrMakeHubKeys(path("hub.db.keys"));
        store_ = *hub::OperationStore::open(path("hub.db"), keys_, clock, random_);
        pool_ = std::make_unique<hub::StorePool>(*store_);
        const auto nothing = [](const std::string&) { return std::nullopt; };
        hub::HubOptions options;
        options.publicUrl = "https://hub.example";
        api_ = std::make_unique<hub::HubApi>(*pool_, keys_, options, nothing, nothing, clock, random_);
        routes_ = api_->routes();
    }
    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.filePath(QString::fromStdString(name)).toStdString();
    }
    hub::OperationStore& store() { return *store_; }
    SeededRandom& random() { return random_; }

    /// `line` must outlive the engine.
    std::unique_ptr<Engine> openEngine(const std::string& name, Line& line) {
        EdgeConfig config;
        config.stateFolder = path(name);
        config.catalogFolder = path(name + "-catalog");
        config.socketFolder = path(name + "-run");
        config.hubUrl = kUrl;
        auto engine = Engine::open(config, clock, random_, std::make_unique<Transport>(*this, line));
        return engine ? std::move(*engine) : nullptr;
    }
    bool enrol(Engine& engine, const std::string& storeCode) {
        const auto code = store_->devices().makeEnrolCode(storeCode, 24);
        if (!code || !engine.requestEnrolment({*code, "", ""})) return false;
        talk(engine);
        return engine.status()["enrolled"].get<bool>();
    }
    /// Everything that is due, and what becomes due by that.
    void talk(Engine& engine) {
        for (int turn = 0; turn < 6; ++turn) {
            engine.syncNow();
            engine.step();
            clock.steady += 10;
            clock.now += 10;
        }
    }
    void pass(std::int64_t ms) {
        clock.steady += ms;
        clock.now += ms;
    }

    FakeClock clock;

private:
    class Transport final : public HttpTransport {
    public:
        Transport(DirectHub& hub, Line& line) : hub_(hub), line_(line) {}
        Result<HttpReply> send(const HttpCall& call) override {
            const Error lost{Errc::Unavailable, "the line is cut"};
            if (line_.isCut) return lost;
            auto reply = hub_.ask(call);
            if (line_.losesReplies) return lost;
            if (line_.spoil) line_.spoil(call.url.substr(std::string_view(kUrl).size()), reply);
            return reply;
        }

    private:
        DirectHub& hub_;
        Line& line_;
    };
    static std::string memoryFolder() {
        const std::filesystem::path memory = "/dev/shm";
        return (std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path())
            .string();
    }
    static std::string lowerCase(std::string name) {
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return name;
    }
    HttpReply ask(const HttpCall& call) {
        HttpRequest request;
        request.method = call.method;
        request.target = call.url.substr(std::string_view(kUrl).size());
        request.path = request.target.substr(0, request.target.find('?'));
        if (const auto at = request.target.find("?cursor="); at != std::string::npos)
            request.query["cursor"] = request.target.substr(at + std::string_view("?cursor=").size());
        for (const auto& header : call.headers)
            request.headers[lowerCase(header.name)] = header.value;
        request.body = call.body;
        HttpReply reply;
        reply.status = 404;
        for (const auto& route : routes_) {
            if (route.method != request.method || route.path != request.path) continue;
            const auto response = route.handler(request);
            reply.status = response.status;
            reply.body = response.body;
            for (const auto& header : response.headers)
                reply.headers[lowerCase(header.name)] = header.value;
        }
        return reply;
    }

    SeededRandom random_;
    QTemporaryDir folder_;
    hub::HubKeys keys_;
    std::unique_ptr<hub::OperationStore> store_;
    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::HubApi> api_;
    std::vector<HttpServer::Route> routes_;
};

} // namespace silta::test
