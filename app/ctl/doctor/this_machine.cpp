// The doctor's view of the machine that it runs on: the thin part that needs a real kernel and network.
#include "ctl/admin_link.h"
#include "ctl/doctor/doctor.h"

#include <silta/http.h>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

namespace silta::ctl {

namespace {

constexpr const char* kEdgeConfig = "/etc/silta/edge.toml";
constexpr long kGetTimeoutMs = 5'000;
constexpr int kConnectTimeoutMs = 2'000;

Result<DiskSpace> spaceOf(const std::string& path) {
    struct statvfs info {};
    if (::statvfs(path.c_str(), &info) != 0) return Error{Errc::NotFound, "look at disk: " + path};
    return DiskSpace{std::uint64_t{info.f_blocks} * info.f_frsize,
                     std::uint64_t{info.f_bavail} * info.f_frsize};
}

bool isClockSynced() {
    timex state{};
    return ::adjtimex(&state) != TIME_ERROR;
}

struct AddressesDeleter {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

Result<std::string> resolve(const std::string& host) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0 || found == nullptr)
        return Error{Errc::NotFound, "resolve name: no address"};
    const std::unique_ptr<addrinfo, AddressesDeleter> list(found);
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(found->ai_addr, found->ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0)
        return Error{Errc::Internal, "resolve name: an address without text"};
    return std::string(text.data());
}

/// The bundle that silta-edge trusts instead of the system's; empty = the system's.
std::string hubCaFile() {
    try {
        return toml::parse_file(kEdgeConfig)["hub_ca_file"].value_or(std::string());
    } catch (const toml::parse_error&) { // none, or one that silta-edge itself complains of
        return {};
    }
}

Result<int> get(const std::string& url) {
    const auto transport = makeCurlTransport();
    HttpCall call;
    call.url = url;
    call.timeoutMs = kGetTimeoutMs;
    call.caFile = hubCaFile();
    auto reply = transport->send(call);
    if (reply) return reply->status;
    call.isAnswerSigned = true; // nothing of the answer is used: only whether there is one
    if (transport->send(call)) return Error{Errc::Denied, "ask hub: its certificate is not believed"};
    return reply.error();
}

bool accepts(const std::string& address, int port) {
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::inet_pton(AF_INET, address.c_str(), &peer.sin_addr) != 1) return false;
    const auto fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return false;
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&peer));
    bool isConnected = ::connect(fd, generic, sizeof peer) == 0;
    if (!isConnected && errno == EINPROGRESS) {
        pollfd watched{fd, POLLOUT, 0};
        int problem = 0;
        socklen_t length = sizeof problem;
        isConnected = ::poll(&watched, 1, kConnectTimeoutMs) == 1 &&
                      ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &length) == 0 && problem == 0;
    }
    ::close(fd);
    return isConnected;
}

struct FileDeleter {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
struct CertificateDeleter {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

Result<UtcMs> certificateEnd(const std::string& path) {
    const std::unique_ptr<std::FILE, FileDeleter> file(std::fopen(path.c_str(), "re"));
    if (!file) return Error{Errc::NotFound, "read certificate: no such file"};
    const std::unique_ptr<X509, CertificateDeleter> certificate(
        PEM_read_X509(file.get(), nullptr, nullptr, nullptr));
    std::tm end{};
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1)
        return Error{Errc::Invalid, fmt::format("read certificate: {} holds none", path)};
    return UtcMs{::timegm(&end)} * 1'000;
}

} // namespace

Surroundings thisMachine(const std::string& sockets) {
    Surroundings surroundings;
    surroundings.nowMs = SystemClock().nowMs();
    surroundings.edgeStatus = [sockets] { return AdminLink(sockets).ask("GET", "/v1/status"); };
    surroundings.space = spaceOf;
    surroundings.isClockSynced = isClockSynced;
    surroundings.resolve = resolve;
    surroundings.get = get;
    surroundings.accepts = accepts;
    surroundings.certificateEnd = certificateEnd;
    return surroundings;
}

} // namespace silta::ctl
