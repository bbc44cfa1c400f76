// An edge in memory: for `silta-portal --demo` and for tests. Codes are 246810; the voucher WELCOME works
// once, and comes with a wishlist.
#pragma once

#include "portal/edge_link.h"

#include <atomic>
#include <map>
#include <mutex>

namespace silta::portal {

/// Thread: any; its public members, one.
class PretendEdge final : public EdgeLink {
public:
    explicit PretendEdge(std::string hubSealKey);

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

    std::atomic<bool> isDown = false;
    std::optional<Coupon> coupon;                ///< what a sign-up earns
    std::atomic<bool> wasToldOfVouchers = false; ///< what store() was told last
    bool losesAnswers = false;  ///< to events that it has counted, and vouchers that it has taken
    bool knowsNoMember = false; ///< whatever number is typed
    std::string refusedEvent;   ///< a kind that is not counted
    std::vector<Membership> memberships;
    std::vector<WifiSignUp> signUps;
    std::map<std::string, std::int64_t> events; ///< "wifi.login email": how many

private:
    Result<void> isUp() const;

    std::string hubSealKey_;
    std::mutex mutex_;                           ///< guards what follows, and signUps and events
    std::map<std::string, std::string> usedFor_; ///< by voucher
};

} // namespace silta::portal
