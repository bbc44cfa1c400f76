#include "bench/scan/trial.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>

namespace silta::bench {

namespace {

double cpuMs() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void putNumber(std::FILE* pipe, std::uint64_t number) {
    std::fwrite(&number, sizeof(number), 1, pipe);
}

bool getNumber(std::FILE* pipe, std::uint64_t& number) {
    return std::fread(&number, sizeof(number), 1, pipe) == 1;
}

[[noreturn]] void runChild(const Reader& reader, const std::vector<Photograph>& photographs,
                           std::size_t first, std::FILE* pipe) {
    for (std::size_t i = first; i < photographs.size(); ++i) {
        ::alarm(kPictureSecondsMax);
        const auto begin = cpuMs();
        const auto messages = reader.read(photographs[i].picture.view());
        putNumber(pipe, static_cast<std::uint64_t>((cpuMs() - begin) * 1e6));
        putNumber(pipe, messages.size());
        for (const auto& message : messages) {
            putNumber(pipe, message.size());
            std::fwrite(message.data(), 1, message.size(), pipe);
        }
        std::fflush(pipe); // what was read stays known when the next picture is the last
    }
    ::_exit(0);
}

bool getOutcome(std::FILE* pipe, Outcome& outcome) {
    std::uint64_t nanoseconds = 0;
    std::uint64_t count = 0;
    if (!getNumber(pipe, nanoseconds) || !getNumber(pipe, count)) return false;
    outcome.cpuMs = static_cast<double>(nanoseconds) / 1e6;
    for (; count > 0; --count) {
        std::uint64_t bytes = 0;
        if (!getNumber(pipe, bytes)) return false;
        std::string message(bytes, '\0');
        if (std::fread(message.data(), 1, bytes, pipe) != bytes) return false;
        outcome.messages.push_back(std::move(message));
    }
    return true;
}

} // namespace

Result<std::vector<Outcome>> runTrial(const Reader& reader, const std::vector<Photograph>& photographs) {
    std::vector<Outcome> outcomes;
    while (outcomes.size() < photographs.size()) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) return Error{Errc::Io, "start reader: no pipe"};
        const auto child = ::fork();
        if (child < 0) return Error{Errc::Io, "start reader: no process"};
        if (child == 0) {
            ::close(ends[0]);
            std::freopen("/dev/null", "w", stderr); // the words of failed asserts
            runChild(reader, photographs, outcomes.size(), ::fdopen(ends[1], "w"));
        }
        ::close(ends[1]);
        auto* pipe = ::fdopen(ends[0], "r");
        Outcome outcome;
        while (getOutcome(pipe, outcome))
            outcomes.push_back(std::exchange(outcome, {}));
        std::fclose(pipe);
        ::waitpid(child, nullptr, 0);
        outcome = Outcome{};
        outcome.isAborted = true;
        if (outcomes.size() < photographs.size()) outcomes.push_back(outcome);
    }
    return outcomes;
}

} // namespace silta::bench
