// Runs seeds of the simulation.
#pragma once

#include "sim/world.h"

#include <QTemporaryDir>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace silta::test {

struct Outcome {
    std::vector<std::string> wrong; ///< empty = everything held
    std::vector<std::string> trace;
};

class Runner {
public:
    /// One in a process. Errors: Io.
    static Result<std::unique_ptr<Runner>> prepare();
    /// No fault begins after `lastFaultyEvent`.
    Outcome run(std::uint64_t seed, int lastFaultyEvent = 1 << 30);
    /// The same failure with as few faults as can be found by leaving out the last ones.
    Outcome shrink(std::uint64_t seed, Outcome failing);

private:
    Runner();
    [[nodiscard]] std::string folder() const { return temporary_.path().toStdString() + "/run"; }

    QTemporaryDir temporary_;
    hub::HubKeys keys_;
    World::Blank blank_;
};

/// -1 when it is none.
int numberOf(const char* text);

} // namespace silta::test
