// A search index file, mapped and read. format.cpp says what is in it.
#pragma once

#include "catalog/index/format.h"

#include <silta/result.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace silta {

inline constexpr std::size_t kGtinsScannedMax = 200'000; ///< a beginning of five digits among millions

/// A half-open range of list numbers (terms, then heads, then asides).
struct ListRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    [[nodiscard]] bool isEmpty() const { return begin >= end; }
    bool operator==(const ListRange&) const = default;
};

/// Reads one index. Immutable; may be used from several threads at once.
/// No number that is read from the file is trusted: accessors answer within bounds whatever the file holds.
class IndexFile {
public:
    /// Maps the file, checks its header and the places of its sections, and has the kernel read it in.
    /// Errors: NotFound, Io, Corrupt, Unsupported (a newer version).
    static Result<std::shared_ptr<const IndexFile>> open(const std::string& path);
    /// An index that lives in memory.
    static Result<std::shared_ptr<const IndexFile>> fromBytes(std::vector<std::uint8_t> bytes);
    IndexFile(const IndexFile&) = delete;
    IndexFile& operator=(const IndexFile&) = delete;
    ~IndexFile();

    /// Compares all sums; reads the whole file. Errors: Corrupt.
    [[nodiscard]] Result<void> verify() const;

    [[nodiscard]] const IndexHeader& header() const { return header_; }
    [[nodiscard]] std::uint32_t docCount() const { return header_.docs; }
    [[nodiscard]] std::uint32_t termCount() const { return header_.terms; }
    [[nodiscard]] std::uint32_t listCount() const { return header_.terms + header_.heads + header_.asides; }
    [[nodiscard]] std::uint32_t wordCount() const { return header_.words; }

    // ---- words
    [[nodiscard]] std::string_view term(std::uint32_t number) const;
    /// The terms that begin with `word`, or the one that is it.
    [[nodiscard]] ListRange termsLike(std::string_view word, bool isBeginning) const;
    /// The lists of compounds that end in one of `terms`.
    [[nodiscard]] ListRange headsAmong(ListRange terms) const;
    /// The lists of products that have one of `terms` only in the name of their department.
    [[nodiscard]] ListRange asidesAmong(ListRange terms) const;
    [[nodiscard]] std::uint32_t headCount() const { return header_.heads; }
    /// A word that compounds are listed under.
    [[nodiscard]] std::string_view head(std::uint32_t number) const { return term(heads_[number]); }
    [[nodiscard]] std::uint32_t wordTerm(std::uint32_t word) const {
        return bounded(words_, word, header_.terms);
    }

    /// Terms of letters that end in `word`, other than itself; at most `limit`.
    [[nodiscard]] std::vector<std::uint32_t> termsEndingIn(std::string_view word, std::size_t limit) const;

    // ---- the trie of words
    [[nodiscard]] ListRange nodeWords(std::uint32_t node) const;
    /// Children are numbered after their parent, so a walk downwards ends in any file.
    [[nodiscard]] ListRange nodeChildren(std::uint32_t node) const;
    /// Of a node's children, the one that `label` leads to; 0 when there is none: nobody's child is the root.
    [[nodiscard]] std::uint32_t childBy(ListRange children, char label) const {
        const auto* const from = trieLabels_ + children.begin;
        const auto* const at = static_cast<const std::uint8_t*>(
            std::memchr(from, static_cast<unsigned char>(label), children.end - children.begin));
        return at == nullptr ? 0 : children.begin + static_cast<std::uint32_t>(at - from);
    }
    [[nodiscard]] char nodeLabel(std::uint32_t node) const { return static_cast<char>(trieLabels_[node]); }

    // ---- lists
    /// docCount() when the file is damaged there.
    [[nodiscard]] std::uint32_t firstDoc(std::uint32_t list) const { return firstDocs_[list]; }
    /// The list with the smallest first document. `range` is not empty and ends within listCount().
    [[nodiscard]] std::uint32_t bestList(ListRange range) const;
    /// At least how many bytes, and so at most how many documents, the lists take up.
    [[nodiscard]] std::uint64_t sizeOf(ListRange range) const;

    /// Reads one list from its start. Ends when next() is not less than docCount().
    class Documents {
    public:
        Documents() = default;
        Documents(const IndexFile& file, std::uint32_t list);
        [[nodiscard]] std::uint32_t current() const { return current_; }
        /// False at the end.
        bool next();

    private:
        const std::uint8_t* at_ = nullptr;
        const std::uint8_t* end_ = nullptr;
        std::uint32_t current_ = 0;
        std::uint32_t docs_ = 0;
    };

    // ---- documents
    /// Whether a list of one of the ranges holds the document. `ranges` ascend and do not overlap.
    [[nodiscard]] bool holds(std::uint32_t doc, std::span<const ListRange> ranges) const;
    [[nodiscard]] std::uint32_t product(std::uint32_t doc) const { return products_[doc]; }
    [[nodiscard]] std::uint32_t rank(std::uint32_t doc) const;
    [[nodiscard]] std::uint32_t facet(std::size_t column, std::uint32_t doc) const;
    /// The documents whose GTIN-14 lies within [first, last], by GTIN; at most kGtinsScannedMax.
    [[nodiscard]] std::vector<std::uint32_t> docsOfGtins(std::uint64_t first, std::uint64_t last) const;
    /// The documents of which a title has this key, best first; at most kSameTitlesMax.
    [[nodiscard]] std::vector<std::uint32_t> docsOfTitle(std::uint32_t key) const;

private:
    IndexFile() = default;
    Result<void> attach();
    [[nodiscard]] std::span<const std::uint8_t> section(IndexSection which) const;
    template <class T>
    const T* array(IndexSection which) const;
    static std::uint32_t bounded(const std::uint32_t* array, std::uint32_t i, std::uint32_t limit) {
        return array[i] < limit ? array[i] : limit - 1;
    }
    [[nodiscard]] std::uint32_t lowerBound(std::string_view word, std::uint32_t low) const;
    [[nodiscard]] std::uint64_t gtinAt(std::uint32_t i) const;
    [[nodiscard]] std::span<const std::uint8_t> docLists(std::uint32_t doc) const;

    std::span<const std::uint8_t> bytes_;
    std::vector<std::uint8_t> own_; ///< of fromBytes()
    bool mapped_ = false;
    IndexHeader header_;
    /// wordKey() of every so manieth term: a search among them stays in the processor's cache.
    static constexpr std::uint32_t kTermKeyStep = 64;
    std::vector<std::uint64_t> termKeys_;
    const std::uint32_t* termOffsets_ = nullptr;
    const char* termBytes_ = nullptr;
    std::size_t termBytesSize_ = 0;
    const std::uint32_t* heads_ = nullptr;
    const std::uint32_t* asides_ = nullptr;
    const std::uint32_t* firstDocs_ = nullptr;
    const std::uint32_t* firstDocTables_ = nullptr;
    const std::uint32_t* postingOffsets_ = nullptr;
    std::span<const std::uint8_t> postings_;
    const std::uint32_t* docOffsets_ = nullptr;
    std::span<const std::uint8_t> docListBytes_;
    const std::uint32_t* words_ = nullptr;
    const std::uint32_t* wordsByEnd_ = nullptr;
    const std::uint8_t* trieRanges_ = nullptr;
    const std::uint32_t* trieChildren_ = nullptr;
    const std::uint8_t* trieLabels_ = nullptr;
    const std::uint32_t* products_ = nullptr;
    const std::uint8_t* ranks_ = nullptr;
    const std::uint8_t* gtins_ = nullptr;
    const std::uint8_t* gtinDocs_ = nullptr;
    const std::uint32_t* titleKeys_ = nullptr;
    const std::uint8_t* titleDocs_ = nullptr;
    std::array<const std::uint8_t*, kIndexFacetsMax> facets_{};
};

/// A number of Postings; at most five bytes are read, which kSectionTail allows for.
inline std::uint32_t readIndexNumber(const std::uint8_t*& at) {
    std::uint32_t value = *at++;
    if (value < 0x80) return value;
    value &= 0x7f;
    for (unsigned shift = 7; shift < 35; shift += 7) {
        const std::uint32_t byte = *at++;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
    }
    return value;
}

inline bool IndexFile::Documents::next() {
    if (at_ >= end_) return false;
    const auto step = readIndexNumber(at_);
    if (step == 0 || step >= docs_ - current_) {
        at_ = end_;
        return false;
    }
    current_ += step;
    return true;
}

inline std::span<const std::uint8_t> IndexFile::docLists(std::uint32_t doc) const {
    const auto begin = std::size_t{docOffsets_[doc]} * kNumberBytes;
    const auto end = std::size_t{docOffsets_[doc + 1]} * kNumberBytes;
    if (begin > end || end > docListBytes_.size()) return {};
    return docListBytes_.subspan(begin, end - begin);
}

/// Bytes that FirstDocTables takes up for so many lists.
std::uint64_t firstDocTablesSize(std::uint32_t lists);
/// Bytes that Facets takes up, padding between the columns included.
std::uint64_t facetsSize(const IndexHeader& header);

} // namespace silta
