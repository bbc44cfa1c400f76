// QR codes on pages. All functions are pure and may be called from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kQrSideMin = 21; ///< version 1
inline constexpr std::size_t kQrSideMax = 57; ///< version 10: what a phone reads off a screen at once

/// A QR code's modules row by row, true = dark, without the quiet zone.
struct QrCode {
    std::size_t side = 0;
    std::vector<bool> dark;
};

/// Of side 0 where the text is empty or longer than one code holds.
QrCode qrCodeOf(std::string_view text);

/// An SVG of class "qr" with its quiet zone. Empty where the side is not kQrSideMin..kQrSideMax, or the count
/// of modules is wrong. `label` is HTML: what a screen reader says.
std::string qrPicture(const QrCode& qr, std::string_view label);

} // namespace silta
