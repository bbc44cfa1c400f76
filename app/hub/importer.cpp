#include "hub/importer.h"

#include "hub/feed_difference.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace silta::hub {

namespace {

/// Whether a file may remove what it does not name; says so in words when it would have but may not.
bool mayRemove(ImportState& state, const FileTally& file) {
    auto& warnings = state.report.warnings;
    switch (file.end.how) {
    case FeedEnd::How::Cut:
        warnings.push_back(fmt::format("{} is cut at line {}: {}; its good rows are used, nothing is removed",
                                       file.path, file.end.line, file.end.reason));
        return false;
    case FeedEnd::How::NoNewline:
        if (!state.options.partial)
            warnings.push_back(fmt::format("{} ends in line {} without a newline, so more may be missing; "
                                           "its rows are used, nothing is removed",
                                           file.path, file.end.line));
        return false;
    case FeedEnd::How::Whole:
        return !state.options.partial;
    }
    return false;
}

Result<void> applyChanges(CatalogStore& store, Staging& staging, const StoreDifference& stores,
                          const std::unordered_set<std::int64_t>& reported, UtcMs asOf,
                          ImportReport& report) {
    auto update = CatalogUpdate::begin(store);
    if (!update) return update.error();
    for (const auto& put : stores.put)
        if (auto done = update->putStore(put.id, put.code, put.body); !done) return done;
    for (const auto id : stores.removed)
        if (auto done = update->removeStore(id); !done) return done;
    auto done = staging.forEachChange([&](const ProductChange& change) {
        if (change.isRemoval) return update->removeProduct(change.product.id);
        if (change.isInputsOnly) return update->setInputs(change.product.id, change.product.inputs);
        return update->putProduct(change.product);
    });
    if (done) done = staging.forEachCellChange([&](const HubCell& cell) { return update->putCell(cell); });
    if (!done) return done;
    for (const auto id : reported)
        if (auto told = update->reportStore(id, asOf); !told) return told;
    report.after = update->position();
    return update->commit();
}

} // namespace

Result<ImportReport> Importer::run(const ImportOptions& options) {
    auto lock = ImportLock::take(databasePath_);
    if (!lock) return lock.error();
    media_.clearTemporaries();
    auto staging = Staging::create(databasePath_ + ".staging");
    if (!staging) return staging.error();
    ImportReport report;
    ImportState state{options, store_, media_, *staging, onProblem_, report};
    auto position = store_.position();
    if (!position) return position.error();
    report.before = report.after = *position;

    StagedStores stagedStores;
    bool storesRemove = false;
    if (!options.stores.empty()) {
        auto file = stageStores(state, options.stores, stagedStores);
        if (!file) return file.error();
        storesRemove = mayRemove(state, *file);
    }
    auto stores = compareStores(state, options.stores.empty() ? nullptr : &stagedStores, storesRemove);
    if (!stores) return stores.error();

    CompareProducts products;
    if (!options.products.empty()) {
        auto file = stageProducts(state, options.products);
        if (!file) return file.error();
        products.hasProducts = true;
        products.removesUnnamed = mayRemove(state, *file);
        state.keepsUnnamed = !products.removesUnnamed;
    }
    const bool looksUp = products.hasProducts || !options.titles.empty() || !options.reviews.empty() ||
                         !options.inventory.empty();
    if (looksUp)
        if (auto done =
                store_.forEachProduct([&](const HubProduct& known) { return staging->addKnown(known); });
            !done)
            return done.error();
    for (const auto& [lang, path] : options.titles) {
        auto file = stageTitles(state, path, lang);
        if (!file) return file.error();
        products.titles.emplace_back(lang, mayRemove(state, *file));
    }
    if (!options.reviews.empty()) {
        if (auto done = staging->indexGtins(); !done) return done.error();
        auto file = stageReviews(state, options.reviews);
        if (!file) return file.error();
        const bool removes = mayRemove(state, *file);
        // Half of the reviews would make a wrong average; the ratings from last time are better.
        products.hasReviews = file->end.how != FeedEnd::How::Cut;
        products.removesRatings = removes;
        if (!products.hasReviews)
            report.warnings.push_back("ratings stay as they were, since reviews are missing");
    }
    std::unordered_set<std::int64_t> removedProducts;
    if (products.hasProducts || !products.titles.empty() || products.hasReviews) {
        auto removed = compareProducts(state, products);
        if (!removed) return removed.error();
        removedProducts = std::move(*removed);
    }

    CompareCells cells{false, false, removedProducts, {stores->removed.begin(), stores->removed.end()}};
    std::unordered_set<std::int64_t> reported;
    FileTally inventory;
    if (!options.inventory.empty()) {
        auto file = stageInventory(state, options.inventory, stores->ids, reported);
        if (!file) return file.error();
        inventory = std::move(*file);
        cells.hasInventory = true;
        cells.removesUnnamed = mayRemove(state, inventory);
        if (!cells.removesUnnamed) reported.clear(); // only a whole file speaks for all of a store
    }
    if (cells.hasInventory || !removedProducts.empty() || !stores->removed.empty()) {
        if (auto done = compareCells(state, cells, inventory); !done) return done.error();
        if (cells.hasInventory) {
            report.files.back() = inventory; // with the rows that turned out to be given twice
            if (auto usable = checkUsable(inventory); !usable) return usable.error();
        }
    }
    if (report.cellsOlder > 0)
        report.warnings.push_back(
            fmt::format("{} stock figures are older than the hub's and were not used", report.cellsOlder));
    if (auto done = applyChanges(store_, *staging, *stores, reported, options.asOf, report); !done)
        return done.error();
    return report;
}

Result<ImportLock> ImportLock::take(const std::string& databasePath) {
    const auto path = databasePath + ".import.lock";
    ImportLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.fd_ < 0) return Error{Errc::Io, fmt::format("lock hub: {}", std::strerror(errno))};
    if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0)
        return Error{Errc::Busy, "lock hub: another import or publication is at work"};
    return lock;
}

ImportLock::~ImportLock() {
    if (fd_ >= 0) ::close(fd_);
}

} // namespace silta::hub
