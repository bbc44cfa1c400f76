#include "drivers/serial_scanner.h"

#include "drivers/line_framer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace silta::drivers {

namespace {

struct BaudRate {
    int baud;
    speed_t speed;
};

constexpr std::array kBaudRates = {
    BaudRate{1'200, B1200},   BaudRate{2'400, B2400},   BaudRate{4'800, B4800},   BaudRate{9'600, B9600},
    BaudRate{19'200, B19200}, BaudRate{38'400, B38400}, BaudRate{57'600, B57600}, BaudRate{115'200, B115200},
};

const BaudRate* findBaudRate(int baud) {
    const auto* found = std::find_if(kBaudRates.begin(), kBaudRates.end(),
                                     [baud](const BaudRate& each) { return each.baud == baud; });
    return found == kBaudRates.end() ? nullptr : found;
}

Result<Fd> openSerial(const SerialConfig& config) {
    const auto action = fmt::format("open serial line {}", config.path);
    const auto* rate = findBaudRate(config.baud);
    if (rate == nullptr)
        return Error{Errc::Unsupported, fmt::format("{}: no baud rate {}", action, config.baud)};
    // Non-blocking: a line without carrier would hold up the open for ever.
    Fd device(::open(config.path.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!device.isOpen()) return systemError(action, errno);
    termios settings{};
    if (::tcgetattr(device.get(), &settings) != 0)
        return Error{Errc::Unsupported, action + ": not a serial line"};
    ::cfmakeraw(&settings); // eight bits, no parity, no echo, no line editing
    settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
    settings.c_cflag |= static_cast<tcflag_t>(CLOCAL | CREAD);
    settings.c_cc[VMIN] = 1; // with 0 an idle line would look like one that was unplugged
    settings.c_cc[VTIME] = 0;
    ::cfsetispeed(&settings, rate->speed);
    ::cfsetospeed(&settings, rate->speed);
    if (::tcsetattr(device.get(), TCSANOW, &settings) != 0) return systemError(action, errno);
    return device;
}

} // namespace

bool isBaudRate(int baud) {
    return findBaudRate(baud) != nullptr;
}

Result<void> SerialScanner::start(Handler onCode, FaultHandler onFault) {
    auto device = openSerial(config_);
    if (!device) return std::move(device).error();
    // std::function copies its target, which a descriptor does not allow; the thread's body is its only
    // owner.
    auto opened = std::make_shared<Fd>(std::move(*device));
    return thread_.start(
        [this, opened, onCode = std::move(onCode), onFault = std::move(onFault)](const StopSignal& stop) {
            LineFramer framer;
            const auto report = [&](std::string message) {
                onCode(ScannedCode{Symbology::Unknown, "", std::move(message), name()});
            };
            StreamHooks hooks;
            hooks.open = [this] { return openSerial(config_); };
            hooks.onBytes = [&](std::span<const std::byte> bytes) { framer.feed(bytes, report); };
            hooks.onGap = [&] { framer.flush(report); };
            hooks.onLost = [&] { framer.reset(); };
            hooks.onFault = onFault;
            hooks.gapMs = config_.gapMs;
            hooks.reopenFirstMs = config_.reopenFirstMs;
            readStream(std::move(*opened), stop, hooks);
        });
}

} // namespace silta::drivers
