#include "hub/publisher.h"

#include "core/json.h"
#include "hub/digest_maker.h"
#include "hub/importer.h"
#include "net/compression.h"

#include <silta/catalog.h>
#include <silta/crypto.h>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace silta::hub {

namespace {

constexpr std::size_t kHeadBytesMax = std::size_t{256} * 1024; // what devices accept

std::int64_t bytesOf(const std::string& path) {
    struct stat state {};
    return ::stat(path.c_str(), &state) == 0 ? static_cast<std::int64_t>(state.st_size) : 0;
}

/// Removed with the object unless it has been adopted.
class Scratch {
public:
    explicit Scratch(std::string path) : path_(std::move(path)) { ::unlink(path_.c_str()); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { ::unlink(path_.c_str()); }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

class LineFile {
public:
    explicit LineFile(const std::string& path) : file_(std::fopen(path.c_str(), "wbe")) {}
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;
    ~LineFile() {
        if (file_ != nullptr) std::fclose(file_);
    }
    Result<void> add(std::string_view line) {
        if (file_ == nullptr || std::fwrite(line.data(), 1, line.size(), file_) != line.size() ||
            std::fputc('\n', file_) == EOF)
            return Error{Errc::Io, "write segment: failed"};
        bytes_ += static_cast<std::int64_t>(line.size()) + 1;
        return {};
    }
    Result<void> close() {
        if (file_ == nullptr || std::fclose(std::exchange(file_, nullptr)) != 0)
            return Error{Errc::Io, "write segment: failed"};
        return {};
    }
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }

private:
    std::FILE* file_;
    std::int64_t bytes_ = 0;
};

struct Packed {
    std::string name;
    std::int64_t bytes = 0;
};

Result<Packed> packInto(MediaStore& files, const std::string& rawPath) {
    const Scratch packed(rawPath + ".zst");
    if (auto done = compressFile(rawPath, packed.path(), kPackLevel); !done) return done.error();
    const auto bytes = bytesOf(packed.path());
    auto name = files.adopt(packed.path());
    if (!name) return name.error();
    return Packed{std::move(*name), bytes};
}

/// Closes and packs the lines; how a head names the file.
Result<Json> packLines(MediaStore& files, const std::string& rawPath, LineFile& lines) {
    if (auto done = lines.close(); !done) return done.error();
    auto packed = packInto(files, rawPath);
    if (!packed) return packed.error();
    return Json{{"file", packed->name}, {"bytes", packed->bytes}, {"rawBytes", lines.bytes()}};
}

Result<Json> packSegment(MediaStore& files, const std::string& rawPath, LineFile& lines, const char* stream,
                         std::int64_t from, std::int64_t to) {
    auto segment = packLines(files, rawPath, lines);
    if (segment) segment->update({{"stream", stream}, {"from", from}, {"to", to}});
    return segment;
}

using Codes = std::unordered_map<std::int64_t, std::string>;

Codes codesOf(const std::vector<HubStore>& stores) {
    Codes codes;
    for (const auto& store : stores)
        codes[store.id] = store.code;
    return codes;
}

/// Gathers the cells of one product after the other. `flush(product, cells)` gets them without the sku.
template <class Want, class Flush>
Result<void> forEachProductsCells(const CatalogStore& store, const Codes& codes, Want want, Flush flush) {
    std::vector<StockRecord> cells;
    std::int64_t product = 0;
    auto done = store.forEachCell([&](const HubCell& cell) -> Result<void> {
        if (!want(cell)) return {};
        const auto code = codes.find(cell.store);
        if (code == codes.end()) return {};
        if ((cell.product != product || cells.size() == kCellsPerSegmentLineMax) && !cells.empty()) {
            if (auto flushed = flush(product, cells); !flushed) return flushed;
            cells.clear();
        }
        product = cell.product;
        cells.push_back({{}, code->second, cell.quantity, cell.asOf, cell.aisle});
        return {};
    });
    if (done && !cells.empty()) done = flush(product, cells);
    return done;
}

Result<Json> makeCatalogSegment(const CatalogStore& store, MediaStore& files, std::int64_t from,
                                std::int64_t to) {
    const Scratch raw(files.temporaryPath("segment-catalog"));
    LineFile lines(raw.path());
    auto stores = store.stores();
    if (!stores) return stores.error();
    for (const auto& row : *stores) {
        if (row.seq <= from) continue;
        CatalogChange removed;
        removed.removedStore = row.code;
        if (auto done = lines.add(row.removed ? toLine(removed) : row.body); !done) return done.error();
    }
    auto done = store.forEachProductAfter(from, [&](const HubProduct& product) {
        if (!product.removed) return lines.add(product.body);
        CatalogChange removed;
        removed.removedSku = product.sku;
        return lines.add(toLine(removed));
    });
    if (!done) return done.error();
    return packSegment(files, raw.path(), lines, "catalog", from, to);
}

Result<Json> makeStockSegment(const CatalogStore& store, MediaStore& files, std::int64_t from,
                              std::int64_t to) {
    const Scratch raw(files.temporaryPath("segment-stock"));
    LineFile lines(raw.path());
    auto stores = store.stores();
    if (!stores) return stores.error();
    auto done = forEachProductsCells(
        store, codesOf(*stores), [from](const HubCell& cell) { return cell.seq > from; },
        [&](std::int64_t product, std::vector<StockRecord>& cells) -> Result<void> {
            auto sku = store.skuOf(product);
            if (!sku) return sku.error();
            for (auto& cell : cells)
                cell.sku = *sku;
            CatalogChange change;
            change.stock = cells;
            return lines.add(toLine(change));
        });
    if (!done) return done.error();
    return packSegment(files, raw.path(), lines, "stock", from, to);
}

std::vector<StoreReport> reportsOf(const std::vector<HubStore>& stores) {
    std::vector<StoreReport> reports;
    for (const auto& store : stores)
        if (!store.removed && store.reportedAt > 0) reports.push_back({store.code, store.reportedAt});
    return reports;
}

/// The file of all stores' last reports, or null when no store has reported.
Result<Json> makeReports(const CatalogStore& store, MediaStore& files) {
    auto stores = store.stores();
    if (!stores) return stores.error();
    const auto reports = reportsOf(*stores);
    if (reports.empty()) return Json();
    const Scratch raw(files.temporaryPath("reports"));
    LineFile lines(raw.path());
    for (std::size_t first = 0; first < reports.size(); first += kReportsPerFileLine) {
        CatalogChange change;
        for (auto i = first; i < std::min(first + kReportsPerFileLine, reports.size()); ++i)
            change.reports.push_back(reports[i]);
        if (auto done = lines.add(toLine(change)); !done) return done.error();
    }
    return packLines(files, raw.path(), lines);
}

/// The file of the chain's words for search, or null before any have been set.
Result<Json> makeSearchWords(const CatalogStore& store, MediaStore& files) {
    auto words = store.searchWords();
    if (!words) return words.error();
    if (!*words) return Json();
    const Scratch raw(files.temporaryPath("words"));
    LineFile lines(raw.path());
    std::string_view rest = **words;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        if (auto done = lines.add(rest.substr(0, end)); !done) return done.error();
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return packLines(files, raw.path(), lines);
}

Result<void> fillSnapshot(const CatalogStore& store, CatalogWriter& writer, const HubPosition& position) {
    auto stores = store.stores();
    if (!stores) return stores.error();
    if (auto done = writer.begin(); !done) return done;
    for (const auto& row : *stores) {
        if (row.removed) continue;
        auto change = parseChange(row.body);
        if (!change) return change.error();
        if (!change->store) return Error{Errc::Corrupt, "publish store: its row holds something else"};
        if (auto done = writer.putStore(*change->store); !done) return done;
    }
    std::int64_t pending = 0;
    const auto breathe = [&]() -> Result<void> {
        if (++pending % kSnapshotBatch != 0) return {};
        if (auto done = writer.commit(); !done) return done;
        return writer.begin();
    };
    auto done = store.forEachProductAfter(0, [&](const HubProduct& product) -> Result<void> {
        if (product.removed) return {};
        auto change = parseChange(product.body);
        if (!change) return change.error();
        if (!change->product) return Error{Errc::Corrupt, "publish product: its row holds something else"};
        if (auto put = writer.putProduct(*change->product); !put) return put;
        return breathe();
    });
    if (!done) return done;
    done = forEachProductsCells(
        store, codesOf(*stores), [](const HubCell& cell) { return cell.quantity > 0; },
        [&](std::int64_t product, std::vector<StockRecord>& cells) -> Result<void> {
            auto sku = store.skuOf(product);
            if (!sku) return sku.error();
            for (auto& cell : cells)
                cell.sku = *sku;
            if (auto put = writer.putStock(*sku, cells); !put) return put;
            return breathe();
        });
    if (done) done = writer.putReports(reportsOf(*stores));
    if (done) done = writer.setPosition(store.epoch(), position.catalogSeq);
    if (done) done = writer.setStockPosition({"", position.stockSeq});
    if (done) done = writer.commit();
    return done;
}

Result<Json> makeSnapshot(const CatalogStore& store, MediaStore& files, const HubPosition& position) {
    const Scratch raw(files.temporaryPath("snapshot.db"));
    {
        auto writer = CatalogWriter::create(raw.path());
        if (!writer) return writer.error();
        if (auto done = fillSnapshot(store, **writer, position); !done) return done.error();
        if (auto done = (*writer)->finish(); !done) return done.error();
    }
    auto rawName = sha256HexOfFile(raw.path());
    if (!rawName) return rawName.error();
    auto packed = packInto(files, raw.path());
    if (!packed) return packed.error();
    return Json{{"file", packed->name},
                {"bytes", packed->bytes},
                {"rawBytes", bytesOf(raw.path())},
                {"rawSha256", *rawName},
                {"catalogSeq", position.catalogSeq},
                {"stockSeq", position.stockSeq}};
}

/// Number and size of the pictures that live products name.
Result<Json> countMedia(const CatalogStore& store, const MediaStore& files) {
    std::unordered_set<std::string> names;
    constexpr std::string_view kKey = "\"picture\":\"";
    constexpr std::size_t kNameBytes = 64;
    auto done = store.forEachProductAfter(0, [&](const HubProduct& product) -> Result<void> {
        // A quote inside a JSON text is escaped, so this can only be the member itself.
        const auto at = product.body.find(kKey);
        if (at != std::string::npos) names.insert(product.body.substr(at + kKey.size(), kNameBytes));
        return {};
    });
    if (!done) return done.error();
    std::int64_t bytes = 0;
    for (const auto& name : names)
        bytes += bytesOf(files.pathOf(name));
    return Json{{"files", names.size()}, {"bytes", bytes}};
}

struct Current {
    Json head;
    std::int64_t generation = 0;
};

Result<std::optional<Current>> readCurrent(const Database& database) {
    auto query = database.prepare("SELECT json, generation FROM hub_head WHERE one = 1");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<Current>{};
    auto head = parseJson(query->text(0), kHeadBytesMax);
    if (!head) return Error{Errc::Corrupt, "read head: damaged"};
    return std::optional<Current>(Current{std::move(*head), query->integer(1)});
}

/// The file that the head names there; empty when it names none.
std::string fileNamed(const Json& head, const char* member) {
    return textMember(objectMember(head, member), "file", 64).value_or("");
}

/// Files of the head that take no sequence number: each head names one of each kind, or none.
constexpr std::array<const char*, 3> kUnnumbered = {"reports", "digest", "searchWords"};

bool namesSame(const Json& head, const char* member, const Json& file) {
    return fileNamed(head, member) == textMember(file, "file", 64).value_or("");
}

/// What the head's digest says; nothing when it has none that is of use.
std::optional<CatalogDigest> digestOf(const Json& head, const MediaStore& files) {
    std::optional<CatalogDigest> found;
    const auto name = fileNamed(head, "digest");
    if (!files.has(name)) return found;
    const auto done =
        forEachLine(files.pathOf(name), kDigestBytesMax, [&found](std::string_view line) -> Result<void> {
            auto digest = parseDigest(line);
            if (!digest) return digest.error();
            found = std::move(*digest);
            return {};
        });
    return done ? found : std::nullopt;
}

Result<Json> publishDigest(const CatalogStore& store, MediaStore& files, const HubPosition& position,
                           const Json& headBefore) {
    auto digest = makeDigest(store, position, digestOf(headBefore, files));
    if (!digest) return digest.error();
    const Scratch raw(files.temporaryPath("digest"));
    LineFile lines(raw.path());
    if (auto done = lines.add(toText(*digest)); !done) return done.error();
    return packLines(files, raw.path(), lines);
}

/// Makes the head current and forgets generations that no device needs any more, and unnumbered files before
/// those of the head `before`; returns the names to delete.
Result<std::vector<std::string>> install(Database& database, const Json& head, const Json& before,
                                         std::int64_t generation) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    auto put = database.prepare("INSERT INTO hub_files(name, kind, generation, bytes) VALUES(?, ?, ?, ?) "
                                "ON CONFLICT(name) DO UPDATE SET generation = excluded.generation");
    if (!put) return put.error();
    const auto name = [&](const Json& file, const char* kind) {
        const auto text = textMember(file, "file", 64).value_or("");
        return put->bind(0, text)
            .bind(1, kind)
            .bind(2, generation)
            .bind(3, integerMember(file, "bytes").value_or(0))
            .run();
    };
    if (auto done = name(objectMember(head, "snapshot"), "snapshot"); !done) return done.error();
    for (const auto& segment : arrayMember(head, "segments"))
        if (auto done = name(segment, "segment"); !done) return done.error();
    for (const char* kind : kUnnumbered)
        if (head.contains(kind))
            if (auto done = name(head[kind], kind); !done) return done.error();
    const auto json = dumpJson(head);
    auto set = database.prepare(
        "INSERT INTO hub_head(one, json, generation) VALUES(1, ?, ?) "
        "ON CONFLICT(one) DO UPDATE SET json = excluded.json, generation = excluded.generation");
    if (!set) return set.error();
    if (auto done = set->bind(0, json).bind(1, generation).run(); !done) return done.error();
    std::vector<std::string> old;
    const std::string unneeded =
        " FROM hub_files WHERE generation < ? OR (kind IN ('reports', 'digest', 'searchWords') AND "
        "name NOT IN (?, ?, ?, ?, ?, ?))";
    std::vector<std::string> kept;
    for (const char* kind : kUnnumbered) {
        kept.push_back(fileNamed(head, kind));
        kept.push_back(fileNamed(before, kind));
    }
    const auto bindTo = [&](Statement& statement) -> Statement& {
        statement.bind(0, generation - kOldSnapshotsKept);
        for (int i = 0; i < static_cast<int>(kept.size()); ++i)
            statement.bind(i + 1, kept[static_cast<std::size_t>(i)]);
        return statement;
    };
    auto query = database.prepare(("SELECT name" + unneeded).c_str());
    if (!query) return query.error();
    bindTo(*query);
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        old.push_back(query->string(0));
    }
    query->reset();
    auto forget = database.prepare(("DELETE" + unneeded).c_str());
    if (!forget) return forget.error();
    if (auto done = bindTo(*forget).run(); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return old;
}

/// The segments of the head so far with those of this publication. Errors as publish.
Result<Json> extendSegments(const CatalogStore& store, MediaStore& files, const Json& head,
                            const HubPosition& before, const HubPosition& now) {
    Json segments = arrayMember(head, "segments");
    if (!segments.is_array()) segments = Json::array();
    if (now.catalogSeq > before.catalogSeq) {
        auto segment = makeCatalogSegment(store, files, before.catalogSeq, now.catalogSeq);
        if (!segment) return segment.error();
        segments.push_back(std::move(*segment));
    }
    if (now.stockSeq > before.stockSeq) {
        auto segment = makeStockSegment(store, files, before.stockSeq, now.stockSeq);
        if (!segment) return segment.error();
        segments.push_back(std::move(*segment));
    }
    return segments;
}

/// Deletes the files of segments that no head has named: a snapshot takes their place.
Result<void> dropUnnamed(const Database& database, MediaStore& files, const Json& segments) {
    auto query = database.prepare("SELECT 1 FROM hub_files WHERE name = ?");
    if (!query) return query.error();
    for (const auto& segment : segments) {
        const auto name = textMember(segment, "file", 64).value_or("");
        auto row = query->bind(0, name).step();
        query->reset();
        if (!row) return row.error();
        if (*row) continue;
        if (auto done = files.remove(name); !done) return done;
    }
    return {};
}

bool isTooMuch(const Json& segments, const Json& snapshot) {
    std::int64_t bytes = 0;
    for (const auto& segment : segments)
        bytes += integerMember(segment, "bytes").value_or(0);
    return segments.size() > kSegmentsMax ||
           bytes * 100 > integerMember(snapshot, "bytes").value_or(0) * kSegmentsPercentMax;
}

} // namespace

Result<std::string> currentHead(const Database& database) {
    auto query = database.prepare("SELECT json FROM hub_head WHERE one = 1");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "read head: nothing has been published"};
    return query->string(0);
}

Result<PublishedHead> publish(CatalogStore& store, MediaStore& files, const std::string& databasePath,
                              const Clock& clock, bool forceSnapshot) {
    // Only imports write what is read here, so that the slices fit together while the lock is held.
    auto lock = ImportLock::take(databasePath);
    if (!lock) return lock.error();
    files.clearTemporaries();
    auto now = store.position();
    if (!now) return now.error();
    auto current = readCurrent(store.database());
    if (!current) return current.error();
    auto reports = makeReports(store, files);
    if (!reports) return reports.error();
    auto words = makeSearchWords(store, files);
    if (!words) return words.error();
    bool needsSnapshot = forceSnapshot || !*current;
    Json snapshot;
    Json segments = Json::array();
    std::int64_t generation = 1;
    if (*current) {
        const auto& head = (*current)->head;
        generation = (*current)->generation;
        const HubPosition before{integerMember(head, "catalogSeq").value_or(0),
                                 integerMember(head, "stockSeq").value_or(0)};
        const bool isSameHub = textMember(head, "epoch", 64) == store.epoch();
        snapshot = objectMember(head, "snapshot");
        const bool isThere = files.has(textMember(snapshot, "file", 64).value_or(""));
        const bool isSame =
            before == *now && namesSame(head, "reports", *reports) && namesSame(head, "searchWords", *words);
        const bool hasDigest = files.has(fileNamed(head, "digest"));
        if (isSameHub && isThere && isSame && hasDigest && !forceSnapshot)
            return PublishedHead{dumpJson(head), false, false};
        needsSnapshot = needsSnapshot || !isSameHub || !isThere;
        if (!needsSnapshot) {
            auto extended = extendSegments(store, files, head, before, *now);
            if (!extended) return extended.error();
            segments = std::move(*extended);
            needsSnapshot = isTooMuch(segments, snapshot);
            if (needsSnapshot)
                if (auto done = dropUnnamed(store.database(), files, segments); !done) return done.error();
        }
        if (needsSnapshot) ++generation;
    }
    if (needsSnapshot) {
        auto made = makeSnapshot(store, files, *now);
        if (!made) return made.error();
        snapshot = std::move(*made);
        segments = Json::array();
    }
    const bool samePictures =
        *current && integerMember((*current)->head, "catalogSeq").value_or(-1) == now->catalogSeq;
    auto media =
        samePictures ? Result<Json>(objectMember((*current)->head, "media")) : countMedia(store, files);
    if (!media) return media.error();
    auto digest = publishDigest(store, files, *now, *current ? (*current)->head : Json());
    if (!digest) return digest.error();
    Json head = {{"v", 1},
                 {"digest", std::move(*digest)},
                 {"epoch", store.epoch()},
                 {"snapshot", snapshot},
                 {"segments", segments},
                 {"catalogSeq", now->catalogSeq},
                 {"stockSeq", now->stockSeq},
                 {"publishedAt", clock.nowMs()},
                 {"media", *media}};
    if (!reports->is_null()) head["reports"] = std::move(*reports);
    if (!words->is_null()) head["searchWords"] = std::move(*words);
    auto old = install(store.database(), head, *current ? (*current)->head : Json(), generation);
    if (!old) return old.error();
    for (const auto& name : *old)
        if (auto done = files.remove(name); !done) return done.error();
    const bool isReportsOnly =
        !needsSnapshot && *current && segments == arrayMember((*current)->head, "segments");
    return PublishedHead{dumpJson(head), true, needsSnapshot, isReportsOnly};
}

} // namespace silta::hub
