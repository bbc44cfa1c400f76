#include "net/compression.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

namespace silta {

namespace {

// The lines of a batch repeat long pieces with random ids between; a short match found within an id costs
// more than it saves. A quarter smaller than level 3, for 2 us an operation.
constexpr int kLinesLevel = 9;
constexpr int kLinesMatchMin = 6;
constexpr int kWindowLogMax = 27; // 128 MiB: what a frame may ask a Raspberry Pi to hold

struct Closer {
    void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
    void operator()(ZSTD_DCtx* d) const { ZSTD_freeDCtx(d); }
};
using Decoder = std::unique_ptr<ZSTD_DCtx, Closer>;
using Encoder = std::unique_ptr<ZSTD_CCtx, Closer>;

class File {
public:
    explicit File(int fd) : fd_(fd) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] bool ok() const { return fd_ >= 0; }

private:
    int fd_;
};

Error errnoError(const char* verb) {
    const auto code = errno == ENOSPC || errno == EDQUOT ? Errc::Full
                      : errno == ENOENT                  ? Errc::NotFound
                      : errno == EEXIST                  ? Errc::Conflict
                                                         : Errc::Io;
    return Error{code, fmt::format("{}: {}", verb, fmt::system_error(errno, "").what())};
}

Result<std::size_t> readSome(const File& file, std::vector<char>& buffer) {
    for (;;) {
        const auto n = ::read(file.fd(), buffer.data(), buffer.size());
        if (n >= 0) return static_cast<std::size_t>(n);
        if (errno != EINTR) return errnoError("read file");
    }
}

Result<void> writeAll(const File& file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(file.fd(), bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR) return errnoError("write file");
        if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

// Feeds the decompressed bytes of a file to `sink` in pieces. A frame that is cut is damage, not an end.
Result<void> decodeFile(const std::string& path, const std::function<Result<void>(std::string_view)>& sink) {
    const File in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in.ok()) return errnoError("open file");
    const Decoder decoder(ZSTD_createDCtx());
    ZSTD_DCtx_setParameter(decoder.get(), ZSTD_d_windowLogMax, kWindowLogMax);
    std::vector<char> source(ZSTD_DStreamInSize());
    std::vector<char> target(ZSTD_DStreamOutSize());
    std::size_t hint = 1; // 0 when a frame has just ended
    bool any = false;
    for (;;) {
        auto n = readSome(in, source);
        if (!n) return n.error();
        if (*n == 0) break;
        any = true;
        ZSTD_inBuffer input{source.data(), *n, 0};
        while (input.pos < input.size) {
            ZSTD_outBuffer output{target.data(), target.size(), 0};
            hint = ZSTD_decompressStream(decoder.get(), &output, &input);
            if (ZSTD_isError(hint) != 0U)
                return Error{Errc::Corrupt, fmt::format("decompress file: {}", ZSTD_getErrorName(hint))};
            if (auto done = sink({target.data(), output.pos}); !done) return done.error();
        }
    }
    // What is left inside the decoder after the last input byte.
    while (any && hint != 0) {
        ZSTD_inBuffer input{source.data(), 0, 0};
        ZSTD_outBuffer output{target.data(), target.size(), 0};
        const auto before = hint;
        hint = ZSTD_decompressStream(decoder.get(), &output, &input);
        if (ZSTD_isError(hint) != 0U) return Error{Errc::Corrupt, "decompress file: damaged"};
        if (auto done = sink({target.data(), output.pos}); !done) return done.error();
        if (output.pos == 0 && hint == before) break;
    }
    if (!any || hint != 0) return Error{Errc::Corrupt, "decompress file: it ends in the middle"};
    return {};
}

// Creates `path`, lets `fill` write it, syncs it; nothing is left behind on failure.
Result<void> writeNewFile(const std::string& path, const std::function<Result<void>(const File&)>& fill) {
    const File out(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!out.ok()) return errnoError("create file");
    auto done = fill(out);
    if (done && ::fsync(out.fd()) != 0) done = errnoError("sync file");
    if (!done) ::unlink(path.c_str());
    return done;
}

} // namespace

Result<std::string> compressLines(std::string_view lines) {
    // Its tables are made once in a thread: for a small batch that took longer than the compressing.
    thread_local const Encoder encoder = [] {
        Encoder made(ZSTD_createCCtx());
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, kLinesLevel);
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_minMatch, kLinesMatchMin);
        return made;
    }();
    std::string frame(ZSTD_compressBound(lines.size()), '\0');
    const auto n = ZSTD_compress2(encoder.get(), frame.data(), frame.size(), lines.data(), lines.size());
    if (ZSTD_isError(n) != 0U) return Error{Errc::Internal, "compress: failed"};
    frame.resize(n);
    return frame;
}

Result<std::string> decompress(std::string_view frame, std::size_t bytesMax) {
    const Decoder decoder(ZSTD_createDCtx());
    ZSTD_DCtx_setParameter(decoder.get(), ZSTD_d_windowLogMax, kWindowLogMax);
    // Most frames tell their length: then they come out in one piece. Both that say nothing are above any
    // limit.
    const auto told = ZSTD_getFrameContentSize(frame.data(), frame.size());
    std::string bytes(told <= bytesMax ? told : std::min(ZSTD_DStreamOutSize(), bytesMax), '\0');
    std::size_t length = 0;
    ZSTD_inBuffer input{frame.data(), frame.size(), 0};
    std::size_t hint = 1;
    for (;;) {
        ZSTD_outBuffer output{bytes.data(), bytes.size(), length};
        hint = ZSTD_decompressStream(decoder.get(), &output, &input);
        if (ZSTD_isError(hint) != 0U) return Error{Errc::Invalid, "decompress: not zstd or damaged"};
        length = output.pos;
        if (length > bytesMax) return Error{Errc::Limit, "decompress: too much comes out"};
        if (hint == 0) break;
        if (input.pos == input.size && length < bytes.size()) break;
        if (length == bytes.size()) bytes.resize(std::min(2 * bytes.size(), bytesMax) + 1);
    }
    if (hint != 0 || input.pos != input.size)
        return Error{Errc::Invalid, "decompress: cut or followed by more"};
    bytes.resize(length);
    return bytes;
}

Result<void> compressFile(const std::string& from, const std::string& to, int level) {
    const File in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in.ok()) return errnoError("open file");
    return writeNewFile(to, [&in, level](const File& out) -> Result<void> {
        const Encoder encoder(ZSTD_createCCtx());
        ZSTD_CCtx_setParameter(encoder.get(), ZSTD_c_compressionLevel, level);
        ZSTD_CCtx_setParameter(encoder.get(), ZSTD_c_checksumFlag, 1);
        std::vector<char> source(ZSTD_CStreamInSize());
        std::vector<char> target(ZSTD_CStreamOutSize());
        for (bool last = false; !last;) {
            auto n = readSome(in, source);
            if (!n) return n.error();
            last = *n == 0;
            ZSTD_inBuffer input{source.data(), *n, 0};
            for (std::size_t left = 1; last ? left != 0 : input.pos < input.size;) {
                ZSTD_outBuffer output{target.data(), target.size(), 0};
                left =
                    ZSTD_compressStream2(encoder.get(), &output, &input, last ? ZSTD_e_end : ZSTD_e_continue);
                if (ZSTD_isError(left) != 0U) return Error{Errc::Internal, "compress file: failed"};
                if (auto done = writeAll(out, {target.data(), output.pos}); !done) return done;
            }
        }
        return {};
    });
}

Result<void> decompressFile(const std::string& from, const std::string& to, std::uint64_t bytesMax) {
    return writeNewFile(to, [&from, bytesMax](const File& out) -> Result<void> {
        std::uint64_t total = 0;
        return decodeFile(from, [&out, &total, bytesMax](std::string_view piece) -> Result<void> {
            total += piece.size();
            if (total > bytesMax) return Error{Errc::Limit, "decompress file: too much comes out"};
            return writeAll(out, piece);
        });
    });
}

Result<void> forEachLine(const std::string& path, std::size_t lineBytesMax,
                         const std::function<Result<void>(std::string_view)>& onLine) {
    std::string rest;
    auto done = decodeFile(path, [&rest, &onLine, lineBytesMax](std::string_view piece) -> Result<void> {
        while (!piece.empty()) {
            const auto end = piece.find('\n');
            const auto part = piece.substr(0, end);
            if (rest.size() + part.size() > lineBytesMax)
                return Error{Errc::Limit, "read lines: line too long"};
            if (end == std::string_view::npos) {
                rest.append(part);
                return {};
            }
            if (rest.empty()) {
                if (auto handled = onLine(part); !handled) return handled;
            } else {
                rest.append(part);
                if (auto handled = onLine(rest); !handled) return handled;
                rest.clear();
            }
            piece.remove_prefix(end + 1);
        }
        return {};
    });
    if (done && !rest.empty()) return Error{Errc::Corrupt, "read lines: the last line is cut"};
    return done;
}

} // namespace silta
