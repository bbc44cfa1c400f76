#include "view/scan_bridge.h"

#include "core/log.h"

namespace silta::kiosk {

ScanBridge::~ScanBridge() {
    for (const auto& scanner : scanners_)
        scanner->stop();
}

Result<void> ScanBridge::add(std::unique_ptr<Scanner> scanner) {
    const std::string name = scanner->name();
    const auto tell = [this, name](bool isThere) {
        QMetaObject::invokeMethod(
            this, [this, name, isThere] { emit changed(QString::fromStdString(name), isThere); },
            Qt::QueuedConnection);
    };
    auto started = scanner->start(
        [this](ScannedCode code) {
            QMetaObject::invokeMethod(
                this, [this, code = std::move(code)] { emit scanned(code); }, Qt::QueuedConnection);
        },
        [name, tell](const std::optional<Error>& fault) {
            if (fault)
                log::warning("kiosk", "scanner fault scanner={} cause={}", name, fault->what);
            else
                log::info("kiosk", "scanner works again scanner={}", name);
            tell(!fault);
        });
    tell(started.has_value());
    if (!started) return started;
    scanners_.push_back(std::move(scanner));
    return {};
}

} // namespace silta::kiosk
