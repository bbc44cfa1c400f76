// ReceiptPrinter: a receipt printer on the network, on USB or on a serial line.
#pragma once

#include "drivers/printer/escpos.h"

#include <silta/printer.h>
#include <silta/result.h>

#include <mutex>
#include <string>

namespace silta::drivers {

struct PrinterPlace {
    enum class Kind { Network, Device, Serial };
    Kind kind = Kind::Network;
    std::string host; ///< of Network: an address, no name: a till must not wait for a name server
    int port = 9'100;
    std::string path; ///< of Device and Serial
    int baud = 19'200;
};

/// "tcp:192.168.50.20", "tcp:192.168.50.20:9100", "tcp:[fd00::20]:9100", "usb:/dev/usb/lp0",
/// "serial:/dev/ttyUSB0:19200". Errors: Invalid.
Result<PrinterPlace> parsePrinterPlace(const std::string& text);

/// How long whoever prints waits at most: to reach it, for a word of its state, for it to take what was sent.
struct PrinterPatience {
    int connectMs = 2'000, stateMs = 600, sendMs = 8'000;
};

/// Opens the printer for each slip, so that it may be switched off, unplugged and shared with others.
class ReceiptPrinter final : public Printer {
public:
    ReceiptPrinter(PrinterPlace place, PaperFormat paper, PrinterPatience patience = {})
        : place_(std::move(place)), paper_(paper), patience_(patience) {}
    PrintOutcome print(const Slip& slip) override;

private:
    PrintOutcome send(const std::string& bytes) const;

    const PrinterPlace place_;
    const PaperFormat paper_;
    const PrinterPatience patience_;
    std::mutex mutex_; ///< one slip at a time
};

} // namespace silta::drivers
