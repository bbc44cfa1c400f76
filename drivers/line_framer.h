// LineFramer: cuts a stream of bytes into the messages of a scanner.
#pragma once

#include <silta/scanner.h>

#include <cstddef>
#include <functional>
#include <span>
#include <string>

namespace silta::drivers {

/// A message ends at CR, LF or CR LF; empty ones are left out. One that is longer than the limit is dropped
/// as a whole, up to its end. Thread: one.
class LineFramer {
public:
    using Handler = std::function<void(std::string)>;

    explicit LineFramer(std::size_t bytesMax = kScanBytesMax) : bytesMax_(bytesMax) {}

    void feed(std::span<const std::byte> bytes, const Handler& onMessage);
    /// The sender paused: what has come so far is a message, for scanners that send no suffix.
    void flush(const Handler& onMessage);
    /// Forgets what has come so far.
    void reset();

private:
    void finish(const Handler& onMessage);

    std::size_t bytesMax_;
    std::string message_;
    bool isTooLong_ = false;
};

} // namespace silta::drivers
