#include "portal/pretend_edge.h"

#include "web/qr_code.h"

#include <silta/catalog.h>

#include <array>

namespace silta::portal {

namespace {

constexpr const char* kCode = "246810";
constexpr const char* kVoucher = "WELCOME";
constexpr const char* kCouponCode = "WELCOME-10";
constexpr const char* kMemberNumber = "9246000100015";
constexpr std::size_t kWishlistLines = 2;

struct Sample {
    std::array<const char*, 4> names; ///< in the order of kLangs
    const char* brand;
    std::int64_t price, regular;
    std::int32_t quantity;
    const char* aisle;
};
constexpr std::array<Sample, 5> kSamples = {{
    {{"Salon armchair, navy blue", "Salon-nojatuoli, tummansininen", "Salon fåtölj, marinblå",
      "Fotel Salon, granatowy"},
     "Dębnik",
     34'900,
     44'900,
     3,
     "K4"},
    {{"Dimma teapot 1.1 l, sea blue", "Dimma-teekannu 1,1 l, merensininen", "Dimma tekanna 1,1 l, havsblå",
      "Czajniczek Dimma 1,1 l, morski"},
     "Havsglimt",
     3'990,
     5'490,
     12,
     "C9"},
    {{"Lipa honey 350 g", "Lipa-hunaja 350 g", "Lipa honung 350 g", "Miód Lipa 350 g"},
     "Łąkowa",
     650,
     795,
     28,
     "E2"},
    {{"Fjäll wool throw 130 × 180 cm", "Fjäll-villatorkkupeitto 130 × 180 cm", "Fjäll ullpläd 130 × 180 cm",
      "Pled wełniany Fjäll 130 × 180 cm"},
     "Lugnvind",
     5'990,
     7'990,
     2,
     "H1"},
    {{"Holme portable speaker, black", "Holme-matkakaiutin, musta", "Holme portabel högtalare, svart",
      "Głośnik przenośny Holme, czarny"},
     "Klangö",
     7'490,
     8'990,
     9,
     "M3"},
}};

Money euros(std::int64_t cents) {
    return {cents, *Currency::parse("EUR")};
}

} // namespace

PretendEdge::PretendEdge(std::string hubSealKey)
    : coupon(Coupon{"−10 %", kCouponCode, {}, qrCodeOf(kCouponCode)}), hubSealKey_(std::move(hubSealKey)) {}

Result<void> PretendEdge::isUp() const {
    if (isDown) return Error{Errc::Unavailable, "ask edge: it is down"};
    return {};
}

Result<StoreFace> PretendEdge::store(bool takesVouchers) {
    if (auto up = isUp(); !up) return up.error();
    wasToldOfVouchers = takesVouchers;
    StoreFace face{"FI-HEL-01",     "Silta Demo Helsinki Kamppi", "Silta Demo",
                   "Silta Demo Oy", "privacy@silta.example",      OpeningHours{},
                   hubSealKey_};
    constexpr std::int32_t kOpens = 9 * 60, kCloses = 21 * 60;
    for (auto& day : face.hours->week)
        day.push_back({kOpens, kCloses});
    return face;
}

Result<std::vector<Offer>> PretendEdge::offers(Lang lang) {
    if (auto up = isUp(); !up) return up.error();
    std::vector<Offer> offers;
    offers.reserve(kSamples.size());
    for (const auto& sample : kSamples) {
        offers.push_back({.name = sample.names[static_cast<std::size_t>(lang)],
                          .brand = sample.brand,
                          .picture = {},
                          .price = euros(sample.price),
                          .regular = euros(sample.regular),
                          .lowest30Days = {},
                          .perUnit = {},
                          .quantityHere = sample.quantity,
                          .aisle = sample.aisle});
    }
    return offers;
}

Result<std::vector<Offer>> PretendEdge::search(const std::string& words, Lang lang) {
    auto all = offers(lang);
    if (!all) return all;
    const auto wanted = foldText(words);
    std::erase_if(*all, [&wanted](const Offer& offer) {
        return foldText(offer.brand + " " + offer.name).find(wanted) == std::string::npos;
    });
    return all;
}

Result<std::string> PretendEdge::join(const Membership& membership) {
    if (auto up = isUp(); !up) return up.error();
    const std::lock_guard lock(mutex_);
    memberships.push_back(membership);
    return std::string(kMemberNumber);
}

Result<std::string> PretendEdge::picture(const std::string& /*name*/) {
    return Error{Errc::NotFound, "read picture: there is none"};
}

Result<std::optional<Coupon>> PretendEdge::signUp(const WifiSignUp& signUp) {
    if (auto up = isUp(); !up) return up.error();
    if (knowsNoMember && signUp.way == WayKind::Loyalty)
        return Error{Errc::NotFound, "sign up: there is no such member"};
    const std::lock_guard lock(mutex_);
    signUps.push_back(signUp);
    return coupon;
}

Result<void> PretendEdge::event(std::string_view kind, WayKind way, std::int64_t count) {
    if (auto up = isUp(); !up) return up;
    if (kind == refusedEvent) return Error{Errc::Invalid, "count event: no such kind"};
    const std::lock_guard lock(mutex_);
    events[std::string(kind) + " " + std::string(nameOf(way))] += count;
    return losesAnswers ? Result<void>(Error{Errc::Unavailable, "ask edge: no answer"}) : Result<void>{};
}

Result<CodeSent> PretendEdge::sendCode(const std::string& /*sealedPhone*/, Lang /*lang*/) {
    if (auto up = isUp(); !up) return up.error();
    constexpr std::int64_t kValidSec = 300;
    return CodeSent{"pretended", kValidSec};
}

Result<void> PretendEdge::checkCode(const std::string& /*challenge*/, const std::string& code) {
    if (auto up = isUp(); !up) return up;
    if (code != kCode) return Error{Errc::Denied, "check code: it is another"};
    return {};
}

Result<VoucherGrant> PretendEdge::redeem(const std::string& voucher, const std::string& usedFor, Lang lang) {
    constexpr int kMinutes = 120;
    auto listed = offers(lang);
    if (!listed) return listed.error();
    if (voucher != kVoucher) return Error{Errc::NotFound, "redeem voucher: there is no such one"};
    const std::lock_guard lock(mutex_);
    if (usedFor_.emplace(voucher, usedFor).first->second != usedFor)
        return Error{Errc::Denied, "redeem voucher: it was used"};
    if (losesAnswers) return Error{Errc::Unavailable, "ask edge: no answer"};
    VoucherGrant grant{kMinutes, 0, {{}, listed->size(), {}}};
    for (const auto& offer : *listed)
        if (grant.wishlist.lines.size() < kWishlistLines)
            grant.wishlist.lines.push_back({offer.name, offer.brand, {}, offer.price, 1, offer.quantityHere});
    return grant;
}

} // namespace silta::portal
