// Runs one seed of the simulation.
#pragma once

#include "hub/hub_keys.h"

#include <cstdint>
#include <string>
#include <vector>

namespace silta::test {

struct Outcome {
    std::vector<std::string> wrong; ///< empty = everything held
    std::vector<std::string> trace;
};

/// Call once, before any seed; gives the keys of all hubs. Errors: Io.
Result<hub::HubKeys> prepareSimulation(const std::string& folder);
/// `folder` is emptied first. No fault begins after `lastFaultyEvent`.
Outcome runSeed(const std::string& folder, const hub::HubKeys& keys, std::uint64_t seed,
                int lastFaultyEvent = 1 << 30);
/// The same failure with as few faults as can be found by leaving out the last ones.
Outcome shrink(const std::string& folder, const hub::HubKeys& keys, std::uint64_t seed, Outcome failing);
/// -1 when it is none.
int numberOf(const char* text);

} // namespace silta::test
