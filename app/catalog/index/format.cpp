// The format of a search index file, version 4.
//
// An index is immutable: it is written once, renamed into place, mapped and read. It is derived from a
// catalogue, which stays the truth: whoever finds an index damaged throws it away and builds another.
//
// Words. Text is folded (silta/catalog.h, foldText) and taken apart into words; index/words.h has the rules.
// Every distinct word is a term; terms are numbered 0, 1, 2, … in the order of their bytes, so that all words
// with one beginning are a range of numbers. A word that ends other words ("kahvi" in "suodatinkahvi") is a
// head. Heads are numbered after the terms, in the same order: head number i of the file has the list number
// terms + i, and that list names the documents which hold a compound ending so. What a department is called
// says less of a product than its title: a term that is a word of some department, or ends one, is an aside.
// Asides are numbered after the heads, in the same order; their lists name the documents that have the term
// in their department and not among their own words. All three kinds are called lists.
//
// Documents. A product is a document. Documents are numbered in the order of their rank, best first, so that
// whoever reads a list from its start meets the best first and may stop early.
//
// The file is a header (IndexHeader), then the sections named by IndexSection, each from a multiple of 16
// bytes and followed by at least 8 bytes that belong to no other. All numbers are little-endian. A section is
// an array of:
//
// clang-format off
//   TermOffsets      u32, terms + 1: where each term's bytes begin in TermBytes; the last is the end
//   TermBytes        u8: the terms one after another, without separators
//   Heads            u32: the terms that are heads, ascending
//   Asides           u32: the terms that are asides, ascending
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
//   WordsByEnd       u32: the same terms in the order of their bytes (0 to 255) read backwards: words with
//                    one end stand together
//   TrieRanges       2 × u24, nodes: the half-open range of Words that share the node's beginning. Node 0 is
//                    the root. A node of a single word has no children: its rest is read in TermBytes.
//   TrieChildren     u32, nodes + 1: a node's first child; its last is before the next node's first
//   TrieLabels       u8, nodes: the byte that leads to the node
//   Products         u32, documents: the catalogue's row number
//   Ranks            u8, u16 or u32 (rankBytes), documents; absent where rankBytes is 0: rank = document
//   Gtins            u48, gtins: GTIN-14 as a number, ascending
//   GtinDocs         u24, gtins: whose it is
//   TitleKeys        u32, titles: a hash of each title of at most four words (titleKey), ascending
//   TitleDocs        u24, titles: whose it is; of those of one key the best three
//   Facets           facetCount columns one after another, each u8, u16 or u32 (facetBytes), documents, each
//                    column from a multiple of 16 bytes
// clang-format on
//
// Checks. Opening checks the header's own sum and that every section lies within the file and has the size
// that the counts ask for: it reads one page, whatever the file's size. What is read from a section later is
// checked where it is used: a number out of range is taken for the end of a list. So a damaged file may give
// wrong answers, never a crash. verify() compares every section's sum, which reads the whole file; a reader
// does so once after it opened a file, off the shopper's way, and it also brings the file into memory.
// A file must not be shortened while it is mapped: it is replaced by rename only.
#include "catalog/index/format.h"

namespace silta {

void IndexSum::mix(std::uint64_t word) {
    state_ = (state_ ^ word) * 0xff51afd7ed558ccd; // odd, so that the product is a bijection
    state_ ^= state_ >> 32;
}

void IndexSum::add(std::span<const std::uint8_t> bytes) {
    length_ += bytes.size();
    const auto* at = bytes.data();
    auto left = bytes.size();
    while (left > 0 && pendingBytes_ > 0) {
        pending_ |= static_cast<std::uint64_t>(*at++) << (8 * pendingBytes_);
        --left;
        if (++pendingBytes_ == sizeof(pending_)) {
            mix(pending_);
            pending_ = 0;
            pendingBytes_ = 0;
        }
    }
    for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t), at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof(word));
        mix(word);
    }
    for (; left > 0; --left)
        pending_ |= static_cast<std::uint64_t>(*at++) << (8 * pendingBytes_++);
}

std::uint64_t IndexSum::value() const {
    IndexSum end = *this;
    if (end.pendingBytes_ > 0) end.mix(end.pending_);
    end.mix(end.length_);
    return end.state_;
}

std::uint64_t indexSum(std::span<const std::uint8_t> bytes) {
    IndexSum sum;
    sum.add(bytes);
    return sum.value();
}

} // namespace silta
