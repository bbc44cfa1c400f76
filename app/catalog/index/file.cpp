#include "catalog/index/file.h"

#include "catalog/index/words.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace silta {

namespace {

constexpr std::size_t kGtinBytes = 6;
constexpr std::uint32_t kChildrenMax = 256; // one for each byte

Error damaged(std::string_view what) {
    return Error{Errc::Corrupt, fmt::format("open search index: {}", what)};
}

std::uint64_t aligned(std::uint64_t bytes) {
    return (bytes + kSectionAlign - 1) / kSectionAlign * kSectionAlign;
}

std::uint32_t loadWidth(const std::uint8_t* column, std::uint32_t width, std::uint32_t i) {
    std::uint32_t value = 0;
    switch (width) {
    case 1:
        return column[i];
    case 2:
        std::memcpy(&value, column + std::size_t{i} * 2, 2);
        return value;
    default:
        std::memcpy(&value, column + std::size_t{i} * 4, 4);
        return value;
    }
}

bool isWidth(std::uint32_t bytes) {
    return bytes == 1 || bytes == 2 || bytes == 4;
}

/// What each section's size must be, or nothing where only the section itself tells.
std::uint64_t expectedSize(IndexSection section, const IndexHeader& header, std::uint64_t stated) {
    const std::uint64_t lists = std::uint64_t{header.terms} + header.heads + header.asides;
    switch (section) {
    case IndexSection::TermOffsets:
        return 4 * (std::uint64_t{header.terms} + 1);
    case IndexSection::Heads:
        return 4 * std::uint64_t{header.heads};
    case IndexSection::Asides:
        return 4 * std::uint64_t{header.asides};
    case IndexSection::FirstDocs:
        return 4 * lists;
    case IndexSection::FirstDocTables:
        return firstDocTablesSize(static_cast<std::uint32_t>(lists));
    case IndexSection::PostingOffsets:
        return 4 * (lists + 1);
    case IndexSection::DocOffsets:
        return 4 * (std::uint64_t{header.docs} + 1);
    case IndexSection::Words:
    case IndexSection::WordsByEnd:
        return 4 * std::uint64_t{header.words};
    case IndexSection::TrieRanges:
        return 2 * kNumberBytes * std::uint64_t{header.trieNodes};
    case IndexSection::TrieChildren:
        return 4 * (std::uint64_t{header.trieNodes} + 1);
    case IndexSection::TrieLabels:
        return header.trieNodes;
    case IndexSection::Products:
        return 4 * std::uint64_t{header.docs};
    case IndexSection::Ranks:
        return std::uint64_t{header.rankBytes} * header.docs;
    case IndexSection::Gtins:
        return kGtinBytes * std::uint64_t{header.gtins};
    case IndexSection::GtinDocs:
        return kNumberBytes * std::uint64_t{header.gtins};
    case IndexSection::TitleKeys:
        return 4 * std::uint64_t{header.titles};
    case IndexSection::TitleDocs:
        return kNumberBytes * std::uint64_t{header.titles};
    case IndexSection::Facets:
        return facetsSize(header);
    case IndexSection::TermBytes:
    case IndexSection::Postings:
    case IndexSection::DocLists:
        return stated;
    }
    return stated;
}

Result<void> checkCounts(const IndexHeader& header) {
    if (header.docs > kIndexDocsMax || header.terms > kIndexListsMax || header.heads > header.terms ||
        header.asides > header.terms || header.terms + header.heads + header.asides > kIndexListsMax ||
        header.words > header.terms || header.gtins > header.docs || header.facetCount > kIndexFacetsMax ||
        header.trieNodes == 0)
        return damaged("counts out of range");
    if (header.rankBytes != 0 && !isWidth(header.rankBytes)) return damaged("unknown width");
    for (std::size_t i = 0; i < header.facetCount; ++i)
        if (!isWidth(header.facetBytes[i])) return damaged("unknown width");
    return {};
}

} // namespace

std::uint64_t firstDocTablesSize(std::uint32_t lists) {
    const std::uint64_t blocks = (std::uint64_t{lists} + kFirstDocBlock - 1) / kFirstDocBlock;
    std::uint64_t tables = blocks == 0 ? 0 : 1;
    for (std::uint64_t width = 2; width <= blocks; width *= 2)
        ++tables;
    return 4 * blocks * tables;
}

std::uint64_t facetsSize(const IndexHeader& header) {
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(header.facetCount, kIndexFacetsMax); ++i)
        size = aligned(size) + std::uint64_t{header.facetBytes[i]} * header.docs;
    return size;
}

// ---- opening

IndexFile::~IndexFile() {
    if (mapped_) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

Result<std::shared_ptr<const IndexFile>> IndexFile::open(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return Error{errno == ENOENT ? Errc::NotFound : Errc::Io,
                     errno == ENOENT ? "open search index: no such file" : "open search index: refused"};
    struct stat status {};
    void* mapping = MAP_FAILED;
    std::size_t size = 0;
    if (::fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        size = static_cast<std::size_t>(status.st_size);
        if (size >= sizeof(IndexHeader)) mapping = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
    }
    ::close(file);
    if (size < sizeof(IndexHeader)) return damaged("shorter than its header");
    if (mapping == MAP_FAILED) return Error{Errc::Io, "open search index: cannot be mapped"};
    // The kernel reads it in from now on; the first keystrokes would wait for a page each. Advice: may fail.
    ::madvise(mapping, size, MADV_WILLNEED);
    std::shared_ptr<IndexFile> index(new IndexFile);
    index->bytes_ = {static_cast<const std::uint8_t*>(mapping), size};
    index->mapped_ = true;
    if (auto done = index->attach(); !done) return done.error();
    return std::shared_ptr<const IndexFile>(std::move(index));
}

Result<std::shared_ptr<const IndexFile>> IndexFile::fromBytes(std::vector<std::uint8_t> bytes) {
    std::shared_ptr<IndexFile> index(new IndexFile);
    index->own_ = std::move(bytes);
    index->bytes_ = index->own_;
    if (index->bytes_.size() < sizeof(IndexHeader)) return damaged("shorter than its header");
    if (auto done = index->attach(); !done) return done.error();
    return std::shared_ptr<const IndexFile>(std::move(index));
}

std::span<const std::uint8_t> IndexFile::section(IndexSection which) const {
    const auto& place = header_.sections[static_cast<std::size_t>(which)];
    return bytes_.subspan(place.offset, place.bytes);
}

template <class T>
const T* IndexFile::array(IndexSection which) const {
    return reinterpret_cast<const T*>(section(which).data()); // aligned: attach() checked it
}

Result<void> IndexFile::attach() {
    std::memcpy(&header_, bytes_.data(), sizeof(header_));
    if (header_.magic != kIndexMagic) return damaged("not a search index");
    if (header_.version != kIndexVersion)
        return Error{Errc::Unsupported,
                     fmt::format("open search index: version {} is not known", header_.version)};
    if (indexSum(bytes_.first(offsetof(IndexHeader, sum))) != header_.sum) return damaged("damaged header");
    if (header_.fileBytes != bytes_.size()) return damaged("the file is cut off");
    if (auto checked = checkCounts(header_); !checked) return checked;
    for (std::size_t i = 0; i < kIndexSections; ++i) {
        const auto& place = header_.sections[i];
        const auto size = bytes_.size();
        if (place.offset % kSectionAlign != 0 || place.offset > size || place.bytes > size - place.offset ||
            size - place.offset - place.bytes < kSectionTail)
            return damaged("a section lies outside the file");
        if (place.bytes != expectedSize(static_cast<IndexSection>(i), header_, place.bytes))
            return damaged("a section has the wrong size");
    }
    termOffsets_ = array<std::uint32_t>(IndexSection::TermOffsets);
    termBytes_ = array<char>(IndexSection::TermBytes);
    termBytesSize_ = section(IndexSection::TermBytes).size();
    heads_ = array<std::uint32_t>(IndexSection::Heads);
    asides_ = array<std::uint32_t>(IndexSection::Asides);
    firstDocs_ = array<std::uint32_t>(IndexSection::FirstDocs);
    firstDocTables_ = array<std::uint32_t>(IndexSection::FirstDocTables);
    postingOffsets_ = array<std::uint32_t>(IndexSection::PostingOffsets);
    postings_ = section(IndexSection::Postings);
    docOffsets_ = array<std::uint32_t>(IndexSection::DocOffsets);
    docListBytes_ = section(IndexSection::DocLists);
    words_ = array<std::uint32_t>(IndexSection::Words);
    wordsByEnd_ = array<std::uint32_t>(IndexSection::WordsByEnd);
    trieRanges_ = array<std::uint8_t>(IndexSection::TrieRanges);
    trieChildren_ = array<std::uint32_t>(IndexSection::TrieChildren);
    trieLabels_ = array<std::uint8_t>(IndexSection::TrieLabels);
    products_ = array<std::uint32_t>(IndexSection::Products);
    ranks_ = array<std::uint8_t>(IndexSection::Ranks);
    gtins_ = array<std::uint8_t>(IndexSection::Gtins);
    gtinDocs_ = array<std::uint8_t>(IndexSection::GtinDocs);
    titleKeys_ = array<std::uint32_t>(IndexSection::TitleKeys);
    titleDocs_ = array<std::uint8_t>(IndexSection::TitleDocs);
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < header_.facetCount; ++i) {
        at = aligned(at);
        facets_[i] = array<std::uint8_t>(IndexSection::Facets) + at;
        at += std::uint64_t{header_.facetBytes[i]} * header_.docs;
    }
    termKeys_.reserve(header_.terms / kTermKeyStep + 1);
    for (std::uint32_t number = 0; number < header_.terms; number += kTermKeyStep)
        termKeys_.push_back(wordKey(term(number)));
    return {};
}

Result<void> IndexFile::verify() const {
    for (std::size_t i = 0; i < kIndexSections; ++i)
        if (indexSum(section(static_cast<IndexSection>(i))) != header_.sections[i].sum)
            return Error{Errc::Corrupt, fmt::format("verify search index: section {} is damaged", i)};
    return {};
}

// ---- words

namespace {

/// Where those of `range` stand in `terms`, which ascend; counted from `first`.
ListRange placesAmong(std::span<const std::uint32_t> terms, ListRange range, std::uint32_t first) {
    if (range.isEmpty()) return {};
    const auto begin = std::lower_bound(terms.begin(), terms.end(), range.begin);
    const auto end = std::lower_bound(begin, terms.end(), range.end);
    return {first + static_cast<std::uint32_t>(begin - terms.begin()),
            first + static_cast<std::uint32_t>(end - terms.begin())};
}

} // namespace

std::string_view IndexFile::term(std::uint32_t number) const {
    if (number >= header_.terms) return {};
    const auto begin = termOffsets_[number];
    const auto end = termOffsets_[number + 1];
    if (begin > end || end > termBytesSize_) return {};
    return {termBytes_ + begin, end - begin};
}

std::uint32_t IndexFile::lowerBound(std::string_view word, std::uint32_t low) const {
    const auto [first, last] = std::equal_range(termKeys_.begin(), termKeys_.end(), wordKey(word));
    const auto before = static_cast<std::uint32_t>(first - termKeys_.begin());
    const auto after = static_cast<std::uint32_t>(last - termKeys_.begin());
    if (before > 0) low = std::max(low, (before - 1) * kTermKeyStep);
    auto high = std::min(after * kTermKeyStep, header_.terms);
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (term(middle) < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

ListRange IndexFile::termsLike(std::string_view word, bool isBeginning) const {
    if (word.empty()) return {};
    const auto begin = lowerBound(word, 0);
    if (!isBeginning) return {begin, begin + (term(begin) == word ? 1U : 0U)};
    std::string after(word);
    while (!after.empty() && static_cast<unsigned char>(after.back()) == 0xff)
        after.pop_back();
    if (after.empty()) return {begin, header_.terms};
    after.back() = static_cast<char>(static_cast<unsigned char>(after.back()) + 1);
    return {begin, lowerBound(after, begin)};
}

ListRange IndexFile::headsAmong(ListRange terms) const {
    return placesAmong({heads_, header_.heads}, terms, header_.terms);
}

ListRange IndexFile::asidesAmong(ListRange terms) const {
    return placesAmong({asides_, header_.asides}, terms, header_.terms + header_.heads);
}

std::vector<std::uint32_t> IndexFile::termsEndingIn(std::string_view word, std::size_t limit) const {
    std::uint32_t low = 0;
    auto high = header_.words;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto own = term(wordsByEnd_[middle]);
        if (isBeforeFromEnd(own, word))
            low = middle + 1;
        else
            high = middle;
    }
    std::vector<std::uint32_t> terms;
    for (; low < header_.words && terms.size() < limit; ++low) {
        const auto own = term(wordsByEnd_[low]);
        if (!own.ends_with(word)) break;
        if (own.size() > word.size()) terms.push_back(wordsByEnd_[low]);
    }
    return terms;
}

// ---- the trie of words

ListRange IndexFile::nodeWords(std::uint32_t node) const {
    const auto* const own = trieRanges_ + std::size_t{node} * 2 * kNumberBytes;
    const ListRange range{load24(own), load24(own + kNumberBytes)};
    return range.begin <= range.end && range.end <= header_.words ? range : ListRange{};
}

ListRange IndexFile::nodeChildren(std::uint32_t node) const {
    const ListRange range{trieChildren_[node], trieChildren_[node + 1]};
    const bool sane = range.begin > node && range.end <= header_.trieNodes && range.begin <= range.end &&
                      range.end - range.begin <= kChildrenMax;
    return sane ? range : ListRange{};
}

// ---- lists

std::uint32_t IndexFile::bestList(ListRange range) const {
    auto best = range.begin;
    auto consider = [&](std::uint32_t list) {
        if (list >= range.begin && list < range.end && firstDocs_[list] < firstDocs_[best]) best = list;
    };
    const auto firstBlock = (range.begin + kFirstDocBlock - 1) / kFirstDocBlock;
    const auto endBlock = range.end / kFirstDocBlock;
    if (firstBlock >= endBlock) {
        for (auto list = range.begin; list < range.end; ++list)
            consider(list);
        return best;
    }
    for (auto list = range.begin; list < firstBlock * kFirstDocBlock; ++list)
        consider(list);
    const auto blocks = (listCount() + kFirstDocBlock - 1) / kFirstDocBlock;
    const auto level = static_cast<unsigned>(std::bit_width(endBlock - firstBlock)) - 1;
    const auto* table = firstDocTables_ + std::size_t{level} * blocks;
    consider(table[firstBlock]);
    consider(table[endBlock - (1U << level)]);
    for (auto list = endBlock * kFirstDocBlock; list < range.end; ++list)
        consider(list);
    return best;
}

std::uint64_t IndexFile::sizeOf(ListRange range) const {
    if (range.isEmpty() || range.end > listCount()) return 0;
    const auto begin = postingOffsets_[range.begin];
    const auto end = postingOffsets_[range.end];
    return (begin <= end ? end - begin : 0) + std::uint64_t{range.end - range.begin};
}

IndexFile::Documents::Documents(const IndexFile& file, std::uint32_t list)
    : current_(file.firstDocs_[list]), docs_(file.header_.docs) {
    const auto begin = file.postingOffsets_[list];
    const auto end = file.postingOffsets_[list + 1];
    const bool sane = begin <= end && end <= file.postings_.size();
    at_ = file.postings_.data() + (sane ? begin : 0);
    end_ = file.postings_.data() + (sane ? end : 0);
    if (current_ >= docs_) {
        current_ = docs_;
        at_ = end_;
    }
}

// ---- documents

bool IndexFile::holds(std::uint32_t doc, std::span<const ListRange> ranges) const {
    const auto lists = docLists(doc);
    const auto* const end = lists.data() + lists.size();
    if (ranges.size() == 1) {
        const auto begin = ranges[0].begin;
        const auto width = ranges[0].end - begin;
        for (const auto* at = lists.data(); at < end; at += kNumberBytes)
            if (load24(at) - begin < width) return true;
        return false;
    }
    std::size_t i = 0;
    for (const auto* at = lists.data(); at < end; at += kNumberBytes) {
        const auto list = load24(at);
        while (i < ranges.size() && ranges[i].end <= list) { // in growing steps: there may be many ranges
            std::size_t step = 1;
            for (; i + step < ranges.size() && ranges[i + step].end <= list; step *= 2)
                i += step;
            ++i;
        }
        if (i == ranges.size()) return false;
        if (list >= ranges[i].begin) return true;
    }
    return false;
}

std::uint32_t IndexFile::rank(std::uint32_t doc) const {
    return header_.rankBytes == 0 ? doc : loadWidth(ranks_, header_.rankBytes, doc);
}

std::uint32_t IndexFile::facet(std::size_t column, std::uint32_t doc) const {
    return column < header_.facetCount ? loadWidth(facets_[column], header_.facetBytes[column], doc) : 0;
}

std::uint64_t IndexFile::gtinAt(std::uint32_t i) const {
    std::uint64_t value = 0;
    std::memcpy(&value, gtins_ + std::size_t{i} * kGtinBytes, kGtinBytes);
    return value;
}

std::vector<std::uint32_t> IndexFile::docsOfGtins(std::uint64_t first, std::uint64_t last) const {
    std::uint32_t low = 0;
    auto high = header_.gtins;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (gtinAt(middle) < first)
            low = middle + 1;
        else
            high = middle;
    }
    std::vector<std::uint32_t> docs;
    for (; low < header_.gtins && docs.size() < kGtinsScannedMax && gtinAt(low) <= last; ++low) {
        const auto doc = load24(gtinDocs_ + std::size_t{low} * kNumberBytes);
        if (doc < header_.docs) docs.push_back(doc);
    }
    return docs;
}

std::vector<std::uint32_t> IndexFile::docsOfTitle(std::uint32_t key) const {
    const auto* const end = titleKeys_ + header_.titles;
    std::vector<std::uint32_t> docs;
    for (const auto* at = std::lower_bound(titleKeys_, end, key);
         at < end && *at == key && docs.size() < kSameTitlesMax; ++at) {
        const auto doc = load24(titleDocs_ + static_cast<std::size_t>(at - titleKeys_) * kNumberBytes);
        if (doc < header_.docs) docs.push_back(doc);
    }
    return docs;
}

} // namespace silta
