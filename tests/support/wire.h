// What arrives at an interface of a network of the test's own. Root is needed.
#pragma once

#include "support/sockets.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>

#include <QString>
#include <QStringList>
#include <functional>
#include <string>

namespace silta::test {

struct Packet {
    std::uint8_t protocol = 0; ///< IPPROTO_…
    std::string from, to;
    std::uint16_t port = 0; ///< of the destination; 0 where the protocol has none
    int bytes = 0;
    [[nodiscard]] QString inWords() const {
        return QString("%1 > %2 port %3, protocol %4, %5 bytes")
            .arg(from.c_str(), to.c_str())
            .arg(port)
            .arg(protocol)
            .arg(bytes);
    }
};

/// Thread: one. Says nothing of what this side sends, of neighbour discovery and of listener reports.
class Wire {
public:
    using Filter = std::function<bool(const Packet&)>;
    static bool any(const Packet& /*packet*/) { return true; }
    static Filter to(std::string address) {
        return [address = std::move(address)](const Packet& packet) { return packet.to == address; };
    }

    Wire(const Network& network, const char* interface) {
        network.in([&] {
            fd_ = Fd(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL)));
            constexpr int kBytes = 64 << 20; // small packets by the ten thousand, of which none may be missed
            setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kBytes, sizeof kBytes);
            sockaddr_ll address{};
            address.sll_family = AF_PACKET;
            address.sll_protocol = htons(ETH_P_ALL);
            address.sll_ifindex = static_cast<int>(if_nametoindex(interface));
            if (::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
                fd_ = Fd();
        });
    }

    /// What arrived since the last call and is wanted, in words, a line each; waits `ms` for the first.
    QString heard(const Filter& isWanted = any, int ms = 100) {
        constexpr int kLongestMs = 2'000; // where there is no end to it
        constexpr int kPauseMs = 20;
        constexpr int kLinesMax = 20;
        QStringList lines;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < ms + kLongestMs && canRead(fd_.get(), lines.isEmpty() ? ms : kPauseMs)) {
            const auto packet = read();
            if (packet && isWanted(*packet) && lines.size() < kLinesMax) lines += packet->inWords();
        }
        return lines.join('\n');
    }
    /// Whether so many arrive that are wanted, those since the last call included. Waits no longer than it
    /// must; what was not wanted is forgotten.
    bool hears(const Filter& isWanted, int count = 1) {
        constexpr int kLongestMs = 10'000;
        QElapsedTimer timer;
        timer.start();
        while (count > 0 && timer.elapsed() < kLongestMs) {
            if (!canRead(fd_.get(), 100)) continue;
            const auto packet = read();
            if (packet && isWanted(*packet)) --count;
        }
        return count == 0;
    }

private:
    static std::string textOf(int family, const unsigned char* address) {
        std::array<char, INET6_ADDRSTRLEN> text{};
        return inet_ntop(family, address, text.data(), text.size()) == nullptr ? "" : text.data();
    }
    std::optional<Packet> read() {
        constexpr std::size_t kEthernet = 14;
        constexpr std::size_t kIpv6 = 40;
        constexpr unsigned char kNeighboursFirst = 130; // listener reports, routers, neighbours, redirects
        constexpr unsigned char kListenerReport2 = 143;
        std::array<unsigned char, 2'048> frame{};
        sockaddr_ll from{};
        socklen_t size = sizeof from;
        const auto bytes = ::recvfrom(fd_.get(), frame.data(), frame.size(), MSG_DONTWAIT,
                                      reinterpret_cast<sockaddr*>(&from), &size);
        if (bytes <= static_cast<ssize_t>(kEthernet) || from.sll_pkttype == PACKET_OUTGOING) return {};
        const auto* ip = frame.data() + kEthernet;
        const bool is4 = frame[12] == 0x08 && frame[13] == 0x00;
        const bool is6 = frame[12] == 0x86 && frame[13] == 0xdd;
        if (!is4 && !is6) return {};
        const auto* inside = ip + (is4 ? (ip[0] & 0x0fU) * 4 : kIpv6);
        Packet packet;
        packet.bytes = static_cast<int>(bytes);
        packet.protocol = is4 ? ip[9] : ip[6];
        packet.from = is4 ? textOf(AF_INET, ip + 12) : textOf(AF_INET6, ip + 8);
        packet.to = is4 ? textOf(AF_INET, ip + 16) : textOf(AF_INET6, ip + 24);
        if (packet.protocol == IPPROTO_TCP || packet.protocol == IPPROTO_UDP)
            packet.port = static_cast<std::uint16_t>(inside[2] << 8U | inside[3]);
        // Behind a hop-by-hop header, listener reports only.
        const bool isChatter = is6 && (packet.protocol == IPPROTO_HOPOPTS ||
                                       (packet.protocol == IPPROTO_ICMPV6 && *inside >= kNeighboursFirst &&
                                        *inside <= kListenerReport2));
        return isChatter ? std::nullopt : std::optional(packet);
    }

    Fd fd_;
};

} // namespace silta::test
