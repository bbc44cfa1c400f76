// ByteSource: the bytes of a feed, file by file and block by block; zstd is unpacked on the way.
#pragma once

#include <silta/result.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace silta::hub {

/// Thread: its owner's.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills as much of `block` as it can; 0 = end. Errors: Io, Corrupt (packed bytes that do not unpack).
    virtual Result<std::size_t> read(std::span<char> block) = 0;
    /// True at the end of a packed file that stops before its last frame does.
    [[nodiscard]] virtual bool isCut() const { return false; }
};

/// Opens a feed file; what it holds is told by its first bytes, never by its name.
/// Errors: NotFound, Denied, Io, Unsupported (gzip).
Result<std::unique_ptr<ByteSource>> openFeed(const std::string& path);

/// Bytes that are already in memory and outlive the source.
std::unique_ptr<ByteSource> memoryFeed(std::string_view bytes);

/// What a text feed is, by its first bytes (a UTF-8 byte order mark is skipped).
enum class FeedFormat { Empty, Xml, Json, Text };

/// Longest look ahead that tells the format.
inline constexpr std::size_t kFeedSniffBytes = 64;
/// Bytes read at once.
inline constexpr std::size_t kFeedBlockBytes = std::size_t{256} * 1024;
/// zstd windows above 128 MiB would let a small file claim that much memory and more.
inline constexpr int kFeedWindowLogMax = 27;

/// Reads the beginning of `source` into `head` (without a byte order mark) and names the format.
/// Errors: Unsupported (UTF-16), Io, Corrupt.
Result<FeedFormat> sniffFeed(ByteSource& source, std::string& head);

} // namespace silta::hub
