// Writes a made-up shop for the kiosk and for the page that it is measured against.
//
//   bench_kiosk_shop PRODUCTS PICTURES FOLDER
//
// PICTURES: a folder of JPEG files, which products share. FOLDER gets catalog.db with its index, media/ with
// the pictures by their content, shop.json with the same products for the page, and words.json with what is
// typed.
#include "bench/catalog/made_up_shop.h"
#include "core/json.h"

#include <silta/catalog.h>
#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace {

using namespace silta;
using namespace silta::bench;
namespace fs = std::filesystem;

constexpr std::size_t kSearches = 400;
constexpr std::size_t kPicturesMax = 400;
constexpr std::size_t kDepartments = 12;

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

std::vector<std::string> copyPictures(const fs::path& from, const fs::path& media) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(from))
        if (entry.path().extension() == ".jpg") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.size() > kPicturesMax) files.resize(kPicturesMax);
    std::vector<std::string> names;
    for (const auto& path : files) {
        std::ifstream file(path, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        const auto name = sha256Hex(bytes);
        fs::create_directories(media / name.substr(0, 2));
        std::ofstream(media / name.substr(0, 2) / name, std::ios::binary) << bytes;
        names.push_back(name);
    }
    return names;
}

StoreRecord storeOf() {
    StoreRecord store;
    store.code = "A";
    store.name = "Silta Bench";
    store.country = "FI";
    store.latitude = 60.17;
    store.longitude = 24.93;
    store.timeZone = "Europe/Helsinki";
    for (auto& day : store.hours.week)
        day = {{0, 24 * 60}}; // a screen that sleeps would be measured asleep
    return store;
}

ProductRecord recordOf(const ShopProduct& product, const std::vector<std::string>& pictures) {
    static const auto kEuro = *Currency::parse("EUR");
    ProductRecord record;
    record.sku = fmt::format("S{}", product.rank);
    if (auto gtin = Gtin::parse(fmt::format("{:014}", product.gtin))) record.gtin = *gtin;
    record.brand = product.title.substr(0, product.title.find(' '));
    const std::int64_t cents = 195 + std::int64_t{product.rank} * 7919 % 20'000;
    record.price = Price{Money{cents, kEuro}, {}, {}, {}};
    if (product.rank % 50 == 0) record.price->sale = Money{cents * 3 / 4, kEuro};
    record.rating = {static_cast<std::int32_t>(product.rank % 40), 3.0 + product.rank % 20 / 10.0, {}};
    if (!pictures.empty()) record.picture = pictures[product.rank % pictures.size()];
    record.texts = {{"en",
                     product.title,
                     "Made up for a measurement.",
                     fmt::format("Department {}", product.rank % kDepartments),
                     {},
                     {}}};
    return record;
}

void writePage(const fs::path& folder, const Shop& shop, const std::vector<ProductRecord>& first) {
    Json products = Json::array();
    for (const auto& product : shop.products)
        products.push_back(product.title);
    Json attract = Json::array();
    for (const auto& record : first)
        attract.push_back({{"title", record.texts[0].title},
                           {"price", record.price->regular.minor},
                           {"picture", record.picture}});
    std::ofstream(folder / "shop.json")
        << dumpJson({{"titles", std::move(products)}, {"slides", std::move(attract)}});
    std::set<std::string> words;
    for (const auto& search : shop.searches)
        if (search.kind == "exact" && search.typed.size() >= 4) words.insert(search.typed.substr(0, 16));
    std::ofstream(folder / "words.json") << dumpJson(Json(words));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: bench_kiosk_shop PRODUCTS PICTURES FOLDER\n");
        return 2;
    }
    const auto count = static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10));
    const fs::path folder = argv[3];
    fs::create_directories(folder);
    const auto path = (folder / "catalog.db").string();
    const auto pictures = copyPictures(argv[2], folder / "media");
    const auto shop = makeShop(count, kSearches);
    std::vector<ProductRecord> first;
    {
        auto writer = need(CatalogWriter::create(path));
        need(writer->begin());
        need(writer->putStore(storeOf()));
        for (const auto& product : shop.products) {
            const auto record = recordOf(product, pictures);
            need(writer->putProduct(record));
            const StockRecord cell{record.sku, "A", static_cast<std::int32_t>(product.rank % 5),
                                   1'760'000'000'000, "C1"};
            need(writer->putStock(record.sku, {&cell, 1}));
            if (first.size() < 16) first.push_back(record);
        }
        need(writer->setPosition("bench", 1));
        need(writer->commit());
        need(writer->finish());
    }
    need(refreshSearchIndex(path, IndexCheck::Quick));
    writePage(folder, shop, first);
    fmt::print("{} products, {} pictures\n", shop.products.size(), pictures.size());
    return 0;
}
