// silta-thumbnailer: makes one small picture for silta-portal's pages, and can do nothing else. The picture
// comes on standard input, the small one goes to standard output, and the exit code says what went wrong.
// --self-test says whether it is as confined as it should be.
#include "core/digits.h"
#include "portal/thumbnail/confinement.h"
#include "portal/thumbnail/limits.h"
#include "portal/thumbnail/thumbnail.h"
#include "portal/thumbnail/thumbnail_program.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace {

using namespace silta;
using namespace silta::portal;

/// True when the call failed, and for want of permission.
bool isDenied(long result) {
    return result < 0 && errno == EPERM;
}

int selfTest() {
    const bool isConfined = confineThumbnailer() && isDenied(::open("/etc/hostname", O_RDONLY)) &&
                            isDenied(::socket(AF_UNIX, SOCK_STREAM, 0)) && isDenied(::fork());
    const std::string_view words = isConfined ? "confined\n" : "not confined\n";
    return ::write(STDOUT_FILENO, words.data(), words.size()) < 0 || !isConfined ? 1 : 0;
}

/// Empty when it cannot be read; one byte more than is allowed tells that it is too large.
std::string readInput() {
    std::string bytes(kSourceBytesMax + 1, '\0');
    std::size_t size = 0;
    for (;;) {
        const auto got = ::read(STDIN_FILENO, bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return {};
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return bytes;
}

int make(const ThumbnailWish& wish) {
    const auto picture = readInput();
    if (const auto confined = confineThumbnailer(); !confined) return exitCodeOf(confined.error().code);
    const auto small = makeThumbnail(picture, wish);
    if (!small) return exitCodeOf(small.error().code);
    const auto written = ::write(STDOUT_FILENO, small->data(), small->size());
    return written == static_cast<ssize_t>(small->size()) ? 0 : exitCodeOf(Errc::Io);
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--self-test") return selfTest();
    const auto numberOf = [&](int i) { return i < argc ? parseNumber<int>(argv[i]).value_or(0) : 0; };
    if (argc == 4)
        return make({numberOf(1), numberOf(2), static_cast<std::size_t>(std::max(numberOf(3), 0))});
    std::fputs("usage: silta-thumbnailer WIDTH HEIGHT BYTES <picture >small.webp\n", stderr);
    return 2;
}
