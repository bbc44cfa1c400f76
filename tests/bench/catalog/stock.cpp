// bench_catalog_stock PRODUCTS STORES FOLDER: stock of a chain, against a table with a row for each figure.
//
// About 17.5 % of all (product, store) have some. Prints a JSON line each for what was built, for reading one
// item in all stores, for changes in batches of 100, and for folding them. `rows` is SQLite's own way on a
// tenth of the products, with the same batches. `written` is what /proc/self/io counts: whole pages that this
// process dirtied.
#include "bench/sync/bench.h"

#include <silta/catalog.h>
#include <silta/store.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <vector>

using namespace silta;
using namespace silta::bench;

namespace {

constexpr int kBatch = 100, kChanges = 100'000;
constexpr int kReads = 5'000;
constexpr UtcMs kNoon = 1'790'000'000'000;

std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

std::string skuOf(int product) {
    return fmt::format("SKU-{:07}", product);
}

/// 0 for most; small numbers for most of the others.
int quantityOf(int product, int store) {
    const auto hash =
        mix(static_cast<std::uint64_t>(product) * 65'536 + static_cast<std::uint64_t>(store) + 1);
    const auto share = 50 + mix(static_cast<std::uint64_t>(product)) % 251; // 5 to 30 %
    if (hash % 1'000 >= share) return 0;
    const auto pick = hash / 1'000 % 100;
    const auto spread = hash / 100'000;
    if (pick < 50) return static_cast<int>(1 + spread % 3);
    if (pick < 90) return static_cast<int>(2 + spread % 10);
    return static_cast<int>(10 + spread % (pick < 98 ? 40 : 240));
}

struct Change {
    int product = 0, store = 0, quantity = 0;
};
std::vector<Change> changesOf(int products, int stores, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<Change> changes;
    for (int i = 0; i < kChanges; ++i) {
        const auto product = static_cast<int>(random() % static_cast<unsigned>(products));
        const auto store = static_cast<int>(random() % static_cast<unsigned>(stores));
        changes.push_back({product, store, static_cast<int>(random() % 20)});
    }
    return changes;
}

double microseconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
}

double percentile(std::vector<double> values, double share) {
    const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return values[index];
}

std::int64_t one(Database& database, const char* sql) {
    auto query = must(database.prepare(sql));
    must(query.step());
    return query.integer(0);
}

void build(const std::string& path, int products, int stores) {
    const Meter meter;
    std::int64_t cells = 0;
    std::vector<std::string> codes;
    auto writer = must(CatalogWriter::create(path));
    for (int s = 0; s < stores; ++s) {
        StoreRecord store;
        codes.push_back(fmt::format("{}", s));
        store.code = store.name = codes.back();
        store.latitude = static_cast<double>(mix(static_cast<std::uint64_t>(s)) % 90);
        must(writer->putStore(store));
    }
    std::vector<StockRecord> records;
    for (int p = 0; p < products; ++p) {
        ProductRecord product;
        product.sku = skuOf(p);
        product.texts.push_back({"en", product.sku, "", {}, "", ""});
        must(writer->putProduct(product));
        records.clear();
        for (int s = 0; s < stores; ++s)
            if (const int quantity = quantityOf(p, s); quantity > 0)
                records.push_back({product.sku, codes[static_cast<std::size_t>(s)], quantity, kNoon, {}});
        if (!records.empty()) must(writer->putStock(product.sku, records));
        cells += static_cast<std::int64_t>(records.size());
    }
    must(writer->setPosition("bench", 1));
    must(writer->setStockPosition({"", 1}));
    must(writer->finish());
    writer.reset();
    auto database = must(Database::open(path, OpenMode::ReadOnly));
    const auto bytes = one(database, "SELECT sum(pgsize) FROM dbstat WHERE name = 'stock_cells'");
    meter.print("build", {{"products", products},
                          {"stores", stores},
                          {"cells", cells},
                          {"stockBytes", bytes},
                          {"bytesPerCell", static_cast<double>(bytes) / static_cast<double>(cells)}});
}

void read(const char* who, const std::string& path, int products) {
    auto reader = must(CatalogReader::open(path, "3"));
    std::mt19937 random(9);
    const auto measure = [&] {
        std::vector<double> times;
        std::size_t stores = 0;
        for (int i = 0; i < kReads; ++i) {
            const auto id = 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(products));
            const auto start = microseconds();
            const auto list = must(reader->storesWithStock(id));
            times.push_back(microseconds() - start);
            stores += list.size();
        }
        return std::pair(times, stores);
    };
    const auto [cold, coldStores] = measure(); // this process has not touched the pages
    random.seed(9);
    const auto [warm, warmStores] = measure();
    Meter meter;
    meter.print(who, {{"coldMicroseconds", percentile(cold, .5)},
                      {"warmMicroseconds", percentile(warm, .5)},
                      {"warmP99Microseconds", percentile(warm, .99)},
                      {"stores", static_cast<double>(warmStores) / kReads}});
}

void home(const std::string& path) {
    auto reader = must(CatalogReader::open(path, "3"));
    const Meter meter;
    must(reader->offers("en", kNoon, 10)); // reads what the home store has
    meter.print("home", Json::object());
}

void change(const std::string& path, int products, int stores) {
    const auto changes = changesOf(products, stores, 1);
    auto reader = must(CatalogReader::open(path, "3"));
    auto writer = must(CatalogWriter::open(path));
    const Meter meter;
    for (std::size_t first = 0; first < changes.size(); first += kBatch) {
        must(writer->begin());
        for (auto i = first; i < first + kBatch; ++i) {
            const auto& each = changes[i];
            const StockRecord record{skuOf(each.product),
                                     fmt::format("{}", each.store),
                                     each.quantity,
                                     kNoon + static_cast<UtcMs>(first) * 1'000,
                                     {}};
            must(writer->putStock(record.sku, std::span(&record, 1)));
        }
        must(writer->setStockPosition({"", 2 + static_cast<std::int64_t>(first)}));
        must(writer->commit());
    }
    meter.print("changes", {{"cells", changes.size()}, {"batch", kBatch}});
    const Meter follow;
    must(reader->info());
    follow.print("follow", {{"cells", changes.size()}});
}

void fold(const std::string& path) {
    const Meter meter;
    must(foldStock(path, StockFold::Now));
    meter.print("fold", Json::object());
}

void rows(const std::string& path, int products, int stores) {
    auto database = must(Database::open(path, OpenMode::Shared));
    must(database.exec("PRAGMA synchronous=OFF"));
    must(database.exec("CREATE TABLE stock (product INTEGER, store INTEGER, quantity INTEGER, as_of INTEGER, "
                       "PRIMARY KEY (product, store)) STRICT, WITHOUT ROWID"));
    auto put = must(database.prepare("INSERT INTO stock VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET "
                                     "quantity = excluded.quantity, as_of = excluded.as_of"));
    std::int64_t cells = 0;
    {
        auto transaction = must(Transaction::begin(database));
        for (int p = 0; p < products; ++p)
            for (int s = 0; s < stores; ++s)
                if (const int quantity = quantityOf(p, s); quantity > 0) {
                    must(put.bind(0, p).bind(1, s).bind(2, quantity).bind(3, kNoon).run());
                    ++cells;
                }
        must(transaction.commit());
    }
    must(database.exec("PRAGMA synchronous=FULL"));
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(path));
    const auto changes = changesOf(products, stores, 1);
    const auto count = changes.size() / 10; // the disk of a benchmark is worth something too
    const Meter meter;
    for (std::size_t first = 0; first < count; first += kBatch) {
        auto transaction = must(Transaction::begin(database));
        for (auto i = first; i < first + kBatch; ++i)
            must(put.bind(0, changes[i].product)
                     .bind(1, changes[i].store)
                     .bind(2, changes[i].quantity)
                     .bind(3, kNoon + static_cast<UtcMs>(first) * 1'000)
                     .run());
        must(transaction.commit());
    }
    meter.print("rows", {{"products", products},
                         {"stockBytes", bytes},
                         {"bytesPerCell", static_cast<double>(bytes) / static_cast<double>(cells)},
                         {"cells", count},
                         {"batch", kBatch}});
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) fail("usage: bench_catalog_stock PRODUCTS STORES FOLDER");
    const int products = std::atoi(argv[1]);
    const int stores = std::atoi(argv[2]);
    const std::string folder = argv[3];
    if (products < 10 || stores < 4) fail("at least 10 products and 4 stores");
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto path = folder + "/catalog.db";
    build(path, products, stores);
    read("read", path, products);
    home(path);
    change(path, products, stores);
    read("readChanged", path, products);
    fold(path);
    read("readFolded", path, products);
    rows(folder + "/rows.db", products / 10, stores);
    std::filesystem::remove_all(folder);
    return 0;
}
