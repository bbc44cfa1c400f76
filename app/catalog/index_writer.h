// Keeps the full-text index in step with the products.
#pragma once

#include "catalog/dictionary.h"
#include "catalog/product_row.h"
#include "catalog/statements.h"

#include <map>

namespace silta {

/// One row of the index.
struct IndexEntry {
    std::int64_t searchId = 0;
    std::string words;
    bool operator==(const IndexEntry&) const = default;
};

/// Index changes wait until flush(), which makes them in the order of row numbers: each step back would make
/// the index write out what it holds in memory (4x slower). Thread: the connection's owner.
class IndexWriter {
public:
    IndexWriter(Database& database, Statements& statements, Dictionary& dictionary)
        : database_(database), statements_(statements), dictionary_(dictionary) {}

    [[nodiscard]] IndexEntry entryOf(const ProductRow& row) const;
    /// `before`: what the index has, or nothing; `after`: what it shall have, or nothing.
    Result<void> change(std::int64_t product, std::optional<IndexEntry> before,
                        std::optional<IndexEntry> after);
    Result<void> flush();
    void forget();
    /// Indexes all products of a new file, then its vocabulary.
    Result<void> build();

private:
    struct Pending {
        std::optional<IndexEntry> before, after;
    };
    Result<void> addWords(std::string_view words);
    Result<void> buildVocabulary();

    Database& database_;
    Statements& statements_;
    Dictionary& dictionary_;
    std::map<std::int64_t, Pending> pending_;
    std::size_t pendingBytes_ = 0;
};

/// `word` with its characters in reverse order.
std::string backwards(std::string_view word);
/// Whether the vocabulary holds words like this one: letters only, neither short nor absurdly long.
bool isVocabulary(std::string_view word);

} // namespace silta
