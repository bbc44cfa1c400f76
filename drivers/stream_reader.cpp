#include "drivers/stream_reader.h"

#include <array>
#include <cerrno>

namespace silta::drivers {

namespace {

using Wake = StopSignal::Wake;

constexpr std::size_t kReadBytes = 4096;

enum class End { Stopped, Lost };

End readUntilLost(const Fd& device, const StopSignal& stop, const StreamHooks& hooks) {
    std::array<std::byte, kReadBytes> buffer{};
    bool isGapDue = false;
    for (;;) {
        const auto wake = stop.wait(device.get(), isGapDue ? hooks.gapMs : -1);
        if (wake == Wake::Stopped) return End::Stopped;
        if (wake == Wake::TimedOut) {
            isGapDue = false;
            hooks.onGap();
            continue;
        }
        const auto n = ::read(device.get(), buffer.data(), buffer.size());
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n <= 0) return End::Lost;
        hooks.onBytes(std::span<const std::byte>(buffer).first(static_cast<std::size_t>(n)));
        if (hooks.isLost && hooks.isLost()) return End::Lost;
        isGapDue = true;
    }
}

} // namespace

void readStream(Fd device, const StopSignal& stop, const StreamHooks& hooks) {
    Backoff backoff(hooks.reopenFirstMs, kReopenMostMs);
    for (;;) {
        if (readUntilLost(device, stop, hooks) == End::Stopped) return;
        device.reset();
        hooks.onLost();
        if (hooks.onFault) hooks.onFault(Error{Errc::Unavailable, "read scanner: device is gone"});
        backoff.reset();
        while (!device.isOpen()) {
            if (stop.sleep(backoff.next()) == Wake::Stopped) return;
            auto opened = hooks.open();
            if (opened) device = std::move(*opened);
        }
        if (hooks.onFault) hooks.onFault(std::nullopt);
    }
}

} // namespace silta::drivers
