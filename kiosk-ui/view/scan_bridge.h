// ScanBridge: the only crossing from the scanners' threads into Qt.
#pragma once

#include <silta/scanner.h>

#include <QObject>
#include <memory>
#include <vector>

namespace silta::kiosk {

/// Owns the scanners. Thread: GUI; codes and changes arrive as queued signals.
class ScanBridge : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~ScanBridge() override;

    /// Starts a scanner and keeps it. Errors: as Scanner::start.
    Result<void> add(std::unique_ptr<Scanner> scanner);

signals:
    void scanned(const silta::ScannedCode& code);
    /// A scanner began to work, or did not; is gone, or is back. `name`: Scanner::name().
    void changed(const QString& name, bool isThere);

private:
    std::vector<std::unique_ptr<Scanner>> scanners_;
};

} // namespace silta::kiosk
