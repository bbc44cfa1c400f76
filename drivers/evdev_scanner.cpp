#include "drivers/evdev_scanner.h"

#include "drivers/wedge_decoder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/input.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <memory>

namespace silta::drivers {

Result<Fd> openEvdev(const std::string& path) {
    const auto action = fmt::format("open input device {}", path);
    Fd device(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!device.isOpen()) return systemError(action, errno);
    if (::ioctl(device.get(), EVIOCGRAB, 1) != 0) {
        if (errno == ENOTTY || errno == EINVAL)
            return Error{Errc::Unsupported, action + ": not an input device"};
        return systemError(action, errno);
    }
    return device;
}

Result<Fd> openRecording(const std::string& path) {
    // Also open for writing, or the FIFO would end with its first writer.
    Fd fifo(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!fifo.isOpen()) return systemError(fmt::format("open recording {}", path), errno);
    return fifo;
}

Result<void> EvdevScanner::start(Handler onCode, FaultHandler onFault) {
    auto device = config_.open(config_.path);
    if (!device) return std::move(device).error();
    // std::function copies its target, which a descriptor does not allow; the thread's body is its only
    // owner.
    auto opened = std::make_shared<Fd>(std::move(*device));
    return thread_.start(
        [this, opened, onCode = std::move(onCode), onFault = std::move(onFault)](const StopSignal& stop) {
            InputEventReader reader;
            WedgeDecoder decoder;
            const auto report = [&](std::optional<std::string> text) {
                if (text) onCode(ScannedCode{Symbology::Unknown, "", std::move(*text), name()});
            };
            StreamHooks hooks;
            hooks.open = [this] { return config_.open(config_.path); };
            hooks.onBytes = [&](std::span<const std::byte> bytes) {
                for (const auto& event : reader.feed(bytes))
                    report(decoder.feed(event));
            };
            hooks.onGap = [&] { report(decoder.pause()); };
            hooks.onLost = [&] {
                reader.reset();
                decoder.reset();
            };
            hooks.onFault = onFault;
            hooks.gapMs = static_cast<int>(kWedgeGapUs / 1000);
            hooks.reopenFirstMs = config_.reopenFirstMs;
            readStream(std::move(*opened), stop, hooks);
        });
}

} // namespace silta::drivers
