#include "hub/digest_maker.h"

#include <unordered_map>
#include <unordered_set>

namespace silta::hub {

namespace {

Result<void> addItems(const CatalogStore& store, const std::vector<HubStore>& stores, CatalogDigest& digest) {
    for (const auto& row : stores)
        if (!row.removed) digest.addItem(row.code, row.body);
    return store.forEachProductAfter(0, [&digest](const HubProduct& product) -> Result<void> {
        if (!product.removed) digest.addItem(product.sku, product.body);
        return {};
    });
}

Result<void> addStock(const CatalogStore& store, const std::vector<HubStore>& stores, CatalogDigest& digest) {
    std::unordered_map<std::int64_t, std::string> codes;
    for (const auto& row : stores)
        if (!row.removed) codes[row.id] = row.code;
    std::unordered_set<std::int64_t> removed;
    auto done = store.forEachProduct([&removed](const HubProduct& product) -> Result<void> {
        if (product.removed) removed.insert(product.id);
        return {};
    });
    if (!done) return done;
    std::int64_t product = 0;
    std::string sku;
    return store.forEachCell([&](const HubCell& cell) -> Result<void> {
        const auto code = codes.find(cell.store);
        if (cell.quantity == 0 || code == codes.end() || removed.contains(cell.product)) return {};
        if (cell.product != product) {
            auto found = store.skuOf(cell.product);
            if (!found) return found.error();
            sku = std::move(*found);
            product = cell.product;
        }
        digest.addStock(sku, code->second, cell.quantity, cell.asOf, cell.aisle);
        return {};
    });
}

} // namespace

Result<CatalogDigest> makeDigest(const CatalogStore& store, const HubPosition& position,
                                 const std::optional<CatalogDigest>& before) {
    CatalogDigest digest;
    digest.epoch = store.epoch();
    digest.catalogSeq = position.catalogSeq;
    digest.stockSeq = position.stockSeq;
    const bool areItemsSame =
        before && before->epoch == digest.epoch && before->catalogSeq == digest.catalogSeq;
    const bool isStockSame = areItemsSame && before->stockSeq == digest.stockSeq;
    auto stores = store.stores();
    if (!stores) return stores.error();
    if (areItemsSame) {
        digest.items = before->items;
    } else if (auto done = addItems(store, *stores, digest); !done) {
        return done.error();
    }
    if (isStockSame) {
        digest.stock = before->stock;
    } else if (auto done = addStock(store, *stores, digest); !done) {
        return done.error();
    }
    return digest;
}

} // namespace silta::hub
