// Publisher: makes the files that devices pull, and the head document that names them.
//
// Head: {"v":1, "epoch", "snapshot":{"file","bytes","rawBytes","rawSha256","catalogSeq","stockSeq"},
// "segments":[{"stream":"catalog"|"stock","from","to","file","bytes","rawBytes"}], "catalogSeq","stockSeq",
// "reports":{"file","bytes","rawBytes"}, "digest":{"file","bytes","rawBytes"},
// "searchWords":{"file","bytes","rawBytes"}, "publishedAt", "media":{"files","bytes"}}. `reports` names the
// file of the stores' last full reports; it takes no sequence number, since confirming changes no figure; nor
// do the chain's words for search. `digest` names the CatalogDigest of this very position. Segments hold what
// changed in (from, to]; of one publication the catalog's comes first, since stock of a product that a device
// does not know yet would be passed over.
#pragma once

#include "hub/catalog_store.h"
#include "hub/media_store.h"

#include <silta/time.h>

#include <cstdint>
#include <string>

namespace silta::hub {

/// Segments larger than this share of the snapshot: a new device had better take a new snapshot.
inline constexpr int kSegmentsPercentMax = 40;
/// Segments a device applies one after the other; each costs a request and a transaction.
inline constexpr std::size_t kSegmentsMax = 64;
/// Snapshots kept with their segments for devices in the middle of a download, besides the current one.
inline constexpr std::int64_t kOldSnapshotsKept = 2;
/// zstd level: 3 packs a snapshot nearly as well as 19 in a tenth of the time.
inline constexpr int kPackLevel = 5;
/// Cells on one line: a line stays far below the 256 KiB that devices accept.
inline constexpr std::size_t kCellsPerSegmentLineMax = 1000;
/// Stores on one line of the file of reports.
inline constexpr std::size_t kReportsPerFileLine = 1000;
/// Products written into a new snapshot in one transaction.
inline constexpr std::int64_t kSnapshotBatch = 20'000;

struct PublishedHead {
    std::string json;
    bool isNew = false; ///< something was published
    bool isNewSnapshot = false;
    bool isReportsOnly = false; ///< no figure changed, only when stores last confirmed theirs
};

/// Publishes what changed since the last head; a new snapshot when there is none, when the segments have
/// become too many or too large, or when `forceSnapshot`. Takes the import lock of `databasePath`. Files are
/// on disk before the head that names them. Thread: the store's owner. Errors: Busy, Io, Full, Corrupt.
Result<PublishedHead> publish(CatalogStore& store, MediaStore& files, const std::string& databasePath,
                              const Clock& clock, bool forceSnapshot = false);

/// The current head document. Errors: NotFound (nothing has been published).
Result<std::string> currentHead(const Database& database);

} // namespace silta::hub
