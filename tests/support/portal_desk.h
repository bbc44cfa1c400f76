// A portal over a gate and an edge in memory, as guests' devices meet it.
#pragma once

#include "core/json.h"
#include "gate/pretend_gate.h"
#include "portal/portal.h"
#include "portal/pretend_edge.h"
#include "support/clocks.h"

#include <silta/crypto.h>

#include <QRegularExpression>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace silta::portal::test {

using silta::test::FakeClock;
using silta::test::SeededRandom;

/// Neighbours that the test moves about.
class TableNeighbours final : public Neighbours {
public:
    Result<gate::Mac> macOf(const std::string& address) override {
        const auto it = table.find(address);
        if (it == table.end()) return Error{Errc::NotFound, "nobody"};
        return it->second;
    }
    std::optional<gate::Ipv4> ipv4Of(const gate::Mac& mac) override {
        for (const auto& [address, device] : table)
            if (const auto parsed = gate::parseHostIpv4(address); parsed && device == mac) return *parsed;
        return std::nullopt;
    }
    std::map<std::string, gate::Mac> table;
};

inline const auto kAda = *gate::parseMac("02:00:00:00:00:0a");
inline const auto kBo = *gate::parseMac("02:00:00:00:00:0b");
inline constexpr const char* kHere = "10.77.0.9";

inline std::string headerOf(const HttpResponse& response, std::string_view name) {
    for (const auto& header : response.headers)
        if (header.name == name) return header.value;
    return {};
}

inline std::string tokenIn(const HttpResponse& response) {
    static const QRegularExpression pattern("name=token value=\"([0-9a-f]{32})\"");
    return pattern.match(QString::fromStdString(response.body)).captured(1).toStdString();
}

/// What a test of the portal stands on. Begin each with begin().
class PortalDesk {
protected:
    void begin() {
        portal_.reset();
        clock_ = {};
        config_ = {};
        config_.url = "http://10.77.0.1";
        config_.listen = {"10.77.0.1:8080"};
        config_.ways = {{WayKind::Email, 240},
                        {WayKind::Phone, 240},
                        {WayKind::Loyalty, 480},
                        {WayKind::Voucher, 120},
                        {WayKind::Terms, 30}};
        config_.devicesPerPerson = 2;
        store_.emplace(*SessionStore::open(":memory:", clock_, random_));
        gate_ = std::make_unique<gate::PretendGate>(clock_);
        hubKeys_ = makeSealingKeys();
        edge_ = std::make_unique<PretendEdge>(hubKeys_.publicKey);
        neighbours_.table = {{kHere, kAda}, {"10.77.0.10", kBo}, {"fd77::9", kAda}};
        start();
    }

    FakeClock clock_;
    SeededRandom random_{3};
    PortalConfig config_;
    KeyPair hubKeys_;
    std::optional<SessionStore> store_;
    std::unique_ptr<gate::PretendGate> gate_;
    std::unique_ptr<PretendEdge> edge_;
    TableNeighbours neighbours_;
    std::unique_ptr<Portal> portal_;

    void start() {
        portal_ = std::make_unique<Portal>(config_, *store_, *gate_, *edge_, neighbours_, clock_, random_);
    }
    void pass(std::int64_t ms) {
        clock_.now += ms;
        clock_.steady += ms;
    }
    static bool has(const HttpResponse& page, std::string_view text) {
        return page.body.find(text) != std::string::npos;
    }
    HttpRequest requestOf(const std::string& method, const std::string& target, const std::string& peer) {
        HttpRequest request;
        request.method = method;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        request.peer = peer;
        request.headers["host"] = "10.77.0.1";
        return request;
    }
    HttpResponse get(const std::string& target, const std::string& peer = kHere,
                     const std::string& cookie = {}) {
        auto request = requestOf("GET", target, peer);
        request.headers["cookie"] = cookie;
        if (const auto q = target.find('?'); q != std::string::npos) {
            const auto pair = target.substr(q + 1);
            request.query[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
        }
        return portal_->handle(request, false);
    }
    HttpResponse post(const std::string& path, const std::string& form, const std::string& peer = kHere,
                      const std::string& cookie = {}) {
        auto request = requestOf("POST", path, peer);
        request.headers["cookie"] = cookie;
        request.body = form;
        return portal_->handle(request, false);
    }
    /// The sign-in page's form, filled in.
    HttpResponse signIn(const std::string& fields, const std::string& peer = kHere) {
        return post("/login", "token=" + tokenIn(get("/?way=other", peer)) + "&lang=en&" + fields, peer);
    }
    Json api(const std::string& peer = kHere) {
        const auto response = portal_->handle(requestOf("GET", "/captive-portal/api", peer), true);
        return response.status == 200 ? *parseJson(response.body, 10'000) : Json(response.status);
    }
    bool passes(const gate::Mac& mac, const std::string& address, std::uint64_t bytes = 100) {
        return gate_->pass(mac, *gate::parseHostIpv4(address), bytes);
    }
};

} // namespace silta::portal::test
