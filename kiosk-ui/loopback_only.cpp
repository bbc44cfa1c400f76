// bind(2) for this program: addresses beyond the machine become loopback (D-009).
//
// The dynamic linker takes a program's own symbol before a library's, so this is what Qt and every other
// library call. A Unix socket, and an address that is loopback already, pass unchanged.
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>

namespace {

int bindSystem(int fd, const void* address, socklen_t length) {
    return static_cast<int>(::syscall(SYS_bind, fd, address, length));
}

bool isLoopback(const in6_addr& address) {
    return IN6_IS_ADDR_LOOPBACK(&address) ||
           (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == IN_LOOPBACKNET);
}

} // namespace

extern "C" __attribute__((visibility("default"))) int bind(int fd, const sockaddr* address,
                                                           socklen_t length) noexcept {
    if (address != nullptr && address->sa_family == AF_INET && length >= sizeof(sockaddr_in)) {
        sockaddr_in local{};
        std::memcpy(&local, address, sizeof local);
        if (ntohl(local.sin_addr.s_addr) >> 24 != IN_LOOPBACKNET)
            local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return bindSystem(fd, &local, sizeof local);
    }
    if (address != nullptr && address->sa_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
        sockaddr_in6 local{};
        std::memcpy(&local, address, sizeof local);
        if (!isLoopback(
                local.sin6_addr)) { // ::ffff:127.0.0.1, which IPv4 clients reach through an IPv6 socket
            local.sin6_addr = in6_addr{};
            local.sin6_addr.s6_addr[10] = 0xff;
            local.sin6_addr.s6_addr[11] = 0xff;
            local.sin6_addr.s6_addr[12] = IN_LOOPBACKNET;
            local.sin6_addr.s6_addr[15] = 1;
        }
        return bindSystem(fd, &local, sizeof local);
    }
    return bindSystem(fd, address, length);
}
