// The languages of pages, and how each writes prices, times and amounts. All functions are pure and may be
// called from any thread.
#pragma once

#include <silta/catalog.h>
#include <silta/money.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

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

} // namespace silta
