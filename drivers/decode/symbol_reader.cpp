#include "drivers/decode/symbol_reader.h"

// The only file that names ZXing. Debian 12 has 1.4, Debian 13 has 2.3.
#define ZX_USE_UTF8 1 // text as std::string in 1.4; later versions know nothing else
#if __has_include(<ZXing/Version.h>)
#include <ZXing/Version.h>
#else
#include <ZXing/ZXVersion.h>
#endif
#include <ZXing/ReadBarcode.h>

#include <string_view>
#include <utility>

#define SILTA_ZXING (ZXING_VERSION_MAJOR * 100 + ZXING_VERSION_MINOR)

namespace silta::drivers {

namespace {

#if SILTA_ZXING < 202
using Options = ZXing::DecodeHints;
#else
using Options = ZXing::ReaderOptions;
#endif
using Symbol = ZXing::Result;

Options makeOptions(const ReadOptions& wanted) {
    using enum ZXing::BarcodeFormat;
    Options options;
    ZXing::BarcodeFormats formats;
    if (wanted.hasLinear) formats |= ZXing::BarcodeFormats(EAN13 | EAN8 | UPCA | UPCE | Code128 | ITF);
    if (wanted.hasMatrix) formats |= ZXing::BarcodeFormats(QRCode | DataMatrix);
#if SILTA_ZXING >= 202
    // 1.4 can abort on them (zxing-cpp issue 516).
    if (wanted.hasLinear) formats |= ZXing::BarcodeFormats(DataBar | DataBarExpanded);
#endif
    options.setFormats(formats);
    options.setTryHarder(false);
    options.setTryRotate(false);
    options.setTryDownscale(false);
    if (wanted.hasFixedThreshold) options.setBinarizer(ZXing::Binarizer::FixedThreshold);
#if SILTA_ZXING >= 200
    options.setTryInvert(false);
#endif
    options.setMaxNumberOfSymbols(1); // 1.4 can abort while it compares several (zxing-cpp issue 740)
    // An add-on is no part of the product number, and one is seen where there is none: on 5 of 29 UPC-E
    // photographs.
    options.setEanAddOnSymbol(ZXing::EanAddOnSymbol::Ignore);
    return options;
}

Symbology symbologyOf(ZXing::BarcodeFormat format) {
    switch (format) {
    case ZXing::BarcodeFormat::EAN13:
        return Symbology::Ean13;
    case ZXing::BarcodeFormat::EAN8:
        return Symbology::Ean8;
    case ZXing::BarcodeFormat::UPCA:
        return Symbology::UpcA;
    case ZXing::BarcodeFormat::UPCE:
        return Symbology::UpcE;
    case ZXing::BarcodeFormat::Code128:
        return Symbology::Code128;
    case ZXing::BarcodeFormat::ITF:
        return Symbology::Itf;
    case ZXing::BarcodeFormat::QRCode:
        return Symbology::QrCode;
    case ZXing::BarcodeFormat::DataMatrix:
        return Symbology::DataMatrix;
    case ZXing::BarcodeFormat::DataBar:
    case ZXing::BarcodeFormat::DataBarExpanded:
        return Symbology::DataBar;
    default:
        return Symbology::Other;
    }
}

/// Source: RFC 3629, section 4 (lengths and lead bytes; over-long forms are left to whoever reads the text).
bool isUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80              ? 0
                                 : (lead & 0xe0U) == 0xc0 ? 1
                                 : (lead & 0xf0U) == 0xe0 ? 2
                                                          : 3;
        if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || i + more >= text.size()) return false;
        for (std::size_t k = 1; k <= more; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80) return false;
        }
        i += more + 1;
    }
    return true;
}

/// The message as UTF-8 where it is text. Its bytes are that already in most symbols; older ones hold Shift
/// JIS or Latin-1, or say in the symbol what they hold.
std::string messageOf(const Symbol& symbol) {
    const auto& bytes = symbol.bytes();
    std::string message(bytes.begin(), bytes.end());
    if (!symbol.hasECI() && isUtf8(message)) return message;
#if SILTA_ZXING < 200
    auto text = symbol.text();
#else
    auto text = symbol.text(ZXing::TextMode::Plain); // the default writes GS1 elements in brackets
#endif
    return text.empty() ? message : text;
}

} // namespace

std::optional<FoundSymbol> readSymbol(const GrayImage& image, const ReadOptions& options) {
    const ZXing::ImageView view(image.data, image.width, image.height, ZXing::ImageFormat::Lum,
                                static_cast<int>(image.stride));
    const auto symbol = ZXing::ReadBarcode(view, makeOptions(options));
    if (!symbol.isValid() || (symbol.isPartOfSequence() && symbol.sequenceSize() != 1)) return std::nullopt;
    auto message = messageOf(symbol);
    // It says in which encoding its text is, and that is no text: 1.4 mixes up where several encodings meet.
    if (symbol.hasECI() && !isUtf8(message)) return std::nullopt;
    FoundSymbol found;
    found.code.symbology = symbologyOf(symbol.format());
    found.code.aimId = symbol.symbologyIdentifier();
    found.code.bytes = std::move(message);
    found.isMatrix =
        found.code.symbology == Symbology::QrCode || found.code.symbology == Symbology::DataMatrix;
    for (std::size_t i = 0; i < found.corners.size(); ++i) {
        const auto& corner = symbol.position()[i];
        found.corners[i] = {corner.x, corner.y};
    }
    return found;
}

} // namespace silta::drivers
