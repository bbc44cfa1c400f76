#include "shopper/guest.h"

#include "core/digits.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace silta {

namespace {

constexpr std::size_t kGuestWordBytesMax = 64;
constexpr std::size_t kDayBytes = 10;

bool isDay(std::string_view text) {
    if (text.size() != kDayBytes) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 4 || i == 7 ? text[i] != '-' : !isDigit(text[i])) return false;
    return true;
}

Error malformed(const char* what) {
    return {Errc::Invalid, fmt::format("read guest: {} is missing, malformed or out of place", what)};
}

/// A member that may be absent; nothing when it is there and not a text of that length.
std::optional<std::string> optionalText(const Json& json, const char* key, std::size_t bytesMax) {
    if (!json.is_object() || !json.contains(key)) return std::string();
    return textMember(json, key, bytesMax);
}

} // namespace

Json toJson(const GuestSignUp& signUp) {
    Json json = {{"signUpId", signUp.signUpId},
                 {"way", signUp.way},
                 {"lang", signUp.lang},
                 {"consents", toJson(signUp.consents)}};
    if (!signUp.sealed.empty()) json["sealed"] = signUp.sealed;
    if (!signUp.memberNumber.empty()) json["memberNumber"] = signUp.memberNumber;
    if (!signUp.challenge.empty()) json["challenge"] = signUp.challenge;
    return json;
}

Result<GuestSignUp> parseGuestSignUp(const Json& json) {
    GuestSignUp signUp;
    signUp.signUpId = textMember(json, "signUpId", kGuestWordBytesMax).value_or("");
    signUp.way = textMember(json, "way", kGuestWordBytesMax).value_or("");
    signUp.lang = textMember(json, "lang", kGuestWordBytesMax).value_or("");
    const auto sealed = optionalText(json, "sealed", kSealedBytesMax);
    const auto number = optionalText(json, "memberNumber", kGuestWordBytesMax);
    const auto challenge = optionalText(json, "challenge", kGuestWordBytesMax);
    if (!isUuid(signUp.signUpId)) return malformed("signUpId");
    if (signUp.way.empty() || !isGuestWayOrNone(signUp.way)) return malformed("way");
    if (!isLanguage(signUp.lang)) return malformed("lang");
    const bool hasContact = signUp.way == "email" || signUp.way == "phone";
    if (!sealed || sealed->empty() == hasContact) return malformed("sealed");
    const bool isNumber = number && number->size() == kMemberNumberDigits && allDigits(*number);
    if (signUp.way == "loyalty" ? !isNumber : !number || !number->empty()) return malformed("memberNumber");
    if (!challenge || (!challenge->empty() && (signUp.way != "phone" || !isUuid(*challenge))))
        return malformed("challenge");
    signUp.sealed = *sealed;
    signUp.memberNumber = *number;
    signUp.challenge = *challenge;
    auto consents = parseConsents(json);
    if (!consents) return consents.error();
    signUp.consents = std::move(*consents);
    const auto isTerms = [](const Consent& c) { return c.purpose == "wifi-terms" && c.granted; };
    if (std::none_of(signUp.consents.begin(), signUp.consents.end(), isTerms))
        return Error{Errc::Invalid, "read guest: the terms were not agreed to"};
    return signUp;
}

bool isGuestEvent(std::string_view kind) {
    return std::ranges::find(kGuestEvents, kind) != kGuestEvents.end();
}

bool isGuestWayOrNone(std::string_view way) {
    return way.empty() || std::ranges::find(kGuestWays, way) != kGuestWays.end();
}

std::string dayOf(UtcMs ms) {
    const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(ms)};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

Json countsJson(const std::string& day, const std::vector<GuestCount>& counts) {
    auto array = Json::array();
    for (const auto& count : counts)
        array.push_back({{"kind", count.kind}, {"way", count.way}, {"count", count.count}});
    return {{"day", day}, {"counts", array}};
}

Result<GuestCounts> parseGuestCounts(const Json& json) {
    GuestCounts result;
    result.day = textMember(json, "day", kGuestWordBytesMax).value_or("");
    if (!isDay(result.day)) return malformed("day");
    const auto& entries = arrayMember(json, "counts");
    if (entries.empty()) return malformed("counts");
    if (entries.size() > kGuestCountsMax) return Error{Errc::Limit, "read guest: too many counts"};
    for (const auto& entry : entries) {
        const auto kind = textMember(entry, "kind", kGuestWordBytesMax).value_or("");
        const auto way = textMember(entry, "way", kGuestWordBytesMax);
        const auto count = integerMember(entry, "count").value_or(0);
        if (!isGuestEvent(kind) || !way || !isGuestWayOrNone(*way) || count < 1 || count > kGuestCountMax)
            return malformed("a count");
        result.counts.push_back({kind, *way, count});
    }
    return result;
}

} // namespace silta
