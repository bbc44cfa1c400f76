// Small files that must survive a power cut: written beside, synced, renamed, and the folder synced.
#pragma once

#include <silta/result.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace silta {

constexpr std::size_t kSmallFileBytesMax = 1024 * 1024;

/// The whole of a small file. Errors: NotFound (cannot be opened), Limit (longer than `bytesMax`), Io.
Result<std::string> readFile(const std::string& path, std::size_t bytesMax = kSmallFileBytesMax);
/// After a power cut there is the old file or the new one. `mode`: e.g. 0600. Errors: Io, Full.
Result<void> replaceFile(const std::string& path, std::string_view bytes, unsigned mode);
/// Makes the names in a folder safe. Errors: Io.
Result<void> syncFolder(const std::string& folder);

} // namespace silta
