// silta-edge over its portal socket.
#pragma once

#include "core/json.h"
#include "portal/edge_link.h"

namespace silta::portal {

/// Thread: one at a time.
class UnixEdgeLink final : public EdgeLink {
public:
    UnixEdgeLink(std::string socketPath, std::unique_ptr<HttpTransport> transport)
        : socketPath_(std::move(socketPath)), transport_(std::move(transport)) {}

    Result<StoreFace> store() override;
    Result<std::vector<Offer>> offers(Lang lang) override;
    Result<std::string> picture(const std::string& name) override;
    Result<std::optional<Coupon>> signUp(const WifiSignUp& signUp) override;
    Result<void> event(std::string_view kind, WayKind way) override;
    Result<CodeSent> sendCode(const std::string& sealedPhone, Lang lang) override;
    Result<void> checkCode(const std::string& challenge, const std::string& code) override;
    Result<VoucherGrant> redeem(const std::string& voucher) override;

private:
    Result<HttpReply> send(const char* method, const std::string& target, const Json& body = nullptr);
    Result<Json> ask(const char* method, const std::string& target, const Json& body = nullptr);

    std::string socketPath_;
    std::unique_ptr<HttpTransport> transport_;
};

} // namespace silta::portal
