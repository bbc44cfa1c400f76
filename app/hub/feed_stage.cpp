#include "hub/feed_stage.h"

#include "catalog/codec.h"
#include "hub/feed_items.h"
#include "hub/feed_stores.h"

#include <fmt/format.h>

namespace silta::hub {

namespace {

/// What the sinks have in common: the tally, and an error of the staging file that ends the import.
class Stage {
public:
    Stage(ImportState& state, const std::string& path) : state_(state) { file_.path = path; }
    [[nodiscard]] FileTally& file() { return file_; }
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

protected:
    bool bad(std::int64_t line, RowFault fault) {
        state_.bad(file_, line, std::move(fault));
        return false;
    }
    /// Remembers the first failure; true when `result` is one.
    template <class T>
    bool isFailure(const Result<T>& result) {
        if (result) return false;
        if (!failure_) failure_ = result.error();
        return true;
    }

    ImportState& state_;
    FileTally file_;
    std::optional<Error> failure_;
};

class ProductStage final : public Stage, public RowSink {
public:
    ProductStage(ImportState& state, const std::string& path, std::string folder)
        : Stage(state, path), folder_(std::move(folder)) {}

    bool onRow(FeedRow& row) override {
        if (failure_) return false;
        ++file_.rows;
        if (auto problem = readProduct(row, state_.options.lang, record_)) {
            keep(row);
            return bad(row.line, std::move(*problem));
        }
        // The devices' own rules: a record that they refuse would keep them from the whole segment.
        if (const auto checked = checkRecord(record_); !checked) {
            keep(row);
            return bad(row.line, rowFault("row", record_.sku, checked.error().what));
        }
        takePicture(row);
        staged_.sku = record_.sku;
        staged_.line = row.line;
        staged_.group = record_.group;
        staged_.gtin = record_.gtin ? record_.gtin->number() : 0;
        CatalogChange change;
        change.product = std::move(record_);
        staged_.base = toLine(change);
        record_ = std::move(*change.product);
        if (staged_.base.size() > kProductLineBytesMax) {
            keep(row);
            return bad(row.line, rowFault("row", record_.sku, "longer than devices accept"));
        }
        const auto added = state_.staging.addProduct(staged_);
        if (isFailure(added)) return false;
        if (!*added) return bad(row.line, rowFault("id", record_.sku, "given twice; the first one counts"));
        return true;
    }
    void onBadRow(std::int64_t line, const RowFault& problem, const FeedRow& readable) override {
        if (failure_) return;
        ++file_.rows;
        keep(readable);
        bad(line, problem);
    }

private:
    void keep(const FeedRow& row) {
        if (!row[Field::Id].empty()) isFailure(state_.staging.keepProduct(row[Field::Id]));
    }
    void takePicture(const FeedRow& row) {
        const auto& link = row[Field::ImageLink];
        auto picture = readPicture(folder_, link);
        switch (picture.kind) {
        case PictureLink::Kind::None:
            break;
        case PictureLink::Kind::Remote:
            ++state_.report.picturesRemote;
            break;
        case PictureLink::Kind::Refused:
            ++state_.report.picturesRefused;
            state_.notice(file_, row.line, rowFault("image_link", link, std::move(picture.reason)));
            break;
        case PictureLink::Kind::Local:
            auto name = state_.media.put(picture.bytes);
            if (isFailure(name)) break;
            record_.picture = std::move(*name);
            ++state_.report.picturesStored;
            break;
        }
    }

    std::string folder_;
    ProductRecord record_;
    StagedProduct staged_;
};

class TitleStage final : public Stage, public RowSink {
public:
    TitleStage(ImportState& state, const std::string& path, std::string lang)
        : Stage(state, path), lang_(std::move(lang)) {}

    bool onRow(FeedRow& row) override {
        if (failure_) return false;
        ++file_.rows;
        auto problem = readTitles(row, lang_, sku_, text_);
        if (problem) {
            keep(row);
            return bad(row.line, std::move(*problem));
        }
        if (!isSold(sku_)) return bad(row.line, rowFault("id", sku_, "no such product"));
        const auto added = state_.staging.addTitle(sku_, lang_, text_);
        if (isFailure(added)) return false;
        if (!*added) return bad(row.line, rowFault("id", sku_, "given twice; the first one counts"));
        return true;
    }
    void onBadRow(std::int64_t line, const RowFault& problem, const FeedRow& readable) override {
        if (failure_) return;
        ++file_.rows;
        keep(readable);
        bad(line, problem);
    }

private:
    void keep(const FeedRow& row) {
        if (!row[Field::Id].empty()) isFailure(state_.staging.addTitle(row[Field::Id], lang_, std::nullopt));
    }
    bool isSold(const std::string& sku) {
        const auto named = state_.staging.names(sku);
        if (isFailure(named)) return false;
        if (*named) return true;
        if (!state_.keepsUnnamed) return false;
        const auto known = state_.staging.known(sku);
        return !isFailure(known) && *known && !(*known)->removed;
    }

    std::string lang_;
    std::string sku_;
    ProductText text_;
};

class ReviewStage final : public Stage, public ReviewSink {
public:
    using Stage::Stage;

    bool onReview(FeedReview& review) override {
        if (failure_) return false;
        ++file_.rows;
        std::vector<std::string> keys;
        for (const auto& sku : review.skus)
            if (isFailure(state_.staging.addKeysOfSku(sku, keys))) return false;
        for (const auto& text : review.gtins)
            if (const auto gtin = Gtin::parse(text); gtin)
                if (isFailure(state_.staging.addKeysOfGtin(gtin->number(), keys))) return false;
        if (keys.empty()) { // a chain's reviews outlive what it sells
            ++state_.report.reviewsUnknown;
            return true;
        }
        if (review.lang.empty()) review.lang = state_.options.lang;
        const auto added = state_.staging.addReview(review, keys);
        if (isFailure(added)) return false;
        if (!*added)
            return bad(review.line, rowFault("review_id", review.id, "given twice; the first one counts"));
        return true;
    }
    void onBadReview(std::int64_t line, const RowFault& problem) override {
        if (failure_) return;
        ++file_.rows;
        bad(line, problem);
    }
};

class StoreStage final : public Stage, public StoreSink {
public:
    StoreStage(ImportState& state, const std::string& path, StagedStores& stores)
        : Stage(state, path), stores_(stores) {}

    bool onStore(std::int64_t line, StoreRecord& store) override {
        ++file_.rows;
        if (const auto checked = checkRecord(store); !checked) {
            --file_.rows;
            onBadStore(line, rowFault("row", store.code, checked.error().what), store.code);
            return false;
        }
        CatalogChange change;
        change.store = store;
        auto body = toLine(change);
        const auto [at, isNew] = stores_.byCode.try_emplace(store.code, stores_.stores.size());
        if (isNew) {
            stores_.stores.push_back({0, store.code, std::move(body)});
        } else if (stores_.stores[at->second].body.empty()) {
            stores_.stores[at->second].body = std::move(body);
        } else {
            return bad(line, rowFault("branchCode", store.code, "given twice; the first one counts"));
        }
        return true;
    }
    void onBadStore(std::int64_t line, const RowFault& problem, const std::string& code) override {
        ++file_.rows;
        if (!code.empty() && stores_.byCode.try_emplace(code, stores_.stores.size()).second)
            stores_.stores.push_back({0, code, {}});
        bad(line, problem);
    }

private:
    StagedStores& stores_;
};

class InventoryStage final : public Stage, public RowSink {
public:
    InventoryStage(ImportState& state, const std::string& path,
                   const std::unordered_map<std::string, std::int64_t>& storeIds,
                   std::unordered_set<std::int64_t>& reported)
        : Stage(state, path), storeIds_(storeIds), reported_(reported) {}

    bool onRow(FeedRow& row) override {
        if (failure_) return false;
        ++file_.rows;
        if (auto problem = readStock(row, stock_)) {
            keep(row);
            return bad(row.line, std::move(*problem));
        }
        const auto store = storeOf(stock_.storeCode);
        if (store == 0) return bad(row.line, rowFault("store_code", stock_.storeCode, "no such store"));
        const auto product = productOf(stock_.sku);
        if (product == 0) return bad(row.line, rowFault("id", stock_.sku, "no such product"));
        reported_.insert(store);
        return !isFailure(state_.staging.addCell({product, store, stock_.quantity, stock_.aisle, row.line}));
    }
    void onBadRow(std::int64_t line, const RowFault& problem, const FeedRow& readable) override {
        if (failure_) return;
        ++file_.rows;
        keep(readable);
        bad(line, problem);
    }

private:
    void keep(const FeedRow& row) {
        const auto store = storeOf(row[Field::StoreCode]);
        const auto product = store == 0 ? 0 : productOf(row[Field::Id]);
        if (product != 0) isFailure(state_.staging.addCell({product, store, std::nullopt, {}, row.line}));
    }
    [[nodiscard]] std::int64_t storeOf(const std::string& code) const {
        const auto it = storeIds_.find(code);
        return it == storeIds_.end() ? 0 : it->second;
    }
    std::int64_t productOf(const std::string& sku) {
        if (sku == lastSku_) return lastProduct_; // exports list the stores of one item together
        lastSku_ = sku;
        lastProduct_ = 0;
        const auto known = state_.staging.known(sku);
        if (!isFailure(known) && *known && !(*known)->removed) lastProduct_ = (*known)->id;
        return lastProduct_;
    }

    const std::unordered_map<std::string, std::int64_t>& storeIds_;
    std::unordered_set<std::int64_t>& reported_;
    StockRecord stock_;
    std::string lastSku_;
    std::int64_t lastProduct_ = 0;
};

Error named(const std::string& path, const Error& error) {
    return Error{error.code, fmt::format("import {}: {}", path, error.what)};
}

Result<FileTally> finishStage(ImportState& state, Stage& stage, const Result<FeedEnd>& end) {
    auto& file = stage.file();
    if (!end) return named(file.path, end.error());
    if (stage.failure()) return named(file.path, *stage.failure());
    file.end = *end;
    if (auto usable = checkUsable(file); !usable) return usable.error();
    if (file.end.how == FeedEnd::How::Cut) state.report.isCut = true;
    state.report.files.push_back(file);
    return file;
}

Result<FileTally> stageItems(ImportState& state, std::span<const Field> required, Stage& stage,
                             RowSink& sink) {
    auto source = openFeed(stage.file().path);
    if (!source) return named(stage.file().path, source.error());
    return finishStage(state, stage, readItems(**source, required, sink));
}

} // namespace

void ImportState::bad(FileTally& file, std::int64_t line, RowFault problem) const {
    ++file.bad;
    ++report.badRows;
    onProblem({file.path, line, std::move(problem), false});
}

void ImportState::notice(const FileTally& file, std::int64_t line, RowFault problem) const {
    onProblem({file.path, line, std::move(problem), true});
}

Result<void> checkUsable(const FileTally& file) {
    if (file.rows == 0) {
        const auto why =
            file.end.reason.empty() ? "" : fmt::format(" (line {}: {})", file.end.line, file.end.reason);
        return Error{Errc::Invalid,
                     fmt::format("import {}: it holds no rows{}; nothing was changed", file.path, why)};
    }
    if (file.bad * 2 > file.rows)
        return Error{Errc::Invalid, fmt::format("import {}: {} of {} rows are bad; nothing was changed",
                                                file.path, file.bad, file.rows)};
    return {};
}

Result<FileTally> stageProducts(ImportState& state, const std::string& path) {
    auto folder = folderOf(path);
    if (!folder) return named(path, folder.error());
    ProductStage stage(state, path, *folder);
    return stageItems(state, requiredOfProducts(), stage, stage);
}

Result<FileTally> stageTitles(ImportState& state, const std::string& path, const std::string& lang) {
    TitleStage stage(state, path, lang);
    return stageItems(state, requiredOfTitles(), stage, stage);
}

Result<FileTally> stageReviews(ImportState& state, const std::string& path) {
    auto source = openFeed(path);
    if (!source) return named(path, source.error());
    ReviewStage stage(state, path);
    return finishStage(state, stage, readReviews(**source, stage));
}

Result<FileTally> stageStores(ImportState& state, const std::string& path, StagedStores& stores) {
    auto source = openFeed(path);
    if (!source) return named(path, source.error());
    StoreStage stage(state, path, stores);
    return finishStage(state, stage, readStores(**source, state.options.timeZone, stage));
}

Result<FileTally> stageInventory(ImportState& state, const std::string& path,
                                 const std::unordered_map<std::string, std::int64_t>& storeIds,
                                 std::unordered_set<std::int64_t>& reported) {
    InventoryStage stage(state, path, storeIds, reported);
    return stageItems(state, requiredOfInventory(), stage, stage);
}

} // namespace silta::hub
