#include "view/code_item.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <qrcodegen/qrcodegen.hpp>

#include <QPainter>
#include <algorithm>

namespace silta::kiosk {

namespace {
constexpr int kQrQuietModules = 4;       // ISO/IEC 18004, section 6.3.8
constexpr int kBarcodeQuietModules = 10; // ISO/IEC 15417, section 4.4
} // namespace

QImage qrImage(const QString& text, const QColor& dark, const QColor& light) {
    if (text.isEmpty()) return {};
    try {
        const auto code =
            qrcodegen::QrCode::encodeText(text.toUtf8().constData(), qrcodegen::QrCode::Ecc::MEDIUM);
        const int side = code.getSize() + 2 * kQrQuietModules;
        QImage image(side, side, QImage::Format_RGB32);
        image.fill(light);
        for (int y = 0; y < code.getSize(); ++y)
            for (int x = 0; x < code.getSize(); ++x)
                if (code.getModule(x, y)) image.setPixelColor(x + kQrQuietModules, y + kQrQuietModules, dark);
        return image;
    } catch (const std::exception&) { // longer than any version holds
        return {};
    }
}

QImage barcodeImage(const QString& text, const QColor& dark, const QColor& light) {
    const bool isPlain =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c < QChar(0x7f); });
    if (text.isEmpty() || text.size() > kBarcodeLettersMax || !isPlain) return {};
    try {
        // A width of 1 asks for one pixel a module.
        const auto code = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::Code128)
                              .setMargin(0)
                              .encode(text.toStdString(), 1, 1);
        QImage image(code.width() + 2 * kBarcodeQuietModules, 1, QImage::Format_RGB32);
        image.fill(light);
        for (int x = 0; x < code.width(); ++x)
            if (code.get(x, 0)) image.setPixelColor(x + kBarcodeQuietModules, 0, dark);
        return image;
    } catch (const std::exception&) { // what the writer does not take
        return {};
    }
}

CodeItem::CodeItem(QQuickItem* parent) : DrawnItem(parent) {
    connect(this, &CodeItem::changed, this, &CodeItem::redraw);
}

void CodeItem::setKind(Kind kind) {
    kind_ = kind;
    emit changed();
}

void CodeItem::setText(const QString& text) {
    if (text == text_) return;
    text_ = text;
    emit changed();
}

void CodeItem::setDark(const QColor& dark) {
    dark_ = dark;
    emit changed();
}

void CodeItem::setLight(const QColor& light) {
    light_ = light;
    emit changed();
}

void CodeItem::paint(QPainter* painter) {
    const QImage image = kind_ == Qr ? qrImage(text_, dark_, light_) : barcodeImage(text_, dark_, light_);
    if (image.isNull()) return;
    // Whole pixels a module: blurred edges cost reading distance.
    const int room = static_cast<int>(kind_ == Qr ? std::min(width(), height()) : width());
    const int side = image.width() * std::max(1, room / image.width());
    const int tall = kind_ == Qr ? side : static_cast<int>(height());
    painter->fillRect(boundingRect(), light_);
    painter->drawImage(
        QRect((static_cast<int>(width()) - side) / 2, (static_cast<int>(height()) - tall) / 2, side, tall),
        image);
}

} // namespace silta::kiosk
