// Whether a guest is ever cut off, and whether a stranger ever gets through.
#pragma once

#include "e2e/portal/rig.h"

namespace silta::test {

inline constexpr std::uint16_t kEchoPort = 9'000;
inline constexpr int kLostMs = 3'000; ///< what has not come back by then never will
/// Between two answers, on a machine that has other things to do: a hundred times what one that is quiet
/// measures.
inline constexpr qint64 kGapMsMax = 1'000;

/// Sends back what comes. A thread of its own, which ends with the object.
class Echo {
public:
    Echo(const Network& network, const char* host)
        : fd_(bound(network, SOCK_DGRAM, host, kEchoPort)),
          thread_([fd = fd_.get()](const std::stop_token& stop) {
              std::array<char, 100> bytes{};
              while (!stop.stop_requested()) {
                  if (!canRead(fd, 10)) continue;
                  Address from;
                  from.size = sizeof from.storage;
                  const auto size = ::recvfrom(fd, bytes.data(), bytes.size(), 0,
                                               reinterpret_cast<sockaddr*>(&from.storage), &from.size);
                  ::sendto(fd, bytes.data(), static_cast<std::size_t>(size), 0, from.get(), from.size);
              }
          }) {}

private:
    Fd fd_;
    std::jthread thread_;
};

/// A guest's datagrams, one a millisecond, and the longest time without an answer.
class Heartbeat {
public:
    Heartbeat(const Network& network, const char* host)
        : fd_(datagramsTo(network, host, kEchoPort)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}
    [[nodiscard]] int sent() const { return sent_; }
    [[nodiscard]] int lost() const { return sent_ - answered_; }
    [[nodiscard]] qint64 gapMs() const { return gapMs_; }
    void finish() {
        thread_.request_stop();
        thread_.join();
    }

private:
    void run(const std::stop_token& stop) {
        QElapsedTimer since;
        since.start();
        while (!stop.stop_requested()) {
            ++sent_;
            if (::send(fd_.get(), "x", 1, 0) != 1 || !canRead(fd_.get(), kLostMs)) continue;
            char byte = 0;
            if (::recv(fd_.get(), &byte, 1, 0) != 1) continue;
            ++answered_;
            gapMs_ = std::max<qint64>(gapMs_, since.restart());
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    Fd fd_;
    std::atomic<int> sent_ = 0, answered_ = 0;
    std::atomic<qint64> gapMs_ = 0;
    std::jthread thread_;
};

/// Somebody who is not let in and tries all the time to reach kForbidden4 and kForbidden6: two datagrams a
/// millisecond. A thread of its own, which ends with the object.
class Stranger {
public:
    explicit Stranger(const Network& network)
        : thread_([this, &network](const std::stop_token& stop) { network.in([&] { run(stop); }); }) {}
    [[nodiscard]] int knocks() const { return knocks_; }

private:
    void run(const std::stop_token& stop) {
        const auto to4 = addressOf(kForbidden4, kEchoPort);
        const auto to6 = addressOf(kForbidden6, kEchoPort);
        const Fd four(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        const Fd six(::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        while (!stop.stop_requested()) {
            if (::sendto(four.get(), "x", 1, 0, to4.get(), to4.size) == 1) ++knocks_;
            if (::sendto(six.get(), "x", 1, 0, to6.get(), to6.size) == 1) ++knocks_;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    std::atomic<int> knocks_ = 0;
    std::jthread thread_;
};

} // namespace silta::test
