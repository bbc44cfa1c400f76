#include "core/stop_signals.h"

#include <csignal>

namespace silta {

namespace {

sigset_t stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

void holdStopSignals() {
    const auto signals = stopSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

std::optional<int> waitForStopSignal(std::chrono::milliseconds timeout) {
    const auto signals = stopSignals();
    if (timeout == std::chrono::milliseconds::zero()) {
        int received = 0;
        sigwait(&signals, &received);
        return received;
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    const timespec wait{seconds.count(), std::chrono::nanoseconds(timeout - seconds).count()};
    const auto received = sigtimedwait(&signals, nullptr, &wait); // -1: time-out, or another signal's handler
    return received > 0 ? std::optional(received) : std::nullopt;
}

} // namespace silta
