#include "shopper/welcome_coupon.h"

#include "core/digits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace silta {

namespace {

constexpr std::array<std::string_view, 4> kTitleLanguages = {"en", "fi", "sv", "pl"};

Error wrong(const char* what) {
    return {Errc::Invalid, std::string("read coupon: ") + what};
}

bool isCode(std::string_view code) {
    return !code.empty() && code.size() <= kCouponCodeBytesMax && std::ranges::all_of(code, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.';
    });
}

int numberOf(std::string_view digits) {
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

bool isCalendarDay(std::string_view day) {
    if (day.size() != 10 || day[4] != '-' || day[7] != '-') return false;
    const auto year = day.substr(0, 4);
    const auto month = day.substr(5, 2);
    const auto dayOfMonth = day.substr(8);
    if (!allDigits(year) || !allDigits(month) || !allDigits(dayOfMonth)) return false;
    return std::chrono::year_month_day(std::chrono::year(numberOf(year)),
                                       std::chrono::month(static_cast<unsigned>(numberOf(month))),
                                       std::chrono::day(static_cast<unsigned>(numberOf(dayOfMonth))))
        .ok();
}

} // namespace

const std::string& WelcomeCoupon::title(const std::string& lang, const std::string& fallback) const {
    for (const auto& wanted : {lang, fallback})
        if (const auto found = titles.find(wanted); found != titles.end()) return found->second;
    return titles.begin()->second;
}

Json toJson(const WelcomeCoupon& coupon) {
    return {{"titles", coupon.titles}, {"code", coupon.code}, {"lastDay", coupon.lastDay}};
}

Result<WelcomeCoupon> parseWelcomeCoupon(const Json& json) {
    WelcomeCoupon coupon;
    coupon.code = textMember(json, "code").value_or("");
    coupon.lastDay = textMember(json, "lastDay").value_or("");
    const auto& titles = objectMember(json, "titles");
    for (const auto lang : kTitleLanguages) {
        const std::string key(lang);
        if (!titles.is_object() || !titles.contains(key)) continue;
        const auto title = textMember(titles, key.c_str(), kCouponTitleBytesMax);
        if (!title || title->empty()) return wrong("a title is empty, too long or no text");
        coupon.titles[key] = *title;
    }
    if (coupon.titles.empty()) return wrong("it has no title in en, fi, sv or pl");
    if (!isCode(coupon.code)) return wrong("its code is not 1 to 64 of A-Z, a-z, 0-9, '-', '.'");
    if (!isCalendarDay(coupon.lastDay)) return wrong("its last day is no date like 2027-01-31");
    return coupon;
}

} // namespace silta
