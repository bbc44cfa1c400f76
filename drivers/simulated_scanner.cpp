#include "drivers/simulated_scanner.h"

#include "drivers/line_framer.h"
#include "drivers/sim_line.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <vector>

namespace silta::drivers {

namespace {

using Wake = StopSignal::Wake;

constexpr std::size_t kPartBytes = 4096;
constexpr mode_t kPathMode = 0600; // whoever writes here scans in the shopper's name

Result<sockaddr_un> makeAddress(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof(address.sun_path))
        return Error{Errc::Invalid, fmt::format("open scanner socket {}: path is empty or too long", path)};
    std::copy(path.begin(), path.end(), address.sun_path);
    return address;
}

int callBind(int (*call)(int, const sockaddr*, socklen_t), const Fd& fd, const sockaddr_un& address) {
    return call(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

/// Removes a socket that a program left behind when it died.
Result<void> removeStale(const std::string& path, const sockaddr_un& address) {
    const auto action = fmt::format("open scanner socket {}", path);
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return {};
    if (!S_ISSOCK(status.st_mode)) return Error{Errc::Invalid, action + ": something else is there"};
    const Fd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (callBind(::connect, probe, address) == 0 || errno == EAGAIN)
        return Error{Errc::Busy, action + ": another program serves it"};
    if (::unlink(path.c_str()) != 0) return systemError(action, errno);
    return {};
}

Result<Fd> openSocket(const std::string& path) {
    const auto action = fmt::format("open scanner socket {}", path);
    auto address = makeAddress(path);
    if (!address) return std::move(address).error();
    if (auto removed = removeStale(path, *address); !removed) return std::move(removed).error();
    Fd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!listener.isOpen()) return systemError(action, errno);
    // Nobody can connect between bind and listen, so the mode is right before the first client.
    if (callBind(::bind, listener, *address) != 0) return systemError(action, errno);
    if (::chmod(path.c_str(), kPathMode) != 0 || ::listen(listener.get(), kSimClientsMax) != 0) {
        const int number = errno;
        ::unlink(path.c_str());
        return systemError(action, number);
    }
    return listener;
}

Result<Fd> openFifo(const std::string& path) {
    const auto action = fmt::format("open scanner fifo {}", path);
    if (::mkfifo(path.c_str(), kPathMode) != 0 && errno != EEXIST) return systemError(action, errno);
    // Open for writing as well: the reader would otherwise see an end whenever the last writer leaves.
    Fd fifo(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (!fifo.isOpen()) return systemError(action, errno);
    struct stat status {};
    if (::fstat(fifo.get(), &status) != 0 || !S_ISFIFO(status.st_mode))
        return Error{Errc::Invalid, action + ": something else is there"};
    return fifo;
}

/// One open stream of lines.
struct Client {
    Fd fd;
    LineFramer framer;
};

class LineServer {
public:
    LineServer(std::shared_ptr<Fd> device, bool isListener, Scanner::Handler onCode)
        : device_(std::move(device)), isListener_(isListener), onCode_(std::move(onCode)) {}

    void run(const StopSignal& stop) {
        for (;;) {
            std::vector<pollfd> fds{pollfd{device_->get(), POLLIN, 0}};
            for (const auto& client : clients_)
                fds.push_back(pollfd{client.fd.get(), POLLIN, 0});
            if (stop.wait(fds, -1) == Wake::Stopped) return;
            for (std::size_t i = clients_.size(); i-- > 0;) {
                if (fds[i + 1].revents != 0 && !read(clients_[i].fd, clients_[i].framer))
                    clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(i));
            }
            if (fds[0].revents == 0) continue;
            if (isListener_)
                accept();
            else
                read(*device_, fifoFramer_);
        }
    }

private:
    void accept() {
        Fd client(::accept4(device_->get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (client.isOpen() && clients_.size() < static_cast<std::size_t>(kSimClientsMax))
            clients_.push_back(Client{std::move(client), LineFramer()});
    }

    /// False when the writer is gone; a last line without an end still counts.
    bool read(const Fd& fd, LineFramer& framer) {
        const auto report = [this](const std::string& line) {
            if (auto code = parseSimLine(line)) onCode_(std::move(*code));
        };
        std::array<std::byte, kPartBytes> buffer{};
        const auto n = ::read(fd.get(), buffer.data(), buffer.size());
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) return true;
        if (n <= 0) {
            framer.flush(report);
            return false;
        }
        framer.feed(std::span<const std::byte>(buffer).first(static_cast<std::size_t>(n)), report);
        return true;
    }

    std::shared_ptr<Fd> device_; // shared with the std::function that runs this, which copies what it holds
    bool isListener_;
    Scanner::Handler onCode_;
    std::vector<Client> clients_;
    LineFramer fifoFramer_;
};

} // namespace

Result<void> SimulatedScanner::start(Handler onCode, FaultHandler) {
    if (ownsSocket_) return Error{Errc::Busy, "start reader: already running"};
    const bool isSocket = config_.kind == SimulatedConfig::Kind::Socket;
    auto device = isSocket ? openSocket(config_.path) : openFifo(config_.path);
    if (!device) return std::move(device).error();
    auto opened = std::make_shared<Fd>(std::move(*device));
    ownsSocket_ = isSocket;
    return thread_.start([opened, isSocket, onCode = std::move(onCode)](const StopSignal& stop) {
        LineServer(opened, isSocket, onCode).run(stop);
    });
}

void SimulatedScanner::stop() {
    thread_.stop();
    if (std::exchange(ownsSocket_, false)) ::unlink(config_.path.c_str());
}

} // namespace silta::drivers
