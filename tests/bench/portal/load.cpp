// bench_portal [SECONDS]: how many guests the portal leads to its page, against a bare libmicrohttpd that
// does nothing else, and how long a sign-in takes. Both servers run in processes of their own with the same
// number of threads; the gate, edge and neighbours are in memory here, so what is measured is the portal
// itself.
#include "bench/sync/bench.h"
#include "core/log.h"
#include "gate/pretend_gate.h"
#include "portal/portal.h"
#include "portal/pretend_edge.h"

#include <silta/crypto.h>
#include <silta/http.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <fstream>
#include <thread>
#include <vector>

using namespace silta;
using namespace silta::bench;

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kConnections = 32;
constexpr HttpLimits kLimits{.connections = 2'048,
                             .connectionsPerAddress = 2'048,
                             .headerBytes = 16 * 1024,
                             .bodyBytes = 8 * 1024,
                             .idleSeconds = 10,
                             .totalSeconds = 3'600,
                             .threads = 2};

/// Every device at once: an address is a device.
class ManyNeighbours final : public portal::Neighbours {
public:
    Result<gate::Mac> macOf(const std::string& address) override {
        in_addr ip{};
        ::inet_pton(AF_INET, address.c_str(), &ip);
        const auto n = ntohl(ip.s_addr);
        return gate::Mac{{2, 0, static_cast<std::uint8_t>(n >> 24U), static_cast<std::uint8_t>(n >> 16U),
                          static_cast<std::uint8_t>(n >> 8U), static_cast<std::uint8_t>(n)}};
    }
    std::optional<gate::Ipv4> ipv4Of(const gate::Mac& /*mac*/) override { return std::nullopt; }
};

struct Bare {
    static MHD_Result answer(void* /*context*/, MHD_Connection* connection, const char* /*url*/,
                             const char* /*method*/, const char* /*version*/, const char* /*data*/,
                             std::size_t* dataBytes, void** state) {
        static int seen = 0;
        if (*state == nullptr) {
            *state = &seen;
            return MHD_YES;
        }
        *dataBytes = 0;
        static char body[] = "<!doctype html><title>Wi-Fi</title>\n";
        auto* response = MHD_create_response_from_buffer(sizeof body - 1, body, MHD_RESPMEM_PERSISTENT);
        MHD_add_response_header(response, "Location",
                                "http://10.77.0.1/?to=http%3A%2F%2Fcaptive.apple.com%2F");
        MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
        MHD_add_response_header(response, "Cache-Control", "no-store");
        const auto queued = MHD_queue_response(connection, 302, response);
        MHD_destroy_response(response);
        return queued;
    }
    static std::unique_ptr<Bare> start() {
        auto bare = std::make_unique<Bare>();
        bare->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, nullptr, nullptr, &Bare::answer,
                                        nullptr, MHD_OPTION_THREAD_POOL_SIZE, kLimits.threads,
                                        MHD_OPTION_CONNECTION_LIMIT, kLimits.connections, MHD_OPTION_END);
        if (bare->daemon == nullptr) fail("bare libmicrohttpd does not start");
        return bare;
    }
    [[nodiscard]] int port() const { return MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port; }
    MHD_Daemon* daemon = nullptr;
};

struct Rig {
    static std::unique_ptr<Rig> start() {
        auto rig = std::make_unique<Rig>();
        rig->server = must(HttpServer::start(
            "127.0.0.1:0",
            {{"*", "*",
              [r = rig.get()](const HttpRequest& request) { return r->portal.handle(request, false); }}},
            kLimits, std::nullopt));
        return rig;
    }
    static portal::PortalConfig configured() {
        portal::PortalConfig config;
        config.url = "http://10.77.0.1";
        config.ways = {{portal::WayKind::Terms, 30}};
        config.devicesPerPerson = 100;
        return config;
    }
    [[nodiscard]] int port() const { return server->port(); }

    SystemClock clock;
    SystemRandom random;
    portal::PortalConfig config = configured();
    portal::SessionStore store = must(portal::SessionStore::open(":memory:", clock, random));
    gate::PretendGate gate{clock};
    portal::PretendEdge edge{makeSealingKeys().publicKey};
    ManyNeighbours neighbours;
    portal::Portal portal{config, store, gate, edge, neighbours, clock, random};
    std::unique_ptr<HttpServer> server;
};

int connectTo(int port, unsigned guest) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(0x7f000100U + guest % 200); // 127.0.1.x: a guest each
    const int on = 1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::bind(fd, static_cast<const sockaddr*>(static_cast<const void*>(&from)), sizeof from);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, static_cast<const sockaddr*>(static_cast<const void*>(&to)), sizeof to) != 0)
        fail("the server does not take a connection");
    return fd;
}

void sendAll(int fd, const std::string& text) {
    if (::send(fd, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        fail("a request is not taken whole");
}

/// A whole answer, or nothing when more is to come.
bool isWhole(const std::string& answer) {
    const auto head = answer.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    const auto length = answer.find("Content-Length: ");
    return length < head && answer.size() >= head + 4 + std::stoul(answer.substr(length + 16, 10));
}

std::string readAnswer(int fd) {
    std::string answer;
    std::array<char, 65'536> buffer{};
    while (!isWhole(answer)) {
        const auto n = ::recv(fd, buffer.data(), buffer.size(), 0);
        if (n <= 0) fail("an answer is cut");
        answer.append(buffer.data(), static_cast<std::size_t>(n));
    }
    return answer;
}

double redirectsPerSecond(int port, bool keepsAlive, double seconds) {
    const std::string request = "GET /hotspot-detect.html HTTP/1.1\r\nHost: captive.apple.com\r\n"
                                "User-Agent: CaptiveNetworkSupport-390.60.1 wispr\r\nAccept: */*\r\n\r\n";
    std::vector<pollfd> sockets;
    std::vector<std::string> answers(kConnections);
    unsigned guest = 0;
    for (int i = 0; i < kConnections; ++i) {
        sockets.push_back({connectTo(port, ++guest), POLLIN, 0});
        sendAll(sockets.back().fd, request);
    }
    std::int64_t count = 0;
    const Meter meter;
    std::array<char, 4'096> buffer{};
    while (meter.seconds() < seconds) {
        ::poll(sockets.data(), sockets.size(), 1'000);
        for (std::size_t i = 0; i < sockets.size(); ++i) {
            if (sockets[i].revents == 0) continue;
            const auto n = ::recv(sockets[i].fd, buffer.data(), buffer.size(), 0);
            if (n <= 0) fail("an answer is cut");
            answers[i].append(buffer.data(), static_cast<std::size_t>(n));
            if (!isWhole(answers[i])) continue;
            if (!answers[i].starts_with("HTTP/1.1 302")) fail("not a redirect: " + answers[i].substr(0, 40));
            answers[i].clear();
            ++count;
            if (!keepsAlive) {
                ::close(sockets[i].fd);
                sockets[i].fd = connectTo(port, ++guest);
            }
            sendAll(sockets[i].fd, request);
        }
    }
    const auto rate = static_cast<double>(count) / meter.seconds();
    for (const auto& socket : sockets)
        ::close(socket.fd);
    return rate;
}

/// From the sign-in form's last byte to the answer that comes when the gate is open.
std::vector<double> signInMs(int port, int count) {
    std::vector<double> taken;
    for (int i = 0; i < count; ++i) {
        const int fd = connectTo(port, static_cast<unsigned>(i));
        sendAll(fd, "GET /?way=terms HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n");
        const auto page = readAnswer(fd);
        const std::string mark = "name=token value=\"";
        const auto at = page.find(mark);
        if (at != std::string::npos && page.find("action=\"/login\"") != std::string::npos) {
            const auto form = "token=" + page.substr(at + mark.size(), 32) + "&way=terms&terms=2026-11";
            const Meter meter;
            sendAll(fd, fmt::format("POST /login HTTP/1.1\r\nHost: 10.77.0.1\r\nContent-Length: {}\r\n\r\n{}",
                                    form.size(), form));
            if (!readAnswer(fd).starts_with("HTTP/1.1 303")) fail("a sign-in is refused");
            taken.push_back(meter.seconds() * 1e3);
        }
        ::close(fd);
    }
    std::ranges::sort(taken);
    return taken;
}

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
    log::setThreshold(log::Level::Warning);
    const int bare = inChild([] { return Bare::start(); }).port;
    const int ours = inChild([] { return Rig::start(); }).port;
    for (const bool keepsAlive : {false, true}) {
        const auto bareRate = redirectsPerSecond(bare, keepsAlive, seconds);
        const auto ourRate = redirectsPerSecond(ours, keepsAlive, seconds);
        fmt::print("redirects, {} connections: portal {:.0f}/s, bare libmicrohttpd {:.0f}/s: {:.2f} of it\n",
                   keepsAlive ? "kept" : "new", ourRate, bareRate, ourRate / bareRate);
    }
    const auto taken = signInMs(ours, 200);
    if (taken.empty()) fail("nobody signed in");
    fmt::print("sign-in to answer: p50 {:.2f} ms, p95 {:.2f} ms of {}\n", taken[taken.size() / 2],
               taken[taken.size() * 95 / 100], taken.size());
    return 0;
}
