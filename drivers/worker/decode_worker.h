// DecodeWorker: decode() in a process of its own, which may die or hang without anybody noticing.
#pragma once

#include "drivers/decode/decoder.h"

#include <silta/fd.h>
#include <silta/result.h>

#include <sys/types.h>

#include <string>
#include <vector>

namespace silta::drivers {

/// A picture that keeps the decoder for longer is given up: twenty times what a hard one takes on a Pi.
inline constexpr int kDecodeDeadlineMs = 2'000;
/// Pictures kept for a technician; the oldest is overwritten.
inline constexpr int kKeptFramesMax = 8;

struct DecodeWorkerConfig {
    std::string program;    ///< empty: silta-decoder beside this program
    std::string keepFolder; ///< where pictures that killed the decoder go, as PGM; empty: nowhere
    int deadlineMs = kDecodeDeadlineMs;

    static DecodeWorkerConfig keepingIn(std::string folder) {
        DecodeWorkerConfig config;
        config.keepFolder = std::move(folder);
        return config;
    }
};

/// Thread: one at a time.
class DecodeWorker {
public:
    explicit DecodeWorker(DecodeWorkerConfig config = {});
    DecodeWorker(const DecodeWorker&) = delete;
    DecodeWorker& operator=(const DecodeWorker&) = delete;
    ~DecodeWorker();

    /// As drivers::decode(). A process that died or did not answer in time is replaced before this returns.
    /// Errors: those of decode(); Unavailable (it died over this picture, took too long, or cannot be
    /// started).
    Result<std::vector<SeenCode>> decode(const GrayImage& image, const DecodeOptions& options = {});

    /// Of the process that is running, or -1.
    [[nodiscard]] pid_t pid() const { return pid_; }
    /// How many have died or were given up.
    [[nodiscard]] int deaths() const { return deaths_; }

private:
    Result<void> start();
    Result<void> makeMemory();
    void stop();
    Error bury(Error why, const GrayImage& image);
    Result<std::vector<SeenCode>> ask(const GrayImage& image, const DecodeOptions& options);
    void keep(const GrayImage& image) const;

    DecodeWorkerConfig config_;
    Fd socket_;
    Fd memory_;
    Fd readOnlyMemory_; ///< of the same memory, for the decoder
    std::uint8_t* frame_ = nullptr;
    pid_t pid_ = -1;
    int deaths_ = 0;
};

/// What a stage decodes with. `worker` must outlive it.
inline auto decodeIn(DecodeWorker& worker) {
    return [&worker](const GrayImage& image, const DecodeOptions& options) {
        return worker.decode(image, options);
    };
}

} // namespace silta::drivers
