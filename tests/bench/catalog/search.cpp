// Searches typed letter by letter, ours against SQLite's FTS5 and others (peers.h):
//     bench_catalog_search PRODUCTS SEARCHES FOLDER [PEER...]
// PRODUCTS: how many are made up, or the file of the real catalogue. What a process that only searches holds:
//     bench_catalog_search memory FOLDER
//
// Every keystroke is put to each engine in turn on one processor, so that what disturbs one disturbs all;
// time is the thread's own. Ours holds 10,000 changed products beside its file. FTS5-rank: contentless, row =
// rank, prefix index. FTS5-spelling: the same, and a trigram index of the words for what it does not find.
// A change is told from its row in SQLite to where it is found.
#include "bench/catalog/made_up_shop.h"
#include "bench/catalog/peers.h"
#include "bench/catalog/real_titles.h"
#include "catalog/fold.h"
#include "catalog/index/live_index.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <fmt/format.h>
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <span>

using namespace silta;
using namespace silta::bench;

double silta::bench::cpuSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double silta::bench::megabytesOf(const std::string& path) {
    std::error_code none;
    if (!std::filesystem::is_directory(path, none)) {
        const auto bytes = std::filesystem::file_size(path, none);
        return none ? 0 : static_cast<double>(bytes) / 1e6;
    }
    double sum = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path, none))
        sum += megabytesOf(entry.path().string());
    return sum;
}

std::string silta::bench::textOf(const ShopProduct& product) {
    return product.title + ' ' + product.otherTitle + ' ' + product.model;
}

namespace {

constexpr std::size_t kFirst = 10;         // results that a screen shows
constexpr std::uint32_t kChanges = 10'000; // products of the live delta
constexpr std::size_t kWarmUp = 100;       // searches before time is taken

template <class T>
T need(Result<T> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "{}\n", result.error().what);
    std::exit(1);
}
void need(const Result<void>& result) {
    if (result) return;
    fmt::print(stderr, "{}\n", result.error().what);
    std::exit(1);
}

double residentMegabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1e3;
    return 0;
}

struct Column {
    std::string name;
    Engine search;
    double buildSeconds = 0, changeSeconds = 0, megabytes = 0;
    std::vector<double> milliseconds{};
    std::map<std::string, int> hits{};

    [[nodiscard]] double at(double share) {
        if (milliseconds.empty()) return 0;
        std::ranges::sort(milliseconds);
        return milliseconds[std::min(
            milliseconds.size() - 1,
            static_cast<std::size_t>(share * static_cast<double>(milliseconds.size())))];
    }
};

/// The catalogue's rows, which stay in SQLite whatever finds them.
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

// ---- ours

class Ours {
public:
    Ours(const Shop& shop, std::string path)
        : path_(std::move(path)), rows_(need(Database::open(path_ + ".db", OpenMode::BuildOnce))) {
        fillRows(rows_, shop);
        const auto start = cpuSeconds();
        IndexBuilder builder({});
        for (const auto& product : shop.products) {
            const std::string_view texts[] = {product.title, product.otherTitle, product.model};
            need(builder.add({product.rank, product.rank, product.gtin, texts, {}, {}, 2}));
        }
        need(builder.write(path_));
        buildSeconds = cpuSeconds() - start;
        live_ = std::make_unique<LiveIndex>(need(IndexFile::open(path_)));
    }

    void change(const Shop& shop, const Ranks& ranks) {
        const auto start = cpuSeconds();
        need(rows_.exec("BEGIN"));
        changeRows(rows_, shop, ranks);
        {
            auto log =
                need(rows_.prepare("INSERT OR REPLACE INTO index_log (product, change) VALUES (?, 1)"));
            for (const auto rank : ranks)
                need(log.bind(0, std::int64_t{rank}).run());
        }
        need(rows_.exec("COMMIT"));
        std::vector<ChangedProduct> changes;
        for (const auto rank : ranks) {
            const auto& product = shop.products[rank];
            changes.push_back({rank,
                               rank,
                               product.gtin,
                               {product.title + " uusi", product.otherTitle, product.model},
                               {},
                               {},
                               false,
                               2});
        }
        need(live_->change(std::move(changes)));
        changeSeconds = cpuSeconds() - start;
    }

    void search(const std::string& typed, Ranks& found) {
        for (const auto& hit : live_->find(TypedText::parse(typed), {}))
            found.push_back(hit.product);
    }

    double buildSeconds = 0, changeSeconds = 0;

private:
    std::string path_;
    Database rows_;
    std::unique_ptr<LiveIndex> live_;
};

// ---- FTS5

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

// ---- the run

std::vector<std::string> keystrokesOf(const std::string& typed) {
    std::vector<std::string> all;
    std::string_view rest = typed;
    while (!rest.empty()) {
        nextCharacter(rest);
        if (const auto so_far = typed.substr(0, typed.size() - rest.size()); so_far.back() != ' ')
            all.push_back(so_far);
    }
    return all;
}

void measure(const Shop& shop, std::vector<Column>& columns, std::map<std::string, int>& totals) {
    for (std::size_t i = 0; i < kWarmUp + shop.searches.size(); ++i) {
        const bool isWarmUp = i < kWarmUp;
        const auto& search = shop.searches[(isWarmUp ? i : i - kWarmUp) % shop.searches.size()];
        const auto keystrokes = keystrokesOf(search.typed);
        for (const auto& typed : keystrokes) {
            for (auto& column : columns) {
                Ranks found;
                const auto took = column.search(typed, found);
                if (isWarmUp) continue;
                column.milliseconds.push_back(took);
                if (&typed != &keystrokes.back()) continue;
                const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), kFirst));
                if (std::find(found.begin(), end, search.rank) == end) continue;
                ++column.hits[search.kind];
                ++column.hits["all"];
            }
        }
        if (isWarmUp) continue;
        ++totals[search.kind];
        ++totals["all"];
    }
}

void printTable(std::vector<Column>& columns, std::map<std::string, int>& totals) {
    fmt::print("{:<16}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}", "", "build s", "size MB", "10k s", "p50 ms",
               "p95", "p99", "max");
    for (const auto& [kind, total] : totals)
        fmt::print("{:>10}", kind);
    fmt::print("\n");
    for (auto& column : columns) {
        fmt::print("{:<16}{:>9.2f}{:>9.1f}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.2f}", column.name,
                   column.buildSeconds, column.megabytes, column.changeSeconds, column.at(0.5),
                   column.at(0.95), column.at(0.99), column.at(1));
        for (const auto& [kind, total] : totals)
            fmt::print("{:>10.3f}", static_cast<double>(column.hits[kind]) / total);
        fmt::print("\n");
    }
    auto& ours = columns.front();
    for (auto& column : columns) {
        if (&column == &ours) continue;
        fmt::print("{} to ours: p50 {:.1f}, p99 {:.1f}, build {:.2f}, change {:.1f}, size {:.2f}\n",
                   column.name, column.at(0.5) / ours.at(0.5), column.at(0.99) / ours.at(0.99),
                   column.buildSeconds / ours.buildSeconds, column.changeSeconds / ours.changeSeconds,
                   column.megabytes / ours.megabytes);
    }
    fmt::print("goals at 1,000,000: p99 <= 1 ms; FTS5-rank's >= 7 x, FTS5-spelling's >= 100 x ours (60 x at "
               "100,000); "
               "exact >= .99, typo >= .97, inflected >= .92, compound >= .85, all >= .98; size <= 110 MB; "
               "build <= 0.5 x FTS5-rank's\n");
}

int measureMemory(const std::string& folder) {
    const auto before = residentMegabytes();
    IndexFinder finder(need(IndexFile::open(folder + "/shop.index")));
    std::ifstream file(folder + "/searches.txt");
    std::size_t found = 0;
    for (std::string typed; std::getline(file, typed);)
        for (const auto& keystroke : keystrokesOf(typed))
            found += finder.find(TypedText::parse(keystroke), {}).size();
    fmt::print("memory: {:.0f} MB resident after all searches, {:.0f} MB before ({} results)\n",
               residentMegabytes(), before, found);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "memory") return measureMemory(argv[2]);
    if (argc < 4) {
        fmt::print(
            stderr,
            "usage: bench_catalog_search PRODUCTS SEARCHES FOLDER [xapian] [lucene] | memory FOLDER\n");
        return 2;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(std::max(::sched_getcpu(), 0)), &one);
    ::sched_setaffinity(0, sizeof(one), &one);
    const std::string folder = argv[3];
    std::filesystem::create_directories(folder);
    std::filesystem::remove(folder + "/shop.db");
    std::filesystem::remove(folder + "/shop.index.db");
    const std::string products = argv[1];
    const bool isReal = products.find('/') != std::string::npos;
    const auto searchCount = std::stoul(argv[2]);
    const auto shop = isReal ? readRealTitles(products, searchCount)
                             : makeShop(static_cast<std::uint32_t>(std::stoul(products)), searchCount);
    if (shop.products.empty()) {
        fmt::print(stderr, "no products in {}\n", products);
        return 2;
    }
    {
        std::ofstream searches(folder + "/searches.txt");
        for (const auto& search : shop.searches)
            searches << search.typed << '\n';
    }
    std::mt19937 random(11);
    Ranks changed;
    for (std::uint32_t i = 0; i < std::min<std::size_t>(kChanges, shop.products.size() / 10); ++i)
        changed.push_back(static_cast<std::uint32_t>(random() % shop.products.size()));
    std::ranges::sort(changed);
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());

    Ours ours(shop, folder + "/shop.index");
    ours.change(shop, changed);
    Fts5 fts(shop, folder + "/shop.db");
    fts.change(shop, changed);
    const auto timed = [](auto search) -> Engine {
        return [search](const std::string& typed, Ranks& found) {
            const auto start = cpuSeconds();
            search(typed, found);
            return (cpuSeconds() - start) * 1e3;
        };
    };
    std::vector<Column> columns;
    columns.push_back({"ours",
                       timed([&](const std::string& typed, Ranks& found) { ours.search(typed, found); }),
                       ours.buildSeconds, ours.changeSeconds, megabytesOf(folder + "/shop.index")});
    columns.push_back({"FTS5-rank",
                       timed([&](const std::string& typed, Ranks& found) { fts.searchByRank(typed, found); }),
                       fts.rankSeconds, fts.changeSeconds, fts.rankMegabytes});
    columns.push_back({"FTS5-spelling", timed([&](const std::string& typed, Ranks& found) {
                           fts.searchSpelling(typed, found);
                       }),
                       fts.spellingSeconds, fts.changeSeconds, fts.spellingMegabytes});
    for (const std::string_view name : std::span(argv + 4, argv + argc)) {
        const auto peer = name == "xapian"   ? makeXapian(shop, folder)
                          : name == "lucene" ? makeLucene(shop, folder)
                                             : std::nullopt;
        if (!peer) {
            fmt::print(stderr, "no {}: see deploy/setup bench\n", name);
            return 2;
        }
        columns.push_back({peer->name, peer->search, peer->buildSeconds, 0, peer->megabytes});
    }
    std::map<std::string, int> totals;
    fmt::print("{} products, {} searches\n", shop.products.size(), shop.searches.size());
    measure(shop, columns, totals);
    printTable(columns, totals);
    // A smoke test has no clock, but an engine that finds next to nothing is broken.
    return columns.front().hits["all"] * 10 >= totals["all"] * 8 ? 0 : 1;
}
