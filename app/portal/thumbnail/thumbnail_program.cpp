#include "portal/thumbnail/thumbnail_program.h"

#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

namespace silta::portal {

namespace {

Error failed(const char* what, int number) {
    return {Errc::Unavailable, fmt::format("make thumbnail: {}: {}", what, std::strerror(number))};
}

/// A file in memory that nobody else finds.
class MemoryFile {
public:
    MemoryFile() : fd_(::memfd_create("silta-thumbnail", MFD_CLOEXEC)) {}
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int fd() const { return fd_; }
    bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto done = ::write(fd_, bytes.data(), bytes.size());
            if (done < 0 && errno == EINTR) continue;
            if (done <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(done));
        }
        return ::lseek(fd_, 0, SEEK_SET) == 0;
    }
    [[nodiscard]] std::string read(std::size_t most) const {
        std::string bytes(most + 1, '\0');
        const auto size = ::pread(fd_, bytes.data(), bytes.size(), 0);
        bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return bytes;
    }

private:
    int fd_;
};

/// What posix_spawn makes of it, or the system's number of what went wrong.
Result<pid_t> started(const std::string& program, const ThumbnailWish& wish, const MemoryFile& in,
                      const MemoryFile& out) {
    std::array<std::string, 4> words = {"silta-thumbnailer", std::to_string(wish.width),
                                        std::to_string(wish.height), std::to_string(wish.bytesMax)};
    std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data()};
    std::array<char*, 1> environment{};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, in.fd(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.fd(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    pid_t pid = -1;
    const int number =
        ::posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return number == 0 ? Result<pid_t>(pid) : failed(program.c_str(), number);
}

/// How it ended, as waitpid says; it is killed when it takes longer.
int endOf(pid_t pid, int deadlineMs) {
    const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    pollfd ended{process, POLLIN, 0};
    int ready = 0;
    while (process >= 0 && (ready = ::poll(&ended, 1, deadlineMs)) < 0 && errno == EINTR) {
    }
    if (ready <= 0) ::kill(pid, SIGKILL);
    if (process >= 0) ::close(process);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

std::string besideThis(const char* name) {
    std::array<char, PATH_MAX> path{};
    const auto size = ::readlink("/proc/self/exe", path.data(), path.size());
    const std::string_view self(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return std::string(self.substr(0, self.rfind('/') + 1)) + name;
}

} // namespace

ThumbnailProgram::ThumbnailProgram(std::string program, int deadlineMs)
    : program_(program.empty() ? besideThis("silta-thumbnailer") : std::move(program)),
      deadlineMs_(deadlineMs) {}

Result<std::string> ThumbnailProgram::make(std::string_view picture, const ThumbnailWish& wish) const {
    if (picture.size() > kSourceBytesMax) return Error{Errc::Limit, "make thumbnail: too many bytes"};
    const MemoryFile in, out;
    if (in.fd() < 0 || out.fd() < 0 || !in.write(picture)) return failed("memory", errno);
    const auto pid = started(program_, wish, in, out);
    if (!pid) return pid.error();
    const int status = endOf(*pid, deadlineMs_);
    if (!WIFEXITED(status)) return Error{Errc::Unavailable, "make thumbnail: the program died over it"};
    if (const int code = WEXITSTATUS(status); code != 0) {
        const auto why = static_cast<Errc>(code - exitCodeOf(Errc{}));
        const bool isKnown = code >= exitCodeOf(Errc{}) && code <= exitCodeOf(Errc::Internal);
        return Error{isKnown ? why : Errc::Unavailable, fmt::format("make thumbnail: exit code {}", code)};
    }
    auto small = out.read(wish.bytesMax);
    if (small.empty() || small.size() > wish.bytesMax)
        return Error{Errc::Unavailable, "make thumbnail: not what was wished"};
    return small;
}

} // namespace silta::portal
