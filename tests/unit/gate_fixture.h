// What the gate's tests share: a network of this process's own, nft, and guests.
#pragma once

#include "gate/gate.h"
#include "gate/guest_table.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <QProcess>
#include <QString>
#include <QStringList>
#include <string>
#include <thread>

namespace silta::test {

struct Ran {
    int code = -1;
    std::string out, err;
};

/// Runs a program to its end, in the network of the calling thread.
inline Ran runProgram(const QString& program, const QStringList& arguments, const std::string& input = {}) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted()) return {.err = program.toStdString() + " does not start"};
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000)) return {.err = "too slow"};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

inline bool canMakeNetworks() {
    return geteuid() == 0 && runProgram("nft", {"--version"}).code == 0;
}

/// A network namespace without a name: it goes with the last descriptor, whatever happens to the test.
class Network {
public:
    Network() {
        std::thread([this] {
            if (unshare(CLONE_NEWNET) == 0) fd_ = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
        }).join();
        run("ip link set lo up");
    }
    ~Network() {
        if (fd_ >= 0) ::close(fd_);
    }
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    /// Calls `function` on a thread that lives in this network; sockets that it opens stay there.
    template <class Function>
    void in(Function function) const {
        std::thread([this, &function] {
            if (setns(fd_, CLONE_NEWNET) == 0) function();
        }).join();
    }
    Ran run(const std::string& command, const std::string& input = {}) const {
        Ran ran;
        in([&] {
            auto words = QString::fromStdString(command).split(' ');
            const auto program = words.takeFirst();
            ran = runProgram(program, words, input);
        });
        return ran;
    }
    /// For `ip link … netns`.
    [[nodiscard]] std::string path() const { return fmt::format("/proc/{}/fd/{}", getpid(), fd_); }

private:
    int fd_ = -1;
};

inline gate::Mac macOf(unsigned number) {
    return {{0x02, 0x00, 0x5e, static_cast<std::uint8_t>(number >> 16),
             static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)}};
}

inline gate::Ipv4 addressOf(unsigned number) {
    return {0x0a4d'0000U + 256 + number}; // in 10.77.0.0/16
}

inline gate::Grant grantFor(unsigned number, std::uint32_t seconds = 3'600) {
    return {.mac = macOf(number), .address = addressOf(number), .seconds = seconds};
}

inline gate::GuestNetwork guestNetwork() {
    gate::GuestNetwork network;
    network.guestInterface = "g0";
    network.uplinkInterface = "u0";
    network.gateway4 = *gate::parseIpv4Prefix("10.77.0.1/16");
    network.gateway6 = *gate::parseIpv6Prefix("2001:db8:7::1/64");
    network.guestsMax = gate::kGuestsMax;
    return network;
}

} // namespace silta::test
