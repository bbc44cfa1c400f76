// silta-edge: holds the journal and the device key, keeps device and hub in step, serves the screen and
// technicians.

#include "core/log.h"
#include "core/service_manager.h"
#include "core/stop_signals.h"
#include "edge/admin_api.h"
#include "edge/config.h"
#include "edge/engine.h"
#include "edge/kiosk_api.h"
#include "edge/portal_api.h"
#include "edge/store_face.h"
#include "edge/till_api.h"
#include "edge/updater.h"

#include <silta/catalog.h>

#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <string_view>

namespace {

silta::UpdaterPlaces placesOf(const silta::EdgeConfig& config) {
    return {.folder = config.stateFolder + "/update",
            .systemFile = "/usr/lib/silta/system",
            .slotFile = "/run/silta-slot",
            .bootFolder = config.socketFolder,
            .resultFile = "/run/silta-update/result",
            .kilobytesPerSecond = config.updateKilobytes};
}

int run(const silta::EdgeConfig& config) {
    using namespace silta;
    const SystemClock clock;
    SystemRandom random;
    holdStopSignals();
    const ServiceManager manager;
    std::error_code error;
    std::filesystem::create_directories(config.socketFolder, error);
    auto engine =
        Engine::start(config, clock, random, makeCurlTransport(), makeCurlTransport(), makeCurlTransport());
    if (!engine) return log::fail("edge", engine.error());
    auto kiosk = serveKiosk(**engine, config, clock);
    if (!kiosk) return log::fail("edge", kiosk.error());
    auto portal = servePortal(**engine, config, clock);
    if (!portal) return log::fail("edge", portal.error());
    auto till = serveTill(**engine, config, clock);
    if (!till) return log::fail("edge", till.error());
    StoreFace face(StoreFace::openerOf(config.catalogFolder), clock);
    Updater updater(
        placesOf(config), [&engine] { return (*engine)->fleetDesk(); },
        {[&engine] { (*engine)->requestCatalogCheck(); }, [&engine] { return (*engine)->status(); },
         [&face, &config](const FleetDesk& desk) {
             const auto store = face.store(desk.storeCode);
             return isQuietHour(store ? &store->hours : nullptr, config.updateWindow, desk.nowMs);
         }},
        makeCurlTransport(), clock, random);
    updater.start();
    auto admin = serveAdmin(**engine, config, clock, updater);
    if (!admin) return log::fail("edge", admin.error());
    log::info("edge", "ready");
    // Who can answer for its state holds none of its locks for ever.
    const auto isWell = [&engine] { return !(*engine)->status().is_null(); };
    log::info("edge", "stopping signal={}", serveUntilStopSignal(manager, isWell));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    silta::hardenProcess();
    umask(0027);
    const std::string_view option = argc == 3 ? argv[1] : "";
    if (option != "--config") {
        std::fputs("usage: silta-edge --config FILE\n", stderr);
        return 2;
    }
    auto config = silta::loadEdgeConfig(argv[2]);
    if (!config) return silta::log::fail("edge", config.error());
    return run(*config);
}
