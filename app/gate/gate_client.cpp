#include "gate/gate_client.h"

#include "gate/gate_protocol.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace silta::gate {

namespace {

// Waits for an answer as long as connect() said; one that a signal disturbed is waited for anew.
ssize_t receive(int fd, std::string& reply) {
    while (true) {
        const auto bytes = ::recv(fd, reply.data(), reply.size(), 0);
        if (bytes >= 0 || errno != EINTR) return bytes;
    }
}

} // namespace

GateClient::~GateClient() {
    disconnect();
}

void GateClient::disconnect() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

Result<void> GateClient::connect() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path_.size() >= sizeof address.sun_path) return Error{Errc::Limit, "ask gate: socket path too long"};
    std::memcpy(address.sun_path, path_.data(), path_.size());
    fd_ = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    const timeval longest{kAnswerMsMax / 1'000, kAnswerMsMax % 1'000 * 1'000};
    if (fd_ < 0 || setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest) != 0 ||
        setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest) != 0)
        return Error{Errc::Io, fmt::format("ask gate: {}", std::strerror(errno))};
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (::connect(fd_, generic, sizeof address) == 0) return {};
    const Error error{errno == EACCES ? Errc::Denied : Errc::Unavailable,
                      fmt::format("ask gate: {}", std::strerror(errno))};
    disconnect();
    return error;
}

Result<GuestPage> GateClient::ask(const std::string& request) {
    const bool wasConnected = fd_ >= 0;
    if (!wasConnected)
        if (auto done = connect(); !done) return done.error();
    auto sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent < 0 && wasConnected) { // the gate was restarted since
        disconnect();
        if (auto done = connect(); !done) return done.error();
        sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
    }
    // A gate that refused this user said so before it closed: worth reading even when nothing was sent.
    reply_.resize(kReplyBytesMax + 1);
    auto bytes = receive(fd_, reply_);
    if (bytes < 0 && errno == ECONNRESET) // it hung up without reading; its last words come after that
        bytes = receive(fd_, reply_);
    if (bytes <= 0) {
        const bool isLate = bytes < 0 && errno == EAGAIN;
        // The answer to this request must not be read as that to the next.
        disconnect();
        return Error{Errc::Unavailable, isLate ? "ask gate: no answer in time" : "ask gate: it hung up"};
    }
    auto page = parseReply(std::string_view(reply_).substr(0, static_cast<std::size_t>(bytes)));
    if (!page && page.error().code != Errc::Invalid && page.error().code != Errc::NotFound) disconnect();
    return page;
}

Result<void> GateClient::order(const std::string& request) {
    const auto page = ask(request);
    if (!page) return page.error();
    return {};
}

Result<void> GateClient::allow(std::span<const Grant> grants) {
    if (auto done = check(grants); !done) return done;
    return order(toText(Request{std::vector<Grant>(grants.begin(), grants.end())}));
}

Result<void> GateClient::extend(std::span<const Extension> extensions) {
    if (auto done = check(extensions); !done) return done;
    return order(toText(Request{std::vector<Extension>(extensions.begin(), extensions.end())}));
}

Result<void> GateClient::revoke(std::span<const Mac> macs) {
    if (auto done = check(macs); !done) return done;
    return order(toText(Request{RevokeRequest{{macs.begin(), macs.end()}}}));
}

Result<GuestPage> GateClient::list(std::optional<Mac> after) {
    return ask(toText(Request{ListRequest{after}}));
}

Result<std::vector<Guest>> GateClient::counters(std::span<const Mac> macs) {
    if (auto done = check(macs); !done) return done.error();
    auto page = ask(toText(Request{CountersRequest{{macs.begin(), macs.end()}}}));
    if (!page) return page.error();
    return std::move(page->guests);
}

} // namespace silta::gate
