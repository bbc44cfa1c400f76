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
/// Takes out of `ranges` what `known` holds. Both are tidy, and `ranges` stays so.
void dropRanges(ListRanges& ranges, const ListRanges& known);

inline constexpr std::int64_t kLookUpCost = 16; ///< of one document that is verified; others cost 1

/// Finds documents. Holds working memory of an eighth of a byte a document, three times. Thread: its owner's.
class IndexLookup {
public:
    explicit IndexLookup(const IndexFile& file) : file_(file) {}

    /// Calls visit(doc) for documents before `end` that hold a list of every group, ascending, until it
    /// returns false, which is expected after `wanted` of them. `costLeft` is counted down by what is read
    /// (kLookUpCost); it ends the search.
    template <class Visit>
    void forEach(std::span<const ListRanges* const> groups, std::uint32_t end, std::size_t wanted,
                 std::int64_t& costLeft, Visit visit);
    /// Keeps of `docs`, one bit each, those that hold a list of the group.
    void intersect(std::vector<std::uint64_t>& docs, const ListRanges& ranges);

private:
    /// One list, or a range of lists of which only the best is looked at yet.
    struct Cursor {
        ListRange range; ///< what of the range is left; empty for a list
        std::uint32_t list = 0;
        IndexFile::Documents documents;
    };
    /// How the documents of a group are come by.
    enum class Way : std::uint8_t {
        Listed,   ///< driver: its only list from the start
        Lazily,   ///< driver: best first out of many lists, opening each list only when its turn comes
        Densely,  ///< driver: all at once, which is cheaper when most must be looked at anyway
        Followed, ///< others: few lists, read along with the driver
        Marked,   ///< others: all at once, one bit a document
        Asked,    ///< others: each candidate's own lists are looked through, a cache miss or two
    };
    static constexpr std::uint32_t kFewLists = 3; ///< a word and the compounds that end in it
    static constexpr std::size_t kMarksMax = 2;
    struct Member {
        const ListRanges* ranges = nullptr;
        std::uint64_t size = 0;  ///< documents, at most
        std::uint32_t lists = 0; ///< how many, up to kFewLists + 1
        Way way = Way::Asked;
        std::size_t marks = 0; ///< of marks_, when marked
        std::array<IndexFile::Documents, kFewLists> documents;
    };
    /// Fills members_, the one to enumerate first, then in the order in which they are asked. False when some
    /// group has nothing.
    bool plan(std::span<const ListRanges* const> groups, std::uint32_t end, std::size_t wanted,
              std::int64_t& costLeft);
    /// What it costs to enumerate members_[driver] and to verify the others in `ways`, which it chooses.
    double planFrom(std::size_t driver, std::uint32_t end, std::size_t wanted, std::vector<Way>& ways) const;
    [[nodiscard]] double costOfAll(std::uint64_t size) const;
    void mark(std::vector<std::uint64_t>& bits, const ListRanges& ranges);
    [[nodiscard]] bool fits(std::uint32_t doc, std::int64_t& costLeft);
    /// Reads a followed member up to `doc`. Whether it is there.
    [[nodiscard]] static bool follow(Member& member, std::uint32_t doc, std::int64_t& costLeft);

    template <class Visit>
    void enumerateList(std::uint32_t list, Visit visit);
    template <class Visit>
    void enumerateLazily(const ListRanges& ranges, Visit visit);
    template <class Visit>
    void enumerateDensely(const ListRanges& ranges, std::uint64_t size, Visit visit);
    void push(ListRange range);
    template <class Take>
    void forEachDocument(const ListRanges& ranges, Take take);

    static constexpr std::uint32_t kBitsOfWord = 64;

    const IndexFile& file_;
    std::vector<Member> members_; ///< by size until plan() ends
    std::vector<Way> ways_, bestWays_;
    std::vector<Cursor> heap_;
    std::vector<std::uint32_t> sorted_;
    std::vector<std::uint64_t> bits_;
    std::array<std::vector<std::uint64_t>, kMarksMax> marks_;
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
    constexpr std::uint64_t kSortShare = 1024; // fewer of so many are cheaper to sort than to look for
    if (size < file_.docCount() / kSortShare) {
        sorted_.clear();
        forEachDocument(ranges, [this](std::uint32_t doc) { sorted_.push_back(doc); });
        std::sort(sorted_.begin(), sorted_.end());
        sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
        for (const auto doc : sorted_)
            if (!visit(doc)) return;
        return;
    }
    mark(bits_, ranges);
    for (std::uint32_t word = 0; word < bits_.size(); ++word)
        for (auto left = bits_[word]; left != 0; left &= left - 1)
            if (!visit(word * kBitsOfWord + static_cast<std::uint32_t>(std::countr_zero(left)))) return;
}

template <class Visit>
void IndexLookup::forEach(std::span<const ListRanges* const> groups, std::uint32_t end, std::size_t wanted,
                          std::int64_t& costLeft, Visit visit) {
    if (!plan(groups, end, wanted, costLeft)) return;
    const auto check = [&](std::uint32_t doc) {
        if (doc >= end) return false;
        if (!fits(doc, costLeft)) return costLeft > 0;
        return visit(doc) && costLeft > 0;
    };
    const auto& driver = members_.front();
    if (driver.way == Way::Listed)
        enumerateList(driver.ranges->front().begin, check);
    else if (driver.way == Way::Densely)
        enumerateDensely(*driver.ranges, driver.size, check);
    else
        enumerateLazily(*driver.ranges, check);
}

} // namespace silta
