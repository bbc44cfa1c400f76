// SerialScanner: a scanner on a serial line, or a USB one that calls itself a serial line.
#pragma once

#include "drivers/reader_thread.h"
#include "drivers/stream_reader.h"

#include <silta/scanner.h>

#include <string>

namespace silta::drivers {

/// Scanners that send no suffix pause for this long between two codes; within one they never do.
inline constexpr int kSerialGapMs = 60;
inline constexpr int kSerialBaudDefault = 9'600;

struct SerialConfig {
    std::string path; ///< "/dev/ttyACM0"
    int baud =
        kSerialBaudDefault; ///< 1200 to 115200, one of the usual rates; 8 data bits, no parity, 1 stop bit
    int gapMs = kSerialGapMs;
    int reopenFirstMs = kReopenFirstMs;
};

class SerialScanner final : public Scanner {
public:
    explicit SerialScanner(SerialConfig config) : config_(std::move(config)) {}

    /// Errors: NotFound, Denied, Io; Unsupported (no such baud rate, or not a serial line); Busy (started
    /// already). Unplugging later is told once; the device is taken up again when it is back, which is told
    /// too.
    Result<void> start(Handler onCode, FaultHandler onFault) override;
    void stop() override { thread_.stop(); }
    [[nodiscard]] std::string name() const override { return "serial:" + config_.path; }

private:
    SerialConfig config_;
    ReaderThread thread_;
};

/// True for a rate that SerialScanner can set.
bool isBaudRate(int baud);

} // namespace silta::drivers
