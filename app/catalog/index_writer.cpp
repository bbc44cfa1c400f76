#include "catalog/index_writer.h"

#include "catalog/fold.h"
#include "catalog/limits.h"

#include <algorithm>
#include <tuple>

namespace silta {

namespace {

constexpr const char* kInsert = "INSERT INTO search (rowid, words) VALUES (?, ?)";
constexpr const char* kDelete = "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)";
constexpr std::size_t kWordBytesMax = 60;

// While building: few, large pieces, merged once at the end. Afterwards: what a small device can spare.
constexpr const char* kBuildSettings =
    "INSERT INTO search (search, rank) VALUES ('hashsize', 67108864), ('automerge', 0), ('crisismerge', 64)";
constexpr const char* kLiveSettings =
    "INSERT INTO search (search, rank) VALUES ('hashsize', 4194304), ('automerge', 4), ('crisismerge', 16)";

} // namespace

std::string backwards(std::string_view word) {
    std::string out;
    while (!word.empty()) {
        auto rest = word;
        nextCharacter(rest);
        const auto size = word.size() - rest.size();
        out.insert(0, word.substr(0, size));
        word = rest;
    }
    return out;
}

bool isVocabulary(std::string_view word) {
    if (word.size() < kCloseLettersMin || word.size() > kWordBytesMax) return false;
    const bool marked = std::ranges::any_of(word, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return !marked && characterCount(word) >= kCloseLettersMin;
}

IndexEntry IndexWriter::entryOf(const ProductRow& row) const {
    std::vector<std::string_view> paths;
    for (const auto& text : row.texts)
        if (text.path != 0) paths.push_back(dictionary_.pathText(text.path));
    return {searchIdOf(row.rank, row.id), searchTextOf(row, paths, dictionary_.upwards(row.department))};
}

Result<void> IndexWriter::change(std::int64_t product, std::optional<IndexEntry> before,
                                 std::optional<IndexEntry> after) {
    if (before == after) return {};
    pendingBytes_ += (before ? before->words.size() : 0) + (after ? after->words.size() : 0);
    const auto [it, isNew] = pending_.try_emplace(product);
    if (isNew) it->second.before = std::move(before);
    it->second.after = std::move(after);
    return pendingBytes_ > kPendingIndexBytesMax ? flush() : Result<void>{};
}

void IndexWriter::forget() {
    pending_.clear();
    pendingBytes_ = 0;
}

Result<void> IndexWriter::flush() {
    std::vector<std::tuple<std::int64_t, bool, const std::string*>> steps; // row, inserts?, words
    for (const auto& [product, pending] : pending_) {
        if (pending.before == pending.after) continue;
        if (pending.before) steps.emplace_back(pending.before->searchId, false, &pending.before->words);
        if (pending.after) steps.emplace_back(pending.after->searchId, true, &pending.after->words);
    }
    std::ranges::sort(steps);
    for (const auto& [searchId, inserts, words] : steps) {
        auto query = statements_.get(inserts ? kInsert : kDelete);
        if (!query) return query.error();
        if (auto done = (*query)->bind(0, searchId).bind(1, *words).run(); !done) return done.error();
        if (inserts)
            if (auto done = addWords(*words); !done) return done.error();
    }
    forget();
    return {};
}

Result<void> IndexWriter::addWords(std::string_view words) {
    for (const auto word : wordsOf(words)) {
        if (!isVocabulary(word)) continue;
        auto query =
            statements_.get("INSERT OR IGNORE INTO words (word, backwards, products) VALUES (?, ?, 1)");
        if (!query) return query.error();
        const auto reversed = backwards(word);
        if (auto done = (*query)->bind(0, word).bind(1, reversed).run(); !done) return done.error();
    }
    return {};
}

Result<void> IndexWriter::build() {
    if (auto done = database_.exec(kBuildSettings); !done) return done.error();
    std::vector<std::int64_t> order;
    {
        auto query = statements_.get("SELECT rank << 32 | id FROM products ORDER BY 1");
        if (!query) return query.error();
        for (;;) {
            auto more = (*query)->step();
            if (!more) return more.error();
            if (!*more) break;
            order.push_back((*query)->integer(0));
        }
    }
    for (const auto searchId : order) {
        auto query = statements_.get("SELECT " SILTA_PRODUCT_COLUMNS " FROM products WHERE id = ?");
        if (!query) return query.error();
        auto more = (*query)->bind(0, productOfSearchId(searchId)).step();
        if (!more) return more.error();
        auto row = readProductRow(**query);
        if (!row) return row.error();
        const auto entry = entryOf(*row);
        auto insert = statements_.get(kInsert);
        if (!insert) return insert.error();
        if (auto done = (*insert)->bind(0, entry.searchId).bind(1, entry.words).run(); !done)
            return done.error();
    }
    if (auto done = database_.exec("INSERT INTO search (search) VALUES ('optimize')"); !done)
        return done.error();
    if (auto done = database_.exec(kLiveSettings); !done) return done.error();
    return buildVocabulary();
}

Result<void> IndexWriter::buildVocabulary() {
    if (auto done = database_.exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row)");
        !done)
        return done.error();
    {
        auto terms = database_.prepare("SELECT term, doc FROM temp.vocabulary");
        if (!terms) return terms.error();
        for (;;) {
            auto more = terms->step();
            if (!more) return more.error();
            if (!*more) break;
            const auto word = terms->text(0);
            // A department's word begins with U+E000.
            if (!isVocabulary(word) || word.starts_with("\uE000")) continue;
            auto query = statements_.get("INSERT INTO words (word, backwards, products) VALUES (?, ?, ?)");
            if (!query) return query.error();
            const auto reversed = backwards(word);
            if (auto done = (*query)->bind(0, word).bind(1, reversed).bind(2, terms->integer(1)).run(); !done)
                return done.error();
        }
    }
    return database_.exec("DROP TABLE temp.vocabulary");
}

} // namespace silta
