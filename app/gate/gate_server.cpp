#include "gate/gate_server.h"

#include "core/log.h"
#include "gate/gate_protocol.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace silta::gate {

namespace {

constexpr int kListenBacklog = 16;

void say(int client, std::string_view text) {
    // A client that does not read its answers gets none: there is nobody else to tell.
    [[maybe_unused]] const auto sent = ::send(client, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

} // namespace

Result<int> listenOnGateSocket(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return Error{Errc::Limit, "listen: socket path too long"};
    std::memcpy(address.sun_path, path.data(), path.size());
    const auto fd = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    ::unlink(path.c_str());
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (fd < 0 || ::bind(fd, generic, sizeof address) != 0 || ::chmod(path.c_str(), 0660) != 0 ||
        ::listen(fd, kListenBacklog) != 0) {
        const Error error{Errc::Io, fmt::format("listen on {}: {}", path, std::strerror(errno))};
        if (fd >= 0) ::close(fd);
        return error;
    }
    return fd;
}

GateServer::~GateServer() {
    for (const auto client : clients_)
        ::close(client);
}

bool GateServer::mayAsk(int client) const {
    ucred peer{};
    socklen_t length = sizeof peer;
    if (getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return false;
    return std::ranges::find(users_, peer.uid) != users_.end();
}

void GateServer::acceptOne() {
    const auto client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    if (!mayAsk(client)) {
        say(client, toText(Error{Errc::Denied, "ask gate: this user may not"}));
        if (!hasWarned_) log::warning("gate", "refused a user that may not ask");
        hasWarned_ = true;
        ::close(client);
    } else if (clients_.size() == kClientsMax) {
        say(client, toText(Error{Errc::Busy, "ask gate: too many connections"}));
        ::close(client);
    } else {
        clients_.push_back(client);
    }
}

bool GateServer::serveOne(int client) {
    request_.resize(kRequestBytesMax + 1); // one more byte tells that a datagram was longer
    const auto bytes = ::recv(client, request_.data(), request_.size(), MSG_DONTWAIT);
    if (bytes < 0) return errno == EAGAIN || errno == EINTR;
    if (bytes == 0) return false;
    const auto reply = answer(gate_, std::string_view(request_).substr(0, static_cast<std::size_t>(bytes)));
    return ::send(client, reply.data(), reply.size(), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
}

Result<void> GateServer::run(int stopFd, const ServiceManager& manager) {
    using SteadyClock = std::chrono::steady_clock;
    const auto heartbeat = manager.heartbeat();
    auto beatAt = SteadyClock::now();
    std::vector<pollfd> watched;
    manager.tellReady();
    while (true) {
        if (heartbeat.count() > 0 && SteadyClock::now() >= beatAt) {
            manager.tellAlive();
            beatAt = SteadyClock::now() + heartbeat;
        }
        watched = {{stopFd, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto client : clients_)
            watched.push_back({client, POLLIN, 0});
        if (::poll(watched.data(), watched.size(),
                   heartbeat.count() > 0 ? static_cast<int>(heartbeat.count()) : -1) < 0) {
            if (errno == EINTR) continue;
            return Error{Errc::Io, fmt::format("wait for requests: {}", std::strerror(errno))};
        }
        if (watched[0].revents != 0) {
            manager.tellStopping();
            return {};
        }
        for (std::size_t i = 2; i < watched.size(); ++i) {
            const auto client = watched[i].fd;
            if (watched[i].revents == 0 || serveOne(client)) continue;
            ::close(client);
            std::erase(clients_, client);
        }
        if (watched[1].revents != 0) acceptOne();
    }
}

} // namespace silta::gate
