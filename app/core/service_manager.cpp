#include "core/service_manager.h"

#include "core/stop_signals.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>

namespace silta {

namespace {

std::string takeFromEnvironment(const char* name) {
    const auto* value = std::getenv(name);
    std::string text = value == nullptr ? "" : value;
    ::unsetenv(name);
    return text;
}

std::optional<std::int64_t> numberIn(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

int connectTo(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const bool isAbstract = path.starts_with('@');
    if (path.size() < 2 || path.size() >= sizeof address.sun_path || (!isAbstract && path[0] != '/'))
        return -1;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (isAbstract) address.sun_path[0] = '\0';
    const auto fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    if (fd >= 0 && ::connect(fd, generic, length) == 0) return fd;
    if (fd >= 0) ::close(fd);
    return -1;
}

} // namespace

ServiceManager::ServiceManager() : socket_(connectTo(takeFromEnvironment("NOTIFY_SOCKET"))) {
    const auto microseconds = numberIn(takeFromEnvironment("WATCHDOG_USEC")).value_or(0);
    const auto watched = takeFromEnvironment("WATCHDOG_PID");
    const bool isForUs = watched.empty() || numberIn(watched) == static_cast<std::int64_t>(::getpid());
    if (socket_ >= 0 && isForUs && microseconds > 0)
        heartbeat_ = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::microseconds(microseconds / 2));
}

ServiceManager::~ServiceManager() {
    if (socket_ >= 0) ::close(socket_);
}

void ServiceManager::tell(const char* state) const {
    if (socket_ < 0) return;
    // A manager that does not read has nobody to be told about it; its watchdog will draw its conclusion.
    [[maybe_unused]] const auto sent =
        ::send(socket_, state, std::strlen(state), MSG_DONTWAIT | MSG_NOSIGNAL);
}

int serveUntilStopSignal(const ServiceManager& manager, const std::function<bool()>& isWell) {
    manager.tellReady();
    std::optional<int> received;
    while (!received) {
        if (isWell()) manager.tellAlive();
        received = waitForStopSignal(manager.heartbeat());
    }
    manager.tellStopping();
    return *received;
}

} // namespace silta
