// bench_catalog_browse PRODUCTS SEARCHES FOLDER: exact counts of facets for what is typed, ours against a
// join.
//
// A made-up shop with brands, colours, sizes, prices, ratings and departments, a third of it variants of
// groups. Ours: CatalogReader::browse, which gives cards, names and the counts of seven facets. The peer:
// SQLite's FTS5 (contentless, prefix index) joined with a table of the same columns, which counts the
// distinct cards of five facets in one statement, without cards and names. Each is asked in turn, on one
// processor, at every keystroke from the third letter on, and once for all products; time is the thread's
// own. What the first question costs, which reads the table of facets, is told by itself.
#include "bench/catalog/made_up_shop.h"
#include "bench/catalog/peers.h"
#include "catalog/catalog_index.h"
#include "catalog/fold.h"

#include <silta/browse.h>
#include <silta/catalog.h>
#include <silta/store.h>

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace silta;
using namespace silta::bench;

double silta::bench::cpuSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

namespace {

constexpr UtcMs kNow = 1'750'000'000'000;
constexpr std::size_t kLettersMin = 3;
constexpr std::uint32_t kVariants = 4; // of a group
constexpr std::size_t kDepartments = 24, kColors = 8, kSizes = 12, kPriceBand = 50, kPriceBands = 400;

struct Traits {
    std::string brand, color, size, department, group;
    std::int64_t price = 0;
    int stars = 0;
    std::uint32_t card = 0;
};

Traits traitsOf(const ShopProduct& product) {
    const auto rank = product.rank;
    const std::size_t mixed = rank * 2'654'435'761U;
    Traits traits;
    traits.brand = product.title.substr(0, product.title.find(' '));
    traits.color = fmt::format("colour {}", mixed / 7 % kColors);
    traits.size = fmt::format("{} l", 1 + mixed / 61 % kSizes);
    traits.department = fmt::format("Shop > Aisle {}", mixed / 977 % kDepartments);
    const bool isVariant = rank / kVariants % 3 == 0;
    traits.card = isVariant ? rank / kVariants * kVariants : rank;
    if (isVariant) traits.group = fmt::format("group {}", traits.card);
    traits.price = static_cast<std::int64_t>(100 + mixed / 13 % (kPriceBand * kPriceBands));
    traits.stars = static_cast<int>(1 + mixed / 101 % 5);
    return traits;
}

void fillCatalog(const std::string& path, const Shop& shop) {
    auto writer = need(CatalogWriter::create(path));
    const auto euro = *Currency::parse("EUR");
    for (const auto& product : shop.products) {
        const auto traits = traitsOf(product);
        ProductRecord record;
        record.sku = fmt::format("SKU-{}", product.rank);
        record.brand = traits.brand;
        record.group = traits.group;
        record.price = Price{Money{traits.price, euro}, {}, {}, {}};
        record.rating.count = 3;
        record.rating.average = traits.stars;
        record.texts.push_back({"fi", product.title, "", traits.department, traits.color, traits.size});
        record.texts.push_back({"en", product.otherTitle, "", traits.department, traits.color, traits.size});
        need(writer->putProduct(record));
    }
    need(writer->setPosition("bench", 1));
    need(writer->finish());
    writer.reset();
    need(refreshSearchIndex(path, IndexCheck::Quick));
}

class Join {
public:
    Join(const std::string& path, const Shop& shop)
        : database_(need(Database::open(path, OpenMode::BuildOnce))) {
        need(database_.exec(
            "CREATE VIRTUAL TABLE shop USING fts5(text, content='', detail=none, prefix='1 2 3',"
            " tokenize='unicode61 remove_diacritics 2');"
            "CREATE TABLE items (id INTEGER PRIMARY KEY, card INTEGER, brand TEXT, color TEXT,"
            " size TEXT, band INTEGER, department TEXT) STRICT; BEGIN"));
        {
            auto text = need(database_.prepare("INSERT INTO shop (rowid, text) VALUES (?, ?)"));
            auto item = need(database_.prepare("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?)"));
            for (const auto& product : shop.products) {
                const auto id = std::int64_t{product.rank} + 1;
                const auto traits = traitsOf(product);
                need(text.bind(0, id).bind(1, foldText(textOf(product))).run());
                item.bind(0, id)
                    .bind(1, std::int64_t{traits.card})
                    .bind(2, traits.brand)
                    .bind(3, traits.color);
                need(item.bind(4, traits.size)
                         .bind(5, traits.price / static_cast<std::int64_t>(kPriceBand))
                         .bind(6, traits.department)
                         .run());
            }
        }
        need(database_.exec("COMMIT; INSERT INTO shop (shop) VALUES ('optimize'); PRAGMA cache_size=-65536"));
    }

    /// How many products the answer's counts come to.
    std::int64_t count(std::string_view typed) {
        auto folded = foldText(typed);
        std::ranges::replace(folded, '.', ' '); // two tokens are a phrase, which needs detail=full
        std::string match;
        for (const auto word : wordsOf(folded))
            match += (match.empty() ? "\"" : " AND \"") + std::string(word) + '"';
        const std::string hits =
            match.empty() ? "SELECT * FROM items"
                          : "SELECT items.* FROM shop JOIN items ON items.id = shop.rowid WHERE shop MATCH ?";
        std::string sql = "WITH hits AS MATERIALIZED (" + hits + ")";
        std::string_view glue = " ";
        for (const auto* column : {"brand", "color", "size", "band", "department"}) {
            sql +=
                fmt::format("{}SELECT {}, count(DISTINCT card) FROM hits GROUP BY {}", glue, column, column);
            glue = " UNION ALL ";
        }
        auto query = need(database_.prepare(sql));
        const auto begun = match + '*'; // must outlive the statement's steps
        if (!match.empty()) query.bind(0, begun);
        std::int64_t sum = 0;
        while (need(query.step()))
            sum += query.integer(1);
        return sum;
    }

private:
    Database database_;
};

void print(const char* who, std::vector<double> milliseconds) {
    std::ranges::sort(milliseconds);
    const auto at = [&](double share) {
        return milliseconds[std::min(
            milliseconds.size() - 1,
            static_cast<std::size_t>(share * static_cast<double>(milliseconds.size())))];
    };
    fmt::print("{:<24}{:>10.3f}{:>10.3f}{:>10.3f}{:>10.3f}\n", who, at(0.5), at(0.95), at(0.99), at(1));
}

template <class Ask>
double millisecondsOf(Ask ask) {
    const auto start = cpuSeconds();
    ask();
    return (cpuSeconds() - start) * 1e3;
}

} // namespace

std::string silta::bench::textOf(const ShopProduct& product) {
    const auto traits = traitsOf(product);
    return product.title + ' ' + product.otherTitle + ' ' + traits.color + ' ' + traits.size + ' ' +
           traits.department;
}

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: bench_catalog_browse PRODUCTS SEARCHES FOLDER\n");
        return 2;
    }
    const std::string folder = argv[3];
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto shop = makeShop(static_cast<std::uint32_t>(std::stoul(argv[1])), std::stoul(argv[2]));
    fillCatalog(folder + "/catalog.db", shop);
    Join join(folder + "/join.db", shop);
    const auto reader = need(CatalogReader::open(folder + "/catalog.db", "1"));
    const auto browse = [&](const std::string& typed) {
        BrowseQuery query;
        query.text = typed;
        query.lang = "fi";
        query.now = kNow;
        return need(reader->browse(query));
    };
    fmt::print("{} products, {} searches\nfirst question {:.0f} ms\n", shop.products.size(),
               shop.searches.size(), millisecondsOf([&] { browse("kahvi"); }));
    std::vector<double> own, joined;
    std::int64_t found = 0;
    for (const auto& search : shop.searches) {
        for (auto size = kLettersMin; size <= search.typed.size(); ++size) {
            const auto typed = search.typed.substr(0, size);
            if (typed.back() == ' ' || static_cast<unsigned char>(typed.back()) >= 0x80) continue;
            own.push_back(millisecondsOf([&] { found += browse(typed).total; }));
            joined.push_back(millisecondsOf([&] { join.count(typed); }));
        }
    }
    fmt::print("{} cards counted\n{:<24}{:>10}{:>10}{:>10}{:>10}\n", found, "", "p50 ms", "p95", "p99",
               "max");
    print("ours", own);
    print("FTS5 and a join", joined);
    print("ours, all products", {millisecondsOf([&] { found += browse("").total; })});
    print("a join, all products", {millisecondsOf([&] { join.count(""); })});
    return found > 0 ? 0 : 1;
}
