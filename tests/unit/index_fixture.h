// Small search indexes for tests.
#pragma once

#include "catalog/index/builder.h"
#include "catalog/index/compounds.h"
#include "catalog/index/finder.h"

#include <QtTest>
#include <optional>
#include <string>
#include <vector>

namespace silta::test {

/// Fails the test with the error's words.
#define SILTA_INDEX_OK(call)                                                                                 \
    do {                                                                                                     \
        const auto& siltaResult = (call);                                                                    \
        QVERIFY2(siltaResult.has_value(), siltaResult ? "" : siltaResult.error().what.c_str());              \
    } while (false)

struct IndexedProduct {
    std::uint32_t product = 0;
    std::uint32_t rank = 0;
    std::string text;
    std::uint64_t gtin = 0;
    std::uint32_t facet = 0;
    std::size_t titles = 0; ///< 1: the text is a title
    std::string department{};
};

inline std::vector<std::uint8_t> indexBytes(const std::vector<IndexedProduct>& products,
                                            const IndexFile* heads = nullptr) {
    const auto like = heads == nullptr ? std::nullopt : std::optional<CompoundHeads>(*heads);
    IndexOptions options;
    options.facetCount = 1;
    options.heads = like ? &*like : nullptr;
    IndexBuilder builder(options);
    for (const auto& each : products) {
        const std::uint32_t facets[] = {each.facet};
        const auto done = builder.add(
            {each.product, each.rank, each.gtin, each.text, facets, each.titles, each.department});
        if (!done) qFatal("%s", done.error().what.c_str());
    }
    auto bytes = builder.bytes();
    if (!bytes) qFatal("%s", bytes.error().what.c_str());
    return std::move(*bytes);
}

inline std::shared_ptr<const IndexFile> indexOf(const std::vector<IndexedProduct>& products,
                                                const IndexFile* heads = nullptr) {
    auto file = IndexFile::fromBytes(indexBytes(products, heads));
    if (!file) qFatal("%s", file.error().what.c_str());
    return std::move(*file);
}

/// The products' texts become products of the ranks 0, 1, 2, …
inline std::vector<IndexedProduct> ranked(const std::vector<std::string>& texts) {
    std::vector<IndexedProduct> products;
    for (const auto& text : texts) {
        const auto number = static_cast<std::uint32_t>(products.size());
        products.push_back({number + 100, number, text});
    }
    return products;
}

} // namespace silta::test
