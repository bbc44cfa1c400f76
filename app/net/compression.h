// zstd frames, whole and streamed, with limits on what comes out.
#pragma once

#include <silta/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace silta {

/// One zstd frame, made for NDJSON. Errors: Internal.
Result<std::string> compressLines(std::string_view lines);
/// Errors: Invalid (not zstd, damaged or cut), Limit (more than `bytesMax` would come out).
Result<std::string> decompress(std::string_view frame, std::size_t bytesMax);

/// File to file, in bounded memory; the target is created (it must not exist), synced to disk and removed on
/// failure. Errors: Io, Full, Conflict (the target exists), Internal.
Result<void> compressFile(const std::string& from, const std::string& to, int level);
/// Errors: Corrupt (not zstd, damaged or cut), Limit, Io, Full, Conflict.
Result<void> decompressFile(const std::string& from, const std::string& to, std::uint64_t bytesMax);
/// Calls `onLine` for each line of a zstd-compressed text; stops at its first error. A last line without a
/// newline counts as damage. Errors: Corrupt, Limit (a line longer than `lineBytesMax`), Io, or what `onLine`
/// returned.
Result<void> forEachLine(const std::string& path, std::size_t lineBytesMax,
                         const std::function<Result<void>(std::string_view)>& onLine);

} // namespace silta
