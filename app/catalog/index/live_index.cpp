#include "catalog/index/live_index.h"

#include <algorithm>
#include <tuple>

namespace silta {

namespace {

constexpr std::uint32_t kDeadBits = 64;

void mark(std::vector<std::uint64_t>& bits, std::uint32_t doc) {
    bits[doc / kDeadBits] |= 1ULL << (doc % kDeadBits);
}

} // namespace

LiveIndex::LiveIndex(std::shared_ptr<const IndexFile> base) : base_(std::move(base)), heads_(base_.file()) {}

// ---- changes

// One look at every document's product is a millisecond for a million; a table of them would be eight
// megabytes.
void LiveIndex::buryInBase(std::span<const ChangedProduct> products) {
    std::vector<bool> isChanged;
    for (const auto& product : products) {
        if (isChanged.size() <= product.product) isChanged.resize(std::size_t{product.product} + 1);
        isChanged[product.product] = true;
    }
    const auto& file = base();
    baseDead_.resize(file.docCount() / kDeadBits + 1);
    for (std::uint32_t doc = 0; doc < file.docCount(); ++doc)
        if (const auto product = file.product(doc); product < isChanged.size() && isChanged[product])
            mark(baseDead_, doc);
}

void LiveIndex::buryInParts(std::uint32_t product) {
    for (auto& part : parts_) {
        const auto found = std::ranges::lower_bound(part.docs, std::pair(product, 0U));
        if (found != part.docs.end() && found->first == product) mark(part.dead, found->second);
    }
}

std::uint32_t LiveIndex::placeInBase(std::uint32_t rank, std::uint32_t product, std::uint32_t from) const {
    const auto& file = base();
    const auto isBefore = [&](std::uint32_t doc) {
        const auto own = file.rank(doc);
        return own != rank ? own < rank : file.product(doc) < product;
    };
    auto low = from;
    std::uint32_t step = 1;
    for (; low < file.docCount() && isBefore(low); step *= 2)
        low = std::min(low + step, file.docCount());
    auto high = low;
    low = std::max(from, high - std::min(high, step / 2));
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (isBefore(middle))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Result<void> LiveIndex::change(std::vector<ChangedProduct> products) {
    if (products.empty()) return {};
    buryInBase(products);
    std::vector<const ChangedProduct*> fresh;
    fresh.reserve(products.size());
    changed_.reserve(changed_.size() + products.size());
    for (auto& product : products) {
        buryInParts(product.product);
        auto& own = changed_[product.product] = std::move(product);
        if (!own.isRemoved) fresh.push_back(&own);
    }
    base_.setDead(baseDead_);
    if (parts_.size() >= kLivePartsMax) {
        parts_.clear();
        fresh.clear();
        for (const auto& [number, product] : changed_)
            if (!product.isRemoved) fresh.push_back(&product);
    }
    for (auto& part : parts_)
        part.finder.setDead(part.dead);
    // A product that came twice is there once, in its last form.
    std::ranges::sort(fresh);
    fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
    return addPart(fresh);
}

Result<void> LiveIndex::addPart(std::span<const ChangedProduct* const> products) {
    IndexOptions options;
    options.facetCount = base().header().facetCount;
    options.heads = &heads_;
    IndexBuilder builder(options);
    for (const auto* product : products) {
        if (product->isRemoved) continue;
        auto done = builder.add({product->product, product->rank, product->gtin, product->text,
                                 product->facets, product->titles, product->aside});
        if (!done) return done;
    }
    if (builder.size() == 0) return {};
    auto bytes = builder.bytes();
    if (!bytes) return bytes.error();
    auto file = IndexFile::fromBytes(std::move(*bytes));
    if (!file) return file.error();
    std::vector<std::uint32_t> places;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> docs;
    places.reserve((*file)->docCount());
    docs.reserve((*file)->docCount());
    for (std::uint32_t doc = 0; doc < (*file)->docCount(); ++doc) { // in the order of their places
        const auto product = (*file)->product(doc);
        places.push_back(placeInBase((*file)->rank(doc), product, places.empty() ? 0 : places.back()));
        docs.emplace_back(product, doc);
    }
    std::ranges::sort(docs);
    std::vector<std::uint64_t> dead((*file)->docCount() / kDeadBits + 1);
    auto& part = parts_.emplace_back(Part{IndexFinder(*file), std::move(dead), std::move(docs)});
    part.finder.setPlaces(std::move(places));
    return {};
}

// ---- searching

void LiveIndex::take(IndexFinder& finder, std::span<const IndexHit> hits) {
    for (const auto& hit : hits)
        hits_.push_back({finder.file().product(hit.doc), hit});
}

void LiveIndex::merge(std::size_t limit) {
    std::ranges::stable_sort(hits_, [](const Hit& a, const Hit& b) { return a.hit.isBefore(b.hit); });
    // What one index tried because it had nothing goes where another had something better.
    if (!hits_.empty()) {
        const auto best = hits_.front().hit;
        std::erase_if(hits_, [&best](const Hit& each) {
            const auto& hit = each.hit;
            const bool isAsGood =
                hit.tier == best.tier && (hit.tier >= FindTier::TwoEdits || hit.step == best.step);
            return hit.isLastResort() && !isAsGood;
        });
    }
    if (hits_.size() > limit) hits_.resize(limit);
}

std::span<const LiveIndex::Hit> LiveIndex::find(const TypedText& typed, FindOptions options) {
    hits_.clear();
    take(base_, base_.find(typed, options));
    for (auto& part : parts_) {
        // What comes after the last hit of a full list would be cut off anyway.
        if (hits_.size() >= options.enough)
            options.lastTier = std::min(options.lastTier, hits_.back().hit.tier);
        else if (!hits_.empty())
            options.lastTier = std::min(options.lastTier, FindTier::Endings);
        options.knownWords |= base_.knownWords();
        take(part.finder, part.finder.find(typed, options));
    }
    if (!parts_.empty()) merge(options.limit);
    return hits_;
}

std::span<const LiveIndex::Hit> LiveIndex::browse(const FindOptions& options) {
    hits_.clear();
    take(base_, base_.browse(options));
    for (auto& part : parts_)
        take(part.finder, part.finder.browse(options));
    if (!parts_.empty()) merge(options.limit);
    return hits_;
}

std::vector<std::uint32_t> LiveIndex::productsWith(const TypedText& typed) {
    struct Placed {
        std::uint32_t place, rank, product;
    };
    std::vector<Placed> changed;
    for (auto& part : parts_)
        part.finder.forEachMatch(typed, [&](std::uint32_t doc) {
            const auto& file = part.finder.file();
            changed.push_back({part.finder.place(doc), file.rank(doc), file.product(doc)});
        });
    std::ranges::sort(changed, {},
                      [](const Placed& each) { return std::tuple(each.place, each.rank, each.product); });
    std::vector<std::uint32_t> products;
    auto next = changed.begin();
    base_.forEachMatch(typed, [&](std::uint32_t doc) {
        for (; next != changed.end() && next->place <= doc; ++next)
            products.push_back(next->product);
        products.push_back(base().product(doc));
    });
    for (; next != changed.end(); ++next)
        products.push_back(next->product);
    return products;
}

} // namespace silta
