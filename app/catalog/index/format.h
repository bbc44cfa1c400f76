// The format of a search index file, version 1.
//
// An index is immutable: it is written once, renamed into place, mapped and read. It is derived from a
// catalogue, which stays the truth: whoever finds an index damaged throws it away and builds another.
//
// Words. Text is folded (silta/catalog.h, foldText) and taken apart into words; index/words.h has the rules.
// Every distinct word is a term; terms are numbered 0, 1, 2, … in the order of their bytes, so that all words
// with one beginning are a range of numbers. A word that ends other words ("kahvi" in "suodatinkahvi") is a
// head. Heads are numbered after the terms, in the same order: head number i of the file has the list number
// terms + i, and that list names the documents which hold a compound ending so. Both kinds are called lists.
//
// Documents. A product is a document. Documents are numbered in the order of their rank, best first, so that
// whoever reads a list from its start meets the best first and may stop early.
//
// The file is a header (IndexHeader), then the sections named by IndexSection, each from a multiple of 16
// bytes and followed by at least 8 bytes that belong to no other. All numbers are little-endian. A section is
// an array of:
//
//   TermOffsets      u32, terms + 1: where each term's bytes begin in TermBytes; the last is the end
//   TermBytes        u8: the terms one after another, without separators
//   Heads            u32: the terms that are heads, ascending
//   FirstDocs        u32, lists: each list's first document
//   FirstDocTables   u32: for each block of 64 lists, the list with the smallest first document; then the
//                    same for each two neighbouring blocks, four, eight, … (a sparse table). Any range of
//                    lists gives up its best document after two look-ups here and at most 126 in FirstDocs.
//   PostingOffsets   u32, lists + 1: where each list's further documents begin in Postings
//   Postings         the difference to the document before, seven bits a byte, lowest first, the high bit set
//                    on all but a number's last byte
//   DocOffsets       u32, documents + 1: where each document's entries begin in DocLists
//   DocLists         u24: the lists that hold the document, ascending. A candidate is verified here.
//   Words            u32: the terms of letters only, at least two bytes long, ascending: what may be mistyped
//   TrieRanges       2 × u32, nodes: the half-open range of Words that share the node's beginning. Node 0 is
//                    the root. A node of a single word has no children: its rest is read in TermBytes.
//   TrieChildren     u32, nodes + 1: a node's first child; its last is before the next node's first
//   TrieLabels       u8, nodes: the byte that leads to the node
//   Products         u32, documents: the catalogue's row number
//   Ranks            u8, u16 or u32 (rankBytes), documents; absent where rankBytes is 0: rank = document
//   Gtins            u48, gtins: GTIN-14 as a number, ascending
//   GtinDocs         u24, gtins: whose it is
//   Facets           facetCount columns one after another, each u8, u16 or u32 (facetBytes), documents, each
//                    column from a multiple of 16 bytes
//
// Checks. Opening checks the header's own sum and that every section lies within the file and has the size
// that the counts ask for: it reads one page, whatever the file's size. What is read from a section later is
// checked where it is used: a number out of range is taken for the end of a list. So a damaged file may give
// wrong answers, never a crash. verify() compares every section's sum, which reads the whole file; a reader
// does so once after it opened a file, off the shopper's way, and it also brings the file into memory.
// A file must not be shortened while it is mapped: it is replaced by rename only.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace silta {

static_assert(std::endian::native == std::endian::little, "index files are mapped as they are");

inline constexpr std::array<char, 8> kIndexMagic = {'S', 'I', 'L', 'T', 'A', 'I', 'D', 'X'};
inline constexpr std::uint32_t kIndexVersion = 1;

inline constexpr std::uint32_t kIndexDocsMax = 1U << 24;  ///< documents and lists are stored in three bytes
inline constexpr std::uint32_t kIndexListsMax = 1U << 24; ///< the same
inline constexpr std::size_t kIndexFacetsMax = 8;         ///< department, brand, price, and room
inline constexpr std::size_t kIndexWordBytesMax = 31;     ///< longer words are cut: nobody types more
inline constexpr std::uint32_t kFirstDocBlock = 64;       ///< lists of one entry in FirstDocTables
inline constexpr std::size_t kSectionAlign = 16;
inline constexpr std::size_t kSectionTail = 8; ///< lets a reader load a whole word at a section's end

enum class IndexSection : std::uint8_t {
    TermOffsets,
    TermBytes,
    Heads,
    FirstDocs,
    FirstDocTables,
    PostingOffsets,
    Postings,
    DocOffsets,
    DocLists,
    Words,
    TrieRanges,
    TrieChildren,
    TrieLabels,
    Products,
    Ranks,
    Gtins,
    GtinDocs,
    Facets,
};
inline constexpr std::size_t kIndexSections = 18;

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
    std::uint32_t reserved = 0; ///< 0
    std::uint64_t source = 0;   ///< which catalogue file this was built from: a random number kept in both
    std::uint64_t change = 0;   ///< the catalogue's change counter that this index stands for
    std::uint64_t fileBytes = 0;
    std::array<IndexSectionPlace, kIndexSections> sections{};
    std::uint64_t sum = 0; ///< indexSum() of all that is before
};
static_assert(sizeof(IndexHeader) == 80 + kIndexSections * sizeof(IndexSectionPlace) + 8);

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
