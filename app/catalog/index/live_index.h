// An index file and what has changed since it was built, searched as one.
#pragma once

#include "catalog/index/builder.h"
#include "catalog/index/compounds.h"
#include "catalog/index/finder.h"

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace silta {

/// A product of the catalogue with what the index takes in of it; see IndexProduct.
struct ChangedProduct {
    std::uint32_t product = 0;
    std::uint32_t rank = 0;
    std::uint64_t gtin = 0;
    std::string text;
    std::vector<std::uint32_t> facets;
    bool isRemoved = false; ///< then only `product` counts
    std::size_t titles = 0; ///< see IndexProduct
    std::string aside{};    ///< see IndexProduct
    bool operator==(const ChangedProduct&) const = default;
};

/// Changes are kept in memory, in small indexes of their own; what they replace is marked dead where it was.
/// When too much has changed for that, the owner builds a new file and starts over from it.
/// Thread: its owner's.
class LiveIndex {
public:
    explicit LiveIndex(std::shared_ptr<const IndexFile> base);
    [[nodiscard]] const IndexFile& base() const { return base_.file(); }
    /// Takes in what has changed; the newest word about a product stands. Errors: Limit, Corrupt.
    Result<void> change(std::vector<ChangedProduct> products);

    struct Hit {
        std::uint32_t product = 0;
        IndexHit hit;
    };
    /// Best first. The view lives until the next call.
    std::span<const Hit> find(const TypedText& typed, FindOptions options);
    std::span<const Hit> browse(const FindOptions& options);
    /// Every product with the words as they were typed, or with the beginning of a GTIN that was; all where
    /// nothing was typed. In the order of rank. Takes a millisecond for a hundred thousand products: not for
    /// a screen's thread.
    std::vector<std::uint32_t> productsWith(const TypedText& typed);

private:
    struct Part {
        IndexFinder finder;
        std::vector<std::uint64_t> dead;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> docs; ///< product and document; ascending
    };
    Result<void> addPart(std::span<const ChangedProduct* const> products);
    void buryInBase(std::span<const ChangedProduct> products);
    void buryInParts(std::uint32_t product);
    /// Before which document of the base it would stand; at least `from`.
    [[nodiscard]] std::uint32_t placeInBase(std::uint32_t rank, std::uint32_t product,
                                            std::uint32_t from) const;
    void take(IndexFinder& finder, std::span<const IndexHit> hits);
    void merge(std::size_t limit);

    IndexFinder base_;
    CompoundHeads heads_; ///< of the base
    std::vector<std::uint64_t> baseDead_;
    std::deque<Part> parts_; ///< oldest first
    std::unordered_map<std::uint32_t, ChangedProduct> changed_;
    std::vector<Hit> hits_;
};

inline constexpr std::size_t kLivePartsMax = 4; ///< each costs a search; more are made into one

} // namespace silta
