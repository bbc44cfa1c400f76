// SimulatedScanner: codes from a socket or a FIFO, so that anybody can scan from a terminal:
//     echo 4006381333931 | socat - UNIX-CONNECT:/run/silta/scanner.sock
#pragma once

#include "drivers/reader_thread.h"

#include <silta/scanner.h>

#include <string>

namespace silta::drivers {

/// Several scripts at once are a test's business; more are a mistake, and are hung up on.
inline constexpr int kSimClientsMax = 8;

struct SimulatedConfig {
    enum class Kind { Socket, Fifo };
    Kind kind = Kind::Socket;
    std::string path; ///< made with mode 0600; an old socket that nobody serves is replaced
};

/// Lines are those of sim_line.h; longer ones than kScanBytesMax are dropped.
class SimulatedScanner final : public Scanner {
public:
    explicit SimulatedScanner(SimulatedConfig config) : config_(std::move(config)) {}
    SimulatedScanner(const SimulatedScanner&) = delete;
    SimulatedScanner& operator=(const SimulatedScanner&) = delete;
    ~SimulatedScanner() override { stop(); }

    /// Errors: Invalid (path too long, or something else is there), Busy (served by somebody, or started
    /// already), NotFound (no such folder), Denied, Io.
    Result<void> start(Handler onCode, FaultHandler onFault) override;
    void stop() override;
    [[nodiscard]] std::string name() const override { return "simulated"; }

private:
    SimulatedConfig config_;
    ReaderThread thread_;
    bool ownsSocket_ = false;
};

} // namespace silta::drivers
