#include "shopper/consent.h"

#include "core/sha256_hex.h"

#include <silta/uuid.h>

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::size_t kWordBytesMax = 64;
constexpr std::array<std::string_view, 4> kPurposes = {"membership-terms", "age", "marketing", "wifi-terms"};
constexpr std::array<std::string_view, 3> kChannels = {"any", "email", "sms"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Result<Consent> parseConsent(const Json& json) {
    Consent consent;
    consent.purpose = textMember(json, "purpose", kWordBytesMax).value_or("");
    consent.channel = textMember(json, "channel", kWordBytesMax).value_or("");
    consent.wordingHash = textMember(json, "wordingHash", kWordBytesMax).value_or("");
    consent.lang = textMember(json, "lang", kWordBytesMax).value_or("");
    const auto granted = boolMember(json, "granted");
    const bool hasVersion = json.is_object() && json.contains("version");
    const auto version = hasVersion ? textMember(json, "version", kWordBytesMax) : std::string();
    if (!isOneOf(kPurposes, consent.purpose) || !isOneOf(kChannels, consent.channel) || !granted ||
        !version || !isSha256Hex(consent.wordingHash) || !isLanguage(consent.lang))
        return Error{Errc::Invalid, "read consent: a member is missing or malformed"};
    consent.granted = *granted;
    consent.version = *version;
    return consent;
}

} // namespace

bool isLanguage(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

Json toJson(const std::vector<Consent>& consents) {
    auto array = Json::array();
    for (const auto& consent : consents) {
        Json entry = {{"purpose", consent.purpose},
                      {"channel", consent.channel},
                      {"granted", consent.granted},
                      {"wordingHash", consent.wordingHash},
                      {"lang", consent.lang}};
        if (!consent.version.empty()) entry["version"] = consent.version;
        array.push_back(std::move(entry));
    }
    return array;
}

Result<std::vector<Consent>> parseConsents(const Json& json) {
    const auto& entries = arrayMember(json, "consents");
    if (entries.size() > kConsentsMax) return Error{Errc::Limit, "read sign-up: too many consents"};
    std::vector<Consent> consents;
    for (const auto& entry : entries) {
        auto consent = parseConsent(entry);
        if (!consent) return consent.error();
        consents.push_back(std::move(*consent));
    }
    return consents;
}

Json toJson(const SignUp& signUp) {
    Json json = {{"memberId", signUp.memberId},     {"number", signUp.number},
                 {"sealed", signUp.sealed},         {"lang", signUp.lang},
                 {"wishlistId", signUp.wishlistId}, {"consents", toJson(signUp.consents)}};
    if (!signUp.staffId.empty()) json["staffId"] = signUp.staffId;
    return json;
}

Result<SignUp> parseSignUp(const Json& json) {
    SignUp signUp;
    signUp.memberId = textMember(json, "memberId", kWordBytesMax).value_or("");
    signUp.number = textMember(json, "number", kWordBytesMax).value_or("");
    signUp.sealed = textMember(json, "sealed", kSealedBytesMax).value_or("");
    signUp.lang = textMember(json, "lang", kWordBytesMax).value_or("");
    signUp.wishlistId = textMember(json, "wishlistId", kWordBytesMax).value_or("");
    signUp.staffId = textMember(json, "staffId", kWordBytesMax).value_or("");
    if (!isUuid(signUp.memberId)) return Error{Errc::Invalid, "read sign-up: memberId is not a uuid"};
    if (signUp.sealed.empty()) return Error{Errc::Invalid, "read sign-up: sealed data missing or too long"};
    if (!isLanguage(signUp.lang)) return Error{Errc::Invalid, "read sign-up: lang"};
    if (!signUp.wishlistId.empty() && !isUuid(signUp.wishlistId))
        return Error{Errc::Invalid, "read sign-up: wishlistId is not a uuid"};
    if (!signUp.staffId.empty() && !isUuid(signUp.staffId))
        return Error{Errc::Invalid, "read sign-up: staffId is not a uuid"};
    auto consents = parseConsents(json);
    if (!consents) return consents.error();
    signUp.consents = std::move(*consents);
    const auto isTerms = [](const Consent& c) { return c.purpose == "membership-terms" && c.granted; };
    if (std::none_of(signUp.consents.begin(), signUp.consents.end(), isTerms))
        return Error{Errc::Invalid, "read sign-up: the terms were not agreed to"};
    return signUp;
}

} // namespace silta
