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

void dropRanges(ListRanges& ranges, const ListRanges& known) {
    ListRanges left;
    auto next = known.begin();
    for (auto range : ranges) {
        for (; next != known.end() && next->begin < range.end; ++next) {
            if (next->begin > range.begin) left.push_back({range.begin, next->begin});
            range.begin = std::max(range.begin, next->end);
            if (next->end > range.end) break; // it reaches into what comes
        }
        if (!range.isEmpty()) left.push_back(range);
    }
    ranges = std::move(left);
}

void IndexLookup::mark(std::vector<std::uint64_t>& bits, const ListRanges& ranges) {
    bits.assign(file_.docCount() / kBitsOfWord + 1, 0);
    forEachDocument(ranges,
                    [&](std::uint32_t doc) { bits[doc / kBitsOfWord] |= 1ULL << (doc % kBitsOfWord); });
}

double IndexLookup::costOfAll(std::uint64_t size) const {
    constexpr double kMarkCost = 2;     // of a document: it comes out of a list, and goes into the bits
    constexpr double kWordsPerCost = 4; // of bits that are cleared and looked through
    return static_cast<double>(size) * kMarkCost + file_.docCount() / (kBitsOfWord * kWordsPerCost);
}

// Words are taken to be independent of each other. They are not, but what goes together is found sooner
// still.
double IndexLookup::planFrom(std::size_t driver, std::uint32_t end, std::size_t wanted,
                             std::vector<Way>& ways) const {
    constexpr double kLazyCost = 8; // a step of the heap
    constexpr double kFewCost = 3;  // the same of two or three lists
    const double docs = file_.docCount();
    const auto& own = members_[driver];
    double looked = static_cast<double>(wanted); // candidates until enough are found
    for (std::size_t i = 0; i < members_.size(); ++i)
        if (i != driver) looked *= std::max(1.0, docs / static_cast<double>(members_[i].size));
    const auto size = static_cast<double>(own.size);
    looked = std::min(looked, size * std::min(docs, static_cast<double>(end)) / docs);
    const auto share = looked / size;

    double cost = looked;
    ways.assign(members_.size(), Way::Asked);
    ways[driver] = Way::Listed;
    if (own.lists > 1) {
        const auto lazily = looked * (own.lists <= kFewLists ? kFewCost : kLazyCost);
        ways[driver] = lazily <= costOfAll(own.size) ? Way::Lazily : Way::Densely;
        cost = std::min(lazily, costOfAll(own.size));
    }
    // What reads along or is marked spares looking up what does not pass; the rest is looked up together.
    double left = looked;
    std::size_t marked = 0;
    bool isAsked = false;
    for (const bool isFew : {true, false}) {
        for (std::size_t i = 0; i < members_.size(); ++i) {
            const auto& member = members_[i];
            if (i == driver || (member.lists <= kFewLists) != isFew) continue;
            const auto passing = std::min(1.0, static_cast<double>(member.size) / docs);
            const auto spared = left * (1 - passing) * kLookUpCost;
            const auto read = isFew ? static_cast<double>(member.size) * share : costOfAll(member.size);
            if (read >= spared || (!isFew && marked == kMarksMax)) {
                isAsked = true;
                continue;
            }
            ways[i] = isFew ? Way::Followed : Way::Marked;
            if (!isFew) ++marked;
            cost += read + left;
            left *= passing;
        }
    }
    if (isAsked) cost += left * kLookUpCost;
    return cost;
}

bool IndexLookup::plan(std::span<const ListRanges* const> groups, std::uint32_t end, std::size_t wanted,
                       std::int64_t& costLeft) {
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
    std::ranges::sort(members_, {}, &Member::size);
    std::size_t driver = 0;
    auto least = planFrom(driver, end, wanted, bestWays_);
    for (std::size_t i = 1; i < members_.size(); ++i) {
        const auto cost = planFrom(i, end, wanted, ways_);
        if (cost >= least) continue;
        least = cost;
        driver = i;
        bestWays_.swap(ways_);
    }
    std::size_t marked = 0;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        auto& member = members_[i];
        member.way = bestWays_[i];
        if (member.way == Way::Marked) {
            member.marks = marked++;
            mark(marks_[member.marks], *member.ranges);
        }
        if (member.way == Way::Marked || member.way == Way::Densely)
            costLeft -= static_cast<std::int64_t>(costOfAll(member.size));
        if (member.way != Way::Followed) continue;
        std::size_t count = 0;
        for (const auto range : *member.ranges)
            for (auto list = range.begin; list < range.end; ++list)
                member.documents[count++] = IndexFile::Documents(file_, list);
    }
    std::swap(members_[0], members_[driver]);
    // What need not be asked for comes first: it spares the look-up.
    std::stable_partition(members_.begin() + 1, members_.end(),
                          [](const Member& member) { return member.way != Way::Asked; });
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
        if (member.way == Way::Followed) {
            if (!follow(member, doc, costLeft)) return false;
            continue;
        }
        if (member.way == Way::Marked) {
            if ((marks_[member.marks][doc / kBitsOfWord] >> (doc % kBitsOfWord) & 1) == 0) return false;
            continue;
        }
        if (!isCounted && (costLeft -= kLookUpCost) < 0) return false;
        isCounted = true;
        if (!file_.holds(doc, *member.ranges)) return false;
    }
    return true;
}

void IndexLookup::intersect(std::vector<std::uint64_t>& docs, const ListRanges& ranges) {
    mark(bits_, ranges);
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
