#include "net/unix_transport.h"

#include "core/digits.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <utility>

namespace silta {

namespace {

constexpr std::size_t kHeadBytesMax = 16'384;
constexpr std::size_t kReceiveBytes = 16'384;

using SteadyClock = std::chrono::steady_clock;

Error unavailable(std::string_view why) {
    return {Errc::Unavailable, fmt::format("call: {}", why)};
}

bool waitFor(int fd, short events, SteadyClock::time_point deadline) {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now()).count();
        if (left <= 0) return false;
        pollfd watched{fd, events, 0};
        const auto ready = ::poll(&watched, 1, static_cast<int>(left));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

std::string_view targetOf(std::string_view url) {
    const auto host = url.find("//");
    const auto path = url.find('/', host == std::string_view::npos ? 0 : host + 2);
    return path == std::string_view::npos ? "/" : url.substr(path);
}

std::string textOf(const HttpCall& call) {
    auto text = fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n", call.method, targetOf(call.url));
    for (const auto& header : call.headers)
        text += fmt::format("{}: {}\r\n", header.name, header.value);
    if (!call.body.empty() || call.method == "POST")
        text += fmt::format("Content-Length: {}\r\n", call.body.size());
    return text + "\r\n" + call.body;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// What stands before the body, without the empty line.
std::optional<HttpReply> readHead(std::string_view head) {
    constexpr std::string_view kVersion = "HTTP/1.1 ";
    constexpr std::size_t kStatusDigits = 3;
    if (!head.starts_with(kVersion)) return std::nullopt;
    const auto status = parseNumber<int>(head.substr(kVersion.size(), kStatusDigits));
    if (!status) return std::nullopt;
    HttpReply reply;
    reply.status = *status;
    for (auto end = head.find("\r\n"); end != std::string_view::npos; end = head.find("\r\n")) {
        head.remove_prefix(end + 2);
        const auto line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        std::string name(line.substr(0, colon));
        std::ranges::transform(name, name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        reply.headers[std::move(name)] = std::string(trimmed(line.substr(colon + 1)));
    }
    return reply;
}

class UnixTransport final : public HttpTransport {
public:
    UnixTransport() = default;
    ~UnixTransport() override { disconnect(); }
    UnixTransport(const UnixTransport&) = delete;
    UnixTransport& operator=(const UnixTransport&) = delete;

    Result<HttpReply> send(const HttpCall& call) override {
        const auto deadline = SteadyClock::now() + std::chrono::milliseconds(call.timeoutMs);
        if (auto done = connect(call.unixSocket); !done) return done.error();
        auto reply = exchange(call, deadline);
        // What is left of a broken exchange must not be read as an answer to the next request.
        if (!reply || reply->header("connection") == "close") disconnect();
        return reply;
    }

private:
    void disconnect() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

    Result<void> connect(const std::string& path) {
        std::array<char, 1> none{};
        const bool isOpen = fd_ >= 0 && path == path_ &&
                            ::recv(fd_, none.data(), none.size(), MSG_PEEK | MSG_DONTWAIT) < 0 &&
                            errno == EAGAIN;
        if (isOpen) return {};
        disconnect();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.empty() || path.size() >= sizeof address.sun_path)
            return Error{Errc::Invalid, "call: no path of a socket"};
        std::memcpy(address.sun_path, path.data(), path.size());
        fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        path_ = path;
        const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
        if (fd_ >= 0 && ::connect(fd_, generic, sizeof address) == 0) return {};
        const auto why = errno;
        disconnect();
        return unavailable(std::strerror(why));
    }

    Result<HttpReply> exchange(const HttpCall& call, SteadyClock::time_point deadline) {
        if (auto done = write(textOf(call), deadline); !done) return done.error();
        std::string received;
        auto end = std::string::npos;
        while ((end = received.find("\r\n\r\n")) == std::string::npos) {
            if (received.size() > kHeadBytesMax) return Error{Errc::Limit, "call: the reply is too long"};
            if (auto done = readSome(received, deadline); !done) return done.error();
        }
        auto reply = readHead(std::string_view(received).substr(0, end));
        if (!reply) return unavailable("the reply is not understood");
        const auto length = parseNumber<std::size_t>(reply->header("content-length"));
        if (!length) return Error{Errc::Unsupported, "call: the reply does not tell its length"};
        if (*length > call.responseBytesMax) return Error{Errc::Limit, "call: the reply is too long"};
        received.erase(0, end + 4);
        while (received.size() < *length)
            if (auto done = readSome(received, deadline); !done) return done.error();
        if (received.size() > *length) return unavailable("the reply goes on");
        reply->body = std::move(received);
        return std::move(*reply);
    }

    Result<void> write(std::string_view text, SteadyClock::time_point deadline) const {
        while (!text.empty()) {
            const auto sent = ::send(fd_, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent > 0) {
                text.remove_prefix(static_cast<std::size_t>(sent));
                continue;
            }
            if (errno != EAGAIN && errno != EINTR) return unavailable(std::strerror(errno));
            if (!waitFor(fd_, POLLOUT, deadline)) return unavailable("no answer in time");
        }
        return {};
    }

    Result<void> readSome(std::string& received, SteadyClock::time_point deadline) const {
        if (!waitFor(fd_, POLLIN, deadline)) return unavailable("no answer in time");
        std::array<char, kReceiveBytes> buffer; // NOLINT(*-member-init): recv fills it
        const auto bytes = ::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) return {};
        if (bytes <= 0) return unavailable("the connection ended");
        received.append(buffer.data(), static_cast<std::size_t>(bytes));
        return {};
    }

    int fd_ = -1;
    std::string path_;
};

} // namespace

std::unique_ptr<HttpTransport> makeUnixTransport() {
    return std::make_unique<UnixTransport>();
}

} // namespace silta
