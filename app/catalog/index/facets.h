// Exact counts of what a search finds, by the values of facet columns.
#pragma once

#include "catalog/index/finder.h"

#include <cstdint>
#include <span>
#include <vector>

namespace silta {

/// A column to be counted: by value, or in buckets.
struct FacetColumn {
    std::size_t column = 0;
    /// Ascending. Empty: each value by itself. Else bucket 0 holds what is less than bounds[0], bucket 1 what
    /// is less than bounds[1], …, and the last what is not less than any.
    std::vector<std::uint32_t> bounds;
};

/// What is chosen in a column: any of some values, or of some buckets.
struct FacetChoice {
    std::size_t column = 0; ///< index of FacetRequest::columns
    std::vector<std::uint32_t> values;
};

struct FacetRequest {
    std::vector<FacetColumn> columns; ///< at most kFacetColumnsMax
    std::vector<FacetChoice> choices; ///< at most one for each column
    const IndexFilter* filter =
        nullptr; ///< what is not a column: in stock here, a department's tree; may be null
};
inline constexpr std::size_t kFacetColumnsMax = 8;

struct FacetCount {
    std::uint32_t value = 0; ///< or the bucket
    std::uint32_t count = 0;
    bool operator==(const FacetCount&) const = default;
};

/// A column's counts leave its own choice out, so that a person sees what choosing another would give.
struct FacetCounts {
    std::uint32_t total = 0;                      ///< products that fit all choices
    std::vector<std::vector<FacetCount>> columns; ///< as in the request; by value, none of zero
};

/// Adds up the documents of one index, then of the next: an index file and its changes. Products count that
/// hold every typed word (FindTier::Exact); all of them when nothing is typed. Takes a millisecond or two for
/// a hundred thousand products: not for a screen's thread. Thread: its owner's.
class FacetCounter {
public:
    /// `request` must outlive this.
    explicit FacetCounter(const FacetRequest& request);
    void add(IndexFinder& finder, const TypedText& typed);
    [[nodiscard]] FacetCounts counts() const;

private:
    [[nodiscard]] std::uint32_t valueOf(const IndexFile& file, std::size_t column, std::uint32_t doc) const;
    void count(const IndexFile& file, std::uint32_t doc);

    const FacetRequest& request_;
    std::vector<const FacetChoice*> choices_; ///< of each column; may be null
    std::uint32_t total_ = 0;
    std::vector<std::vector<FacetCount>> sparse_; ///< of values beyond kDenseMax, one entry a document
    std::vector<std::vector<std::uint32_t>> dense_;
};

} // namespace silta
