#include "support/barcode_images.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <QImage>
#include <algorithm>
#include <exception>

namespace silta::test {

namespace {

ZXing::BarcodeFormat formatOf(Symbology symbology) {
    switch (symbology) {
    case Symbology::Ean13:
        return ZXing::BarcodeFormat::EAN13;
    case Symbology::Ean8:
        return ZXing::BarcodeFormat::EAN8;
    case Symbology::UpcA:
        return ZXing::BarcodeFormat::UPCA;
    case Symbology::UpcE:
        return ZXing::BarcodeFormat::UPCE;
    case Symbology::Code128:
        return ZXing::BarcodeFormat::Code128;
    case Symbology::Itf:
        return ZXing::BarcodeFormat::ITF;
    case Symbology::QrCode:
        return ZXing::BarcodeFormat::QRCode;
    case Symbology::DataMatrix:
        return ZXing::BarcodeFormat::DataMatrix;
    default:
        return ZXing::BarcodeFormat::None;
    }
}

} // namespace

drivers::GrayBuffer drawBarcode(Symbology symbology, const std::string& text, int width, int height) {
    try {
        std::wstring contents;
        for (char c : text)
            contents.push_back(c == '\x1d' ? L'\u00f1' : static_cast<wchar_t>(static_cast<unsigned char>(c)));
        ZXing::MultiFormatWriter writer(formatOf(symbology));
        writer.setMargin(10);
        const auto matrix = writer.encode(contents, width, height);
        drivers::GrayBuffer picture{{}, matrix.width(), matrix.height()};
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x)
                picture.pixels.push_back(matrix.get(x, y) ? 0 : 255);
        }
        return picture;
    } catch (const std::exception&) {
        return {};
    }
}

drivers::GrayBuffer stack(const drivers::GrayBuffer& upper, const drivers::GrayBuffer& lower) {
    drivers::GrayBuffer out{{}, std::max(upper.width, lower.width), upper.height + lower.height};
    for (const auto* part : {&upper, &lower}) {
        for (int y = 0; y < part->height; ++y) {
            const auto* row =
                part->pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(part->width);
            out.pixels.insert(out.pixels.end(), row, row + part->width);
            out.pixels.insert(out.pixels.end(), static_cast<std::size_t>(out.width - part->width), 255);
        }
    }
    return out;
}

bool save(const drivers::GrayBuffer& picture, const std::string& path) {
    const QImage image(picture.pixels.data(), picture.width, picture.height, picture.width,
                       QImage::Format_Grayscale8);
    return image.save(QString::fromStdString(path));
}

} // namespace silta::test
