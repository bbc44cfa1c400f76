#include "drivers/reader_thread.h"

#include <fmt/format.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace silta::drivers {

namespace {

constexpr std::size_t kFdsMax = 16; // a listener, its clients and the stop event

} // namespace

StopSignal::Wake StopSignal::wait(std::span<pollfd> fds, int timeoutMs) const {
    assert(fds.size() < kFdsMax);
    std::array<pollfd, kFdsMax> all{};
    std::copy(fds.begin(), fds.end(), all.begin());
    all[fds.size()] = pollfd{fd_, POLLIN, 0};
    for (;;) {
        const int ready = ::poll(all.data(), static_cast<nfds_t>(fds.size() + 1), timeoutMs);
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return Wake::TimedOut; // out of kernel memory: as good as a pause
        if (all[fds.size()].revents != 0) return Wake::Stopped;
        std::copy_n(all.begin(), fds.size(), fds.begin());
        return ready == 0 ? Wake::TimedOut : Wake::Ready;
    }
}

StopSignal::Wake StopSignal::wait(int fd, int timeoutMs) const {
    pollfd one{fd, POLLIN, 0};
    return wait(std::span<pollfd>(&one, 1), timeoutMs);
}

Result<void> ReaderThread::start(std::function<void(const StopSignal&)> body) {
    if (thread_.joinable()) return Error{Errc::Busy, "start reader: already running"};
    event_ = Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!event_.isOpen()) return systemError("start reader", errno);
    try {
        thread_ = std::jthread([fd = event_.get(), run = std::move(body)] { run(StopSignal(fd)); });
    } catch (const std::system_error& error) {
        return systemError("start reader", error.code().value());
    }
    return {};
}

void ReaderThread::stop() {
    if (!thread_.joinable()) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof(one));
    thread_.join();
    event_.reset();
}

int Backoff::next() {
    const int now = nextMs_;
    nextMs_ = std::min(nextMs_ * 2, mostMs_);
    return now;
}

Error systemError(std::string_view action, int number) {
    const auto code = [number] {
        switch (number) {
        case ENOENT:
        case ENODEV:
        case ENXIO:
            return Errc::NotFound;
        case EACCES:
        case EPERM:
            return Errc::Denied;
        case EBUSY:
        case EADDRINUSE:
            return Errc::Busy;
        case ENOSPC:
            return Errc::Full;
        default:
            return Errc::Io;
        }
    }();
    auto words = std::generic_category().message(number);
    if (!words.empty()) words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
    return Error{code, fmt::format("{}: {}", action, words)};
}

} // namespace silta::drivers
