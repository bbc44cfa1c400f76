#include "drivers/line_framer.h"

#include <utility>

namespace silta::drivers {

void LineFramer::feed(std::span<const std::byte> bytes, const Handler& onMessage) {
    for (const auto byte : bytes) {
        const char c = static_cast<char>(std::to_integer<unsigned char>(byte));
        if (c == '\r' || c == '\n') {
            finish(onMessage);
        } else if (message_.size() < bytesMax_) {
            message_.push_back(c);
        } else {
            isTooLong_ = true;
        }
    }
}

void LineFramer::flush(const Handler& onMessage) {
    finish(onMessage);
}

void LineFramer::reset() {
    message_.clear();
    isTooLong_ = false;
}

void LineFramer::finish(const Handler& onMessage) {
    auto message = std::exchange(message_, std::string());
    if (!std::exchange(isTooLong_, false) && !message.empty()) onMessage(std::move(message));
}

} // namespace silta::drivers
