#include "sim/runner.h"

#include "core/log.h"
#include "sim/catalog_world.h"

#include <sodium.h>
#include <sqlite3.h>

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <stdexcept>

namespace silta::test {

namespace {

constexpr std::uint64_t kCatalogEvery = 10; // a run of it takes some times as long as one of all else

/// libsodium's keys and nonces come from the seed too, so that a run repeats itself to the byte.
SeededRandom& sodiumRandom() {
    static SeededRandom random(0);
    return random;
}

void seedSodium(std::uint64_t seed) {
    sodiumRandom() = SeededRandom(seed);
    static randombytes_implementation implementation = {
        [] { return "silta-simulated"; },
        [] { return static_cast<std::uint32_t>(sodiumRandom().next64()); },
        nullptr,
        nullptr,
        [](void* into, std::size_t size) {
            sodiumRandom().fill({static_cast<std::byte*>(into), size});
        },
        nullptr};
    randombytes_set_implementation(&implementation);
}

/// In memory, where there is such a place: keys are written and synced as files of their own.
QString placeForRuns() {
    const QString memory = "/dev/shm";
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + "/silta-sim-XXXXXX";
}

} // namespace

Runner::Runner() : temporary_(placeForRuns()) {}

Result<std::unique_ptr<Runner>> Runner::prepare() {
    // A hub whose disk fails says so, hundreds of times.
    log::setThreshold(log::Level::Off);
    // One thread: nothing is to be locked, nor counted for others.
    if (sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK)
        return Error{Errc::Internal, "prepare simulation: SQLite is in use already"};
    SimDisk::install();
    seedSodium(0);
    std::unique_ptr<Runner> runner(new Runner);
    auto keys = hub::loadOrMakeHubKeys(runner->temporary_.path().toStdString() + "/hub.keys");
    if (!keys) return keys.error();
    runner->keys_ = std::move(*keys);
    runner->blank_ = World::makeBlank(runner->folder(), runner->keys_);
    return runner;
}

Outcome Runner::run(std::uint64_t seed, int lastFaultyEvent) {
    std::filesystem::remove_all(folder());
    std::filesystem::create_directories(folder());
    seedSodium(seed);
    World world(folder(), keys_, blank_, seed);
    world.stopFaultsAfter(lastFaultyEvent);
    Outcome outcome;
    try {
        world.run();
        outcome.wrong = world.check();
    } catch (const std::runtime_error& stop) { // what the simulation looks at must be there
        outcome.wrong = {stop.what()};
    }
    outcome.trace = world.trace();
    if (seed % kCatalogEvery != 0) return outcome;
    CatalogWorld catalog(folder() + "/catalogue", keys_, seed);
    std::ranges::move(catalog.run(lastFaultyEvent), std::back_inserter(outcome.wrong));
    std::ranges::copy(catalog.trace(), std::back_inserter(outcome.trace));
    return outcome;
}

Outcome Runner::shrink(std::uint64_t seed, Outcome failing) {
    constexpr int kStep = 4;
    for (int last = 0; last < World::kEvents; last += kStep) {
        auto outcome = run(seed, last);
        if (!outcome.wrong.empty()) return outcome;
    }
    return failing;
}

int numberOf(const char* text) {
    int number = -1;
    const std::string_view view(text);
    std::from_chars(view.data(), view.data() + view.size(), number);
    return number;
}

} // namespace silta::test
