#include "shopper/welcome_coupon.h"

#include "core/local_time.h"
#include "shopper/campaign.h"

#include <algorithm>

namespace silta {

namespace {

Error wrong(const char* what) {
    return {Errc::Invalid, std::string("read coupon: ") + what};
}

bool isCode(std::string_view code) {
    return !code.empty() && code.size() <= kCouponCodeBytesMax && std::ranges::all_of(code, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.';
    });
}

} // namespace

Json toJson(const WelcomeCoupon& coupon) {
    return {{"titles", coupon.titles}, {"code", coupon.code}, {"lastDay", coupon.lastDay}};
}

Result<WelcomeCoupon> parseWelcomeCoupon(const Json& json) {
    WelcomeCoupon coupon;
    coupon.code = textMember(json, "code").value_or("");
    coupon.lastDay = textMember(json, "lastDay").value_or("");
    auto titles = parseTitles(objectMember(json, "titles"));
    if (!titles) return titles.error();
    coupon.titles = std::move(*titles);
    if (!isCode(coupon.code)) return wrong("its code is not 1 to 128 of A-Z, a-z, 0-9, '-', '.'");
    if (!parseDay(coupon.lastDay)) return wrong("its last day is no date like 2027-01-31");
    return coupon;
}

} // namespace silta
