// A hub with one enrolled device, asked without a network by requests that the device signs.
#pragma once

#include "fuzz_check.h"
#include "hub/hub_api.h"
#include "hub/nonce.h"

#include <silta/crypto.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace silta::fuzz {

class StillClock final : public Clock {
public:
    UtcMs nowMs() const override { return 1'795'000'000'000; }
    std::int64_t steadyMs() const override { return 0; }
};

/// One for a whole run: making it costs more than a request.
class FuzzedHub {
public:
    FuzzedHub() {
        // In memory where there is such a folder: every request may write.
        const std::filesystem::path memory = "/dev/shm";
        const auto parent =
            std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
        folder_ = (parent / "silta-fuzz-hub-XXXXXX").string();
        check(mkdtemp(folder_.data()) != nullptr);
        auto keys = hub::loadOrMakeHubKeys(folder_ + "/hub.keys");
        check(keys.has_value());
        keys_ = std::move(*keys);
        auto opened = hub::OperationStore::open(folder_ + "/hub.db", keys_, clock_, random_);
        check(opened.has_value());
        store_ = std::move(*opened);
        deviceId_ = deviceIdOf(device_.publicKey);
        const auto code = store_->devices().makeEnrolCode("store-0", 1);
        check(code.has_value());
        check(store_->devices().enrol(*code, deviceId_, device_.publicKey).has_value());
        pool_ = std::make_unique<hub::StorePool>(*store_);
        const auto nothing = [](const std::string&) { return std::nullopt; };
        api_ = std::make_unique<hub::HubApi>(*pool_, keys_, hub::HubOptions{}, nothing, nothing, clock_,
                                             random_);
        routes_ = api_->routes();
    }
    FuzzedHub(const FuzzedHub&) = delete;
    FuzzedHub& operator=(const FuzzedHub&) = delete;
    ~FuzzedHub() {
        api_.reset();
        store_.reset();
        std::error_code error;
        std::filesystem::remove_all(folder_, error);
    }

    HttpResponse ask(const std::string& method, const std::string& path,
                     const std::map<std::string, std::string>& query, std::string body) {
        HttpRequest request;
        request.method = method;
        request.target = request.path = path;
        request.query = query;
        request.body = std::move(body);
        const auto digest = contentDigest(request.body);
        const auto nonce = hub::makeNonce(clock_.nowMs(), keys_.nonceKey, random_);
        const auto signature =
            signRequest({request.method, request.target, digest, "inc1", deviceId_, nonce}, device_);
        request.headers = {{"content-digest", digest},
                           {"silta-incarnation", "inc1"},
                           {"signature-input", signature.input},
                           {"signature", signature.signature}};
        const auto route = std::ranges::find_if(routes_, [&request](const HttpServer::Route& each) {
            return each.method == request.method && each.path == request.path;
        });
        check(route != routes_.end());
        return route->handler(request);
    }
    hub::OperationStore& store() { return *store_; }
    [[nodiscard]] const std::string& deviceId() const { return deviceId_; }

private:
    std::string folder_, deviceId_;
    StillClock clock_;
    SystemRandom random_;
    hub::HubKeys keys_;
    KeyPair device_ = makeSigningKeys();
    std::unique_ptr<hub::OperationStore> store_;
    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::HubApi> api_;
    std::vector<HttpServer::Route> routes_;
};

} // namespace silta::fuzz
