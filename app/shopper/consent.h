// Consents and sign-ups as they travel: what a person agreed to, in which exact words.
#pragma once

#include "core/json.h"

#include <silta/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kConsentsMax = 16;
inline constexpr std::size_t kSealedBytesMax = 8'192; ///< base64url of the sealed personal data
inline constexpr std::size_t kPersonNameBytesMax = 200;
inline constexpr std::size_t kEmailBytesMax = 254; ///< RFC 5321
inline constexpr std::size_t kPhoneBytesMax = 32;

/// One answer to one question. Append-only: a later answer is another row.
struct Consent {
    std::string purpose; ///< "membership-terms", "age", "marketing", "wifi-terms"
    std::string channel; ///< "any", "email", "sms"
    bool granted = false;
    std::string wordingHash; ///< SHA-256 of the exact words shown
    std::string lang;
    std::string version = {}; ///< name of the words, or empty
};

Json toJson(const std::vector<Consent>& consents);
/// The array member `consents`. Errors: Invalid, Limit.
Result<std::vector<Consent>> parseConsents(const Json& json);
/// Two lower-case letters.
bool isLanguage(std::string_view text);

/// The data of a `member.signup` operation. Personal data is sealed to the hub; nobody on the device can read
/// it.
struct SignUp {
    std::string memberId; ///< UUID made where the form was filled in
    std::string
        number; ///< provisional member number from the device's range; empty until the device gives one
    std::string sealed; ///< base64url
    std::string lang;
    std::string wishlistId; ///< the list the person had open, or empty
    std::vector<Consent> consents;
    std::string staffId = {}; ///< who read the consents out at the till; empty: the person read them
};

Json toJson(const SignUp& signUp);
/// Errors: Invalid (a member is missing or malformed, the terms were not agreed to), Limit.
Result<SignUp> parseSignUp(const Json& json);

} // namespace silta
