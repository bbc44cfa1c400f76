// The parts of a search index file. What they mean is described at the head of format.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace silta {

static_assert(std::endian::native == std::endian::little, "index files are mapped as they are");

inline constexpr std::array<char, 8> kIndexMagic = {'S', 'I', 'L', 'T', 'A', 'I', 'D', 'X'};
inline constexpr std::uint32_t kIndexVersion = 4;

inline constexpr std::uint32_t kIndexDocsMax = 1U << 24;  ///< documents and lists are stored in three bytes
inline constexpr std::uint32_t kIndexListsMax = 1U << 24; ///< the same
inline constexpr std::size_t kIndexFacetsMax = 8;         ///< department, brand, price, and room
inline constexpr std::size_t kIndexWordBytesMax = 31;     ///< longer words are cut: nobody types more
inline constexpr std::size_t kTitleWordsMax = 4;          ///< of longer titles few products hold all words
inline constexpr std::size_t kSameTitlesMax = 3;          ///< products of the very same title that are kept
inline constexpr std::size_t kNumberBytes = 3;            ///< of a "u24"
inline constexpr std::uint32_t kFirstDocBlock = 64;       ///< lists of one entry in FirstDocTables
inline constexpr std::size_t kSectionAlign = 16;
inline constexpr std::size_t kSectionTail = 8; ///< lets a reader load a whole word at a section's end

/// The order of words that are read from their ends, byte by byte: that of WordsByEnd.
inline bool isBeforeFromEnd(std::string_view a, std::string_view b) {
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend(), [](char x, char y) {
        return static_cast<unsigned char>(x) < static_cast<unsigned char>(y);
    });
}

enum class IndexSection : std::uint8_t {
    TermOffsets,
    TermBytes,
    Heads,
    Asides,
    FirstDocs,
    FirstDocTables,
    PostingOffsets,
    Postings,
    DocOffsets,
    DocLists,
    Words,
    WordsByEnd,
    TrieRanges,
    TrieChildren,
    TrieLabels,
    Products,
    Ranks,
    Gtins,
    GtinDocs,
    TitleKeys,
    TitleDocs,
    Facets,
};
inline constexpr std::size_t kIndexSections = 22;

struct IndexSectionPlace {
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    std::uint64_t sum = 0; ///< indexSum() of the section's bytes
};

struct IndexHeader {
    std::array<char, 8> magic{};
    std::uint32_t version = 0;
    std::uint32_t docs = 0;
    std::uint32_t terms = 0;
    std::uint32_t heads = 0;
    std::uint32_t words = 0;
    std::uint32_t trieNodes = 0;
    std::uint32_t gtins = 0;
    std::uint32_t rankBytes = 0;
    std::uint32_t facetCount = 0;
    std::array<std::uint8_t, kIndexFacetsMax> facetBytes{};
    std::uint32_t titles = 0;
    std::uint32_t asides = 0;
    std::uint32_t unused = 0; ///< always 0
    std::uint64_t source = 0; ///< which catalogue file this was built from: a random number kept in both
    std::uint64_t change = 0; ///< the catalogue's change counter that this index stands for
    std::uint64_t fileBytes = 0;
    std::array<IndexSectionPlace, kIndexSections> sections{};
    std::uint64_t sum = 0; ///< indexSum() of all that is before
};
static_assert(sizeof(IndexHeader) == 88 + kIndexSections * sizeof(IndexSectionPlace) + 8);

/// A u24. Four bytes are read, which kSectionTail allows for.
inline std::uint32_t load24(const std::uint8_t* at) {
    std::uint32_t value = 0;
    std::memcpy(&value, at, sizeof(value));
    return value & 0xffffff;
}

/// A sum that any one changed byte changes: each step is a bijection of the state and of the eight bytes.
class IndexSum {
public:
    void add(std::span<const std::uint8_t> bytes);
    [[nodiscard]] std::uint64_t value() const;

private:
    void mix(std::uint64_t word);
    std::uint64_t state_ = 0x9e3779b97f4a7c15;
    std::uint64_t pending_ = 0; ///< bytes that do not fill a word yet
    unsigned pendingBytes_ = 0;
    std::uint64_t length_ = 0;
};
std::uint64_t indexSum(std::span<const std::uint8_t> bytes);

} // namespace silta
