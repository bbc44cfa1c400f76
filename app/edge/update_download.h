// Brings a release's bundle onto the device, piece by piece: what is here already is not fetched again, and
// nothing is faster than it may be.
#pragma once

#include "fleet/release.h"

#include <silta/http.h>
#include <silta/time.h>

#include <string>

namespace silta {

inline constexpr std::int64_t kPieceBytes = 512 * 1024;            ///< in memory at a time
inline constexpr std::int64_t kRoomBytes = std::int64_t{64} << 20; ///< left free on the disk

struct BundlePlace {
    std::string folder; ///< ours alone; holds one bundle, whole or in part
    std::string hubUrl, caFile;
    UtcMs verifyAtMs = 0;
};

/// How many bytes of it are here.
std::int64_t bytesHere(const std::string& folder, const Release& release);
/// Fetches one more piece. Once it is whole and its hash is right it is called kBundleFile. Gives its bytes;
/// 0 = it is whole. Errors: Unavailable, Full (no room), Corrupt (the hash: what was here is gone),
/// NotFound (the hub has no such file), Io.
Result<std::int64_t> fetchPiece(HttpTransport& transport, const BundlePlace& place, const Release& release);
/// Removes parts of other releases than `keep`, and what is whole unless it is to be kept.
void clearBundles(const std::string& folder, const Release* keep, bool keepsWhole);

} // namespace silta
