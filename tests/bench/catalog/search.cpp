// Searches typed letter by letter, ours against SQLite's FTS5 and others (peers.h):
//     bench_catalog_search PRODUCTS SEARCHES FOLDER [--alone] [--misses] [--slow] [PEER...]
// PRODUCTS: how many are made up, the file of the real catalogue, or the folder of a recorded shop
// (recorded_shop.h), which has its own SEARCHES. --alone leaves out FTS5; --misses tells each search whose
// product is not among the first ten, and what is there instead; --slow the slowest keystrokes of ours. What
// a process that only searches holds:
//     bench_catalog_search memory FOLDER
//
// Every keystroke is put to each engine in turn on one processor, so that what disturbs one disturbs all;
// time is the thread's own. Ours holds 10,000 changed products beside its file. FTS5-rank: contentless, row =
// rank, prefix index. FTS5-spelling: the same, and a trigram index of the words for what it does not find.
// A change is told from its row in SQLite to where it is found.
#include "bench/catalog/made_up_shop.h"
#include "bench/catalog/peers.h"
#include "bench/catalog/real_titles.h"
#include "bench/catalog/recorded_shop.h"
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

constexpr std::uint32_t kChanges = 10'000; // products of the live delta
constexpr std::size_t kWarmUp = 100;       // searches before time is taken

double residentMegabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1e3;
    return 0;
}

struct Column : Peer {
    explicit Column(Peer peer) : Peer(std::move(peer)) {}
    std::vector<double> milliseconds;
    std::map<std::string, int> hits;

    [[nodiscard]] double at(double share) {
        if (milliseconds.empty()) return 0;
        std::ranges::sort(milliseconds);
        return milliseconds[std::min(
            milliseconds.size() - 1,
            static_cast<std::size_t>(share * static_cast<double>(milliseconds.size())))];
    }
};

// ---- ours

void setIndexText(std::string& text, const std::string& title, const ShopProduct& product) {
    text.clear();
    for (const auto& line :
         {std::string_view(title), std::string_view(product.otherTitle), std::string_view(product.model)})
        appendIndexLine(text, line);
}

class Ours {
public:
    Ours(const Shop& shop, std::string path)
        : path_(std::move(path)), rows_(need(Database::open(path_ + ".db", OpenMode::BuildOnce))) {
        fillRows(rows_, shop);
        const auto start = cpuSeconds();
        IndexBuilder builder({});
        std::string text;
        for (const auto& product : shop.products) {
            setIndexText(text, product.title, product);
            need(builder.add({product.rank, product.rank, product.gtin, text, {}, 2}));
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
        changes.reserve(ranks.size());
        for (const auto rank : ranks) {
            const auto& product = shop.products[rank];
            auto& change = changes.emplace_back();
            change.product = change.rank = rank;
            change.gtin = product.gtin;
            change.titles = 2;
            setIndexText(change.text, product.title + " uusi", product);
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

struct Options {
    std::string products;
    std::size_t searches = 0;
    std::string folder;
    bool isAlone = false;
    bool printsMisses = false;
    bool printsSlow = false;
    std::vector<std::string> peers;
};

void printMiss(const Shop& shop, const ShopSearch& search, const Ranks& found) {
    constexpr std::size_t kShown = 3;
    fmt::print("missed {} \"{}\": {} {}\n", search.kind, search.typed, search.rank,
               textOf(shop.products[search.rank]));
    for (std::size_t i = 0; i < std::min(found.size(), kShown); ++i)
        fmt::print("    {} {}\n", found[i], textOf(shop.products[found[i]]));
}

/// The slowest one in a hundred keystrokes of one engine.
class SlowKeystrokes {
public:
    void add(double milliseconds, const std::string& typed) { all_.emplace_back(milliseconds, typed); }
    void print() {
        std::ranges::sort(all_, std::greater());
        for (std::size_t i = 0; i < all_.size() / 100; ++i)
            fmt::print("{:>9.3f} ms \"{}\"\n", all_[i].first, all_[i].second);
    }

private:
    std::vector<std::pair<double, std::string>> all_;
};

void measure(const Shop& shop, std::vector<Column>& columns, std::map<std::string, int>& totals,
             const Options& options) {
    SlowKeystrokes slow;
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
                if (&column == &columns.front()) slow.add(took, typed);
                if (&typed != &keystrokes.back()) continue;
                const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), kFirst));
                if (std::find(found.begin(), end, search.rank) == end) {
                    if (options.printsMisses && &column == &columns.front()) printMiss(shop, search, found);
                    continue;
                }
                ++column.hits[search.kind];
                ++column.hits["all"];
            }
        }
        if (isWarmUp) continue;
        ++totals[search.kind];
        ++totals["all"];
    }
    if (options.printsSlow) slow.print();
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

Shop shopOf(const Options& options) {
    if (options.products.find('/') == std::string::npos)
        return makeShop(static_cast<std::uint32_t>(std::stoul(options.products)), options.searches);
    if (std::filesystem::is_directory(options.products)) return readRecordedShop(options.products);
    return readRealTitles(options.products, options.searches);
}

std::vector<Peer> peersOf(const std::string& name, const Shop& shop, const std::string& folder) {
    if (name == "xapian") return makeXapian(shop, folder);
    if (name == "lucene") return makeLucene(shop, folder);
    if (name == "flexsearch" || name == "minisearch") return makeWebPeer(name, shop, folder);
    return {};
}

void keepOneProcessor() {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(std::max(::sched_getcpu(), 0)), &one);
    ::sched_setaffinity(0, sizeof(one), &one);
}

int compare(const Options& options) {
    const auto& folder = options.folder;
    std::filesystem::create_directories(folder);
    std::filesystem::remove(folder + "/shop.db");
    std::filesystem::remove(folder + "/shop.index.db");
    const auto shop = shopOf(options);
    if (shop.products.empty()) {
        fmt::print(stderr, "no products in {}\n", options.products);
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
    std::vector<Column> columns;
    columns.emplace_back(
        Peer{"ours", timed([&](const std::string& typed, Ranks& found) { ours.search(typed, found); }),
             ours.buildSeconds, ours.changeSeconds, megabytesOf(folder + "/shop.index")});
    if (!options.isAlone)
        for (auto& peer : makeFts5(shop, folder, changed))
            columns.emplace_back(std::move(peer));
    for (const auto& name : options.peers) {
        auto peers = peersOf(name, shop, folder);
        if (peers.empty()) {
            fmt::print(stderr, "no {}: see deploy/setup bench\n", name);
            return 2;
        }
        for (auto& peer : peers)
            columns.emplace_back(std::move(peer));
    }
    std::map<std::string, int> totals;
    fmt::print("{} products, {} searches\n", shop.products.size(), shop.searches.size());
    measure(shop, columns, totals, options);
    printTable(columns, totals);
    // A smoke test has no clock, but an engine that finds next to nothing is broken.
    return columns.front().hits["all"] * 10 >= totals["all"] * 8 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "memory") return measureMemory(argv[2]);
    if (argc < 4) {
        fmt::print(stderr,
                   "usage: bench_catalog_search PRODUCTS SEARCHES FOLDER [--alone] [--misses] [--slow] "
                   "[xapian] [lucene] | memory FOLDER\n");
        return 2;
    }
    keepOneProcessor();
    Options options;
    options.products = argv[1];
    options.searches = std::stoul(argv[2]);
    options.folder = argv[3];
    for (const std::string_view each : std::span(argv + 4, argv + argc)) {
        if (each == "--alone")
            options.isAlone = true;
        else if (each == "--misses")
            options.printsMisses = true;
        else if (each == "--slow")
            options.printsSlow = true;
        else
            options.peers.emplace_back(each);
    }
    return compare(options);
}
