// silta-till: the page of staff at the till, over HTTPS on their network. It holds no key of the device, no
// journal and nothing of a customer; what it needs it asks of silta-edge.

#include "core/log.h"
#include "core/service_manager.h"
#include "core/start_pages.h"
#include "core/stop_signals.h"
#include "drivers/printer/receipt_printer.h"
#include "net/certificate.h"
#include "net/unix_transport.h"
#include "till/config.h"
#include "till/limits.h"
#include "till/own_certificate.h"
#include "till/till.h"

#include <silta/crypto.h>

#include <fmt/format.h>
#include <sys/stat.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <string_view>
#include <thread>

namespace {

using namespace silta;

// A store's tills and tablets, each with a few connections. Half of the threads may wait for the hub's word.
constexpr HttpLimits kStaffLimits{.connections = 512,
                                  .connectionsPerAddress = 128,
                                  .headerBytes = 16 * 1024,
                                  .bodyBytes = till::kSaleBodyBytesMax,
                                  .idleSeconds = 30,
                                  .totalSeconds = 120,
                                  .threads = 8};
constexpr std::int64_t kSweepMs = 5'000;
constexpr std::int64_t kSweepLateMs = 30'000; // edge is asked meanwhile, and may be slow

/// Sweeps every kSweepMs and says when, by `sweptMs` (Clock::steadyMs).
void sweepUntil(const std::stop_token& stop, till::Till& till, const Clock& clock,
                std::atomic<std::int64_t>& sweptMs) {
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
        till.sweep();
        sweptMs = clock.steadyMs();
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, std::chrono::milliseconds(kSweepMs), [] { return false; });
    }
}

/// Null where there is none.
Result<std::unique_ptr<Printer>> makePrinter(const till::TillConfig& config) {
    if (config.printer.empty()) return std::unique_ptr<Printer>();
    auto place = drivers::parsePrinterPlace(config.printer);
    if (!place) return place.error();
    constexpr int kWideMm = 80;
    const bool isNarrow = config.paperMm < kWideMm;
    const drivers::PaperFormat paper{.columns = isNarrow ? 32 : 48,
                                     .dots = isNarrow ? 384 : 576,
                                     .codes = config.drawsCodes ? drivers::CodesBy::Picture
                                                                : drivers::CodesBy::Printer};
    return std::unique_ptr<Printer>(new drivers::ReceiptPrinter(std::move(*place), paper));
}

int run(const till::TillConfig& config) {
    const SystemClock clock;
    SystemRandom random;
    holdStopSignals();
    const ServiceManager manager;
    auto tls = till::loadOrMakeCertificate(config, clock);
    if (!tls) return log::fail("till", tls.error());
    const auto facts = readCertificate(tls->certificatePem);
    if (!facts) return log::fail("till", facts.error());
    auto posKeys = config.posKeysFile.empty() ? Result<till::PosKeys>(till::PosKeys{})
                                              : till::PosKeys::load(config.posKeysFile);
    if (!posKeys) return log::fail("till", posKeys.error());
    auto printer = makePrinter(config);
    if (!printer) return log::fail("till", printer.error());
    till::UnixEdgeLink edge(config.edgeSocket, makeUnixTransport);
    till::Till till(edge, config.idleMinutes, clock, random, std::move(*posKeys), printer->get());
    std::vector<std::unique_ptr<HttpServer>> servers;
    for (const auto& address : config.listen) {
        const HttpServer::Route all{"*", "*",
                                    [&till](const HttpRequest& request) { return till.handle(request); }};
        auto server = HttpServer::start(address, {all}, kStaffLimits, *tls);
        if (!server) return log::fail("till", server.error());
        log::info("till", "listening port={}", (*server)->port());
        servers.push_back(std::move(*server));
    }
    std::atomic<std::int64_t> sweptMs = clock.steadyMs();
    const std::jthread sweeper([&](const std::stop_token& stop) { sweepUntil(stop, till, clock, sweptMs); });
    forgetStartPages();
    log::info("till", "ready fingerprint={}", facts->fingerprint);
    const auto isWell = [&] { return clock.steadyMs() - sweptMs < kSweepLateMs; };
    log::info("till", "stopping signal={}", serveUntilStopSignal(manager, isWell));
    return 0;
}

int printFingerprint(const till::TillConfig& config) {
    const SystemClock clock;
    auto tls = till::loadOrMakeCertificate(config, clock);
    if (!tls) return log::fail("till", tls.error());
    const auto facts = readCertificate(tls->certificatePem);
    if (!facts) return log::fail("till", facts.error());
    fmt::print("{}\n", facts->fingerprint);
    return 0;
}

int printPosKey(const std::string& name) {
    SystemRandom random;
    const auto made = till::makePosKey(name, random);
    if (!made) return log::fail("till", made.error());
    fmt::print("key for the POS, and nobody else: {}\nline for the file of pos_keys: {}\n", made->key,
               made->line);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    hardenProcess();
    umask(0077);
    const std::vector<std::string_view> args(argv + 1, argv + argc);
    const bool shows = args.size() == 3 && args[2] == "--fingerprint";
    if (args.size() == 2 && args[0] == "--new-pos") return printPosKey(std::string(args[1]));
    if ((args.size() != 2 && !shows) || args[0] != "--config") {
        std::fputs("usage: silta-till --config FILE [--fingerprint]\n"
                   "       silta-till --new-pos NAME\n"
                   "--fingerprint: prints that of the certificate, to be compared with the browser's\n"
                   "--new-pos: makes a key for a POS that tells of its sales\n",
                   stderr);
        return 2;
    }
    auto config = till::loadTillConfig(std::string(args[1]));
    if (!config) return log::fail("till", config.error());
    return shows ? printFingerprint(*config) : run(*config);
}
