// The style sheets of the portal's pages, as they stand in each page's <style> element. A page carries only
// what it shows: a sign-in page by terms alone and without offers fits into the first flight of a connection.
#pragma once

#include <array>
#include <string>

namespace silta::portal {

/// LoginByTerms: nothing to choose or to type, nothing gone wrong and no offers.
enum class Sheet { LoginByTerms, Login, LoginWithOffers, Landing, Message, Service };
inline constexpr std::array<Sheet, 6> kSheets = {Sheet::LoginByTerms, Sheet::Login,   Sheet::LoginWithOffers,
                                                 Sheet::Landing,      Sheet::Message, Sheet::Service};

/// Between <style> and </style>, byte for byte: its SHA-256 is in the content security policy.
const std::string& styleOf(Sheet sheet);

} // namespace silta::portal
