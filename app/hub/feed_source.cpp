#include "hub/feed_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace silta::hub {

namespace {

constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr std::string_view kGzipMagic = "\x1F\x8B";
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string_view bytes) : rest_(bytes) {}
    Result<std::size_t> read(std::span<char> block) override {
        const auto n = std::min(block.size(), rest_.size());
        if (n > 0) std::memcpy(block.data(), rest_.data(), n);
        rest_.remove_prefix(n);
        return n;
    }

private:
    std::string_view rest_;
};

class FileSource final : public ByteSource {
public:
    explicit FileSource(int fd) : fd_(fd) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(fd_); }
    Result<std::size_t> read(std::span<char> block) override {
        for (;;) {
            const auto n = ::read(fd_, block.data(), block.size());
            if (n >= 0) return static_cast<std::size_t>(n);
            if (errno != EINTR) return Error{Errc::Io, fmt::format("read feed: {}", std::strerror(errno))};
        }
    }

private:
    int fd_;
};

/// Puts back the bytes that were read to recognise the packing.
class PrefixedSource final : public ByteSource {
public:
    PrefixedSource(std::string prefix, std::unique_ptr<ByteSource> rest)
        : prefix_(std::move(prefix)), rest_(std::move(rest)) {}
    Result<std::size_t> read(std::span<char> block) override {
        if (used_ == prefix_.size()) return rest_->read(block);
        const auto n = std::min(block.size(), prefix_.size() - used_);
        std::memcpy(block.data(), prefix_.data() + used_, n);
        used_ += n;
        return n;
    }
    [[nodiscard]] bool isCut() const override { return rest_->isCut(); }

private:
    std::string prefix_;
    std::size_t used_ = 0;
    std::unique_ptr<ByteSource> rest_;
};

class ZstdSource final : public ByteSource {
public:
    explicit ZstdSource(std::unique_ptr<ByteSource> packed)
        : packed_(std::move(packed)), context_(ZSTD_createDCtx()), in_(ZSTD_DStreamInSize()) {
        ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, kFeedWindowLogMax);
    }
    ZstdSource(const ZstdSource&) = delete;
    ZstdSource& operator=(const ZstdSource&) = delete;
    ~ZstdSource() override { ZSTD_freeDCtx(context_); }

    Result<std::size_t> read(std::span<char> block) override {
        ZSTD_outBuffer out{block.data(), block.size(), 0};
        while (out.pos == 0) {
            if (input_.pos == input_.size) {
                auto n = packed_->read(in_);
                if (!n) return n.error();
                if (*n == 0) return std::size_t{0};
                input_ = {in_.data(), *n, 0};
            }
            const auto state = ZSTD_decompressStream(context_, &out, &input_);
            if (ZSTD_isError(state) != 0)
                return Error{Errc::Corrupt, fmt::format("unpack feed: {}", ZSTD_getErrorName(state))};
            insideFrame_ = state != 0;
        }
        return out.pos;
    }
    [[nodiscard]] bool isCut() const override { return insideFrame_; }

private:
    std::unique_ptr<ByteSource> packed_;
    ZSTD_DCtx* context_;
    std::vector<char> in_;
    ZSTD_inBuffer input_{nullptr, 0, 0};
    bool insideFrame_ = true;
};

Result<std::string> readAtMost(ByteSource& source, std::size_t bytesMax) {
    std::string bytes(bytesMax, '\0');
    std::size_t used = 0;
    while (used < bytesMax) {
        auto n = source.read(std::span(bytes).subspan(used));
        if (!n) return n.error();
        if (*n == 0) break;
        used += *n;
    }
    bytes.resize(used);
    return bytes;
}

} // namespace

std::unique_ptr<ByteSource> memoryFeed(std::string_view bytes) {
    return std::make_unique<MemorySource>(bytes);
}

Result<std::unique_ptr<ByteSource>> openFeed(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        const auto code = errno == ENOENT ? Errc::NotFound : errno == EACCES ? Errc::Denied : Errc::Io;
        return Error{code, fmt::format("open feed: {}", std::strerror(errno))};
    }
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    auto file = std::make_unique<FileSource>(fd);
    auto magic = readAtMost(*file, kZstdMagic.size());
    if (!magic) return magic.error();
    if (magic->starts_with(kGzipMagic))
        return Error{Errc::Unsupported, "open feed: packed with gzip; unpack it first, or pack it with zstd"};
    const bool isZstd = *magic == kZstdMagic;
    std::unique_ptr<ByteSource> source = std::make_unique<PrefixedSource>(std::move(*magic), std::move(file));
    if (isZstd) source = std::make_unique<ZstdSource>(std::move(source));
    return source;
}

Result<FeedFormat> sniffFeed(ByteSource& source, std::string& head) {
    auto bytes = readAtMost(source, kFeedSniffBytes);
    if (!bytes) return bytes.error();
    head = std::move(*bytes);
    // expat reads UTF-16 XML, but the text formats are UTF-8 only; one rule for all is easier to explain.
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
        return Error{Errc::Unsupported, "read feed: the text is UTF-16; save it as UTF-8"};
    if (head.starts_with(kUtf8Mark)) head.erase(0, kUtf8Mark.size());
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return head.empty() ? FeedFormat::Empty : FeedFormat::Text;
    switch (head[first]) {
    case '<':
        return FeedFormat::Xml;
    case '[':
    case '{':
        return FeedFormat::Json;
    default:
        return FeedFormat::Text;
    }
}

} // namespace silta::hub
