// Every word of the portal's pages, in the languages that it speaks, and how it writes prices, times and
// amounts. All functions are pure and may be called from any thread.
#pragma once

#include "portal/word_ids.h"

#include <silta/catalog.h>
#include <silta/money.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta::portal {

/// In the order of silta::kLanguages.
enum class Lang { En, Fi, Sv, Pl };
inline constexpr std::array<Lang, 4> kLangs = {Lang::En, Lang::Fi, Lang::Sv, Lang::Pl};
inline constexpr std::size_t kAcceptLanguageBytesMax = 512; ///< browsers send under 100; the rest is not read
inline constexpr std::size_t kAcceptLanguageEntriesMax = 24;

std::string_view codeOf(Lang lang); ///< "en", "fi", "sv", "pl"
std::string_view nameOf(Lang lang); ///< in the language itself

/// The language to speak: `asked` (the value of ?lang=) if it is one of ours, else the best of
/// Accept-Language by its q-weights (the first among equals; q=0 is never taken; "*" stands for English),
/// else English. Source: RFC 9110, section 12.5.4; RFC 4647, section 3.3.1 (a range matches its sub-tags).
Lang chooseLang(std::string_view asked, std::string_view acceptLanguage);

/// Plain text; may hold "{}" where filled() puts a value.
std::string_view word(Word id, Lang lang);
/// The pattern with its first "{}" replaced by `value`, the next by `second`.
std::string filled(std::string_view pattern, std::string_view value, std::string_view second = {});

/// "€12.95", "12,95 €", "129,00 kr"; the spaces do not break.
std::string priceText(const Money& money, Lang lang);
/// A time of day from minutes after midnight: "21:00", in Finnish "21.00".
std::string clockText(int minute, Lang lang);
/// "45 s", "20 min", "1 h 45 min".
std::string durationText(std::int64_t seconds, Lang lang);
/// "850 MB", "1.2 GB": decimal units.
std::string bytesText(std::int64_t bytes, Lang lang);
/// A day from YYYY-MM-DD: "29 Nov 2026", "29.11.2026", "2026-11-29". Anything else gives an empty text.
std::string dayText(std::string_view date, Lang lang);

/// What a shop says about its hours: "Open until 21:00", "Opens on Monday at 10:00". `weekday` is today's, 1
/// = Monday.
std::string hoursText(const OpenState& state, int weekday, Lang lang);

// ---- consents

/// What a person can say yes to on the sign-in page. Each is asked for on its own, and none is ticked
/// beforehand.
enum class ConsentId { WifiTerms, EmailMarketing, SmsMarketing };
inline constexpr std::array<ConsentId, 3> kConsentIds = {ConsentId::WifiTerms, ConsentId::EmailMarketing,
                                                         ConsentId::SmsMarketing};

/// The exact words of a consent. A change of any word is a new version; the hash that is stored with a
/// consent is that of `texts` in the person's language, and is the caller's to make.
struct ConsentWording {
    ConsentId id;
    std::string_view field;   ///< name in the form; its value is `version`
    std::string_view purpose; ///< as stored: "wifi-terms", "marketing"
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
