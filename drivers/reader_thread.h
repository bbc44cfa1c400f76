// ReaderThread: the one thread that each scanner runs, and how it waits and is told to stop.
#pragma once

#include <silta/fd.h>
#include <silta/result.h>

#include <poll.h>

#include <functional>
#include <span>
#include <string>
#include <thread>

namespace silta::drivers {

/// Thread: used on the reader's thread only.
class StopSignal {
public:
    explicit StopSignal(int fd) : fd_(fd) {}

    enum class Wake { Ready, TimedOut, Stopped };
    /// Sleeps until one of `fds` has something (revents are filled in), `timeoutMs` pass (-1: never), or it
    /// is time to stop. Hang-ups and errors of a descriptor count as something.
    [[nodiscard]] Wake wait(std::span<pollfd> fds, int timeoutMs) const;
    /// The same for one descriptor to read from.
    [[nodiscard]] Wake wait(int fd, int timeoutMs) const;
    /// Sleeps for this long, or less when it is time to stop.
    [[nodiscard]] Wake sleep(int ms) const { return wait(std::span<pollfd>(), ms); }

private:
    int fd_;
};

class ReaderThread {
public:
    ReaderThread() = default;
    ReaderThread(const ReaderThread&) = delete;
    ReaderThread& operator=(const ReaderThread&) = delete;
    ~ReaderThread() { stop(); }

    /// Runs `body` on a new thread; it returns when its wait says Stopped.
    /// Errors: Busy (already running), Io (no descriptors left).
    Result<void> start(std::function<void(const StopSignal&)> body);
    /// Idempotent; returns when the thread has ended. Not to be called on that thread.
    void stop();

private:
    Fd event_; // outlives the thread, which waits on it
    std::jthread thread_;
};

/// Delays between attempts to open a device again: doubling, so that an unplugged scanner costs nothing.
class Backoff {
public:
    Backoff(int firstMs, int mostMs) : firstMs_(firstMs), mostMs_(mostMs), nextMs_(firstMs) {}
    int next();
    void reset() { nextMs_ = firstMs_; }

private:
    int firstMs_;
    int mostMs_;
    int nextMs_;
};

/// An Error with the system's words for `number`: NotFound, Denied, Busy, Full or Io.
Error systemError(std::string_view action, int number);

} // namespace silta::drivers
