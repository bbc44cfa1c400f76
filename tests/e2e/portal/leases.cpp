#include "e2e/portal/leases.h"

#include <net/if.h>

#include <string_view>

namespace silta::test {

namespace {

constexpr int kWaitMs = 10'000;
constexpr std::size_t kBootpBytes = 240; // with the cookie
constexpr const char* kInterface = "c0";

std::string answerTo(int fd, const std::string& request, const Address& to) {
    if (::sendto(fd, request.data(), request.size(), 0, to.get(), to.size) < 0 || !canRead(fd, kWaitMs))
        return {};
    std::string bytes(1'500, '\0');
    const auto size = ::recv(fd, bytes.data(), bytes.size(), 0);
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return bytes;
}

Fd boundToInterface(const char* host, std::uint16_t port) {
    const auto from = addressOf(host, port);
    Fd fd(::socket(from.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    setsockopt(fd.get(), SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
    setsockopt(fd.get(), SOL_SOCKET, SO_BINDTODEVICE, kInterface, 3);
    if (::bind(fd.get(), from.get(), from.size) != 0) return Fd();
    return fd;
}

} // namespace

std::optional<std::string> offeredApi4(const Network& network) {
    constexpr char kWanted = 114;
    std::string request(kBootpBytes, '\0');
    request[0] = 1; // a request
    request[1] = 1; // Ethernet
    request[2] = 6;
    request[10] = '\x80'; // answer by broadcast
    const std::string_view mac("\x02\x00\x5e\x00\x00\x10", 6);
    request.replace(28, mac.size(), mac);
    request.replace(236, 4, "\x63\x82\x53\x63");
    request += std::string("\x35\x01\x01", 3); // discover
    request += std::string("\x37\x03\x01\x03") + kWanted + '\xff';
    std::string reply;
    network.in([&] {
        const auto fd = boundToInterface("0.0.0.0", 68);
        reply = answerTo(fd.get(), request, addressOf("255.255.255.255", 67));
    });
    if (reply.size() <= kBootpBytes) return std::nullopt;
    for (auto at = kBootpBytes; at + 1 < reply.size() && reply[at] != '\xff';) {
        const auto length = static_cast<unsigned char>(reply[at + 1]);
        if (reply[at] == kWanted) return reply.substr(at + 2, length);
        at += reply[at] == 0 ? 1 : 2U + length;
    }
    return std::string();
}

std::optional<std::string> offeredApi6(const Network& network) {
    const std::string request("\x0b\x51\x17\x01" // information request
                              "\x00\x01\x00\x0a\x00\x03\x00\x01\x02\x00\x5e\x00\x00\x10" // who asks
                              "\x00\x06\x00\x02\x00\x67",                                // what for
                              24);
    std::string reply;
    network.in([&] {
        const auto fd = boundToInterface("::", 546);
        auto to = addressOf("ff02::1:2", 547);
        reinterpret_cast<sockaddr_in6*>(&to.storage)->sin6_scope_id = if_nametoindex(kInterface);
        reply = answerTo(fd.get(), request, to);
    });
    if (reply.size() < 4) return std::nullopt;
    for (std::size_t at = 4; at + 4 <= reply.size();) {
        const auto number = [&](std::size_t from) {
            return static_cast<std::size_t>(static_cast<unsigned char>(reply[from])) << 8 |
                   static_cast<unsigned char>(reply[from + 1]);
        };
        if (number(at) == 103) return reply.substr(at + 4, number(at + 2));
        at += 4 + number(at + 2);
    }
    return std::string();
}

} // namespace silta::test
