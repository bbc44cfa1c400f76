// EvdevScanner: a scanner that plays a keyboard, read below the desktop so that its keys go nowhere else.
#pragma once

#include "drivers/reader_thread.h"
#include "drivers/stream_reader.h"

#include <silta/scanner.h>

#include <functional>
#include <string>

namespace silta::drivers {

/// Opens an input device for this process alone, non-blocking. Tests put a recorded stream in its place.
using EvdevOpener = std::function<Result<Fd>(const std::string& path)>;

/// Opens and grabs the device (EVIOCGRAB). Errors: NotFound, Denied, Busy (somebody else has it),
/// Unsupported, Io.
Result<Fd> openEvdev(const std::string& path);

/// Opens a FIFO through which somebody plays a recorded event stream: no device, nothing to grab. Or a raw
/// terminal line, which can be unplugged as well.
/// Errors: NotFound, Denied, Io.
Result<Fd> openRecording(const std::string& path);

struct EvdevConfig {
    std::string path; ///< "/dev/input/event5", or better a link below /dev/input/by-id
    EvdevOpener open = openEvdev;
    int reopenFirstMs = kReopenFirstMs;
};

class EvdevScanner final : public Scanner {
public:
    explicit EvdevScanner(EvdevConfig config) : config_(std::move(config)) {}

    /// Errors: those of the opener; Busy (started already).
    Result<void> start(Handler onCode, FaultHandler onFault) override;
    void stop() override { thread_.stop(); }
    [[nodiscard]] std::string name() const override { return "keyboard"; }

private:
    EvdevConfig config_;
    ReaderThread thread_;
};

} // namespace silta::drivers
