// FileScanner: picture files in place of a camera's frames, through the same stage behind it.
#pragma once

#include "drivers/reader_thread.h"

#include <silta/scanner.h>
#include <silta/time.h>

#include <atomic>
#include <string>

namespace silta::drivers {

struct FileScannerConfig {
    /// A folder: each file that is renamed into it, or written there and closed, is a frame; names that begin
    /// with a dot or end in ".part" or ".tmp" are not. Or a FIFO: each line is the path of a file.
    std::string path;
    std::string keepFolder; ///< where pictures go that killed the decoder; empty: nowhere
};

class FileScanner final : public Scanner {
public:
    /// `clock` must outlive the scanner.
    FileScanner(FileScannerConfig config, const Clock& clock) : config_(std::move(config)), clock_(clock) {}

    /// Errors: NotFound, Denied, Io; Unsupported (neither folder nor FIFO); Busy (started already).
    /// The folder's removal is told once, and its return.
    Result<void> start(Handler onCode, FaultHandler onFault) override;
    void stop() override { thread_.stop(); }
    [[nodiscard]] std::string name() const override { return "images:" + config_.path; }

    /// Files looked at so far, and those of them that were no pictures. Thread: any.
    [[nodiscard]] int framesSeen() const { return framesSeen_; }
    [[nodiscard]] int framesRefused() const { return framesRefused_; }

private:
    FileScannerConfig config_;
    const Clock& clock_;
    std::atomic<int> framesSeen_ = 0;
    std::atomic<int> framesRefused_ = 0;
    ReaderThread thread_; // last, so that it ends before what it uses
};

} // namespace silta::drivers
