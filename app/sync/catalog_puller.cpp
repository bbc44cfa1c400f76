#include "sync/catalog_puller.h"

#include "catalog/stock/log.h"
#include "core/durable_file.h"
#include "core/log.h"
#include "core/mutant.h"
#include "core/sha256_hex.h"
#include "net/compression.h"

#include <silta/crypto.h>
#include <silta/store.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unordered_map>

namespace silta {

namespace {

namespace fs = std::filesystem;

constexpr int kPicturesPerPull = 200; // pictures come in slices, so that stock is never behind them
constexpr const char* kPointerName = "catalog.current";
constexpr const char* kIncomingName = "incoming";

void removeOtherCatalogs(const std::string& folder, const std::string& keep) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (name.rfind("catalog-", 0) == 0 && name.rfind(keep, 0) != 0) fs::remove(entry.path(), error);
    }
}

} // namespace

Result<std::string> CatalogPuller::currentFile(const std::string& folder) {
    std::ifstream pointer(fmt::format("{}/{}", folder, kPointerName));
    std::string name;
    if (!std::getline(pointer, name) || name.empty() || name.find('/') != std::string::npos)
        return Error{Errc::NotFound, "open catalogue: none has arrived yet"};
    return folder + "/" + name;
}

void CatalogPuller::rollBack(const std::string& folder) {
    const auto path = currentFile(folder);
    if (!path) return;
    // To open it for writing is enough.
    if (auto database = Database::open(*path, OpenMode::Replica); !database)
        log::warning("sync", "catalogue does not open code={}", toString(database.error().code));
}

Result<CatalogPuller::Position> CatalogPuller::position() const {
    auto path = currentFile(folder_);
    if (!path) return path.error();
    auto reader = CatalogReader::open(*path, {});
    if (!reader) return reader.error();
    auto info = (*reader)->info();
    if (!info) return info.error();
    return Position{info->epoch, info->catalogSeq, info->stockSeq, info->reports};
}

Result<std::string> CatalogPuller::fetch(HubClient& hub, const FileRef& file) {
    const auto incoming = fmt::format("{}/{}", folder_, kIncomingName);
    std::error_code error;
    fs::create_directories(incoming, error);
    const auto target = fmt::format("{}/{}.zst", incoming, file.sha256);
    if (auto done = hub.download(file.sha256, kFileBytesMax, target); !done) return done.error();
    bytes_ += file.bytes;
    return target;
}

Result<PullOutcome> CatalogPuller::pull(HubClient& hub) {
    bytes_ = 0;
    PullOutcome outcome;
    auto at = position();
    if (!at && at.error().code == Errc::Denied) {
        rollBack(folder_);
        at = position();
    }
    const bool damaged = !at && at.error().code != Errc::NotFound;
    if (damaged)
        log::warning("sync", "catalogue is damaged; fetching it again code={}", toString(at.error().code));
    if (at && !isIndexChecked_) keepIndex(); // whether or not the hub answers
    // A stock log that has lost something since stands further back, though the head is the same.
    const bool isAsLeft = at && *at == left_;
    auto reply = hub.get("/v1/head", isAsLeft ? std::string_view(etag_) : std::string_view{});
    if (!reply) return reply.error();
    if (reply->status == 304 && picturesMissing_ == 0) return outcome;
    if (reply->status == 200) {
        auto head = parseSignedHead(reply->body, hubSignKey_);
        if (!head) return head.error();
        const bool isSameHub = at && (at->epoch == head->epoch || isMutant(Mutant::AnyEpoch));
        bool snapshotNeeded = !isSameHub || isAnewWanted_;
        const auto before = at ? *at : Position{};
        if (!snapshotNeeded)
            if (auto done = applySegments(hub, *head, *at, snapshotNeeded); !done) return done.error();
        if (snapshotNeeded) searchWordsApplied_.clear();
        if (snapshotNeeded)
            if (auto done = installSnapshot(hub, *head); !done) return done.error();
        if (snapshotNeeded) outcome.isFetchedAnew = std::exchange(isAnewWanted_, false);
        at = position();
        if (!at) return at.error();
        if (auto done = applyReports(hub, *head, *at); !done) return done.error();
        outcome.changed = outcome.isFetchedAnew || *at != before;
        keepIndex();
        keepStock();
        left_ = *at;
        // Words hold nothing else up: the head is asked for again until they are here.
        auto words = applySearchWords(hub, *head, outcome.changed);
        if (!words) log::warning("sync", "no search words: {}", words.error().what);
        etag_ = words ? std::string(reply->header("etag")) : std::string();
        snapshot_ = head->snapshot.file.sha256;
        digest_ = head->digest;
    }
    if (auto done = fetchPictures(hub, picturesMissing_); !done) return done.error();
    outcome.picturesMissing = picturesMissing_;
    outcome.bytes = bytes_;
    return outcome;
}

Result<CatalogDigest> CatalogPuller::digest(HubClient& hub) {
    const Error none{Errc::NotFound, "fetch digest: the hub gives none that we know"};
    if (!digest_) return none;
    auto path = fetch(hub, *digest_);
    if (!path) return path.error();
    std::optional<CatalogDigest> found;
    auto done = forEachLine(*path, kDigestBytesMax, [&found](std::string_view line) -> Result<void> {
        auto digest = parseDigest(line);
        if (!digest) return digest.error();
        found = std::move(*digest);
        return {};
    });
    std::error_code error;
    fs::remove(*path, error);
    if (!done && done.error().code != Errc::Unsupported) return done.error();
    if (!found) return none;
    return std::move(*found);
}

// The very snapshot that is in use may be fetched again because the file in use is damaged: the new file must
// not meet that one's log, and readers must see that it is another.
std::string CatalogPuller::freshName(const SnapshotRef& snapshot) const {
    const auto stem = fmt::format("catalog-{}-{}", snapshot.catalogSeq, snapshot.rawSha256.substr(0, 12));
    auto name = stem + ".db";
    std::error_code error;
    for (int i = 2;
         fs::exists(folder_ + "/" + name, error) || fs::exists(folder_ + "/" + name + "-journal", error) ||
         fs::exists(stockLogPath(folder_ + "/" + name), error);
         ++i)
        name = fmt::format("{}-{}.db", stem, i);
    return name;
}

Result<void> CatalogPuller::installSnapshot(HubClient& hub, const Head& head) {
    auto compressed = fetch(hub, head.snapshot.file);
    if (!compressed) return compressed.error();
    const auto name = freshName(head.snapshot);
    const auto switchPointer = [this, &name] {
        return replaceFile(fmt::format("{}/{}", folder_, kPointerName), name + "\n", 0644);
    };
    if (isMutant(Mutant::PointerFirst))
        if (auto done = switchPointer(); !done) return done;
    const auto building = fmt::format("{}/{}/{}", folder_, kIncomingName, name);
    std::error_code error;
    fs::remove(building, error);
    fs::remove(building + "-journal", error); // of one that a power cut ended: not this one's to take back
    fs::remove(stockLogPath(building), error);
    if (auto done = decompressFile(*compressed, building, static_cast<std::uint64_t>(head.snapshot.rawBytes));
        !done)
        return done;
    auto hash = sha256HexOfFile(building);
    if (!hash) return hash.error();
    if (*hash != head.snapshot.rawSha256) return Error{Errc::Corrupt, "install snapshot: wrong content"};
    fs::remove(*compressed, error);
    // Segments first, so that readers never step back to the snapshot's older figures.
    Position at{head.epoch, head.snapshot.catalogSeq, head.snapshot.stockSeq, {}};
    for (const auto& segment : head.segments) {
        auto& position = segment.isStock ? at.stockSeq : at.catalogSeq;
        if (segment.to <= position) continue;
        if (segment.from > position) return Error{Errc::Invalid, "read head: a segment is missing"};
        auto path = fetch(hub, segment.file);
        if (!path) return path.error();
        position = segment.to;
        if (auto done = applySegment(segment, *path, building, head.epoch); !done) return done;
        fs::remove(*path, error);
    }
    if (auto folded = foldStock(building, StockFold::Now); !folded) return folded.error();
    fs::remove(stockLogPath(building), error);
    const auto target = folder_ + "/" + name;
    if (auto made = refreshSearchIndex(building, IndexCheck::Quick, target); !made)
        log::warning("sync", "search index not made code={}", toString(made.error().code));
    fs::rename(building, target, error);
    if (error) return Error{Errc::Io, "install snapshot: cannot rename it"};
    fs::permissions(target,
                    fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read |
                        fs::perms::others_read,
                    error);
    if (auto done = syncFolder(folder_); !done) return done;
    if (auto done = switchPointer(); !done) return done;
    removeOtherCatalogs(folder_, name);
    log::info("sync", "catalogue installed seq={} stock={}", at.catalogSeq, at.stockSeq);
    return {};
}

Result<void> CatalogPuller::applySegments(HubClient& hub, const Head& head, Position from,
                                          bool& snapshotNeeded) {
    auto catalogPath = currentFile(folder_);
    if (!catalogPath) return catalogPath.error();
    for (const auto& segment : head.segments) {
        auto& position = segment.isStock ? from.stockSeq : from.catalogSeq;
        if (segment.to <= position) continue;
        if (segment.from > position) { // the chain of segments begins after what we have
            snapshotNeeded = true;
            return {};
        }
        auto path = fetch(hub, segment.file);
        if (!path) return path.error();
        position = segment.to;
        if (auto done = applySegment(segment, *path, *catalogPath, from.epoch); !done) return done;
        std::error_code error;
        fs::remove(*path, error);
    }
    snapshotNeeded = from.catalogSeq < head.catalogSeq || from.stockSeq < head.stockSeq;
    return {};
}

Result<void> CatalogPuller::applyLines(Kind kind, const std::string& path, const std::string& catalogPath,
                                       const std::function<Result<void>(CatalogWriter&)>& mark) {
    auto writer = CatalogWriter::open(catalogPath);
    if (!writer) return writer.error();
    if (auto done = (*writer)->begin(); !done) return done;
    if (isMutant(Mutant::PositionFirst)) {
        if (auto done = mark(**writer); !done) return done;
        if (auto done = (*writer)->commit(); !done) return done;
        if (auto done = (*writer)->begin(); !done) return done;
    }
    auto done =
        forEachLine(path, kSegmentLineBytesMax, [&writer, kind](std::string_view line) -> Result<void> {
            auto change = parseChange(line);
            if (!change) return change.error();
            if (kind == Kind::Catalog && (!change->stock.empty() || !change->reports.empty()))
                return Error{Errc::Invalid, "apply segment: stock among products"};
            return applyChange(**writer, *change);
        });
    if (!done) return done; // the writer rolls back
    if (done = mark(**writer); !done) return done;
    return (*writer)->commit();
}

Result<void> CatalogPuller::applySegment(const SegmentRef& segment, const std::string& path,
                                         const std::string& catalogPath, const std::string& epoch) {
    const auto kind = segment.isStock ? Kind::Stock : Kind::Catalog;
    return applyLines(kind, path, catalogPath, [&](CatalogWriter& writer) {
        return segment.isStock ? writer.setStockPosition({"", segment.to})
                               : writer.setPosition(epoch, segment.to);
    });
}

Result<void> CatalogPuller::applyReports(HubClient& hub, const Head& head, Position& at) {
    if (!head.reports || head.reports->sha256 == at.reports) return {};
    auto catalogPath = currentFile(folder_);
    if (!catalogPath) return catalogPath.error();
    auto path = fetch(hub, *head.reports);
    if (!path) return path.error();
    auto done = applyLines(Kind::Stock, *path, *catalogPath, [&head](CatalogWriter& writer) {
        return writer.setReportsName(head.reports->sha256);
    });
    if (!done) return done;
    at.reports = head.reports->sha256;
    std::error_code error;
    fs::remove(*path, error);
    return {};
}

// Words that this program cannot read are for a newer one: they hold nothing else up.
Result<void> CatalogPuller::applySearchWords(HubClient& hub, const Head& head, bool& changed) {
    if (!head.searchWords || head.searchWords->sha256 == searchWordsApplied_) return {};
    auto catalogPath = currentFile(folder_);
    if (!catalogPath) return catalogPath.error();
    auto path = fetch(hub, *head.searchWords);
    if (!path) return path.error();
    std::string text;
    auto read = forEachLine(*path, kSearchWordsBytesMax, [&text](std::string_view line) -> Result<void> {
        if (!text.empty()) text.push_back('\n');
        if (text.size() + line.size() > kSearchWordsBytesMax)
            return Error{Errc::Limit, "read search words: the file is too large"};
        text.append(line);
        return {};
    });
    std::error_code error;
    fs::remove(*path, error);
    auto put = read ? putSearchWords(*catalogPath, text) : Result<bool>(read.error());
    const bool isUnreadable = !put && (put.error().code == Errc::Invalid || put.error().code == Errc::Limit);
    if (isUnreadable)
        log::warning("sync", "search words are left out: {}", put.error().what);
    else if (!put)
        return put.error();
    else
        changed = changed || *put;
    searchWordsApplied_ = head.searchWords->sha256;
    return {};
}

// A device that was just switched on looks closely once: a memory card may have lost a page meanwhile.
// An index that cannot be kept stops nothing: readers search without it, and the next pull tries again.
void CatalogPuller::keepIndex() {
    auto path = currentFile(folder_);
    if (!path) return;
    auto made = refreshSearchIndex(*path, isIndexChecked_ ? IndexCheck::Quick : IndexCheck::Whole);
    isIndexChecked_ = isIndexChecked_ || made.has_value();
    if (!made) log::warning("sync", "search index not kept code={}", toString(made.error().code));
    if (made && *made) log::info("sync", "search index made anew");
}

// A log that cannot be folded goes on as it is, and the next pull tries again.
void CatalogPuller::keepStock() {
    auto path = currentFile(folder_);
    if (!path) return;
    const auto folded = foldStock(*path, StockFold::WhenLarge);
    if (!folded) log::warning("sync", "stock not folded code={}", toString(folded.error().code));
    if (folded && *folded) log::info("sync", "stock folded into the catalogue");
}

Result<void> CatalogPuller::fetchPictures(HubClient& hub, int& missing) {
    missing = 0;
    auto path = currentFile(folder_);
    if (!path) return path.error();
    auto reader = CatalogReader::open(*path, {});
    if (!reader) return reader.error();
    auto pictures = (*reader)->pictures();
    if (!pictures) return pictures.error();
    int fetched = 0;
    std::error_code error;
    for (const auto& hash : *pictures) {
        if (!isSha256Hex(hash)) continue;
        const auto folder = fmt::format("{}/{}", mediaFolder(), hash.substr(0, 2));
        const auto target = folder + "/" + hash;
        if (fs::exists(target, error)) continue;
        if (fetched >= kPicturesPerPull) {
            ++missing;
            continue;
        }
        fs::create_directories(folder, error);
        const auto temporary = target + ".part";
        auto done = hub.download(hash, kPictureBytesMax, temporary);
        if (!done && (done.error().code == Errc::Unavailable || done.error().code == Errc::Full)) return done;
        if (!done) continue; // this picture is not to be had; the product is shown without
        fs::rename(temporary, target, error);
        ++fetched;
    }
    return {};
}

} // namespace silta
