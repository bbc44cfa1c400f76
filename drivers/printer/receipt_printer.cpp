#include "drivers/printer/receipt_printer.h"

#include <silta/fd.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>

namespace silta::drivers {

namespace {

using SteadyClock = std::chrono::steady_clock;

// What DLE EOT asks for, and bits of the answers. Source: Epson ESC/POS command reference, DLE EOT.
constexpr char kAskOffline = 2, kAskPaper = 4;
constexpr unsigned kFixedBits = 0x93, kFixedValue = 0x12; // in every answer
constexpr unsigned kCoverBit = 0x04, kPaperStopBit = 0x20, kErrorBit = 0x40, kPaperOutBits = 0x60;
constexpr std::size_t kPathBytesMax = 128;
constexpr std::size_t kChunkBytes = 4'096;
constexpr int kPortMax = 65'535;
constexpr std::size_t kDrainsMax = 64; // a device that talks without end is no printer

struct SpeedOf {
    int baud;
    speed_t speed;
};
constexpr std::array kSpeeds = {SpeedOf{9'600, B9600}, SpeedOf{19'200, B19200}, SpeedOf{38'400, B38400},
                                SpeedOf{57'600, B57600}, SpeedOf{115'200, B115200}};

std::optional<int> readNumber(std::string_view text, int most) {
    int number = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    const bool isSound = read.ec == std::errc() && read.ptr == end && number > 0 && number <= most;
    return isSound ? std::optional(number) : std::nullopt;
}

bool isDevicePath(std::string_view path) {
    return path.starts_with("/dev/") && path.size() <= kPathBytesMax &&
           path.find("..") == std::string_view::npos && path.find('\0') == std::string_view::npos;
}

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t bytes = 0;
};

std::optional<SocketAddress> addressOf(const PrinterPlace& place) {
    SocketAddress address;
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(static_cast<std::uint16_t>(place.port));
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(static_cast<std::uint16_t>(place.port));
    if (::inet_pton(AF_INET, place.host.c_str(), &v4.sin_addr) == 1) {
        std::memcpy(&address.storage, &v4, sizeof v4);
        address.bytes = sizeof v4;
    } else if (::inet_pton(AF_INET6, place.host.c_str(), &v6.sin6_addr) == 1) {
        std::memcpy(&address.storage, &v6, sizeof v6);
        address.bytes = sizeof v6;
    } else {
        return std::nullopt;
    }
    return address;
}

bool waitFor(const Fd& device, short what, int milliseconds) {
    pollfd wanted{device.get(), what, 0};
    int ready = 0;
    do
        ready = ::poll(&wanted, 1, milliseconds);
    while (ready < 0 && errno == EINTR);
    return ready > 0 && (wanted.revents & (what | POLLHUP | POLLERR)) != 0;
}

Fd connectTo(const PrinterPlace& place, int milliseconds) {
    const auto address = addressOf(place);
    if (!address) return {};
    Fd line(::socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!line.isOpen()) return {};
    sockaddr_storage to = address->storage;
    if (::connect(line.get(), static_cast<const sockaddr*>(static_cast<const void*>(&to)), address->bytes) ==
        0)
        return line;
    if (errno != EINPROGRESS || !waitFor(line, POLLOUT, milliseconds)) return {};
    int error = 0;
    socklen_t bytes = sizeof error;
    if (::getsockopt(line.get(), SOL_SOCKET, SO_ERROR, &error, &bytes) != 0 || error != 0) return {};
    return line;
}

Fd openDevice(const PrinterPlace& place) {
    constexpr int kFlags = O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
    Fd device(::open(place.path.c_str(), O_RDWR | kFlags));
    if (!device.isOpen() && place.kind == PrinterPlace::Kind::Device)
        device = Fd(::open(place.path.c_str(), O_WRONLY | kFlags)); // one that says nothing of itself
    if (!device.isOpen() || place.kind == PrinterPlace::Kind::Device) return device;
    termios settings{};
    if (::tcgetattr(device.get(), &settings) != 0) return {};
    ::cfmakeraw(&settings);
    settings.c_cflag |= static_cast<tcflag_t>(CLOCAL | CREAD);
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 0;
    for (const auto& each : kSpeeds)
        if (each.baud == place.baud) ::cfsetspeed(&settings, each.speed);
    if (::tcsetattr(device.get(), TCSANOW, &settings) != 0) return {};
    return device;
}

/// False: it did not take all of it in time.
bool writeAll(const Fd& device, std::string_view bytes, int milliseconds) {
    const auto until = SteadyClock::now() + std::chrono::milliseconds(milliseconds);
    while (!bytes.empty()) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - SteadyClock::now()).count();
        if (left <= 0 || !waitFor(device, POLLOUT, static_cast<int>(left))) return false;
        const auto chunk = bytes.substr(0, kChunkBytes);
        const auto written = ::write(device.get(), chunk.data(), chunk.size());
        if (written < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Forgets what it said without being asked.
void drain(const Fd& device) {
    std::array<char, 64> said{};
    for (std::size_t reads = 0; reads < kDrainsMax; ++reads)
        if (::read(device.get(), said.data(), said.size()) <= 0) return;
}

/// Nothing: it does not answer, as many do not on USB.
std::optional<unsigned> stateOf(const Fd& device, char what, int milliseconds) {
    drain(device);
    const std::array<char, 3> question = {0x10, 0x04, what};
    if (!writeAll(device, {question.data(), question.size()}, milliseconds)) return std::nullopt;
    const auto until = SteadyClock::now() + std::chrono::milliseconds(milliseconds);
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - SteadyClock::now()).count();
        if (left <= 0 || !waitFor(device, POLLIN, static_cast<int>(left))) return std::nullopt;
        unsigned char answer = 0;
        const auto read = ::read(device.get(), &answer, 1);
        if (read < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (read <= 0) return std::nullopt;
        if ((answer & kFixedBits) == kFixedValue) return answer; // anything else it says is no answer
    }
}

/// Printed: all is well. Sent: it says nothing.
PrintOutcome stateOutcome(const Fd& device, int milliseconds) {
    const auto offline = stateOf(device, kAskOffline, milliseconds);
    if (!offline) return PrintOutcome::Sent;
    if ((*offline & kCoverBit) != 0) return PrintOutcome::CoverOpen;
    const auto paper = stateOf(device, kAskPaper, milliseconds);
    const bool isOut = (*offline & kPaperStopBit) != 0 || (paper && (*paper & kPaperOutBits) != 0);
    if (isOut) return PrintOutcome::NoPaper;
    return (*offline & kErrorBit) != 0 ? PrintOutcome::Trouble : PrintOutcome::Printed;
}

} // namespace

Result<PrinterPlace> parsePrinterPlace(const std::string& text) {
    const Error malformed{Errc::Invalid,
                          "read printer: expected tcp:ADDRESS[:PORT], usb:/dev/… or serial:/dev/…:BAUD"};
    const auto colon = text.find(':');
    const auto kind = text.substr(0, colon);
    auto rest = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    PrinterPlace place;
    if (kind == "tcp") {
        const bool isBracketed = rest.starts_with('[');
        const auto end = isBracketed ? rest.find(']') : rest.find(':');
        if (isBracketed && end == std::string::npos) return malformed;
        place.host = isBracketed ? rest.substr(1, end - 1) : rest.substr(0, end);
        const auto after =
            end == std::string::npos ? std::string() : rest.substr(end + (isBracketed ? 1 : 0));
        if (!after.empty()) {
            const auto port = after.starts_with(':') ? readNumber(after.substr(1), kPortMax) : std::nullopt;
            if (!port) return malformed;
            place.port = *port;
        }
        return addressOf(place) ? Result<PrinterPlace>(std::move(place)) : malformed;
    }
    place.kind = kind == "usb" ? PrinterPlace::Kind::Device : PrinterPlace::Kind::Serial;
    if (kind == "serial") {
        const auto last = rest.rfind(':');
        if (last != std::string::npos) {
            const auto baud = readNumber(rest.substr(last + 1), 115'200);
            bool isKnown = false;
            for (const auto& each : kSpeeds)
                isKnown = isKnown || (baud && each.baud == *baud);
            if (!isKnown) return malformed;
            place.baud = *baud;
            rest.resize(last);
        }
    } else if (kind != "usb") {
        return malformed;
    }
    if (!isDevicePath(rest)) return malformed;
    place.path = rest;
    return place;
}

PrintOutcome ReceiptPrinter::send(const std::string& bytes) const {
    const Fd device = place_.kind == PrinterPlace::Kind::Network ? connectTo(place_, patience_.connectMs)
                                                                 : openDevice(place_);
    if (!device.isOpen()) return PrintOutcome::Offline;
    const auto before = stateOutcome(device, patience_.stateMs);
    if (before != PrintOutcome::Printed && before != PrintOutcome::Sent) return before;
    if (!writeAll(device, bytes, patience_.sendMs)) return PrintOutcome::Offline;
    return before == PrintOutcome::Sent ? before : stateOutcome(device, patience_.sendMs);
}

PrintOutcome ReceiptPrinter::print(const Slip& slip) {
    const auto bytes = toEscPos(slip, paper_);
    if (!bytes) return PrintOutcome::Refused;
    const std::lock_guard lock(mutex_);
    return send(*bytes);
}

} // namespace silta::drivers
