// The frames of a write-ahead log, those too that SQLite does not reach. Nothing here trusts what it reads.
// Source: https://www.sqlite.org/fileformat2.html, section 4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace silta {

/// A page as a transaction has written it.
struct WalFrame {
    std::uint32_t page = 0; ///< from 1
    std::string_view bytes; ///< a view of the log
    bool isLast = false;    ///< of its transaction
};
using OnWalFrame = std::function<void(const WalFrame&)>;

/// Hands over the frames of `log` whose own checksum is right, in their order; those of before the log began
/// anew are none of it. Gives true where the log goes on behind the place at which SQLite stops reading it:
/// it takes what follows a wrong frame for never written, although it was promised, and writes over it.
bool readWal(std::string_view log, std::size_t pageBytes, const OnWalFrame& onFrame);

} // namespace silta
