// What a fuzz target promises: unlike assert, it holds in every build.
#pragma once

#include <cstdlib>

namespace silta::fuzz {

inline void check(bool holds) {
    if (!holds) std::abort();
}

} // namespace silta::fuzz
