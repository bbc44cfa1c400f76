#include "e2e/portal/devices.h"

namespace silta::test {

namespace {

constexpr int kInSubnet = 250; // of one last byte
constexpr int kFirstSubnet = 200;

} // namespace

std::string Devices::addressOf(int device) {
    return fmt::format("10.77.{}.{}", kFirstSubnet + device / kInSubnet, device % kInSubnet + 1);
}

std::string Devices::macOf(int device) const {
    return fmt::format("02:00:5e:{:02x}:{:02x}:{:02x}", 0x80 + generation_, device >> 8, device & 0xff);
}

bool Devices::batch(const std::string& commands) const {
    return network_.run("ip -batch -", commands).code == 0;
}

Devices::Devices(const Network& network, int count) : network_(network), count_(count) {
    network_.run("sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2");
    std::string commands;
    for (int i = 0; i < count_; ++i)
        commands += fmt::format("link add link c0 name m{0} address {1} type macvlan mode bridge\n"
                                "address add {2}/16 dev m{0}\nlink set m{0} up\n"
                                "route add default via 10.77.0.1 dev m{0} metric {3}\n",
                                i, macOf(i), addressOf(i), 1'000 + i);
    if (!batch(commands)) error_ = "the devices cannot be plugged in";
}

bool Devices::replaceAll(const Network& gateway) {
    ++generation_;
    std::string commands;
    for (int i = 0; i < count_; ++i)
        commands += fmt::format("link set dev m{} address {}\n", i, macOf(i));
    return batch(commands) && batch("neigh flush all\n") &&
           gateway.run("ip neigh flush dev guests0").code == 0;
}

Fd Devices::bindTo(int device, int type) {
    const auto name = fmt::format("m{}", device);
    const auto from = test::addressOf(addressOf(device).c_str(), 0);
    Fd fd(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    const timeval wait{2, 0};
    setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    setsockopt(fd.get(), SOL_SOCKET, SO_BINDTODEVICE, name.c_str(), static_cast<socklen_t>(name.size()));
    return ::bind(fd.get(), from.get(), from.size) == 0 ? std::move(fd) : Fd();
}

Fd Devices::connect(int device, const char* host, std::uint16_t port) {
    auto fd = bindTo(device, SOCK_STREAM);
    const auto to = test::addressOf(host, port);
    return ::connect(fd.get(), to.get(), to.size) == 0 ? std::move(fd) : Fd();
}

} // namespace silta::test
