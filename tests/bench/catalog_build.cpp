// Builds a catalog file from a table of real products and types letters at it.
//
//   zstd -d --long=27 -c products.tsv.zst | bench_catalog_build FILE.db [stores.json] [stores a product]
//   [products]
//
// Columns: gtin14, gtin, title, language, and others that are passed over. Prices and stock are made from the
// GTIN. A peer is measured in the same run: SQLite's own way, LIKE over the titles.
#include "core/json.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace silta;

double cpuSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

[[noreturn]] void fail(const Error& error) {
    fmt::print(stderr, "{}: {}\n", toString(error.code), error.what);
    std::exit(1);
}

template <class T>
T need(Result<T> result) {
    if (!result) fail(result.error());
    return std::move(*result);
}

void need(Result<void> result) {
    if (!result) fail(result.error());
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return values[index];
}

std::vector<std::string> putStores(CatalogWriter& writer, const char* path) {
    std::vector<std::string> codes;
    std::ifstream file(path);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto json = need(parseJson(text, std::size_t{64} << 20));
    for (const auto& item : json) {
        StoreRecord store;
        store.code = std::to_string(item.at("id").get<int>());
        store.name = item.at("name").get<std::string>();
        store.latitude = item.at("location").at("lat").get<double>();
        store.longitude = item.at("location").at("lon").get<double>();
        for (auto& day : store.hours.week)
            day = {{600, 1260}};
        need(writer.putStore(store));
        codes.push_back(store.code);
    }
    return codes;
}

ProductRecord productOf(const std::vector<std::string>& columns) {
    static const auto kEur = *Currency::parse("EUR");
    static const char* const kRoots[] = {"Food", "Drinks", "Home", "Garden", "Toys", "Sport"};
    const auto hash = mix(std::strtoull(columns[0].c_str(), nullptr, 10));
    ProductRecord product;
    product.sku = columns[1];
    if (auto gtin = Gtin::parse(columns[0])) product.gtin = *gtin;
    product.brand = fmt::format("Brand {}", hash % 3'000);
    const auto cents = static_cast<std::int64_t>(99 + hash % 5'000);
    product.price = Price{Money{cents, kEur}, std::nullopt, std::nullopt, std::nullopt};
    if (hash % 20 == 0) product.price->sale = Money{cents * 3 / 4, kEur};
    if (hash % 3 == 0) product.rating.count = static_cast<std::int32_t>(hash % 97);
    ProductText text;
    text.lang = columns[3].empty() ? "en" : columns[3];
    text.title = columns[2].substr(0, 590);
    text.department = fmt::format("{} > Shelf {}", kRoots[hash % 6], hash / 6 % 20);
    if (columns.size() > 6) text.description = columns[6].substr(0, 2'000);
    product.texts.push_back(std::move(text));
    return product;
}

struct Built {
    std::vector<std::string> queries;
    std::int64_t products = 0;
};

Built build(const std::string& path, const char* storesPath, std::size_t storesPerProduct,
            std::int64_t productsMax) {
    Built built;
    auto writer = need(CatalogWriter::create(path));
    need(writer->begin());
    std::vector<std::string> stores;
    if (storesPath != nullptr) stores = putStores(*writer, storesPath);
    std::string line;
    std::getline(std::cin, line);
    const double start = cpuSeconds();
    double reading = 0;
    for (double before = cpuSeconds(); built.products < productsMax && std::getline(std::cin, line);
         before = cpuSeconds()) {
        std::vector<std::string> columns(1);
        for (const char c : line) {
            if (c == '\t')
                columns.emplace_back();
            else
                columns.back().push_back(c);
        }
        if (columns.size() < 4 || columns[2].empty()) continue;
        const auto product = productOf(columns);
        const auto hash = mix(static_cast<std::uint64_t>(built.products) + 1);
        std::vector<StockRecord> cells;
        for (std::size_t i = 0; i < storesPerProduct && !stores.empty(); ++i) {
            const auto pick = mix(hash + i);
            cells.push_back({product.sku, stores[pick % stores.size()],
                             static_cast<std::int32_t>(1 + pick % 12),
                             1'760'000'000'000 + static_cast<UtcMs>(pick % 3'600) * 1'000,
                             fmt::format("A{}", pick % 40)});
        }
        if (hash % 2'500 == 0) built.queries.push_back(product.texts[0].title.substr(0, 24));
        reading += cpuSeconds() - before;
        need(writer->putProduct(product));
        if (!cells.empty()) need(writer->putStock(product.sku, cells));
        ++built.products;
    }
    const double put = cpuSeconds() - start - reading;
    need(writer->setPosition("bench", 1));
    const double finishing = cpuSeconds();
    need(writer->commit());
    need(writer->finish());
    writer.reset();
    fmt::print("build: {} products, {} stores: put {:.1f} s + finish {:.1f} s CPU, file {:.1f} MB, peak "
               "memory {:.0f} MB\n",
               built.products, stores.size(), put, cpuSeconds() - finishing,
               static_cast<double>(std::filesystem::file_size(path)) / 1e6, peakMegabytes());
    return built;
}

template <class Ask>
void typeLetters(const char* name, const std::vector<std::string>& queries, Ask ask) {
    std::vector<double> all, brief;
    std::size_t cards = 0;
    for (const auto& query : queries) {
        for (std::size_t size = 1; size <= query.size(); ++size) {
            if (size < query.size() && (query[size] & 0xc0) == 0x80) continue; // within a character
            const double start = cpuSeconds();
            cards += ask(query.substr(0, size));
            const double ms = (cpuSeconds() - start) * 1e3;
            all.push_back(ms);
            if (size <= 2) brief.push_back(ms);
        }
    }
    fmt::print("{}: {} keystrokes, CPU p50 {:.2f} p95 {:.2f} p99 {:.2f} max {:.1f} ms; first two letters p50 "
               "{:.2f} p95 "
               "{:.2f} ms; {} cards\n",
               name, all.size(), percentile(all, .5), percentile(all, .95), percentile(all, .99),
               percentile(all, 1), percentile(brief, .5), percentile(brief, .95), cards);
}

void measure(const std::string& path, const std::vector<std::string>& queries) {
    auto reader = need(CatalogReader::open(path, "1000"));
    auto search = [&reader](bool hereOnly, std::string_view lang) {
        return [&reader, hereOnly, lang = std::string(lang)](const std::string& text) {
            return need(reader->search({text, lang, 20, 0, hereOnly})).size();
        };
    };
    auto timed = [](const char* name, auto call) {
        const double start = cpuSeconds();
        const auto size = call();
        fmt::print("{}: {} in {:.2f} ms\n", name, size, (cpuSeconds() - start) * 1e3);
    };
    typeLetters("search", queries, search(false, "fr"));
    auto mistyped = queries;
    for (auto& query : mistyped)
        if (query.size() > 5) std::swap(query[3], query[4]);
    typeLetters("search, two letters swapped", mistyped, search(false, "fr"));
    for (int pass = 0; pass < 2; ++pass)
        timed("offers", [&] { return need(reader->offers("fr", 1'760'000'000'000, 24)).size(); });
    typeLetters("search, home stock known", queries, search(false, "fr"));
    typeLetters("search, here only", queries, search(true, "fr"));
    timed("departments", [&] { return need(reader->departments("fr")).size(); });
    timed("browse", [&] { return need(reader->search({"", "fr", 60, 1, false})).size(); });
    std::vector<double> stock, page;
    for (std::int64_t id = 1; id <= 2'000; ++id) {
        double start = cpuSeconds();
        const auto list = reader->stock(id * 7);
        if (list) stock.push_back((cpuSeconds() - start) * 1e3);
        start = cpuSeconds();
        const auto product = reader->product(id * 7, "fr");
        if (product) page.push_back((cpuSeconds() - start) * 1e3);
    }
    fmt::print("stock of one item in all stores: p50 {:.3f} p95 {:.3f} ms; product page p50 {:.3f} ms\n",
               percentile(stock, .5), percentile(stock, .95), percentile(page, .5));
    auto database = need(Database::open(path, OpenMode::ReadOnly));
    auto like = need(
        database.prepare("SELECT id FROM products WHERE CAST(texts AS TEXT) LIKE '%' || ? || '%' LIMIT 20"));
    const auto few =
        std::vector(queries.begin(), queries.begin() + std::min<std::ptrdiff_t>(5, std::ssize(queries)));
    typeLetters("peer: LIKE", few, [&like](const std::string& text) {
        like.reset();
        like.bind(0, text);
        std::size_t rows = 0;
        while (need(like.step()))
            ++rows;
        return rows;
    });
    fmt::print("peak memory {:.0f} MB\n", peakMegabytes());
}

void updateLive(const std::string& path, std::int64_t products) {
    auto writer = need(CatalogWriter::open(path));
    const double start = cpuSeconds();
    need(writer->begin());
    auto reader = need(CatalogReader::open(path, "1000"));
    for (std::int64_t id = 1; id <= 1'000; ++id) {
        auto page = need(reader->product(1 + id * products / 1'001, "fr"));
        page.record.texts[0].title += " new";
        need(writer->putProduct(page.record));
    }
    const double put = cpuSeconds();
    reader.reset();
    need(writer->commit());
    fmt::print("live: 1,000 products retitled: put {:.2f} s + commit {:.2f} s CPU\n", put - start,
               cpuSeconds() - put);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: bench_catalog_build FILE.db [stores.json] [stores a product] [products] < "
                           "products.tsv\n");
        return 2;
    }
    const auto storesPerProduct = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 4;
    const auto productsMax = argc > 4 ? std::strtol(argv[4], nullptr, 10) : 1'000'000'000L;
    const auto built = build(argv[1], argc > 2 ? argv[2] : nullptr, storesPerProduct, productsMax);
    measure(argv[1], built.queries);
    updateLive(argv[1], built.products);
    return 0;
}
