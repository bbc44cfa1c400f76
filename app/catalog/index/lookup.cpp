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

bool IndexLookup::plan(std::span<const ListRanges* const> groups) {
    // A list need not be merged out of others, so it is enumerated even when it is somewhat longer.
    constexpr std::uint64_t kListBonus = 4;
    // To read a list along costs a nanosecond or two a document, to look one up as much as a cache miss.
    constexpr std::uint64_t kFollowedShare = 32;
    members_.clear();
    for (const auto* ranges : groups) {
        auto& member = members_.emplace_back();
        member.ranges = ranges;
        for (const auto range : *ranges) {
            member.size += file_.sizeOf(range);
            member.lists = std::min(member.lists + (range.end - range.begin), kFewLists + 1);
        }
        if (member.size == 0) return false;
    }
    if (members_.empty()) return false;
    const auto cost = [](const Member& member) {
        return member.lists == 1 ? member.size : member.size * kListBonus;
    };
    std::ranges::sort(members_, [&](const Member& a, const Member& b) { return cost(a) < cost(b); });
    const auto driven = members_.front().size;
    for (auto& member : std::span(members_).subspan(1)) {
        member.isFollowed = member.lists <= kFewLists && member.size / kFollowedShare <= driven;
        if (!member.isFollowed) continue;
        std::size_t count = 0;
        for (const auto range : *member.ranges)
            for (auto list = range.begin; list < range.end; ++list)
                member.documents[count++] = IndexFile::Documents(file_, list);
    }
    // What is read along comes first: it spares the look-up.
    std::stable_partition(members_.begin() + 1, members_.end(),
                          [](const Member& member) { return member.isFollowed; });
    return true;
}

bool IndexLookup::follow(Member& member, std::uint32_t doc, std::int64_t& costLeft) {
    for (auto& documents : std::span(member.documents).first(member.lists)) {
        while (documents.current() < doc && documents.next())
            --costLeft;
        if (documents.current() == doc) return true;
    }
    return false;
}

bool IndexLookup::fits(std::uint32_t doc, std::int64_t& costLeft) {
    --costLeft;
    bool isCounted = false;
    for (auto& member : std::span(members_).subspan(1)) {
        if (member.isFollowed) {
            if (!follow(member, doc, costLeft)) return false;
            continue;
        }
        if (!isCounted && (costLeft -= kLookUpCost) < 0) return false;
        isCounted = true;
        if (!file_.holds(doc, *member.ranges)) return false;
    }
    return true;
}

void IndexLookup::intersect(std::vector<std::uint64_t>& docs, const ListRanges& ranges) {
    constexpr std::uint32_t kBitsOfWord = 64;
    bits_.assign(file_.docCount() / kBitsOfWord + 1, 0);
    forEachDocument(ranges,
                    [this](std::uint32_t doc) { bits_[doc / kBitsOfWord] |= 1ULL << (doc % kBitsOfWord); });
    for (std::size_t word = 0; word < docs.size(); ++word)
        docs[word] &= bits_[word];
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
