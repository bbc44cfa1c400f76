// Runs seeds of the simulation: silta-sim FIRST LAST [--trace]
// Prints each seed that fails with what is wrong and the shortest trace found; exits with 1 when one did.
#include "sim/runner.h"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdio>

using namespace silta;
using namespace silta::test;

namespace {

volatile std::sig_atomic_t stopSignal = 0;

} // namespace

int main(int argc, char** argv) {
    const int first = argc > 2 ? numberOf(argv[1]) : -1;
    const int last = argc > 2 ? numberOf(argv[2]) : -1;
    const bool wantsTrace = argc > 3 && std::string_view(argv[3]) == "--trace";
    if (first < 0 || last < first) {
        fmt::print(stderr, "usage: silta-sim FIRST LAST [--trace]\n");
        return 2;
    }
    const auto runner = Runner::prepare();
    if (!runner) {
        fmt::print(stderr, "silta-sim: {}\n", runner.error().what);
        return 1;
    }
    const auto start = std::chrono::steady_clock::now();
    int failed = 0;
    int seed = first;
    // A long run that is asked to end says how far it came.
    std::signal(SIGTERM, [](int signal) { stopSignal = signal; });
    for (; seed <= last && stopSignal == 0; ++seed) {
        auto outcome = (*runner)->run(static_cast<std::uint64_t>(seed));
        if (!outcome.wrong.empty()) {
            ++failed;
            outcome = (*runner)->shrink(static_cast<std::uint64_t>(seed), std::move(outcome));
            fmt::print("seed {} fails:\n", seed);
            for (const auto& line : outcome.wrong)
                fmt::print("  {}\n", line);
            std::fflush(stdout);
        }
        if (wantsTrace)
            for (const auto& line : outcome.trace)
                fmt::print("    {}\n", line);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    fmt::print("{} seeds, {} failed, {:.1f} s\n", seed - first, failed, took.count());
    return failed > 0 ? 1 : 0;
}
