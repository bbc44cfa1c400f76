#include "bench/scan/readers.h"

#include <zbar.h>

#include <memory>

namespace silta::bench {

namespace {

using namespace zbar;

struct ZbarFree {
    void operator()(zbar_image_scanner_t* scanner) const { zbar_image_scanner_destroy(scanner); }
    void operator()(zbar_image_t* image) const { zbar_image_destroy(image); }
};

std::unique_ptr<zbar_image_scanner_t, ZbarFree> makeZbar() {
    std::unique_ptr<zbar_image_scanner_t, ZbarFree> scanner(zbar_image_scanner_create());
    zbar_image_scanner_set_config(scanner.get(), ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    for (auto type : {ZBAR_EAN13, ZBAR_EAN8, ZBAR_UPCA, ZBAR_UPCE, ZBAR_CODE128, ZBAR_I25, ZBAR_QRCODE})
        zbar_image_scanner_set_config(scanner.get(), type, ZBAR_CFG_ENABLE, 1);
    return scanner;
}

} // namespace

std::vector<std::string> readZbar(const drivers::GrayImage& image) {
    static const auto scanner = makeZbar();
    const auto width = static_cast<unsigned>(image.width);
    const auto height = static_cast<unsigned>(image.height);
    const std::unique_ptr<zbar_image_t, ZbarFree> picture(zbar_image_create());
    zbar_image_set_format(picture.get(), zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(picture.get(), width, height);
    zbar_image_set_data(picture.get(), image.data, static_cast<unsigned long>(width) * height, nullptr);
    std::vector<std::string> messages;
    if (zbar_scan_image(scanner.get(), picture.get()) < 0) return messages;
    for (const auto* symbol = zbar_image_first_symbol(picture.get()); symbol != nullptr;
         symbol = zbar_symbol_next(symbol))
        messages.emplace_back(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    return messages;
}

} // namespace silta::bench
