#include "view/qr_item.h"

#include <qrcodegen/qrcodegen.hpp>

#include <QPainter>

namespace silta::kiosk {

namespace {
constexpr int kQuietModules = 4; // ISO/IEC 18004, section 6.3.8
}

QImage qrImage(const QString& text, const QColor& dark, const QColor& light) {
    if (text.isEmpty()) return {};
    try {
        const auto code =
            qrcodegen::QrCode::encodeText(text.toUtf8().constData(), qrcodegen::QrCode::Ecc::MEDIUM);
        const int side = code.getSize() + 2 * kQuietModules;
        QImage image(side, side, QImage::Format_RGB32);
        image.fill(light);
        for (int y = 0; y < code.getSize(); ++y)
            for (int x = 0; x < code.getSize(); ++x)
                if (code.getModule(x, y)) image.setPixelColor(x + kQuietModules, y + kQuietModules, dark);
        return image;
    } catch (const std::exception&) { // longer than any version holds
        return {};
    }
}

QrItem::QrItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
    connect(this, &QrItem::changed, this, [this] { update(); });
}

void QrItem::setText(const QString& text) {
    if (text == text_) return;
    text_ = text;
    emit changed();
}

void QrItem::setDark(const QColor& dark) {
    dark_ = dark;
    emit changed();
}

void QrItem::setLight(const QColor& light) {
    light_ = light;
    emit changed();
}

void QrItem::paint(QPainter* painter) {
    const QImage image = qrImage(text_, dark_, light_);
    if (image.isNull()) return;
    // Whole pixels a module: blurred edges cost reading distance.
    const int scale = std::max(1, static_cast<int>(std::min(width(), height())) / image.width());
    const int side = image.width() * scale;
    painter->fillRect(boundingRect(), light_);
    painter->drawImage(
        QRect((static_cast<int>(width()) - side) / 2, (static_cast<int>(height()) - side) / 2, side, side),
        image);
}

} // namespace silta::kiosk
