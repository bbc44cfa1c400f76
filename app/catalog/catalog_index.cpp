#include "catalog/catalog_index.h"

#include "catalog/limits.h"
#include "catalog/low_priority.h"
#include "catalog/replica_view.h"
#include "catalog/schema.h"

#include <silta/store.h>

namespace silta {

namespace {

constexpr const char* kAllProducts = "SELECT " SILTA_PRODUCT_COLUMNS " FROM products";
constexpr const char* kOneProduct = "SELECT " SILTA_PRODUCT_COLUMNS " FROM products WHERE id = ?";

std::optional<std::filesystem::file_time_type> timeOf(const std::string& path) {
    std::error_code failed;
    const auto time = std::filesystem::last_write_time(path, failed);
    return failed ? std::nullopt : std::optional(time);
}

} // namespace

ChangedProduct indexContentOf(const ProductRow& row, const PathText& pathText) {
    ChangedProduct content;
    content.product = static_cast<std::uint32_t>(row.id);
    content.rank = static_cast<std::uint32_t>(row.rank);
    if (row.gtin) content.gtin = static_cast<std::uint64_t>(row.gtin->number());
    const auto add = [&content](std::string_view line) { appendIndexLine(content.text, line); };
    for (const auto& text : row.texts) {
        add(text.title);
        if (!text.title.empty()) ++content.titles;
    }
    for (const auto& text : row.texts) {
        add(text.color);
        add(text.size);
        if (text.path != 0) appendIndexLine(content.aside, pathText(text.path));
    }
    add(row.brand);
    add(row.sku);
    content.facets.push_back(static_cast<std::uint32_t>(row.department));
    return content;
}

std::string searchIndexPath(const std::string& catalogPath) {
    return catalogPath + ".index";
}

Result<IndexBuilder> collectIndex(Statements& statements, const IndexState& state, const PathText& pathText) {
    IndexOptions options;
    options.source = static_cast<std::uint64_t>(state.source);
    options.change = static_cast<std::uint64_t>(state.change);
    options.facetCount = kCatalogFacets;
    IndexBuilder builder(options);
    auto query = statements.get(kAllProducts);
    if (!query) return query.error();
    for (;;) {
        auto more = (*query)->step();
        if (!more) return more.error();
        if (!*more) return builder;
        const auto row = readProductRow(**query);
        if (!row) return row.error();
        const auto content = indexContentOf(*row, pathText);
        auto done = builder.add({content.product, content.rank, content.gtin, content.text, content.facets,
                                 content.titles, content.aside});
        if (!done) return done.error();
    }
}

Result<std::shared_ptr<const IndexFile>> openIndexOf(const std::string& catalogPath,
                                                     const IndexState& state) {
    auto file = IndexFile::open(searchIndexPath(catalogPath));
    if (!file) return file.error();
    const auto& header = (*file)->header();
    const auto change = static_cast<std::int64_t>(header.change);
    if (header.source != static_cast<std::uint64_t>(state.source) || change < state.from ||
        header.facetCount != kCatalogFacets)
        return Error{Errc::NotFound, "open search index: it belongs to another catalogue"};
    return file;
}

// ---- reading

namespace {

/// Whether `sql` gives more than `limit` rows, of which it reads no more than that. `argument`: its first.
Result<bool> hasMoreRows(Statements& statements, const char* sql, std::int64_t argument, std::int64_t limit) {
    auto query = statements.get(sql);
    if (!query) return query.error();
    auto row = (*query)->bind(0, argument).bind(1, limit + 1).step();
    if (!row) return row.error();
    return (*query)->integer(0) > limit;
}

constexpr const char* kCountProducts = "SELECT count(*) FROM (SELECT 1 FROM products WHERE id >= ? LIMIT ?)";
constexpr const char* kCountChanges =
    "SELECT count(*) FROM (SELECT 1 FROM index_log WHERE change > ? LIMIT ?)";

} // namespace

bool CatalogIndex::isStale(const IndexState& state) const {
    if (live_ == nullptr || opened_.source != state.source || opened_.from != state.from) return true;
    return timeOf(searchIndexPath(catalogPath_)) != tried_;
}

Result<void> CatalogIndex::open(Statements& statements, const IndexState& state, const PathText& pathText) {
    tried_ = timeOf(searchIndexPath(catalogPath_));
    auto file = openIndexOf(catalogPath_, state);
    if (!file) {
        const auto isTooMuch = hasMoreRows(statements, kCountProducts, 0, kIndexInMemoryMax);
        if (!isTooMuch) return isTooMuch.error();
        if (*isTooMuch) {
            refused_ = state.change;
            if (opened_.source != state.source) live_.reset(); // else it goes on with what it has
            return {};
        }
        auto builder = collectIndex(statements, state, pathText);
        if (!builder) return builder.error();
        auto bytes = builder->bytes();
        if (!bytes) return bytes.error();
        file = IndexFile::fromBytes(std::move(*bytes));
        if (!file) return file.error();
    }
    applied_ = static_cast<std::int64_t>((*file)->header().change);
    live_ = std::make_unique<LiveIndex>(std::move(*file));
    opened_ = state;
    refused_ = -1;
    return {};
}

Result<void> CatalogIndex::catchUp(Statements& statements, const IndexState& state,
                                   const PathText& pathText) {
    if (refused_ == state.change) return {};
    const auto isTooMuch = hasMoreRows(statements, kCountChanges, applied_, kLiveChangesMax);
    if (!isTooMuch) return isTooMuch.error();
    if (*isTooMuch) {
        refused_ = state.change;
        return {};
    }
    auto log = statements.get("SELECT product FROM index_log WHERE change > ?");
    if (!log) return log.error();
    (*log)->bind(0, applied_);
    std::vector<ChangedProduct> changes;
    for (;;) {
        auto more = (*log)->step();
        if (!more) return more.error();
        if (!*more) break;
        const auto product = (*log)->integer(0);
        auto query = statements.get(kOneProduct);
        if (!query) return query.error();
        auto found = (*query)->bind(0, product).step();
        if (!found) return found.error();
        if (!*found) {
            ChangedProduct removed;
            removed.product = static_cast<std::uint32_t>(product);
            removed.isRemoved = true;
            changes.push_back(std::move(removed));
            continue;
        }
        const auto row = readProductRow(**query);
        if (!row) return row.error();
        changes.push_back(indexContentOf(*row, pathText));
    }
    if (auto done = live_->change(std::move(changes)); !done) return done;
    applied_ = state.change;
    return {};
}

Result<LiveIndex*> CatalogIndex::at(Statements& statements, const IndexState& state,
                                    const PathText& pathText) {
    const bool isRefused = refused_ == state.change && timeOf(searchIndexPath(catalogPath_)) == tried_;
    if (isStale(state) && !isRefused)
        if (auto done = open(statements, state, pathText); !done) return done.error();
    if (live_ == nullptr) return Error{Errc::Busy, "search products: the index is being made"};
    if (applied_ < state.change)
        if (auto done = catchUp(statements, state, pathText); !done) return done.error();
    return live_.get();
}

// ---- keeping it

namespace {

/// Makes the index in a transaction that sees one moment of the catalogue. Returns the change it stands for.
Result<std::int64_t> makeIndex(ReplicaView& view, const std::string& indexPath) {
    const auto state = view.indexState();
    auto builder = collectIndex(view.statements(), state, view.pathTexts());
    if (!builder) return builder.error();
    if (auto done = builder->write(indexPath); !done) return done.error();
    return state.change;
}

/// The change that the index stands for, if it is there, sound and not too far behind.
Result<std::optional<std::int64_t>> goodIndex(ReplicaView& view, const std::string& catalogPath,
                                              bool verifies) {
    const auto file = openIndexOf(catalogPath, view.indexState());
    if (!file || (verifies && !(*file)->verify())) return std::optional<std::int64_t>();
    const auto change = static_cast<std::int64_t>((*file)->header().change);
    const auto isFarBehind = hasMoreRows(view.statements(), kCountChanges, change, kIndexLogMax);
    if (!isFarBehind) return isFarBehind.error();
    return *isFarBehind ? std::nullopt : std::optional(change);
}

Result<bool> isOfOldFormat(const std::string& catalogPath) {
    auto database = Database::open(catalogPath, OpenMode::ReadOnly);
    if (!database) return database.error();
    auto query = database->prepare("PRAGMA user_version");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    return query->integer(0) < static_cast<std::int64_t>(kCatalogMigrations.size());
}

/// A catalogue of the version before has no log yet.
Result<void> upgrade(const std::string& catalogPath) {
    auto isOld = isOfOldFormat(catalogPath);
    if (!isOld) return isOld.error();
    if (!*isOld) return {}; // so that a writer at work is not waited for
    auto database = Database::open(catalogPath, OpenMode::Replica);
    if (!database) return database.error();
    return database->migrate(kCatalogMigrations);
}

Result<void> cutLog(const std::string& catalogPath, std::int64_t change) {
    auto database = Database::open(catalogPath, OpenMode::Replica);
    if (!database) return database.error();
    auto transaction = Transaction::begin(*database);
    if (!transaction) return transaction.error();
    auto log = database->prepare("DELETE FROM index_log WHERE change <= ?");
    if (!log) return log.error();
    if (auto done = log->bind(0, change).run(); !done) return done;
    auto from = database->prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('index_from', ?)");
    if (!from) return from.error();
    if (auto done = from->bind(0, change).run(); !done) return done;
    return transaction->commit();
}

Result<bool> refreshIndex(const std::string& catalogPath, const std::string& indexPath, bool verifies) {
    std::optional<std::int64_t> cut; ///< the log, up to here
    bool isMade = false;
    if (auto done = upgrade(catalogPath); !done) return done.error();
    {
        auto database = Database::open(catalogPath, OpenMode::ReadOnly);
        if (!database) return database.error();
        if (auto header = checkCatalogHeader(*database); !header) return header.error();
        ReplicaView view(std::move(*database), {}, catalogPath);
        auto snapshot = view.snapshot();
        if (!snapshot) return snapshot.error();
        std::optional<std::int64_t> good;
        if (indexPath == searchIndexPath(catalogPath)) {
            auto found = goodIndex(view, catalogPath, verifies);
            if (!found) return found.error();
            good = *found;
        }
        if (good && *good > view.indexState().from) cut = good; // the power went before it was cut
        if (!good) {
            auto made = makeIndex(view, indexPath);
            if (!made) return made.error();
            cut = *made;
            isMade = true;
        }
    }
    if (cut)
        if (auto done = cutLog(catalogPath, *cut); !done) return done.error();
    return isMade;
}

} // namespace

Result<bool> refreshSearchIndex(const std::string& catalogPath, IndexCheck check,
                                const std::string& forPath) {
    const auto indexPath = searchIndexPath(forPath.empty() ? catalogPath : forPath);
    return atLowPriority([&] { return refreshIndex(catalogPath, indexPath, check == IndexCheck::Whole); });
}

} // namespace silta
