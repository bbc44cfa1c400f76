// Codes that mean something, only not to us.
#pragma once

#include <silta/scan.h>

#include <string>
#include <string_view>

namespace silta {

struct ForeignLook {
    std::string words; ///< "a Wi-Fi network", "a web address", "text without a product number"
    ForeignCode code;
};

/// What `text` looks like, with what may be shown of it.
/// Source: the de-facto contents of QR codes: ZXing "Barcode Contents", RFC 6350 (vCard), NTT DoCoMo
/// (MeCard), Google Authenticator "Key Uri Format", RFC 5545, RFC 3966, RFC 6068.
ForeignLook lookAtForeign(std::string_view text);

} // namespace silta
