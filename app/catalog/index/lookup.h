// Which documents of one index hold one list of each of several groups, best first.
#pragma once

#include "catalog/index/file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace silta {

/// Alternatives for one typed word. Ascending, not overlapping, none empty: see tidyRanges().
using ListRanges = std::vector<ListRange>;

/// Sorts, joins what overlaps or touches, drops what is empty.
void tidyRanges(ListRanges& ranges);

inline constexpr std::int64_t kLookUpCost = 16; ///< of one document that is verified; others cost 1

/// Finds documents. Holds working memory of an eighth of a byte a document. Thread: its owner's.
class IndexLookup {
public:
    explicit IndexLookup(const IndexFile& file) : file_(file) {}

    /// Calls visit(doc) for documents that hold a list of every group, ascending, until it returns false.
    /// `costLeft` is counted down by what a candidate costs (kLookUpCost); it ends the search.
    template <class Visit>
    void forEach(std::span<const ListRanges* const> groups, std::int64_t& costLeft, Visit visit);
    /// Keeps of `docs`, one bit each, those that hold a list of the group.
    void intersect(std::vector<std::uint64_t>& docs, const ListRanges& ranges);

private:
    /// One list, or a range of lists of which only the best is looked at yet.
    struct Cursor {
        ListRange range; ///< what of the range is left; empty for a list
        std::uint32_t list = 0;
        IndexFile::Documents documents;
    };
    /// A group, and its lists when they are few: a word and the compounds that end in it.
    static constexpr std::uint32_t kFewLists = 3;
    struct Member {
        const ListRanges* ranges = nullptr;
        std::uint64_t size = 0;  ///< documents, at most
        std::uint32_t lists = 0; ///< how many, up to kFewLists + 1
        bool isFollowed = false; ///< its documents are read along instead of asked for
        std::array<IndexFile::Documents, kFewLists> documents;
    };
    /// Fills members_, the one to enumerate first. False when some group has nothing.
    bool plan(std::span<const ListRanges* const> groups);
    [[nodiscard]] bool fits(std::uint32_t doc, std::int64_t& costLeft);
    /// Reads a followed member up to `doc`. Whether it is there.
    [[nodiscard]] static bool follow(Member& member, std::uint32_t doc, std::int64_t& costLeft);

    template <class Visit>
    void enumerateList(std::uint32_t list, Visit visit);
    /// Best first out of many lists, opening each list only when its turn comes.
    template <class Visit>
    void enumerateLazily(const ListRanges& ranges, Visit visit);
    /// All at once: cheaper when most must be looked at anyway.
    template <class Visit>
    void enumerateDensely(const ListRanges& ranges, std::uint64_t size, Visit visit);
    void push(ListRange range);
    template <class Take>
    void forEachDocument(const ListRanges& ranges, Take take);

    const IndexFile& file_;
    std::vector<Member> members_;
    std::vector<Cursor> heap_;
    std::vector<std::uint32_t> sorted_;
    std::vector<std::uint64_t> bits_;
};

// ---- implementation

template <class Visit>
void IndexLookup::enumerateList(std::uint32_t list, Visit visit) {
    IndexFile::Documents documents(file_, list);
    if (documents.current() >= file_.docCount()) return;
    do {
        if (!visit(documents.current())) return;
    } while (documents.next());
}

template <class Visit>
void IndexLookup::enumerateLazily(const ListRanges& ranges, Visit visit) {
    const auto later = [](const Cursor& a, const Cursor& b) {
        return a.documents.current() > b.documents.current();
    };
    heap_.clear();
    for (const auto range : ranges)
        push(range);
    std::uint32_t last = file_.docCount();
    while (!heap_.empty()) {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        Cursor cursor = heap_.back();
        heap_.pop_back();
        const auto doc = cursor.documents.current();
        if (doc >= file_.docCount()) continue;
        if (doc != last && !visit(doc)) return;
        last = doc;
        if (!cursor.range.isEmpty()) {
            push({cursor.range.begin, cursor.list});
            push({cursor.list + 1, cursor.range.end});
            cursor.range = {};
        }
        if (!cursor.documents.next()) continue;
        heap_.push_back(cursor);
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
}

template <class Take>
void IndexLookup::forEachDocument(const ListRanges& ranges, Take take) {
    for (const auto range : ranges)
        for (auto list = range.begin; list < range.end; ++list)
            enumerateList(list, [&](std::uint32_t doc) {
                take(doc);
                return true;
            });
}

template <class Visit>
void IndexLookup::enumerateDensely(const ListRanges& ranges, std::uint64_t size, Visit visit) {
    constexpr std::uint64_t kSortMax = 4'000; // fewer are cheaper to sort than to look for in a bitmap
    if (size < kSortMax) {
        sorted_.clear();
        forEachDocument(ranges, [this](std::uint32_t doc) { sorted_.push_back(doc); });
        std::sort(sorted_.begin(), sorted_.end());
        sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
        for (const auto doc : sorted_)
            if (!visit(doc)) return;
        return;
    }
    constexpr std::uint32_t kBits = 64;
    bits_.assign(file_.docCount() / kBits + 1, 0);
    forEachDocument(ranges, [this](std::uint32_t doc) { bits_[doc / kBits] |= 1ULL << (doc % kBits); });
    for (std::uint32_t word = 0; word < bits_.size(); ++word)
        for (auto left = bits_[word]; left != 0; left &= left - 1)
            if (!visit(word * kBits + static_cast<std::uint32_t>(std::countr_zero(left)))) return;
}

template <class Visit>
void IndexLookup::forEach(std::span<const ListRanges* const> groups, std::int64_t& costLeft, Visit visit) {
    constexpr std::uint64_t kDenseMax = 30'000; // more are enumerated lazily: the visit will stop early
    if (!plan(groups)) return;
    const auto check = [&](std::uint32_t doc) {
        if (!fits(doc, costLeft)) return costLeft > 0;
        return visit(doc) && costLeft > 0;
    };
    const auto& driver = members_.front();
    if (driver.lists == 1)
        enumerateList(driver.ranges->front().begin, check);
    else if (groups.size() > 1 && driver.size < kDenseMax)
        enumerateDensely(*driver.ranges, driver.size, check);
    else
        enumerateLazily(*driver.ranges, check);
}

} // namespace silta
