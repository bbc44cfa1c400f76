#include "drivers/worker/decode_worker.h"

#include "drivers/worker/protocol.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

namespace silta::drivers {

namespace {

constexpr int kSafeFd = 16; // above those that the decoder finds open
constexpr auto kProgram = "silta-decoder";

Error failed(const char* what, int number) {
    return Error{Errc::Unavailable, fmt::format("start decoder: {}: {}", what, std::strerror(number))};
}

/// The descriptor moved out of the way of the numbers that the decoder expects.
Fd movedUp(Fd fd) {
    return Fd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kSafeFd));
}

std::string programBeside() {
    std::array<char, PATH_MAX> path{};
    const auto size = ::readlink("/proc/self/exe", path.data(), path.size());
    const std::string self(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return self.substr(0, self.rfind('/') + 1) + kProgram;
}

/// How the decoder is started: with its two descriptors and nothing of ours.
class SpawnPlan {
public:
    SpawnPlan(int socket, int memory) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocketFd);
        ::posix_spawn_file_actions_adddup2(&actions_, memory, kWorkerFrameFd);
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, std::max(kWorkerSocketFd, kWorkerFrameFd) + 1);
        ::posix_spawnattr_init(&attributes_);
        sigset_t signals;
        ::sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes_, &signals);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }

    /// The system's number of what went wrong, or 0.
    int run(const std::string& program, pid_t& pid) {
        std::string name = kProgram;
        std::array<char*, 2> args{name.data(), nullptr};
        std::array<char*, 1> environment{nullptr};
        return ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_, args.data(), environment.data());
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

} // namespace

DecodeWorker::DecodeWorker(DecodeWorkerConfig config) : config_(std::move(config)) {
    if (config_.program.empty()) config_.program = programBeside();
}

DecodeWorker::~DecodeWorker() {
    stop();
    if (frame_ != nullptr) ::munmap(frame_, kWorkerFrameBytesMax);
}

Result<void> DecodeWorker::makeMemory() {
    if (frame_ != nullptr) return {};
    Fd memory(::memfd_create("silta-frame", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!memory.isOpen() || ::ftruncate(memory.get(), kWorkerFrameBytesMax) != 0)
        return failed("shared memory", errno);
    // Were it to shrink, reading it would kill us.
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return failed("shared memory", errno);
    const auto path = fmt::format("/proc/self/fd/{}", memory.get());
    Fd readOnly(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!readOnly.isOpen()) return failed("shared memory", errno);
    void* frame = ::mmap(nullptr, kWorkerFrameBytesMax, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
    if (frame == MAP_FAILED) return failed("shared memory", errno);
    frame_ = static_cast<std::uint8_t*>(frame);
    memory_ = std::move(memory);
    readOnlyMemory_ = movedUp(std::move(readOnly));
    return {};
}

Result<void> DecodeWorker::start() {
    if (pid_ > 0) return {};
    if (auto made = makeMemory(); !made) return made;
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failed("socket", errno);
    socket_ = Fd(ends[0]);
    const auto theirs = movedUp(Fd(ends[1]));
    const int number = SpawnPlan(theirs.get(), readOnlyMemory_.get()).run(config_.program, pid_);
    if (number == 0) return {};
    pid_ = -1;
    socket_.reset();
    return failed(config_.program.c_str(), number);
}

void DecodeWorker::stop() {
    socket_.reset();
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

void DecodeWorker::keep(const GrayImage& image) const {
    if (config_.keepFolder.empty()) return;
    const auto path = fmt::format("{}/frame-{}.pgm", config_.keepFolder, deaths_ % kKeptFramesMax);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), &std::fclose);
    if (!file) return; // a technician's wish, not worth more trouble
    fmt::print(file.get(), "P5\n{} {}\n255\n", image.width, image.height);
    for (int y = 0; y < image.height; ++y)
        std::fwrite(image.data + image.stride * y, 1, static_cast<std::size_t>(image.width), file.get());
}

/// Replaces the process, so that the next picture finds one that has started.
Error DecodeWorker::bury(Error why, const GrayImage& image) {
    keep(image);
    ++deaths_;
    stop();
    if (auto started = start(); !started) return std::move(started).error();
    return why;
}

Result<std::vector<SeenCode>> DecodeWorker::ask(const GrayImage& image, const DecodeOptions& options) {
    auto* row = frame_;
    for (int y = 0; y < image.height; ++y, row += image.width)
        std::memcpy(row, image.data + image.stride * y, static_cast<std::size_t>(image.width));
    const WorkerRequest request{
        static_cast<std::uint32_t>(image.width), static_cast<std::uint32_t>(image.height),
        static_cast<std::uint32_t>(options.symbolsMax), options.isThorough ? 1U : 0U, options.turn};
    if (::send(socket_.get(), &request, sizeof(request), MSG_NOSIGNAL) != sizeof(request))
        return Error{Errc::Unavailable, "decode picture: the decoder has died"};
    pollfd answer{socket_.get(), POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&answer, 1, config_.deadlineMs)) < 0 && errno == EINTR) {
    }
    if (ready <= 0) return Error{Errc::Unavailable, "decode picture: the decoder takes too long"};
    std::array<std::byte, kWorkerReplyBytesMax> reply{};
    const auto bytes = ::recv(socket_.get(), reply.data(), reply.size(), 0);
    if (bytes <= 0) return Error{Errc::Unavailable, "decode picture: the decoder died over it"};
    return unpackReply({reply.data(), static_cast<std::size_t>(bytes)});
}

Result<std::vector<SeenCode>> DecodeWorker::decode(const GrayImage& image, const DecodeOptions& options) {
    if (image.data == nullptr || image.width <= 0 || image.height <= 0 || image.stride < image.width)
        return Error{Errc::Invalid, "decode picture: no pixels"};
    const auto pixels = static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
    if (image.width > kDecodeSideMax || image.height > kDecodeSideMax || pixels > kWorkerFrameBytesMax)
        return Error{Errc::Limit, "decode picture: too wide or too high"};
    if (auto started = start(); !started) return std::move(started).error();
    auto codes = ask(image, options);
    const bool isDead =
        !codes && (codes.error().code == Errc::Unavailable || codes.error().code == Errc::Corrupt);
    if (isDead) return bury(std::move(codes).error(), image);
    return codes;
}

} // namespace silta::drivers
