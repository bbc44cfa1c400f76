// Many devices behind one guest's cable, each with an address and a hardware address of its own.
#pragma once

#include "support/sockets.h"

namespace silta::test {

/// Thread: connect() and bindTo() from any that is in the network (Network::in), the rest from one. The
/// network outlives it.
class Devices {
public:
    /// Empty error(): they are there.
    Devices(const Network& network, int count);
    [[nodiscard]] const std::string& error() const { return error_; }

    /// Each gets another hardware address and is a stranger again. False when that fails.
    bool replaceAll(const Network& gateway);
    /// A connection by the device; an invalid one when nobody answers within two seconds.
    [[nodiscard]] static Fd connect(int device, const char* host, std::uint16_t port);
    /// A socket that sends as the device.
    [[nodiscard]] static Fd bindTo(int device, int type);

    [[nodiscard]] static std::string addressOf(int device);
    /// The present one.
    [[nodiscard]] std::string macOf(int device) const;

private:
    bool batch(const std::string& commands) const;

    const Network& network_;
    int count_;
    int generation_ = 0;
    std::string error_;
};

} // namespace silta::test
