// Limits of the portal's pages. Together they keep every page under kPageBytesMax whatever its data says.
#pragma once

#include <cstddef>

namespace silta::portal {

/// A page with every picture that it shows and the heads of all answers: a bad radio link's second.
inline constexpr std::size_t kPageBytesMax = 50'000;
inline constexpr std::size_t kPageHeadBytesMax = 1'024; ///< of the answer that brings a page
/// Ten segments of 1448 bytes, which a server sends before it waits for the first answer. Source: RFC 6928.
inline constexpr std::size_t kFirstFlightBytesMax = 14'480;
inline constexpr std::size_t kPictureHeadBytesMax = 320; ///< of one that brings a picture

// What is longer is cut at a character and ends in "…". Bytes of UTF-8 before escaping.
inline constexpr std::size_t kNameBytesMax = 120;    ///< a product, a store, a company
inline constexpr std::size_t kBrandBytesMax = 40;    ///< a chain, a product's brand
inline constexpr std::size_t kShortBytesMax = 32;    ///< an aisle, a unit, a masked phone number
inline constexpr std::size_t kAddressBytesMax = 254; ///< what a form keeps: e-mail (RFC 5321), phone, number
inline constexpr std::size_t kPersonBytesMax = 200;  ///< a name, as the hub takes it
inline constexpr std::size_t kWordsCharsMax = 60;    ///< of a search
inline constexpr std::size_t kWordsBytesMax = 240;   ///< the same in letters of four bytes; edge takes 256
inline constexpr std::size_t kUrlShownBytesMax = 80; ///< of an address, as text
inline constexpr std::size_t kCouponTextBytesMax = 200;

// What is longer or malformed is left out: half of it would lead somewhere else.
inline constexpr std::size_t kListUrlBytesMax = 512; ///< of a wishlist, as edge takes it
inline constexpr std::size_t kTokenBytesMax = 128;   ///< of a form: 128 bits as text, with room for a tag
inline constexpr std::size_t kCodeBytesMax = 64;     ///< a coupon's code
inline constexpr std::size_t kVoucherBytesMax = 512; ///< as edge takes it: a signed token is some 200

// What is more is left out.
inline constexpr std::size_t kOffersMax = 7; ///< one large and three rows of two
inline constexpr std::size_t kWishlistShownMax = 10;
inline constexpr std::size_t kFoundMax = 8; ///< of a search: a phone's page, and more words find better
inline constexpr std::size_t kServicesMax = 3;
inline constexpr std::size_t kWaysMax = 5;
inline constexpr std::size_t kErrorsMax = 4;

} // namespace silta::portal
