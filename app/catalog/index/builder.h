// Makes a search index from products.
#pragma once

#include "catalog/index/file.h"
#include "catalog/index/words.h"

#include <silta/result.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silta {

class CompoundHeads;

/// Adds a line to the text of a product, unless it is empty. Lines within it become words of one.
void appendIndexLine(std::string& text, std::string_view line);

/// What the index takes in of one product. The views need to live only during add().
struct IndexProduct {
    std::uint32_t product = 0; ///< the catalogue's row number
    std::uint32_t rank = 0;    ///< smaller is better; products of one rank stand in the order of `product`
    std::uint64_t gtin = 0;    ///< GTIN-14 as a number; 0 = none
    std::string_view text;     ///< lines: titles, brand, colours, … of all languages, codes
    std::span<const std::uint32_t> facets; ///< as many as IndexOptions::facetCount
    std::size_t titles = 0;   ///< so many lines, from the first, are titles: typed as a whole, found first
    std::string_view aside{}; ///< lines that count for less: departments
};

struct IndexOptions {
    std::uint64_t source = 0; ///< see IndexHeader
    std::uint64_t change = 0; ///< see IndexHeader
    std::size_t facetCount = 0;
    /// Those of the index that this one is to be searched together with: the same words are heads. May be
    /// null; must live as long as the builder.
    const CompoundHeads* heads = nullptr;
};

/// The distinct words while an index is built: numbered in the order in which they come.
class WordTable {
public:
    WordTable();
    /// Number of the word; a new one when it was not there.
    std::uint32_t add(std::string_view word);
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view word) const;
    [[nodiscard]] std::string_view operator[](std::uint32_t number) const {
        return {bytes_.data() + offsets_[number], offsets_[number + 1] - offsets_[number]};
    }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }
    [[nodiscard]] std::size_t byteCount() const { return bytes_.size(); }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number = 0; ///< plus one; 0 = free
    };
    [[nodiscard]] std::size_t slotOf(std::string_view word, std::uint32_t hash) const;
    void grow();

    std::vector<char> bytes_;
    std::vector<std::uint32_t> offsets_;
    std::vector<Slot> slots_;
};

/// Takes products in any order, then writes the index. Memory: about three bytes a word of a product, twice
/// while it writes; thirty bytes a product; and the distinct words.
/// Thread: its owner's.
class IndexBuilder {
public:
    explicit IndexBuilder(const IndexOptions& options);
    /// Errors: Limit (too many products or distinct words).
    Result<void> add(const IndexProduct& product);
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(docs_.size()); }
    /// Writes beside `path`, then renames: whoever opens `path` at any moment finds the old file or the new.
    /// The builder is used up. Errors: Full, Io, Limit.
    Result<void> write(const std::string& path);
    /// The same, in memory. Errors: Limit.
    Result<std::vector<std::uint8_t>> bytes();

private:
    class Output;
    struct Doc {
        std::uint32_t product, rank;
        std::uint32_t wordsBegin, wordsEnd; ///< of docWords_
        std::uint64_t gtin;
    };
    struct Title {
        std::uint32_t key, doc; ///< of docs_
    };
    struct Lists; ///< terms and heads in their final order

    void addWord(std::string_view word);
    void addText(std::string_view text);
    /// Puts the words that were added in order, and into docWords_ unless they stand there from `begin` on.
    void takePending(std::size_t begin, std::uint32_t mark);
    void addTitle();
    void sortDocs();
    Result<void> writeSections(Output& output);
    [[nodiscard]] Lists sortTerms() const;
    /// `headsOf`: (compound, head), by compound.
    void findHeads(Lists& lists, std::span<const std::pair<std::uint32_t, std::uint32_t>> headsOf) const;
    void findAsides(Lists& lists) const;
    void writeTerms(Output& output, const Lists& lists);
    Result<void> writeDocuments(Output& output, const Lists& lists, std::vector<std::uint32_t>& listSizes);
    Result<void> writePostings(Output& output, const std::vector<std::uint32_t>& listSizes);
    void writeWords(Output& output, const Lists& lists);
    void writeColumns(Output& output);
    void writeColumn(Output& output, std::uint32_t width, const std::vector<std::uint32_t>& values);
    void writeGtins(Output& output);
    void writeTitles(Output& output);
    void writeFacets(Output& output);

    IndexOptions options_;
    IndexHeader header_;
    TextWords text_;
    WordTable words_;
    std::vector<std::uint32_t> frequencies_; ///< in how many products each word is
    std::vector<std::uint32_t> pending_;     ///< the words of the product that is added
    std::vector<std::uint32_t> docWords_;    ///< of all products, one after another; kAside is marked
    std::vector<bool> isAside_;              ///< of words: in the name of some department
    std::vector<std::uint8_t> docLists_;     ///< the section DocLists
    std::vector<std::uint32_t> docOffsets_;
    std::vector<Doc> docs_;
    std::vector<Title> titles_;
    std::vector<std::uint32_t> facets_; ///< facetCount a product, in the order of add()
    std::vector<std::uint32_t> order_;  ///< of docs_
};

} // namespace silta
