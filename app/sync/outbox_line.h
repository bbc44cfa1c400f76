// A waiting operation as it stands in the outbox, with a checksum: memory cards change bytes that they hold.
#pragma once

#include <silta/store.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace silta {

/// What completeLine() adds: device, incarnation and seq.
inline constexpr std::size_t kOperationAddressBytesMax = 100;

/// See shortHash().
std::int64_t lineChecksum(std::string_view line);
/// True when the row's line is what was written. Rows of before there were checksums must be readable.
bool isSoundLine(std::string_view line, std::optional<std::int64_t> checksum);
bool isSoundLine(const Statement& row, int lineColumn, int checksumColumn);

} // namespace silta
