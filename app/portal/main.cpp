// silta-portal: faces the guest Wi-Fi. It holds no key of the device, no journal and no capability; it asks
// silta-gate to open for a guest and silta-edge to keep a sign-in.

#include "core/durable_file.h"
#include "core/log.h"
#include "core/service_manager.h"
#include "core/start_pages.h"
#include "core/stop_signals.h"
#include "gate/gate_client.h"
#include "gate/pretend_gate.h"
#include "net/unix_transport.h"
#include "portal/limits.h"
#include "portal/portal.h"
#include "portal/pretend_edge.h"
#include "portal/unix_edge_link.h"
#include "web/limits.h"

#include <silta/crypto.h>

#include <malloc.h>
#include <sys/stat.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <string_view>
#include <thread>

namespace {

using namespace silta;

// A guest's page is a handful of requests; hostile guests are many. What one address may hold is the gate's
// limit too. A request is handled in microseconds, a sign-in in a few milliseconds, and edge may be slow.
constexpr HttpLimits kGuestLimits{.connections = 2'048,
                                  .connectionsPerAddress = 16,
                                  .headerBytes = 16 * 1024,
                                  .bodyBytes = kFormBytesMax,
                                  .idleSeconds = 10,
                                  .totalSeconds = 30,
                                  .threads = 4};

// Every thread would keep what its largest page took; a server thread is busy with one for microseconds.
constexpr int kArenasMax = 2;

constexpr std::int64_t kSweepLateMs = 10'000; // a gate or edge that hangs is waited for, but not as long

Result<std::optional<HttpTls>> readTls(const portal::PortalConfig& config) {
    if (config.listenTls.empty()) return std::optional<HttpTls>();
    auto certificate = readFile(config.certificateFile);
    if (!certificate) return certificate.error();
    auto key = readFile(config.keyFile);
    if (!key) return key.error();
    return std::optional(HttpTls{std::move(*certificate), std::move(*key)});
}

Result<void> serveAll(const std::vector<std::string>& addresses, portal::Portal& portal,
                      const std::optional<HttpTls>& tls, std::vector<std::unique_ptr<HttpServer>>& servers) {
    for (const auto& address : addresses) {
        const bool isTls = tls.has_value();
        const HttpServer::Route all{
            "*", "*", [&portal, isTls](const HttpRequest& request) { return portal.handle(request, isTls); }};
        auto server = HttpServer::start(address, {all}, kGuestLimits, tls);
        if (!server) return server.error();
        log::info("portal", "listening port={}", (*server)->port());
        servers.push_back(std::move(*server));
    }
    return {};
}

/// Sweeps every kSweepMs and says when, by `sweptMs` (Clock::steadyMs).
void sweepUntil(const std::stop_token& stop, portal::Portal& portal, const Clock& clock,
                std::atomic<std::int64_t>& sweptMs) {
    std::mutex mutex;
    std::condition_variable_any wake;
    bool wasWell = true;
    while (!stop.stop_requested()) {
        const auto done = portal.sweep();
        sweptMs = clock.steadyMs();
        if (!done && wasWell) log::warning("portal", "{}", done.error().what);
        if (done && !wasWell) log::info("portal", "the gate answers again");
        wasWell = done.has_value();
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, std::chrono::milliseconds(portal::kSweepMs), [] { return false; });
    }
}

int serve(const portal::PortalConfig& config, gate::Gate& gate, portal::EdgeLink& edge,
          portal::Neighbours& neighbours, const Clock& clock, Random& random) {
    const ServiceManager manager;
    auto tls = readTls(config);
    if (!tls) return log::fail("portal", tls.error());
    auto store = portal::SessionStore::open(config.database, clock, random);
    if (!store) return log::fail("portal", store.error());
    portal::Portal portal(config, *store, gate, edge, neighbours, clock, random);
    std::vector<std::unique_ptr<HttpServer>> servers;
    if (auto done = serveAll(config.listen, portal, std::nullopt, servers); !done)
        return log::fail("portal", done.error());
    if (auto done = serveAll(config.listenTls, portal, *tls, servers); !done)
        return log::fail("portal", done.error());
    std::atomic<std::int64_t> sweptMs = clock.steadyMs();
    const std::jthread sweeper(
        [&](const std::stop_token& stop) { sweepUntil(stop, portal, clock, sweptMs); });
    forgetStartPages();
    log::info("portal", "ready");
    // The sweep takes every lock that a guest's request takes.
    const auto isWell = [&] { return clock.steadyMs() - sweptMs < kSweepLateMs; };
    log::info("portal", "stopping signal={}; guests that are in stay in",
              serveUntilStopSignal(manager, isWell));
    return 0;
}

int run(const portal::PortalConfig& config) {
    const SystemClock clock;
    SystemRandom random;
    holdStopSignals();
    gate::GateClient gate(config.gateSocket);
    portal::UnixEdgeLink edge(config.edgeSocket, makeUnixTransport);
    const auto kernel = portal::openKernelNeighbours(config.guestInterface);
    if (!kernel) return log::fail("portal", kernel.error());
    return serve(config, gate, edge, **kernel, clock, random);
}

/// Everything but the network: for whoever wants to see the pages.
int runDemo(const std::string& address) {
    const SystemClock clock;
    SystemRandom random;
    holdStopSignals();
    portal::PortalConfig config;
    config.listen = {address};
    config.url = "http://" + address;
    config.database = ":memory:";
    config.ways = {{portal::WayKind::Email, 240},
                   {portal::WayKind::Phone, 240},
                   {portal::WayKind::Loyalty, 480},
                   {portal::WayKind::Voucher, 120},
                   {portal::WayKind::Terms, 30}};
    config.quotaBytes = 1'500'000'000;
    gate::PretendGate gate(clock);
    portal::PretendEdge edge(makeSealingKeys().publicKey);
    portal::OneNeighbour neighbours(*gate::parseMac("02:00:5e:10:00:01"));
    std::printf("the portal is at http://%s/ (one-time code 246810, voucher WELCOME)\n", address.c_str());
    std::fflush(stdout);
    return serve(config, gate, edge, neighbours, clock, random);
}

} // namespace

int main(int argc, char** argv) {
    hardenProcess();
    mallopt(M_ARENA_MAX, kArenasMax);
    umask(0077);
    const std::string_view option = argc > 1 ? argv[1] : "";
    if (option == "--demo" && argc <= 3) return runDemo(argc == 3 ? argv[2] : "127.0.0.1:8480");
    if (option != "--config" || argc != 5 || std::string_view(argv[3]) != "--network") {
        std::fputs(
            "usage: silta-portal --config FILE --network FILE\n       silta-portal --demo [ADDRESS:PORT]\n"
            "--network: portal.toml of the folder that siltactl network render writes\n",
            stderr);
        return 2;
    }
    auto config = portal::loadPortalConfig(argv[2], argv[4]);
    if (!config) return log::fail("portal", config.error());
    return run(*config);
}
