#include "bench/catalog/peers.h"
#include "catalog/fold.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace silta::bench {

void fillRows(Database& database, const Shop& shop) {
    need(database.exec(
        "CREATE TABLE products (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
        "CREATE TABLE index_log (product INTEGER PRIMARY KEY, change INTEGER NOT NULL) STRICT; BEGIN"));
    {
        auto insert = need(database.prepare("INSERT INTO products (id, text) VALUES (?, ?)"));
        for (const auto& product : shop.products)
            need(insert.bind(0, std::int64_t{product.rank}).bind(1, textOf(product)).run());
    }
    need(database.exec("COMMIT"));
}

void changeRows(Database& database, const Shop& shop, const Ranks& ranks) {
    auto update = need(database.prepare("UPDATE products SET text = ? WHERE id = ?"));
    for (const auto rank : ranks)
        need(update.bind(0, textOf(shop.products[rank]) + " uusi").bind(1, std::int64_t{rank}).run());
}

namespace {

std::string phraseOf(std::string_view word) {
    return '"' + std::string(word) + '"';
}

/// One letter put in, left out, replaced or swapped; of a beginning of `word` when `isBeginning`.
bool isOneOff(std::string_view typed, std::string_view word, bool isBeginning) {
    for (auto size = isBeginning ? typed.size() - 1 : word.size();
         size <= std::min(word.size(), typed.size() + 1); ++size) {
        auto a = typed;
        auto b = word.substr(0, size);
        while (!a.empty() && !b.empty() && a.front() == b.front())
            a.remove_prefix(1), b.remove_prefix(1);
        while (!a.empty() && !b.empty() && a.back() == b.back())
            a.remove_suffix(1), b.remove_suffix(1);
        if (a.size() <= 1 && b.size() <= 1) return true;
        if (a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0]) return true;
    }
    return false;
}

class Fts5 {
public:
    Fts5(const Shop& shop, const std::string& path)
        : database_(need(Database::open(path, OpenMode::BuildOnce))) {
        fillRows(database_, shop);
        const auto rowMegabytes = megabytesOf(path);
        need(database_.exec("PRAGMA cache_size=-65536"));
        const auto start = cpuSeconds();
        need(database_.exec(
            "CREATE VIRTUAL TABLE shop USING fts5(text, content='', detail=none, prefix='1 2 3',"
            " tokenize='unicode61 remove_diacritics 2'); BEGIN"));
        auto insert = need(database_.prepare("INSERT INTO shop (rowid, text) VALUES (?, ?)"));
        for (const auto& product : shop.products)
            need(insert.bind(0, std::int64_t{product.rank} + 1).bind(1, foldText(textOf(product))).run());
        need(database_.exec("COMMIT; INSERT INTO shop (shop) VALUES ('optimize')"));
        rankSeconds = cpuSeconds() - start;
        rankMegabytes = megabytesOf(path) - rowMegabytes;
        need(database_.exec(
            "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, shop, row);"
            "CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT, products INTEGER);"
            "INSERT INTO words (word, products) SELECT term, doc FROM temp.v WHERE length(term) >= 4;"
            "CREATE VIRTUAL TABLE parts USING fts5(word, content='words', content_rowid='id', "
            "tokenize='trigram',"
            " detail=none, columnsize=0);"
            "BEGIN; INSERT INTO parts (rowid, word) SELECT id, word FROM words; COMMIT;"
            "INSERT INTO parts (parts) VALUES ('optimize')"));
        spellingSeconds = cpuSeconds() - start;
        spellingMegabytes = megabytesOf(path) - rowMegabytes;
        match_.emplace(
            need(database_.prepare("SELECT rowid FROM shop WHERE shop MATCH ? ORDER BY rowid LIMIT 10")));
        near_.emplace(need(
            database_.prepare("SELECT word, products FROM words WHERE id IN"
                              " (SELECT rowid FROM parts WHERE parts MATCH ? ORDER BY rank LIMIT 200)")));
    }

    void change(const Shop& shop, const Ranks& ranks) {
        const auto start = cpuSeconds();
        need(database_.exec("BEGIN"));
        changeRows(database_, shop, ranks);
        {
            auto remove =
                need(database_.prepare("INSERT INTO shop (shop, rowid, text) VALUES ('delete', ?, ?)"));
            auto insert = need(database_.prepare("INSERT INTO shop (rowid, text) VALUES (?, ?)"));
            for (const auto rank : ranks) {
                const auto text = foldText(textOf(shop.products[rank]));
                need(remove.bind(0, std::int64_t{rank} + 1).bind(1, text).run());
                need(insert.bind(0, std::int64_t{rank} + 1).bind(1, text + " uusi").run());
            }
        }
        need(database_.exec("COMMIT"));
        changeSeconds = cpuSeconds() - start;
    }

    void searchByRank(const std::string& typed, Ranks& found) {
        const auto folded = foldText(typed);
        std::string match;
        for (const auto word : wordsOf(folded))
            match += (match.empty() ? "" : " AND ") + phraseOf(word);
        if (!match.empty()) run(match + '*', found);
    }

    void searchSpelling(const std::string& typed, Ranks& found) {
        searchByRank(typed, found);
        if (found.size() >= kFirst) return;
        const auto folded = foldText(typed);
        const auto words = wordsOf(folded);
        std::string match;
        bool isChanged = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool isLast = i + 1 == words.size();
            auto any = phraseOf(words[i]) + (isLast ? "*" : "");
            for (const auto& word : wordsNear(words[i], isLast)) {
                any += " OR " + phraseOf(word);
                isChanged = true;
            }
            match += (i > 0 ? " AND (" : "(") + any + ")";
        }
        if (isChanged) run(match, found);
    }

    double rankSeconds = 0, rankMegabytes = 0, spellingSeconds = 0, spellingMegabytes = 0, changeSeconds = 0;

private:
    void run(const std::string& match, Ranks& found) {
        match_->bind(0, match);
        while (need(match_->step())) {
            const auto rank = static_cast<std::uint32_t>(match_->integer(0) - 1);
            if (found.size() < kFirst && std::ranges::find(found, rank) == found.end()) found.push_back(rank);
        }
        match_->reset();
    }

    std::vector<std::string> wordsNear(std::string_view word, bool isBeginning) {
        constexpr std::size_t kSpelledMin = 5;
        constexpr std::size_t kWordsMax = 20;
        if (word.size() < kSpelledMin || word[0] < 'a') return {};
        std::string match;
        for (std::size_t i = 0; i + 3 <= word.size(); ++i)
            match += (match.empty() ? "" : " OR ") + phraseOf(word.substr(i, 3));
        std::vector<std::pair<std::int64_t, std::string>> near;
        near_->bind(0, match);
        while (need(near_->step()))
            if (isOneOff(word, near_->text(0), isBeginning))
                near.emplace_back(-near_->integer(1), near_->string(0));
        near_->reset();
        std::ranges::sort(near);
        std::vector<std::string> words;
        for (auto& [products, own] : near)
            if (words.size() < kWordsMax) words.push_back(std::move(own));
        return words;
    }

    Database database_;
    std::optional<Statement> match_, near_;
};

} // namespace

std::vector<Peer> makeFts5(const Shop& shop, const std::string& folder, const Ranks& changed) {
    const auto fts = std::make_shared<Fts5>(shop, folder + "/shop.db");
    fts->change(shop, changed);
    return {{"FTS5-rank",
             timed([fts](const std::string& typed, Ranks& found) { fts->searchByRank(typed, found); }),
             fts->rankSeconds, fts->changeSeconds, fts->rankMegabytes},
            {"FTS5-spelling",
             timed([fts](const std::string& typed, Ranks& found) { fts->searchSpelling(typed, found); }),
             fts->spellingSeconds, fts->changeSeconds, fts->spellingMegabytes}};
}

} // namespace silta::bench
