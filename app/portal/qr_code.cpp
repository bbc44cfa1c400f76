#include "portal/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>

#include <stdexcept>
#include <string>

namespace silta::portal {

QrCode qrCodeOf(std::string_view text) {
    if (text.empty()) return {};
    try {
        const auto code =
            qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
        const auto side = code.getSize();
        QrCode drawn{static_cast<std::size_t>(side), {}};
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                drawn.dark.push_back(code.getModule(x, y));
        return drawn;
    } catch (const std::length_error&) { // qrcodegen::data_too_long
        return {};
    }
}

} // namespace silta::portal
