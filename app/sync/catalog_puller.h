// CatalogPuller: keeps the device's catalogue file the hub's equal, by snapshot and segments.
//
// The folder holds `catalog-<seq>-<hash>.db` files (`…-2.db` where one is fetched again), each with its stock
// log and its search index beside it, and
// `catalog.current`, one line with the name of the file in use. Files are made beside it and switched by
// renaming the pointer; a reader that has the old file open keeps it.
#pragma once

#include "catalog/digest.h"
#include "sync/hub_client.h"
#include "sync/protocol.h"

#include <silta/catalog.h>

#include <functional>
#include <optional>
#include <string>

namespace silta {

struct PullOutcome {
    bool changed = false;   ///< the catalogue is newer than before
    std::int64_t bytes = 0; ///< received
    int picturesMissing = 0;
    bool isFetchedAnew = false; ///< as asked for by fetchAnew()
};

/// Thread: one at a time.
class CatalogPuller {
public:
    /// `folder` must exist. `hubSignKey`: 32 raw bytes.
    CatalogPuller(std::string folder, std::string hubSignKey)
        : folder_(std::move(folder)), hubSignKey_(std::move(hubSignKey)) {}

    /// Brings catalogue and pictures up to date. Errors: Unavailable, Corrupt, Denied (a signature), Full,
    /// Io. A damaged catalogue file is thrown away and fetched again by the next call.
    Result<PullOutcome> pull(HubClient& hub);

    /// The digest of what the last pull brought the catalogue to. Errors: NotFound (the hub gives none of a
    /// form that we know), Unavailable, Corrupt.
    Result<CatalogDigest> digest(HubClient& hub);
    /// The next pull takes the snapshot anew, into a file of another name.
    void fetchAnew() {
        isAnewWanted_ = true;
        etag_.clear();
    }
    /// Name of the snapshot's file in the last head; empty before the first pull.
    [[nodiscard]] const std::string& snapshot() const { return snapshot_; }

    /// Full path of the file in use. Errors: NotFound.
    static Result<std::string> currentFile(const std::string& folder);
    /// Takes back what a power cut interrupted in the file in use: readers cannot, and open it only then. To
    /// be called at start; pull() does so too.
    static void rollBack(const std::string& folder);
    [[nodiscard]] std::string mediaFolder() const { return folder_ + "/media"; }

private:
    struct Position {
        std::string epoch;
        std::int64_t catalogSeq = 0, stockSeq = 0;
        std::string reports; ///< name of the file that was applied last
        bool operator==(const Position&) const = default;
    };
    Result<Position> position() const;
    Result<void> installSnapshot(HubClient& hub, const Head& head);
    Result<void> applySegments(HubClient& hub, const Head& head, Position from, bool& snapshotNeeded);
    /// Of products and stores there may be none of stock among the lines, see CatalogWriter::setPosition.
    enum class Kind { Stock, Catalog };
    /// `mark` sets the position that the lines lead to. Errors: also Invalid (stock where there may be none).
    Result<void> applyLines(Kind kind, const std::string& path, const std::string& catalogPath,
                            const std::function<Result<void>(CatalogWriter&)>& mark);
    Result<void> applySegment(const SegmentRef& segment, const std::string& path,
                              const std::string& catalogPath, const std::string& epoch);
    Result<void> applyReports(HubClient& hub, const Head& head, Position& at);
    Result<void> applySearchWords(HubClient& hub, const Head& head, bool& changed);
    void keepIndex();
    void keepStock();
    Result<void> fetchPictures(HubClient& hub, int& missing);
    Result<std::string> fetch(HubClient& hub, const FileRef& file);
    [[nodiscard]] std::string freshName(const SnapshotRef& snapshot) const;

    std::string folder_;
    std::string hubSignKey_;
    std::string etag_;
    Position left_;                  ///< where the last pull left the catalogue
    std::string searchWordsApplied_; ///< name of the file; applying one again does no harm
    std::int64_t bytes_ = 0;
    bool isIndexChecked_ = false;
    int picturesMissing_ = 0;
    bool isAnewWanted_ = false;
    std::string snapshot_;          ///< of the last head
    std::optional<FileRef> digest_; ///< of the last head
};

} // namespace silta
