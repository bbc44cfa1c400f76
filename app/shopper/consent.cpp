#include "shopper/consent.h"

#include <silta/uuid.h>

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::size_t kWordBytesMax = 64;
constexpr std::array<std::string_view, 2> kPurposes = {"membership-terms", "marketing"};
constexpr std::array<std::string_view, 3> kChannels = {"any", "email", "sms"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isLanguage(const std::string& text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool isHash(const std::string& text) {
    constexpr std::size_t kDigits = 64;
    return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Result<Consent> parseConsent(const Json& json) {
    Consent consent;
    consent.purpose = textMember(json, "purpose", kWordBytesMax).value_or("");
    consent.channel = textMember(json, "channel", kWordBytesMax).value_or("");
    consent.wordingHash = textMember(json, "wordingHash", kWordBytesMax).value_or("");
    consent.lang = textMember(json, "lang", kWordBytesMax).value_or("");
    const auto granted = boolMember(json, "granted");
    if (!isOneOf(kPurposes, consent.purpose) || !isOneOf(kChannels, consent.channel) || !granted ||
        !isHash(consent.wordingHash) || !isLanguage(consent.lang))
        return Error{Errc::Invalid, "read consent: a member is missing or malformed"};
    consent.granted = *granted;
    return consent;
}

} // namespace

Json toJson(const SignUp& signUp) {
    auto consents = Json::array();
    for (const auto& consent : signUp.consents)
        consents.push_back({{"purpose", consent.purpose},
                            {"channel", consent.channel},
                            {"granted", consent.granted},
                            {"wordingHash", consent.wordingHash},
                            {"lang", consent.lang}});
    return {{"memberId", signUp.memberId}, {"number", signUp.number},         {"sealed", signUp.sealed},
            {"lang", signUp.lang},         {"wishlistId", signUp.wishlistId}, {"consents", consents}};
}

Result<SignUp> parseSignUp(const Json& json) {
    SignUp signUp;
    signUp.memberId = textMember(json, "memberId", kWordBytesMax).value_or("");
    signUp.number = textMember(json, "number", kWordBytesMax).value_or("");
    signUp.sealed = textMember(json, "sealed", kSealedBytesMax).value_or("");
    signUp.lang = textMember(json, "lang", kWordBytesMax).value_or("");
    signUp.wishlistId = textMember(json, "wishlistId", kWordBytesMax).value_or("");
    if (!isUuid(signUp.memberId)) return Error{Errc::Invalid, "read sign-up: memberId is not a uuid"};
    if (signUp.sealed.empty()) return Error{Errc::Invalid, "read sign-up: sealed data missing or too long"};
    if (!isLanguage(signUp.lang)) return Error{Errc::Invalid, "read sign-up: lang"};
    if (!signUp.wishlistId.empty() && !isUuid(signUp.wishlistId))
        return Error{Errc::Invalid, "read sign-up: wishlistId is not a uuid"};
    const auto& consents = arrayMember(json, "consents");
    if (consents.size() > kConsentsMax) return Error{Errc::Limit, "read sign-up: too many consents"};
    for (const auto& entry : consents) {
        auto consent = parseConsent(entry);
        if (!consent) return consent.error();
        signUp.consents.push_back(*consent);
    }
    const auto isTerms = [](const Consent& c) { return c.purpose == "membership-terms" && c.granted; };
    if (std::none_of(signUp.consents.begin(), signUp.consents.end(), isTerms))
        return Error{Errc::Invalid, "read sign-up: the terms were not agreed to"};
    return signUp;
}

} // namespace silta
