// How often somebody may try something: so many at once, then one now and then.
#pragma once

#include <silta/time.h>

#include <cstddef>
#include <string>
#include <unordered_map>

namespace silta {

struct Ration {
    int atOnce = 1;
    std::int64_t everyMs = 1'000; ///< between tries, once those are used up
    std::size_t whoMax = 1'024;   ///< remembered at once; beyond it new ones wait
};

/// Thread: one at a time.
class Attempts {
public:
    Attempts(const Clock& clock, Ration ration) : clock_(clock), ration_(ration) {}

    /// Counts one try of `who`. 0 = go on, else the seconds to wait.
    std::int64_t tryOnce(const std::string& who);

private:
    const Clock& clock_;
    const Ration ration_;
    std::unordered_map<std::string, std::int64_t> fullAtMs_; ///< when the whole ration is there again
};

} // namespace silta
