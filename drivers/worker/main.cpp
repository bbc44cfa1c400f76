// silta-decoder: reads codes in pictures for silta-kiosk, and can do nothing else. The kiosk starts it with a
// socket and shared memory (protocol.h); when a picture kills it or keeps it too long, the kiosk starts
// another.
// --self-test says whether it is as confined as it should be.
#include "drivers/worker/confinement.h"
#include "drivers/worker/protocol.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string_view>

namespace {

using namespace silta;
using namespace silta::drivers;

int fail(const char* words) {
    std::fprintf(stderr, "silta-decoder: %s\n", words);
    return 1;
}

/// Before the filter: what the library keeps for all pictures, so that no limit meets it half-way.
void warmUp() {
    const std::vector<std::uint8_t> pixels(64 * 64, 255);
    [[maybe_unused]] const auto codes = decode(GrayImage{pixels.data(), 64, 64, 64});
}

/// True when the call failed, and for want of permission.
bool isDenied(long result) {
    return result < 0 && errno == EPERM;
}

int selfTest() {
    warmUp();
    if (!confineDecoder()) return fail("not confined");
    if (!isDenied(::open("/etc/hostname", O_RDONLY))) return fail("can open a file");
    if (!isDenied(::socket(AF_INET, SOCK_STREAM, 0))) return fail("can make a socket");
    if (!isDenied(::fork())) return fail("can make a process");
    if (!isDenied(::kill(::getppid(), 0))) return fail("can reach another process");
    std::printf("silta-decoder: confined\n");
    return 0;
}

Result<std::vector<SeenCode>> answer(const WorkerRequest& request, const std::uint8_t* frame) {
    const auto pixels = std::uint64_t{request.width} * request.height;
    if (pixels == 0 || pixels > kWorkerFrameBytesMax || request.width > kDecodeSideMax ||
        request.height > kDecodeSideMax)
        return Error{Errc::Limit, "decode picture: too large"};
    const int width = static_cast<int>(request.width);
    DecodeOptions options;
    options.symbolsMax = static_cast<int>(request.symbolsMax);
    options.isThorough = request.isThorough != 0;
    options.turn = request.turn;
    return decode(GrayImage{frame, width, static_cast<int>(request.height), width}, options);
}

int serve() {
    void* frame = ::mmap(nullptr, kWorkerFrameBytesMax, PROT_READ, MAP_SHARED, kWorkerFrameFd, 0);
    if (frame == MAP_FAILED) return fail("no shared memory; silta-kiosk starts this program");
    warmUp();
    if (const auto confined = confineDecoder(); !confined) return fail(confined.error().what.c_str());
    for (;;) {
        WorkerRequest request;
        const auto bytes = ::recv(kWorkerSocketFd, &request, sizeof(request), 0);
        if (bytes < 0 && errno == EINTR) continue;
        if (bytes != sizeof(request)) return bytes == 0 ? 0 : fail("question is cut");
        const auto reply = packReply(answer(request, static_cast<const std::uint8_t*>(frame)));
        if (::send(kWorkerSocketFd, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) return 0;
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--self-test") return selfTest();
    return serve();
}
