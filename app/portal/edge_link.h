// What the portal asks of silta-edge, and nothing else: it holds no key and sees no journal.
#pragma once

#include "portal/pages.h"

#include <silta/catalog.h>
#include <silta/http.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace silta::portal {

/// How the store presents itself, and the key that personal data is sealed to.
struct StoreFace {
    std::string code, name, chain, company, contact;
    std::optional<OpeningHours> hours;
    std::string hubSealKey; ///< 32 raw bytes
};

struct ConsentGiven {
    ConsentId id = ConsentId::WifiTerms;
    bool isGranted = false;
};

/// One sign-in as it goes to the hub. `id` is made by the portal: sent twice, it counts once.
struct WifiSignUp {
    std::string id;
    WayKind way = WayKind::Terms;
    Lang lang = Lang::En;
    std::string sealed;       ///< base64url of a sealed box of {"email"} or {"phone"}; empty for other ways
    std::string challenge;    ///< of WayKind::Phone: the code that was checked
    std::string memberNumber; ///< of WayKind::Loyalty
    std::vector<ConsentGiven> consents;
};

struct CodeSent {
    std::string challenge;
    std::int64_t validSec = 0;
};

struct VoucherGrant {
    int minutes = 0;
    std::uint64_t quotaBytes = 0; ///< 0 = as the portal is configured
    Wishlist wishlist;            ///< of the shopper whom the kiosk gave it to
};

/// Somebody who joins the club. `id` is made by the portal: sent twice, it counts once.
struct Membership {
    std::string id;
    Lang lang = Lang::En;
    std::string sealed; ///< base64url of a sealed box of {"name", "email", "phone"}
    std::vector<ConsentGiven> consents;
};

/// Every call waits at most kEdgeTimeoutMs. Errors of all: Unavailable (edge does not answer, or cannot now),
/// Invalid (it answers what we do not understand). Thread: any.
class EdgeLink {
public:
    virtual ~EdgeLink() = default;
    /// `takesVouchers`: edge is told, so that the kiosk gives none out that is refused here.
    virtual Result<StoreFace> store(bool takesVouchers) = 0;
    virtual Result<std::vector<Offer>> offers(Lang lang) = 0;
    /// What a search of the store's catalogue finds, best first. Errors: Limit (too many searches).
    virtual Result<std::vector<Offer>> search(const std::string& words, Lang lang) = 0;
    /// Saved when it returns: the new member's number. Errors: Limit (too many join), Full.
    virtual Result<std::string> join(const Membership& membership) = 0;
    /// The bytes of a picture that an offer or a list names, as the hub sent them. Errors: NotFound (there is
    /// none, or it has not come yet).
    virtual Result<std::string> picture(const std::string& name) = 0;
    /// Saved when it returns. The coupon that it earned, if any. Errors: NotFound (no such member number).
    virtual Result<std::optional<Coupon>> signUp(const WifiSignUp& signUp) = 0;
    /// So many more of a kind; nothing personal.
    virtual Result<void> event(std::string_view kind, WayKind way, std::int64_t count) = 0;
    /// Errors: Limit (too many for this number).
    virtual Result<CodeSent> sendCode(const std::string& sealedPhone, Lang lang) = 0;
    /// Errors: Denied (a wrong code), NotFound (it is too old, or was tried too often).
    virtual Result<void> checkCode(const std::string& challenge, const std::string& code) = 0;
    /// `usedFor`: a UUID; asking again with the same one, after an answer that was lost or a gate that
    /// failed, gives the same. Errors: NotFound (no such voucher), Denied (it was used), Limit (it is too
    /// old).
    virtual Result<VoucherGrant> redeem(const std::string& voucher, const std::string& usedFor,
                                        Lang lang) = 0;
};

} // namespace silta::portal
