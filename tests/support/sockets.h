// Sockets in networks of a test's own.
#pragma once

#include "support/networks.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace silta::test {

class Fd {
public:
    explicit Fd(int fd = -1) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

inline Address addressOf(const char* host, std::uint16_t port) {
    Address address;
    if (auto* four = reinterpret_cast<sockaddr_in*>(&address.storage);
        inet_pton(AF_INET, host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        address.size = sizeof *four;
    } else if (auto* six = reinterpret_cast<sockaddr_in6*>(&address.storage);
               inet_pton(AF_INET6, host, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(port);
        address.size = sizeof *six;
    }
    return address;
}

/// Closing it ends the connection at once: nothing is sent again later, when another test listens.
inline void resetWhenClosed(const Fd& fd) {
    const linger atOnce{1, 0};
    setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

inline bool canRead(int fd, int timeoutMs) {
    pollfd watched{fd, POLLIN, 0};
    return ::poll(&watched, 1, timeoutMs) > 0;
}

inline Fd bound(const Network& network, int type, const char* host, std::uint16_t port) {
    Fd fd;
    network.in([&] {
        const auto address = addressOf(host, port);
        fd = Fd(::socket(address.get()->sa_family, type | SOCK_CLOEXEC, 0));
        const int on = 1;
        setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (::bind(fd.get(), address.get(), address.size) != 0) fd = Fd();
        if (type == SOCK_STREAM) ::listen(fd.get(), 512);
    });
    return fd;
}

/// 0, or the error of connecting; ETIMEDOUT when nobody answered within two seconds. What is connected ends
/// with a reset (see resetWhenClosed).
inline int connectTo(const Network& network, const char* host, std::uint16_t port, Fd& fd,
                     const char* source = nullptr) {
    int result = -1;
    network.in([&] {
        const auto address = addressOf(host, port);
        fd = Fd(::socket(address.get()->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        resetWhenClosed(fd);
        const auto from = addressOf(source == nullptr ? "::" : source, 0);
        if (source != nullptr && ::bind(fd.get(), from.get(), from.size) != 0) return;
        result = ::connect(fd.get(), address.get(), address.size) == 0 ? 0 : errno;
        if (result != EINPROGRESS) return;
        pollfd watched{fd.get(), POLLOUT, 0};
        socklen_t size = sizeof result;
        if (::poll(&watched, 1, 2'000) <= 0)
            result = ETIMEDOUT;
        else
            getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &result, &size);
    });
    return result;
}

/// Whether the first knock of a connection was answered; it is sent again after a second. Says the same on a
/// machine that is busy.
inline bool isAnsweredAtOnce(const Fd& fd) {
    tcp_info info{};
    socklen_t size = sizeof info;
    return getsockopt(fd.get(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_total_retrans == 0;
}

inline Fd datagramsTo(const Network& network, const char* host, std::uint16_t port) {
    Fd fd;
    network.in([&] {
        const auto address = addressOf(host, port);
        fd = Fd(::socket(address.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        if (::connect(fd.get(), address.get(), address.size) != 0) fd = Fd();
    });
    return fd;
}

/// Sends to whoever connects, for as long as they listen. Its thread ends with the object.
class Source {
public:
    explicit Source(const Fd& listener)
        : thread_([this, fd = listener.get()](const std::stop_token& stop) { serve(fd, stop); }) {}
    [[nodiscard]] std::int64_t accepted() const { return accepted_; }

private:
    void serve(int listener, const std::stop_token& stop) {
        std::vector<Fd> clients;
        std::vector<pollfd> watched;
        const std::vector<char> data(16'384, 'x');
        while (!stop.stop_requested()) {
            watched = {{listener, POLLIN, 0}};
            for (const auto& client : clients)
                watched.push_back({client.get(), POLLOUT, 0});
            if (::poll(watched.data(), watched.size(), 10) <= 0) continue;
            std::size_t i = 0;
            std::erase_if(clients, [&](const Fd& client) { // those that have gone
                if (watched[++i].revents == 0) return false;
                return ::send(client.get(), data.data(), data.size(), MSG_NOSIGNAL) < 0 && errno != EAGAIN;
            });
            if (watched[0].revents == 0) continue;
            clients.emplace_back(::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
            resetWhenClosed(clients.back());
            ++accepted_;
        }
    }
    std::atomic<std::int64_t> accepted_ = 0;
    std::jthread thread_;
};

/// Reads what comes within `ms`; fewer when the other side ends it.
inline std::int64_t readFor(const Fd& fd, int ms) {
    QElapsedTimer timer;
    timer.start();
    std::array<char, 65'536> buffer{};
    std::int64_t total = 0;
    while (timer.elapsed() < ms) {
        if (!canRead(fd.get(), static_cast<int>(std::max<qint64>(ms - timer.elapsed(), 1)))) continue;
        const auto bytes = ::recv(fd.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (bytes == 0 || (bytes < 0 && errno != EAGAIN)) break;
        total += std::max<std::int64_t>(bytes, 0);
    }
    return total;
}

/// Reads until so much has come; false when it does not within ten seconds.
inline bool readAtLeast(const Fd& fd, std::int64_t bytes) {
    constexpr int kLongestMs = 10'000;
    QElapsedTimer timer;
    timer.start();
    while (bytes > 0 && timer.elapsed() < kLongestMs)
        bytes -= readFor(fd, 50);
    return bytes <= 0;
}

/// Reads until nothing has come for half a second: what was on its way when a flow was cut. How much; nothing
/// when it does not end within ten seconds.
inline std::optional<std::int64_t> readToTheEnd(const Fd& fd) {
    constexpr int kLongestMs = 10'000;
    std::int64_t total = 0;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kLongestMs) {
        const auto bytes = readFor(fd, 500);
        if (bytes == 0) return total;
        total += bytes;
    }
    return std::nullopt;
}

/// How fast it comes, in kbit/s: the fastest of three measurements of about `ms`, or the first that reaches
/// `enough`. A machine that has other things to do makes it slower, never faster.
inline std::int64_t kbitsPerSecond(const Fd& fd, int ms, std::int64_t enough) {
    std::int64_t fastest = 0;
    for (int i = 0; i < 3 && fastest < enough; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto bytes = readFor(fd, ms);
        fastest = std::max<std::int64_t>(fastest, bytes * 8 / std::max<qint64>(timer.elapsed(), 1));
    }
    return fastest;
}

} // namespace silta::test
