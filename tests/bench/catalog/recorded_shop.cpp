#include "bench/catalog/recorded_shop.h"

#include <charconv>
#include <fstream>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace silta::bench {

namespace {

std::vector<std::string_view> columnsOf(std::string_view line) {
    std::vector<std::string_view> columns;
    while (true) {
        const auto tab = line.find('\t');
        columns.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return columns;
        line.remove_prefix(tab + 1);
    }
}

template <class T>
T numberOf(std::string_view text) {
    T number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string kindOf(std::string_view kind) {
    return std::string(kind == "comp" ? "compound" : kind == "infl" ? "inflected" : kind);
}

} // namespace

Shop readRecordedShop(const std::string& folder) {
    constexpr std::size_t kProductColumns = 15;
    constexpr std::size_t kSearchColumns = 5;
    Shop shop;
    std::unordered_map<std::uint32_t, std::uint32_t> ranks;
    std::ifstream products(folder + "/products.tsv");
    for (std::string line; std::getline(products, line);) {
        const auto columns = columnsOf(line);
        if (columns.size() < kProductColumns) return {};
        ShopProduct product;
        product.gtin = numberOf<std::uint64_t>(columns[1]);
        product.rank = numberOf<std::uint32_t>(columns[8]);
        product.title = columns[10];
        product.otherTitle = columns[12];
        if (columns[14] != columns[13]) product.model = columns[14];
        ranks[numberOf<std::uint32_t>(columns[0])] = product.rank;
        shop.products.push_back(std::move(product));
    }
    std::vector<ShopProduct> byRank(shop.products.size());
    for (auto& product : shop.products) {
        if (product.rank >= byRank.size()) return {};
        byRank[product.rank] = std::move(product);
    }
    shop.products = std::move(byRank);
    std::ifstream searches(folder + "/queries.tsv");
    for (std::string line; std::getline(searches, line);) {
        const auto columns = columnsOf(line);
        if (columns.size() < kSearchColumns) return {};
        shop.searches.push_back(
            {kindOf(columns[1]), std::string(columns[4]), ranks[numberOf<std::uint32_t>(columns[3])]});
    }
    if (shop.searches.empty()) return {};
    return shop;
}

} // namespace silta::bench
