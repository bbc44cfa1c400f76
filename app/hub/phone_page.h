// What the pages have in common on which somebody fills in a form of the hub's on a phone of their own. No
// script, no cookie, no outside asset. All functions are pure.
#pragma once

#include "web/language.h"

#include <silta/http.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace silta::hub {

inline constexpr std::size_t kPhoneTextBytesMax = 120;    ///< of a name on these pages
inline constexpr std::size_t kPhoneAddressBytesMax = 160; ///< of the path of such a page

inline constexpr int kGone = 410; ///< status of a page that was there

struct PhoneFrame {
    Lang lang = Lang::En;
    std::string chain, store; ///< as text; the store may be empty
};

/// The whole sheet of a page that has `own` besides.
std::string phoneStyle(std::string_view own);
/// Value of the Content-Security-Policy header of a page with this sheet.
std::string phonePolicy(std::string_view style);
/// The whole page. `nav` and `body` are HTML, `title` is text of ours.
std::string phoneDocument(const PhoneFrame& frame, std::string_view style, std::string_view title,
                          std::string_view nav, std::string_view body);
/// The same page in the other languages. `address`: its path; `label`: text of ours.
std::string phoneLanguages(Lang current, std::string_view address, std::string_view label);
/// The store's name, where it is another than the chain's, and `title` over `lead`, both HTML.
std::string phoneHeading(const PhoneFrame& frame, std::string_view title, std::string_view lead);
/// Not to be kept by anybody: somebody's data is on it.
HttpResponse phoneReply(std::string html, int status, const std::string& policy);

} // namespace silta::hub
