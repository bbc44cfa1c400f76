// A made-up catalogue in four languages and the searches that people type into it: the same for the same
// size.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace silta::bench {

struct ShopProduct {
    std::uint32_t rank = 0; ///< 0 = most popular; no two share one
    std::uint64_t gtin = 0;
    std::string title;      ///< in the first language
    std::string otherTitle; ///< in another
    std::string model;      ///< "KX-1200B", or empty
    std::string noun;       ///< of the title, as it stands there
    std::string head;       ///< of a compound noun: its last part; else empty
    int lang = 0;           ///< -1: not known
};

/// What was typed, and the product that was meant. It would be among the first ten if the engine understood
/// what is meant: the words without their mistake, compounds with that end counted.
struct ShopSearch {
    std::string kind; ///< "exact", "typo", "random", "inflected", "compound", "code", "gtin"
    std::string typed;
    std::uint32_t rank = 0;
};

struct Shop {
    std::vector<ShopProduct> products; ///< by rank
    std::vector<ShopSearch> searches;
};

/// So many searches of all kinds that the products give, as people type them.
std::vector<ShopSearch> typeSearches(const std::vector<ShopProduct>& products, std::size_t count);

/// Words come from Debian's lists (wamerican, wswedish, wpolish, dict-freedict-fin-eng); where one is
/// missing, out of syllables, which is told on standard error.
Shop makeShop(std::uint32_t products, std::size_t searches);

} // namespace silta::bench
