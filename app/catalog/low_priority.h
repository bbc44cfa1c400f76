// Work that may take seconds and that nobody waits for at a screen.
#pragma once

#include <sys/resource.h>

#include <optional>
#include <thread>

namespace silta {

/// Runs `work` on a thread of low priority and gives what it returns: shoppers come first.
template <class Work>
auto atLowPriority(Work work) {
    constexpr int kNice = 10;
    std::optional<decltype(work())> outcome;
    std::jthread worker([&] {
        ::setpriority(PRIO_PROCESS, 0, kNice); // of the calling thread only
        outcome = work();
    });
    worker.join();
    return std::move(*outcome);
}

} // namespace silta
