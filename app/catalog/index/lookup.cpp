#include "catalog/index/lookup.h"

#include <algorithm>

namespace silta {

void tidyRanges(ListRanges& ranges) {
    std::erase_if(ranges, [](const ListRange& range) { return range.isEmpty(); });
    if (ranges.size() < 2) return;
    std::ranges::sort(ranges, {}, &ListRange::begin);
    std::size_t last = 0;
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        if (ranges[i].begin <= ranges[last].end)
            ranges[last].end = std::max(ranges[last].end, ranges[i].end);
        else
            ranges[++last] = ranges[i];
    }
    ranges.resize(last + 1);
}

std::uint64_t IndexLookup::sizeOf(const ListRanges& ranges) const {
    std::uint64_t size = 0;
    for (const auto range : ranges)
        size += file_.sizeOf(range);
    return size;
}

// A single list need not be merged, so it is preferred even when it is somewhat longer.
IndexLookup::Plan IndexLookup::plan(std::span<const ListRanges* const> groups) const {
    constexpr std::uint64_t kSingleListBonus = 4;
    constexpr std::uint64_t kNone = ~0ULL;
    Plan plan;
    auto best = kNone;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto& ranges = *groups[i];
        const auto size = sizeOf(ranges);
        if (size == 0) return {0, 0, true};
        const bool isSingle = ranges.size() == 1 && ranges[0].end - ranges[0].begin == 1;
        const auto cost = isSingle ? size : size * kSingleListBonus;
        if (cost >= best) continue;
        best = cost;
        plan = {i, size, false};
    }
    plan.isEmpty = best == kNone;
    return plan;
}

void IndexLookup::push(ListRange range) {
    if (range.isEmpty()) return;
    const auto list = file_.bestList(range);
    heap_.push_back({range, list, IndexFile::Documents(file_, list)});
    std::push_heap(heap_.begin(), heap_.end(), [](const Cursor& a, const Cursor& b) {
        return a.documents.current() > b.documents.current();
    });
}

} // namespace silta
