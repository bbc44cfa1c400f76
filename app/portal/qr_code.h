// QR codes for pages.
#pragma once

#include "portal/pages.h"

#include <string_view>

namespace silta::portal {

/// Of side 0 where the text is empty or longer than one code holds.
QrCode qrCodeOf(std::string_view text);

} // namespace silta::portal
