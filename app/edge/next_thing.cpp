#include "edge/next_thing.h"

#include "core/local_time.h"
#include "edge/engine.h"
#include "edge/till_products.h"

#include <algorithm>
#include <chrono>

namespace silta {

const Campaign* couponEndingSoon(const TokenRules& rules, const std::string& storeCode,
                                 std::string_view today) {
    const auto day = parseDay(today);
    if (!day) return nullptr;
    const auto until = dayText(*day + std::chrono::days(kCouponEndsSoonDays));
    const Campaign* first = nullptr;
    for (const auto& [id, campaign] : rules.campaigns) {
        const bool isHere =
            campaign.stores.empty() || std::ranges::find(campaign.stores, storeCode) != campaign.stores.end();
        const bool isNow =
            campaign.firstDay <= today && campaign.lastDay >= today && campaign.lastDay <= until;
        if (campaign.kind != TokenKind::Coupon || !campaign.membersOnly || !isHere || !isNow) continue;
        if (first == nullptr || campaign.lastDay < first->lastDay) first = &campaign;
    }
    return first;
}

std::optional<Json> nextThing(const Engine& engine, TillProducts& products,
                              const std::vector<std::string>& wishes, const std::string& lang,
                              const std::string& otherLang) {
    const auto desk = engine.tillDesk();
    if (!desk) return std::nullopt;
    const auto& store = desk->store.storeCode;
    for (const auto& sku : wishes) {
        const auto shelf = products.shelfOf(sku, store);
        if (!shelf || shelf->quantity <= 0) continue;
        const auto name = products.nameOf(sku, store, lang);
        if (!name) continue;
        Json wish = {{"kind", "wishlist"}, {"sku", sku}, {"name", *name}};
        if (!shelf->aisle.empty()) wish["aisle"] = shelf->aisle;
        return wish;
    }
    const auto coupon = engine.couponEndingSoon();
    if (!coupon) return std::nullopt;
    return Json{{"kind", "coupon"},
                {"title", titleIn(coupon->titles, lang, otherLang)},
                {"lastDay", coupon->lastDay}};
}

} // namespace silta
