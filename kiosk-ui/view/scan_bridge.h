// ScanBridge: the only crossing from the scanners' threads into Qt.
#pragma once

#include <silta/scanner.h>

#include <QObject>
#include <memory>
#include <vector>

namespace silta::kiosk {

/// Owns the scanners. Thread: GUI; codes arrive as a queued signal.
class ScanBridge : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~ScanBridge() override;

    /// Starts a scanner and keeps it. Errors: as Scanner::start.
    Result<void> add(std::unique_ptr<Scanner> scanner);

signals:
    void scanned(const silta::ScannedCode& code);

private:
    std::vector<std::unique_ptr<Scanner>> scanners_;
};

} // namespace silta::kiosk
