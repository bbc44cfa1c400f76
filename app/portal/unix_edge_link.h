// silta-edge over its portal socket.
#pragma once

#include "core/json.h"
#include "portal/edge_link.h"

#include <atomic>
#include <functional>
#include <mutex>

namespace silta::portal {

/// Thread: any. As many connections as are in use at once.
class UnixEdgeLink final : public EdgeLink {
public:
    using MakeTransport = std::function<std::unique_ptr<HttpTransport>()>;
    UnixEdgeLink(std::string socketPath, MakeTransport makeTransport)
        : socketPath_(std::move(socketPath)), makeTransport_(std::move(makeTransport)) {}

    Result<StoreFace> store() override;
    Result<std::vector<Offer>> offers(Lang lang) override;
    Result<std::string> picture(const std::string& name) override;
    Result<std::optional<Coupon>> signUp(const WifiSignUp& signUp) override;
    Result<void> event(std::string_view kind, WayKind way, std::int64_t count) override;
    Result<CodeSent> sendCode(const std::string& sealedPhone, Lang lang) override;
    Result<void> checkCode(const std::string& challenge, const std::string& code) override;
    Result<VoucherGrant> redeem(const std::string& voucher, const std::string& usedFor, Lang lang) override;

private:
    /// An answer of any status.
    Result<HttpReply> send(const char* method, const std::string& target, const Json& body = nullptr);
    /// The body of a good answer; the others are errors.
    Result<Json> ask(const char* method, const std::string& target, const Json& body = nullptr);
    /// What became of a question about a code: waits for it, but not when many wait already. Nothing: it is
    /// still under way.
    Result<std::optional<Json>> outcomeOf(const std::string& challenge);

    std::string socketPath_;
    MakeTransport makeTransport_;
    std::mutex mutex_; ///< guards idle_
    std::vector<std::unique_ptr<HttpTransport>> idle_;
    std::atomic<int> waiting_ = 0;
};

} // namespace silta::portal
