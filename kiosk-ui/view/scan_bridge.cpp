#include "view/scan_bridge.h"

#include "core/log.h"

namespace silta::kiosk {

ScanBridge::~ScanBridge() {
    for (const auto& scanner : scanners_)
        scanner->stop();
}

Result<void> ScanBridge::add(std::unique_ptr<Scanner> scanner) {
    const std::string name = scanner->name();
    auto started = scanner->start(
        [this](ScannedCode code) {
            QMetaObject::invokeMethod(
                this, [this, code = std::move(code)] { emit scanned(code); }, Qt::QueuedConnection);
        },
        [name](const Error& fault) {
            log::warning("kiosk", "scanner fault scanner={} cause={}", name, fault.what);
        });
    if (!started) return started;
    scanners_.push_back(std::move(scanner));
    return {};
}

} // namespace silta::kiosk
