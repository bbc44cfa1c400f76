#include "bench/scan/readers.h"

#include "drivers/camera/camera_stage.h"
#include "drivers/decode/decoder.h"
#include "support/clocks.h"

#define ZX_USE_UTF8 1
#if __has_include(<ZXing/Version.h>)
#include <ZXing/Version.h>
#else
#include <ZXing/ZXVersion.h>
#endif
#include <ZXing/ReadBarcode.h>
#include <fmt/format.h>

#include <cstdint>
#include <memory>

namespace silta::bench {

namespace {

using drivers::GrayImage;

#if ZXING_VERSION_MAJOR < 2
using Options = ZXing::DecodeHints;
#else
using Options = ZXing::ReaderOptions;
#endif

std::vector<std::string> readOurs(const GrayImage& image, bool isThorough) {
    drivers::DecodeOptions options;
    options.symbolsMax = 1; // as the peers
    options.isThorough = isThorough;
    const auto codes = drivers::decode(image, options);
    std::vector<std::string> messages;
    if (codes) {
        for (const auto& code : *codes)
            messages.push_back(code.bytes);
    }
    return messages;
}

std::vector<std::string> readZxing(const GrayImage& image, const Options& options) {
    const ZXing::ImageView view(image.data, image.width, image.height, ZXing::ImageFormat::Lum,
                                static_cast<int>(image.stride));
    std::vector<std::string> messages;
    for (const auto& symbol : ZXing::ReadBarcodes(view, options)) {
        if (!symbol.isValid()) continue;
        messages.emplace_back(symbol.bytes().begin(), symbol.bytes().end());
        messages.push_back(symbol.text()); // the same in UTF-8; either may be what is expected
    }
    return messages;
}

Options retailOptions(bool harder) {
    using enum ZXing::BarcodeFormat;
    Options options;
    options.setFormats(EAN13 | EAN8 | UPCA | UPCE | Code128 | ITF | QRCode | DataMatrix);
    options.setTryHarder(harder);
    options.setTryRotate(harder);
    options.setTryDownscale(harder);
    options.setMaxNumberOfSymbols(1);
    return options;
}

/// The frames of a camera one after the other. Each trial has a process and so a stage of its own.
class CameraReader {
public:
    std::vector<std::string> operator()(const GrayImage& image) {
        if (!live_) live_ = std::make_shared<Live>();
        live_->clock.steady += kFrameMs;
        std::vector<std::string> messages;
        for (const auto& code : live_->stage.process(image))
            messages.push_back(code.bytes);
        return messages;
    }

private:
    static constexpr std::int64_t kFrameMs = 1'000 / drivers::kFramesPerSecond;

    struct Live {
        test::FakeClock clock;
        drivers::CameraStage stage{"camera", drivers::decode, clock};
    };

    std::shared_ptr<Live> live_; // shared, since a Reader can be copied
};

Reader zxingReader(const char* mode, const Options& options) {
    return {fmt::format("ZXing {}.{} {}", ZXING_VERSION_MAJOR, ZXING_VERSION_MINOR, mode),
            [options](const GrayImage& image) { return readZxing(image, options); }};
}

} // namespace

std::vector<Reader> cameraReaders() {
    std::vector<Reader> readers;
    readers.push_back({"Silta", CameraReader()});
    readers.push_back({"Silta, whole frames", [](const GrayImage& image) { return readOurs(image, false); }});
    readers.push_back(zxingReader("try harder", retailOptions(true)));
#ifdef SILTA_HAS_ZBAR
    readers.push_back({"zbar", readZbar});
#endif
    return readers;
}

std::vector<Reader> allReaders() {
    std::vector<Reader> readers;
    readers.push_back({"Silta", [](const GrayImage& image) { return readOurs(image, true); }});
    readers.push_back(zxingReader("fast", retailOptions(false)));
    readers.push_back(zxingReader("try harder", retailOptions(true)));
    readers.push_back(zxingReader("defaults", Options()));
#ifdef SILTA_HAS_ZBAR
    readers.push_back({"zbar", readZbar});
#endif
    return readers;
}

} // namespace silta::bench
