// silta-edge over its portal socket.
#pragma once

#include "net/unix_caller.h"
#include "portal/edge_link.h"
#include "portal/limits.h"
#include "portal/thumbnail/limits.h"

#include <atomic>

namespace silta::portal {

inline constexpr UnixCaller::Limits kEdgeLimits{.timeoutMs = kEdgeTimeoutMs,
                                                .answerBytesMax = kEdgeAnswerBytesMax};
inline constexpr UnixCaller::Limits kEdgePictureLimits{.timeoutMs = kEdgeTimeoutMs,
                                                       .answerBytesMax = kSourceBytesMax};

/// Thread: any. As many connections as are in use at once.
class UnixEdgeLink final : public EdgeLink {
public:
    UnixEdgeLink(std::string socketPath, UnixCaller::MakeTransport makeTransport)
        : edge_(socketPath, makeTransport, kEdgeLimits),
          pictures_(std::move(socketPath), std::move(makeTransport), kEdgePictureLimits) {}

    Result<StoreFace> store(bool takesVouchers) override;
    Result<std::vector<Offer>> offers(Lang lang) override;
    Result<std::vector<Offer>> search(const std::string& words, Lang lang) override;
    Result<std::string> join(const Membership& membership) override;
    Result<std::string> picture(const std::string& name) override;
    Result<std::optional<Coupon>> signUp(const WifiSignUp& signUp) override;
    Result<void> event(std::string_view kind, WayKind way, std::int64_t count) override;
    Result<CodeSent> sendCode(const std::string& sealedPhone, Lang lang) override;
    Result<void> checkCode(const std::string& challenge, const std::string& code) override;
    Result<VoucherGrant> redeem(const std::string& voucher, const std::string& usedFor, Lang lang) override;

private:
    /// What became of a question about a code: waits for it, but not when many wait already. Nothing: it is
    /// still under way.
    Result<std::optional<Json>> outcomeOf(const std::string& challenge);

    UnixCaller edge_;
    UnixCaller pictures_;
    std::atomic<int> waiting_ = 0;
};

} // namespace silta::portal
