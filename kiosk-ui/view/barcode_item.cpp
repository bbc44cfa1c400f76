#include "view/barcode_item.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <QPainter>
#include <algorithm>

namespace silta::kiosk {

namespace {
constexpr int kBarcodeQuietModules = 10; // ISO/IEC 15417, section 4.4
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

BarcodeItem::BarcodeItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
    connect(this, &BarcodeItem::changed, this, [this] { update(); });
}

void BarcodeItem::setText(const QString& text) {
    if (text == text_) return;
    text_ = text;
    emit changed();
}

void BarcodeItem::setDark(const QColor& dark) {
    dark_ = dark;
    emit changed();
}

void BarcodeItem::setLight(const QColor& light) {
    light_ = light;
    emit changed();
}

void BarcodeItem::paint(QPainter* painter) {
    const QImage image = barcodeImage(text_, dark_, light_);
    if (image.isNull()) return;
    // Whole pixels a module: blurred edges cost reading distance.
    const int scale = std::max(1, static_cast<int>(width()) / image.width());
    const int side = image.width() * scale;
    painter->fillRect(boundingRect(), light_);
    painter->drawImage(QRect((static_cast<int>(width()) - side) / 2, 0, side, static_cast<int>(height())),
                       image);
}

} // namespace silta::kiosk
