#include "catalog/index/facets.h"

#include <algorithm>
#include <bit>

namespace silta {

namespace {

constexpr std::uint32_t kDenseMax = 1U << 16; // values that are counted in an array
constexpr std::uint32_t kDocsPerWord = 64;

} // namespace

FacetCounter::FacetCounter(const FacetRequest& request)
    : request_(request), choices_(request.columns.size()), sparse_(request.columns.size()),
      dense_(request.columns.size()) {
    assert(request.columns.size() <= kFacetColumnsMax);
    for (const auto& choice : request.choices)
        if (choice.column < choices_.size()) choices_[choice.column] = &choice;
}

std::uint32_t FacetCounter::valueOf(const IndexFile& file, std::size_t column, std::uint32_t doc) const {
    const auto& own = request_.columns[column];
    const auto value = file.facet(own.column, doc);
    if (own.bounds.empty()) return value;
    return static_cast<std::uint32_t>(std::ranges::upper_bound(own.bounds, value) - own.bounds.begin());
}

void FacetCounter::count(const IndexFile& file, std::uint32_t doc) {
    std::array<std::uint32_t, kFacetColumnsMax> values{};
    std::size_t missed = 0;
    std::size_t lastMissed = 0;
    for (std::size_t column = 0; column < choices_.size(); ++column) {
        values[column] = valueOf(file, column, doc);
        if (choices_[column] == nullptr || std::ranges::count(choices_[column]->values, values[column]) > 0)
            continue;
        lastMissed = column;
        if (++missed > 1) return;
    }
    if (missed == 0) ++total_;
    for (std::size_t column = 0; column < choices_.size(); ++column) {
        if (missed == 1 && column != lastMissed) continue;
        if (values[column] >= kDenseMax) {
            sparse_[column].push_back({values[column], 1});
            continue;
        }
        if (dense_[column].size() <= values[column]) dense_[column].resize(values[column] + 1);
        ++dense_[column][values[column]];
    }
}

void FacetCounter::add(IndexFinder& finder, const TypedText& typed) {
    const auto matches = finder.matches(typed);
    const auto& file = finder.file();
    for (std::uint32_t word = 0; word < matches.size(); ++word)
        for (auto left = matches[word]; left != 0; left &= left - 1) {
            const auto doc = word * kDocsPerWord + static_cast<std::uint32_t>(std::countr_zero(left));
            if (request_.filter == nullptr || request_.filter->passes(file, doc)) count(file, doc);
        }
}

FacetCounts FacetCounter::counts() const {
    FacetCounts counts;
    counts.total = total_;
    for (std::size_t column = 0; column < dense_.size(); ++column) {
        auto& own = counts.columns.emplace_back();
        for (std::uint32_t value = 0; value < dense_[column].size(); ++value)
            if (dense_[column][value] > 0) own.push_back({value, dense_[column][value]});
        auto sparse = sparse_[column];
        std::ranges::sort(sparse, {}, &FacetCount::value);
        for (const auto& each : sparse) {
            if (!own.empty() && own.back().value == each.value)
                ++own.back().count;
            else
                own.push_back(each);
        }
    }
    return counts;
}

} // namespace silta
