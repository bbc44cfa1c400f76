#include "hub/feed_difference.h"

#include "catalog/limits.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace silta::hub {

namespace {

/// Enough of a SHA-256 that two inputs never share it by chance.
constexpr std::size_t kInputsBytes = 16;

std::size_t rankOf(const std::string& lang) {
    const auto* it = std::find(kLanguages.begin(), kLanguages.end(), lang);
    return static_cast<std::size_t>(it - kLanguages.begin());
}

ProductText* findText(ProductRecord& record, std::string_view lang) {
    const auto it = std::find_if(record.texts.begin(), record.texts.end(),
                                 [&](const ProductText& text) { return text.lang == lang; });
    return it == record.texts.end() ? nullptr : &*it;
}

Result<ProductRecord> recordOf(const std::string& line) {
    auto change = parseChange(line);
    if (!change) return change.error();
    if (!change->product) return Error{Errc::Corrupt, "read product: the line holds something else"};
    return std::move(*change->product);
}

/// Makes the line of one product out of the feeds' rows and what the hub had.
class Composer {
public:
    Composer(ImportState& state, const CompareProducts& how) : state_(state), how_(how) {
        mode_ = how.hasProducts ? fmt::format("products {}", state.options.lang) : "";
        for (const auto& [lang, removes] : how.titles)
            mode_ += fmt::format(" {}{}", lang, removes ? "!" : "");
        if (how.hasReviews) mode_ += how.removesRatings ? " reviews!" : " reviews";
    }

    /// Reads what the feeds say beside `base`; `inputs()` is then the digest of all.
    Result<void> gather(std::string_view sku, std::string_view group, std::string_view base) {
        titles_.clear();
        rating_.reset();
        std::string digest = mode_;
        const auto add = [&digest](std::string_view part) {
            digest += fmt::format("\n{} ", part.size());
            digest += part;
        };
        add(base);
        for (const auto& [lang, removes] : how_.titles) {
            auto title = state_.staging.title(sku, lang);
            if (!title) return title.error();
            add(!*title ? "none" : !(*title)->text ? "kept" : "given");
            if (*title && (*title)->text)
                for (const auto* part :
                     {&(*title)->text->title, &(*title)->text->description, &(*title)->text->department,
                      &(*title)->text->color, &(*title)->text->size})
                    add(*part);
            titles_.push_back(std::move(*title));
        }
        if (how_.hasReviews) {
            auto rating = state_.staging.rating(ratingKey(sku, group));
            if (!rating) return rating.error();
            if (*rating) {
                for (const auto n : (*rating)->rating.histogram)
                    add(std::to_string(n));
                for (const auto& review : (*rating)->newest)
                    for (const auto* part : {&review.date, &review.lang, &review.title, &review.text})
                        add(*part);
            }
            rating_ = std::move(*rating);
        }
        inputs_ = sha256(digest).substr(0, kInputsBytes);
        return {};
    }
    [[nodiscard]] const std::string& inputs() const { return inputs_; }
    /// Nothing but the feed's own row takes part.
    [[nodiscard]] bool isPlain() const { return !rating_ && titles_.empty(); }

    /// `base` or `old` may be empty, not both.
    Result<std::string> compose(const std::string& base, const std::string& old) const {
        auto record = recordOf(base.empty() ? old : base);
        if (!record) return record.error();
        const auto own = record->texts.empty() ? state_.options.lang : record->texts.front().lang;
        if (!base.empty() && !old.empty()) {
            auto before = recordOf(old);
            if (!before) return before.error();
            for (auto& text : before->texts)
                if (text.lang != own && !wasOwn(*before, text)) record->texts.push_back(std::move(text));
            record->rating = before->rating;
            record->reviews = std::move(before->reviews);
        }
        applyTitles(*record, own);
        if (rating_) {
            record->rating = rating_->rating;
            record->reviews = rating_->newest;
        } else if (how_.hasReviews && how_.removesRatings) {
            record->rating = {};
            record->reviews.clear();
        }
        std::stable_sort(record->texts.begin(), record->texts.end(), [&own](const auto& a, const auto& b) {
            const auto key = [&own](const ProductText& text) {
                return std::tuple(text.lang != own, rankOf(text.lang), std::string_view(text.lang));
            };
            return key(a) < key(b);
        });
        if (record->texts.size() > kTextsMax) record->texts.resize(kTextsMax);
        return lineOf(std::move(*record));
    }

private:
    /// The old feed's own text when the feed has another language now.
    bool wasOwn(const ProductRecord& before, const ProductText& text) const {
        return &text == &before.texts.front() && text.lang != state_.options.lang;
    }

    void applyTitles(ProductRecord& record, const std::string& own) const {
        for (std::size_t i = 0; i < titles_.size(); ++i) {
            const auto& [lang, removes] = how_.titles[i];
            auto* text = findText(record, lang);
            if (titles_[i] && titles_[i]->text) {
                if (text != nullptr)
                    *text = *titles_[i]->text;
                else
                    record.texts.push_back(*titles_[i]->text);
            } else if (!titles_[i] && removes && text != nullptr && lang != own) {
                record.texts.erase(record.texts.begin() + (text - record.texts.data()));
            }
        }
    }

    /// A line that devices accept: what matters least goes first.
    static std::string lineOf(ProductRecord record) {
        CatalogChange change;
        change.product = std::move(record);
        for (;;) {
            auto line = toLine(change);
            if (line.size() <= kProductLineBytesMax) return line;
            if (!change.product->reviews.empty())
                change.product->reviews.pop_back();
            else if (change.product->texts.size() > 1)
                change.product->texts.pop_back();
            else
                return line;
        }
    }

    ImportState& state_;
    const CompareProducts& how_;
    std::string mode_;
    std::string inputs_;
    std::vector<std::optional<Staging::StagedTitle>> titles_; ///< one for each language of how_.titles
    std::optional<RatingSum> rating_;
};

Result<void> compareFeed(ImportState& state, Composer& composer) {
    auto last = state.store.lastProductId();
    if (!last) return last.error();
    std::int64_t nextId = *last + 1;
    auto& tally = state.report.products;
    return state.staging.forEachProduct([&](const StagedProduct& staged) -> Result<void> {
        auto known = state.staging.known(staged.sku);
        if (!known) return known.error();
        if (auto done = composer.gather(staged.sku, staged.group, staged.base); !done) return done;
        const bool isLive = *known && !(*known)->removed;
        if (isLive && (*known)->inputs == composer.inputs()) {
            ++tally.unchanged;
            return {};
        }
        std::string old;
        if (isLive) {
            auto body = state.store.productBody((*known)->id);
            if (!body) return body.error();
            old = std::move(*body);
        }
        ProductChange change;
        change.product.id = *known ? (*known)->id : nextId++;
        change.product.sku = staged.sku;
        change.product.group = staged.group;
        change.product.gtin = staged.gtin;
        change.product.inputs = composer.inputs();
        if (old.empty() && composer.isPlain()) {
            change.product.body = staged.base;
        } else {
            auto body = composer.compose(staged.base, old);
            if (!body) return body.error();
            change.product.body = std::move(*body);
        }
        if (change.product.body == old) {
            change.isInputsOnly = true;
            change.product.body.clear();
            ++tally.unchanged;
        } else {
            ++(isLive ? tally.changed : tally.added);
        }
        if (auto done = state.staging.addChange(change); !done) return done;
        return isLive ? Result<void>{} : state.staging.setKnown(staged.sku, change.product.id, false);
    });
}

/// Language feeds or reviews without a product feed: every live product is looked at.
Result<void> compareTexts(ImportState& state, Composer& composer) {
    auto& tally = state.report.products;
    return state.staging.forEachKnown([&](const std::string& sku, const KnownProduct& known) -> Result<void> {
        if (auto done = composer.gather(sku, known.group, {}); !done) return done;
        auto old = state.store.productBody(known.id);
        if (!old) return old.error();
        auto body = composer.compose({}, *old);
        if (!body) return body.error();
        if (*body == *old) {
            ++tally.unchanged;
            return {};
        }
        auto record = recordOf(*body);
        if (!record) return record.error();
        ++tally.changed;
        ProductChange change;
        change.product.id = known.id;
        change.product.sku = sku;
        change.product.group = record->group;
        change.product.gtin = record->gtin ? record->gtin->number() : 0;
        // No digest: the next product feed must look at the product again.
        change.product.body = std::move(*body);
        return state.staging.addChange(change);
    });
}

} // namespace

Result<StoreDifference> compareStores(ImportState& state, const StagedStores* stores, bool removesUnnamed) {
    auto known = state.store.stores();
    if (!known) return known.error();
    StoreDifference difference;
    auto& tally = state.report.stores;
    std::unordered_map<std::string, const HubStore*> byCode;
    for (const auto& store : *known) {
        difference.lastId = std::max(difference.lastId, store.id);
        byCode[store.code] = &store;
        if (store.removed) continue;
        const bool isNamed = stores == nullptr || stores->byCode.contains(store.code);
        if (isNamed || !removesUnnamed) {
            difference.ids[store.code] = store.id;
            if (stores != nullptr && !isNamed) ++tally.unchanged;
        } else {
            difference.removed.push_back(store.id);
            ++tally.removed;
        }
    }
    if (stores == nullptr) return difference;
    for (auto staged : stores->stores) {
        const auto it = byCode.find(staged.code);
        const bool isLive = it != byCode.end() && !it->second->removed;
        if (staged.body.empty() || (isLive && it->second->body == staged.body)) {
            if (isLive) ++tally.unchanged;
            continue;
        }
        staged.id = it != byCode.end() ? it->second->id : ++difference.lastId;
        difference.ids[staged.code] = staged.id;
        ++(isLive ? tally.changed : tally.added);
        difference.put.push_back(std::move(staged));
    }
    return difference;
}

Result<std::unordered_set<std::int64_t>> compareProducts(ImportState& state, const CompareProducts& how) {
    std::unordered_set<std::int64_t> removed;
    Composer composer(state, how);
    if (!how.hasProducts) {
        if (auto done = compareTexts(state, composer); !done) return done.error();
        return removed;
    }
    if (auto done = compareFeed(state, composer); !done) return done.error();
    if (!how.removesUnnamed) return removed;
    auto done = state.staging.forEachUnnamed([&](std::int64_t id, const std::string& sku) {
        removed.insert(id);
        ++state.report.products.removed;
        ProductChange change;
        change.isRemoval = true;
        change.product.id = id;
        change.product.sku = sku;
        return state.staging.addChange(change);
    });
    if (done) done = state.staging.removeUnnamed();
    if (!done) return done.error();
    return removed;
}

Result<void> compareCells(ImportState& state, const CompareCells& how, FileTally& file) {
    auto query = state.staging.sortedCells();
    if (!query) return query.error();
    auto& tally = state.report.cells;
    std::optional<StagedCell> staged; // the one that is next
    const auto key = [](const auto& cell) { return std::pair(cell.product, cell.store); };
    const auto advance = [&]() -> Result<void> {
        const auto before = std::exchange(staged, std::nullopt);
        for (;;) {
            staged.reset();
            auto row = query->step();
            if (!row) return row.error();
            if (!*row) return {};
            staged = Staging::cellOf(*query);
            if (!before || key(*before) != key(*staged)) return {};
            if (staged->quantity) // a bad row has been reported already
                state.bad(file, staged->line,
                          RowFault{"id", {}, "given twice for this store; the first one counts"});
        }
    };
    const auto change = [&](const StagedCell& cell, std::int32_t quantity, UtcMs asOf) {
        return state.staging.addChange(HubCell{cell.product, cell.store, quantity, asOf, 0, cell.aisle});
    };
    const auto addNew = [&]() -> Result<void> {
        if (staged->quantity.value_or(0) > 0) {
            ++tally.added;
            if (auto done = change(*staged, *staged->quantity, state.options.asOf); !done) return done;
        }
        return advance();
    };
    if (auto done = advance(); !done) return done;
    auto done = state.store.forEachCell([&](const HubCell& cell) -> Result<void> {
        while (staged && key(*staged) < key(cell))
            if (auto added = addNew(); !added) return added;
        const bool isNamed = staged && key(*staged) == key(cell);
        const bool isGone =
            how.removedProducts.contains(cell.product) || how.removedStores.contains(cell.store);
        if (isNamed && !isGone) {
            const auto now = *staged;
            if (auto next = advance(); !next) return next;
            const bool isSame = !now.quantity || (*now.quantity == cell.quantity && now.aisle == cell.aisle);
            if (isSame) {
                if (cell.quantity > 0) ++tally.unchanged;
                return {};
            }
            if (state.options.asOf < cell.asOf) {
                ++state.report.cellsOlder;
                return {};
            }
            ++(cell.quantity == 0 ? tally.added : *now.quantity == 0 ? tally.removed : tally.changed);
            return change(now, *now.quantity, state.options.asOf);
        }
        if (isNamed)
            if (auto next = advance(); !next) return next;
        if (cell.quantity == 0) return {};
        const bool goes = isGone || (how.removesUnnamed && state.options.asOf >= cell.asOf);
        if (!goes) {
            if (how.hasInventory) ++tally.unchanged;
            return {};
        }
        ++tally.removed;
        return change({cell.product, cell.store, 0, {}, 0}, 0, std::max(state.options.asOf, cell.asOf));
    });
    while (done && staged)
        done = addNew();
    return done;
}

} // namespace silta::hub
