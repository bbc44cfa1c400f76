#include "sim/runner.h"

#include "core/log.h"
#include "sim/world.h"

#include <sodium.h>

#include <charconv>
#include <filesystem>

namespace silta::test {

namespace {

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

} // namespace

Result<hub::HubKeys> prepareSimulation(const std::string& folder) {
    // A hub whose disk fails says so, hundreds of times.
    log::setThreshold(log::Level::Off);
    SimDisk::install();
    return hub::loadOrMakeHubKeys(folder + "/hub.keys");
}

Outcome runSeed(const std::string& folder, const hub::HubKeys& keys, std::uint64_t seed,
                int lastFaultyEvent) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    seedSodium(seed);
    World world(folder, keys, seed);
    world.stopFaultsAfter(lastFaultyEvent);
    world.run();
    auto wrong = world.check();
    return {std::move(wrong), world.trace()};
}

Outcome shrink(const std::string& folder, const hub::HubKeys& keys, std::uint64_t seed, Outcome failing) {
    constexpr int kStep = 4;
    for (int last = 0; last < World::kEvents; last += kStep) {
        auto outcome = runSeed(folder, keys, seed, last);
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
