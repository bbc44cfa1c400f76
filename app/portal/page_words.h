// Every word of the portal's pages, in the languages that it speaks. All functions are pure and may be called
// from any thread.
#pragma once

#include "portal/word_ids.h"
#include "web/language.h"

#include <silta/catalog.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace silta::portal {

/// Plain text; may hold "{}" where filled() puts a value.
std::string_view word(Word id, Lang lang);
/// What a shop says about its hours: "Open until 21:00", "Opens on Monday at 10:00". `weekday` is today's, 1
/// = Monday.
std::string hoursText(const OpenState& state, int weekday, Lang lang);

// ---- consents

/// What a person can say yes to. Each is asked for on its own, and none is ticked beforehand.
enum class ConsentId { WifiTerms, EmailMarketing, SmsMarketing, Membership };
/// On the sign-in page.
inline constexpr std::array<ConsentId, 3> kConsentIds = {ConsentId::WifiTerms, ConsentId::EmailMarketing,
                                                         ConsentId::SmsMarketing};
/// On the page that joins the club.
inline constexpr std::array<ConsentId, 3> kJoinConsentIds = {ConsentId::Membership, ConsentId::EmailMarketing,
                                                             ConsentId::SmsMarketing};

/// The exact words of a consent. A change of any word is a new version; the hash that is stored with a
/// consent is that of `texts` in the person's language, and is the caller's to make.
struct ConsentWording {
    ConsentId id;
    std::string_view field;   ///< name in the form; its value is `version`
    std::string_view purpose; ///< as stored: "wifi-terms", "membership-terms", "marketing"
    std::string_view channel; ///< as stored: "any", "email", "sms"
    std::string_view version;
    std::array<std::string_view, 4> texts; ///< in the order of kLangs
};
const ConsentWording& consentWording(ConsentId id);
std::string_view consentText(ConsentId id, Lang lang);

// ---- terms and privacy

/// A heading with what stands below it; plain text, "{}" is the company's name.
struct LegalSection {
    std::array<std::string_view, 4> headings;
    std::array<std::string_view, 4> texts;
};
/// Version of the terms' text; the consent WifiTerms has the same.
inline constexpr std::string_view kTermsVersion = "2026-11";
const std::vector<LegalSection>& termsSections();
/// The sections about connection logs differ with the configuration.
std::vector<LegalSection> privacySections(bool logsConnections);

} // namespace silta::portal
