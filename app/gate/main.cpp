// silta-gate: holds CAP_NET_ADMIN and opens the gate for guests that the portal names. It has no network
// socket and opens no file once it serves.

#include "core/log.h"
#include "core/service_manager.h"
#include "core/start_pages.h"
#include "core/stop_signals.h"
#include "gate/confinement.h"
#include "gate/gate_server.h"
#include "gate/nft_gate.h"
#include "gate/options.h"

#include <sys/signalfd.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdio>

namespace {

int stopDescriptor() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

int run(const silta::gate::Options& options) {
    using namespace silta;
    const SystemClock clock;
    SystemRandom random;
    holdStopSignals();
    const ServiceManager manager;
    const auto stop = stopDescriptor();
    const auto listener =
        options.socketPath.empty() ? gate::socketFromSystemd() : gate::listenOnGateSocket(options.socketPath);
    if (!listener) return log::fail("gate", listener.error());
    auto nft = gate::NftGate::open(clock, random);
    if (!nft) return log::fail("gate", nft.error());
    if (auto done = gate::confine(); !done) return log::fail("gate", done.error());
    gate::GateServer server(**nft, *listener, options.users);
    forgetStartPages();
    log::info("gate", "ready");
    if (auto done = server.run(stop, manager); !done) return log::fail("gate", done.error());
    log::info("gate", "stopping; guests that are in stay in");
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    umask(0027);
    const auto options =
        silta::gate::parseOptions(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!options) {
        std::fprintf(stderr, "%s\n", options.error().what.c_str());
        return 2;
    }
    return run(*options);
}
