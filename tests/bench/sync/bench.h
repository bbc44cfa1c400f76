// What the sync benchmarks share: a meter, errors that end the program, a server in a process of its own.
#pragma once

#include "core/json.h"
#include "edge/usage.h"

#include <silta/result.h>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string>
#include <utility>

namespace silta::bench {

/// Wall time, CPU time and bytes written to disk by this process since it was made.
class Meter {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    [[nodiscard]] std::int64_t written() const { return bytesWrittenByProcess() - writtenStart_; }
    [[nodiscard]] Json line(const char* who, const Json& more) const {
        Json line = {{"who", who},
                     {"seconds", seconds()},
                     {"clientCpuSeconds", cpu() - cpuStart_},
                     {"written", written()}};
        line.update(more);
        return line;
    }
    void print(const char* who, const Json& more) const {
        fmt::print("{}\n", dumpJson(line(who, more)));
        std::fflush(stdout);
    }

private:
    static double cpu() {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval& t) {
            return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
        };
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    double cpuStart_ = cpu();
    std::int64_t writtenStart_ = bytesWrittenByProcess();
};

[[noreturn]] inline void fail(const std::string& what) {
    fmt::print(stderr, "benchmark: {}\n", what);
    std::_Exit(1);
}

template <class T>
T must(Result<T> result) {
    if (!result) fail(result.error().what);
    return std::move(*result);
}
inline void must(const Result<void>& result) {
    if (!result) fail(result.error().what);
}

/// A server in a process of its own, which ends with this one or before.
struct ServerChild {
    pid_t pid = 0;
    int port = 0;

    [[nodiscard]] std::string url() const { return fmt::format("http://127.0.0.1:{}", port); }
    [[nodiscard]] double cpuSeconds() const {
        clockid_t clock{};
        timespec used{};
        if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) fail("no cpu clock");
        return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
    }
    void end() const {
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
    }
};

/// Runs `serve`, which gives an HttpServer, in a child.
template <class Serve>
ServerChild inChild(Serve serve) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) fail("no pipe");
    const auto pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        auto server = serve();
        const int port = server->port();
        if (::write(pipe[1], &port, sizeof port) != sizeof port) std::_Exit(1);
        for (;;)
            pause();
    }
    ServerChild child{pid, 0};
    if (::read(pipe[0], &child.port, sizeof child.port) != sizeof child.port)
        fail("the server does not start");
    ::close(pipe[0]);
    ::close(pipe[1]);
    return child;
}

} // namespace silta::bench
