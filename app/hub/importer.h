// Importer: reads a retailer's feeds and applies the difference to the hub's catalogue in one transaction.
//
// A whole, well-formed feed is a full one: what it no longer lists is removed, unless the import is partial.
// A file that stops early adds and changes but removes nothing. A file that is mostly bad changes nothing,
// nor do the others that came with it. What no file is given for stays as it is.
#pragma once

#include "hub/catalog_store.h"
#include "hub/feed_row.h"
#include "hub/media_store.h"

#include <silta/time.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace silta::hub {

struct ImportOptions {
    std::string products, inventory, stores, reviews;        ///< paths; empty = not given
    std::vector<std::pair<std::string, std::string>> titles; ///< language and path
    std::string lang = "en";                                 ///< of the product feed's texts
    std::string timeZone;                                    ///< of stores that name none, see readStores
    bool partial = false;                                    ///< nothing is removed
    UtcMs asOf = 0;                                          ///< when the inventory was true
};

/// One thing wrong with a feed.
struct FeedProblem {
    std::string file;
    std::int64_t line = 0;
    RowFault fault;
    bool isNotice = false; ///< the row is used nevertheless (e.g. without its picture)
};

struct Tally {
    std::int64_t added = 0, changed = 0, unchanged = 0, removed = 0;
};

struct FileTally {
    std::string path;
    std::int64_t rows = 0, bad = 0;
    FeedEnd end;
};

struct ImportReport {
    Tally stores, products, cells;
    std::vector<FileTally> files;
    std::int64_t badRows = 0;
    std::int64_t picturesStored = 0, picturesRemote = 0, picturesRefused = 0;
    std::int64_t reviewsUnknown = 0;   ///< of products that the chain does not sell
    std::int64_t cellsOlder = 0;       ///< not applied: the hub has newer figures
    std::vector<std::string> warnings; ///< one line each
    bool isCut = false;                ///< a file stopped early
    HubPosition before, after;
};

/// Of a row's line so long that no device would take it: the limit of the pull protocol, less room for
/// growth.
inline constexpr std::size_t kProductLineBytesMax = std::size_t{240} * 1024;

/// Thread: its owner's. One import at a time for each hub file; others are told Busy.
class Importer {
public:
    using OnProblem = std::function<void(const FeedProblem&)>;
    /// `databasePath` is the hub's file; the staging file and the lock lie beside it.
    Importer(CatalogStore& store, MediaStore& media, std::string databasePath, OnProblem onProblem)
        : store_(store), media_(media), databasePath_(std::move(databasePath)),
          onProblem_(std::move(onProblem)) {}

    /// Errors: Invalid or Limit (a feed was refused), NotFound, Busy, Io, Full: nothing was changed.
    Result<ImportReport> run(const ImportOptions& options);

private:
    CatalogStore& store_;
    MediaStore& media_;
    std::string databasePath_;
    OnProblem onProblem_;
};

/// Held while an import or a publication works on a hub file. Errors: Busy, Io.
class ImportLock {
public:
    static Result<ImportLock> take(const std::string& databasePath);
    ImportLock(ImportLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    ImportLock& operator=(ImportLock&&) = delete;
    ~ImportLock();

private:
    explicit ImportLock(int fd) : fd_(fd) {}
    int fd_;
};

} // namespace silta::hub
