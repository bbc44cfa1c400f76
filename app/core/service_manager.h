// What systemd is told of a daemon, by the protocol of sd_notify(3). Started by anything else, all of it does
// nothing.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace silta {

/// Takes NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID out of the environment, so that no child inherits
/// them. Keeps its socket open: it may be used after a program gave up opening any. Thread: any; make it
/// before the program has threads.
class ServiceManager {
public:
    ServiceManager();
    ~ServiceManager();
    ServiceManager(const ServiceManager&) = delete;
    ServiceManager& operator=(const ServiceManager&) = delete;

    void tellReady() const { tell("READY=1"); }
    void tellAlive() const { tell("WATCHDOG=1"); }
    void tellStopping() const { tell("STOPPING=1"); }
    /// How often to tell that the program is alive: half of what the watchdog allows. Zero: nobody watches.
    [[nodiscard]] std::chrono::milliseconds heartbeat() const { return heartbeat_; }

private:
    void tell(const char* state) const;

    int socket_ = -1;
    std::chrono::milliseconds heartbeat_{0};
};

/// A daemon's main thread: tells that the program is ready, waits for one of the signals that
/// holdStopSignals() holds, tells that it ends and returns the signal. In between the watchdog is fed
/// whenever `isWell` says so; one that hangs or says no for too long has systemd start the program anew.
int serveUntilStopSignal(const ServiceManager& manager, const std::function<bool()>& isWell);

} // namespace silta
