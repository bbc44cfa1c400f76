#include "web/qr_code.h"

#include <fmt/format.h>
#include <qrcodegen/qrcodegen.hpp>

#include <stdexcept>
#include <string>

namespace silta {

namespace {

constexpr std::size_t kQuietZone = 4; // modules; ISO/IEC 18004, section 6.3.8

} // namespace

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

std::string qrPicture(const QrCode& qr, std::string_view label) {
    if (qr.side < kQrSideMin || qr.side > kQrSideMax || qr.dark.size() != qr.side * qr.side) return {};
    // A row is one broken line through the middle of its modules: the shortest that SVG can say it.
    std::string path;
    for (std::size_t y = 0; y < qr.side; ++y) {
        const auto isDark = [&qr, y](std::size_t x) { return qr.dark[y * qr.side + x]; };
        path += fmt::format("M{} {}.5", kQuietZone, y + kQuietZone);
        for (std::size_t x = 0; x < qr.side;) {
            const auto begin = x;
            while (x < qr.side && isDark(x) == isDark(begin))
                ++x;
            if (isDark(begin))
                path += fmt::format("h{}", x - begin);
            else if (x < qr.side)
                path += fmt::format("m{} 0", x - begin);
        }
    }
    const auto side = qr.side + 2 * kQuietZone;
    return fmt::format("<svg class=qr viewBox=\"0 0 {0} {0}\" role=img aria-label=\"{1}\" "
                       "shape-rendering=crispEdges><path fill=#fff d=\"M0 0h{0}v{0}H0z\"/><path stroke=#000 "
                       "d=\"{2}\"/></svg>",
                       side, label, path);
}

} // namespace silta
