// What the pages have in common that a shopper's phone opens from a code: no script, no cookie, no outside
// asset.
#pragma once

#include <silta/money.h>

#include <string>
#include <string_view>

namespace silta::hub {

/// One of en, fi, sv, pl: the first of the browser's list (Accept-Language) that is; else English.
std::string_view shownLanguage(std::string_view acceptLanguage);
std::string escapeHtml(std::string_view text);
/// Plain text, as people of that language write it.
std::string priceText(const Money& money, std::string_view lang);

struct ShopperPage {
    std::string_view lang, title; ///< the title as HTML
    std::string_view chainName;   ///< as text
};
/// The whole page; `body` is HTML and stands below the title.
std::string shopperPage(const ShopperPage& page, std::string_view body);

} // namespace silta::hub
