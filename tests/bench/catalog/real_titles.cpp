#include "bench/catalog/real_titles.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <random>
#include <string_view>

namespace silta::bench {

Shop readRealTitles(const std::string& path, std::size_t searches) {
    Shop shop;
    std::ifstream file(path);
    std::string line;
    std::getline(file, line); // names
    while (std::getline(file, line)) {
        const auto gtin = line.find('\t') + 1;
        const auto title = line.find('\t', gtin) + 1;
        if (gtin == 0 || title == 0) continue;
        ShopProduct product;
        std::from_chars(line.data() + gtin, line.data() + title - 1, product.gtin);
        product.title = line.substr(title, line.find('\t', title) - title);
        product.lang = -1;
        shop.products.push_back(std::move(product));
    }
    std::mt19937 random(5);
    std::ranges::shuffle(shop.products, random);
    for (std::uint32_t rank = 0; rank < shop.products.size(); ++rank)
        shop.products[rank].rank = rank;
    shop.searches = typeSearches(shop.products, searches);
    return shop;
}

} // namespace silta::bench
