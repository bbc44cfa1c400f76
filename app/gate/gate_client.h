// The gate as the portal sees it: asked over gate.sock.
#pragma once

#include "gate/gate.h"

#include <string>
#include <string_view>

namespace silta::gate {

/// Connects when first asked, and again when the gate was restarted. An answer is waited for kAnswerMsMax.
/// Errors besides: Denied (this user may not ask), Busy (too many ask), Unavailable (nobody listens, or the
/// answer is late; it may have been done), Corrupt. Thread: one at a time.
class GateClient final : public Gate {
public:
    explicit GateClient(std::string socketPath) : path_(std::move(socketPath)) {}
    ~GateClient() override;
    GateClient(const GateClient&) = delete;
    GateClient& operator=(const GateClient&) = delete;

    Result<void> allow(std::span<const Grant> grants) override;
    Result<void> extend(std::span<const Extension> extensions) override;
    Result<void> revoke(std::span<const Mac> macs) override;
    Result<GuestPage> list(std::optional<Mac> after) override;
    Result<std::vector<Guest>> counters(std::span<const Mac> macs) override;

private:
    Result<void> connect();
    void disconnect();
    Result<GuestPage> ask(const std::string& request);
    Result<void> order(const std::string& request);

    std::string path_;
    std::string reply_; ///< kept: a page of guests is large
    int fd_ = -1;
};

} // namespace silta::gate
