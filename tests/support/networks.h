// Networks of a test's own, and programs in them. Root is needed.
#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QProcess>
#include <QString>
#include <QStringList>
#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace silta::test {

struct Ran {
    int code = -1;
    std::string out{}, err{};
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

inline constexpr const char* kNamesOfNetworks = "/run/netns";

/// How long to wait for what comes at once on a machine that has nothing else to do.
inline constexpr int kPatienceMs = 30'000;

/// A network namespace: it goes with the last descriptor, whatever happens to the test. One with a name can
/// be looked into by `ip netns exec`; what a killed test leaves of it is the name (see removeStaleNetworks).
class Network {
public:
    explicit Network(const std::string& name = {}) {
        if (!name.empty()) namePath_ = fmt::format("{}/silta-rig-{}-{}", kNamesOfNetworks, getpid(), name);
        std::thread([this] {
            if (unshare(CLONE_NEWNET) != 0) return;
            fd_ = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
            if (namePath_.empty()) return;
            ::mkdir(kNamesOfNetworks, 0755);
            ::close(::open(namePath_.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0444));
            if (::mount("/proc/thread-self/ns/net", namePath_.c_str(), "none", MS_BIND, nullptr) != 0)
                ::unlink(namePath_.c_str());
        }).join();
        run("ip link set lo up");
    }
    ~Network() {
        if (fd_ >= 0) ::close(fd_);
        if (!namePath_.empty()) removeName(namePath_);
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
    /// Starts a program that ends with the calling thread, at the latest. `resolver` is its /etc/resolv.conf;
    /// empty: the machine's. `before` is called in the new process, when it has become this network's.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QString& program, const QStringList& arguments,
                                                  const std::string& resolver = {},
                                                  const std::function<void()>& before = {}) const {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::MergedChannels);
        process->setChildProcessModifier([fd = fd_, resolver, before] {
            const bool isInPlace =
                resolver.empty() ||
                (unshare(CLONE_NEWNS) == 0 && ::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                 ::mount(resolver.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) == 0);
            if (!isInPlace || setns(fd, CLONE_NEWNET) != 0 || ::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
                ::_exit(126);
            if (before) before();
        });
        process->start(program, arguments);
        process->waitForStarted();
        return process;
    }
    static void removeName(const std::string& path) {
        ::umount2(path.c_str(), MNT_DETACH);
        ::unlink(path.c_str());
    }
    /// For `ip link … netns`.
    [[nodiscard]] std::string path() const { return fmt::format("/proc/{}/fd/{}", getpid(), fd_); }

private:
    int fd_ = -1;
    std::string namePath_;
};

/// Ends every process in the network that `path` names.
inline void endProcessesIn(const std::string& path) {
    struct stat network {};
    if (::stat(path.c_str(), &network) != 0) return;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
        struct stat theirs {};
        const auto process = QString::fromStdString(entry.path().filename().string()).toInt();
        if (process > 1 && ::stat((entry.path() / "ns/net").c_str(), &theirs) == 0 &&
            theirs.st_dev == network.st_dev && theirs.st_ino == network.st_ino)
            ::kill(process, SIGKILL);
    }
}

/// Networks with a name that were made by a process of which `isWanted(id)` says so, and what runs in them.
template <class IsWanted>
void removeNetworks(IsWanted isWanted) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(kNamesOfNetworks, error)) {
        const auto name = QString::fromStdString(entry.path().filename().string());
        const auto process = name.section('-', 2, 2).toInt();
        if (!name.startsWith("silta-rig-") || process <= 0 || !isWanted(process)) continue;
        endProcessesIn(entry.path().string());
        Network::removeName(entry.path().string());
    }
}

/// Those of processes that have gone.
inline void removeStaleNetworks() {
    removeNetworks([](pid_t process) { return ::kill(process, 0) != 0 && errno == ESRCH; });
}

/// Removes this process's networks with a name when it ends without doing so. A process of its own: a signal
/// at the parent's death does not reach a program that has changed its user or its capabilities since.
class NetworkGuard {
public:
    NetworkGuard() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
        const auto owner = getpid();
        child_ = ::fork();
        if (child_ == 0) {
            ::setsid();
            ::close(ends[1]);
            char byte = 0;
            while (::read(ends[0], &byte, 1) < 0 && errno == EINTR) {
            }
            removeNetworks([owner](pid_t process) { return process == owner; });
            ::_exit(0);
        }
        ::close(ends[0]);
        fd_ = ends[1];
    }
    ~NetworkGuard() {
        if (fd_ >= 0) ::close(fd_);
        if (child_ > 0) ::waitpid(child_, nullptr, 0);
    }
    NetworkGuard(const NetworkGuard&) = delete;
    NetworkGuard& operator=(const NetworkGuard&) = delete;

private:
    int fd_ = -1;
    pid_t child_ = -1;
};

} // namespace silta::test
